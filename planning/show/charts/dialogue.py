"""Charts of dialogue: what staff say of their own work."""

from __future__ import annotations

import pandas as pd

from planning.show import findings, tables
from planning.show.charts import canvas
from planning.show.language import absent, count, number, say, share
from planning.show.records import Chart, Table


def voice(rows: pd.DataFrame) -> Chart | Table:
    """Agreement of staff with each statement on support, autonomy and service standards, beside the survey before; the bare table where every row is hidden."""
    table = tables.dialogue.voice(rows)
    known = rows[~rows["hidden"].astype(bool)].reset_index(drop=True)
    if known.empty:
        return table
    known.index = known.index + (~known["topic"].duplicated()).cumsum()
    figure, axes = canvas.figure(canvas.height_for(len(known) + known["topic"].nunique(), 0.38))
    axes.hlines(known.index, known["low"], known["high"], color=canvas.LIGHT, linewidth=3)
    axes.scatter(known["agree"], known.index, marker="s", color=canvas.GREEN, s=44, zorder=3, clip_on=False, label=say("now"))
    earlier = known[known["before"].notna()]
    if len(earlier):
        axes.scatter(earlier["before"], earlier.index, marker="o", facecolor="white", edgecolor=canvas.INK, s=40, zorder=4, clip_on=False, label=say("the survey before"))
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, borderaxespad=0)
    for place, row in zip(known.index, known.itertuples()):
        axes.text(1.02, place, say("{share} of {n}", share=share(row.agree), n=number(row.n)), va="center", fontsize=8.5)
    for topic, part in known.groupby("topic", sort=False):
        axes.text(0.01, part.index[0] - 1, say(topic), va="center", fontsize=9, color=canvas.MUTED, style="italic")
    axes.set_yticks(known.index, [canvas.wrapped(text, 40) for text in known["text"]], fontsize=8.5)
    axes.set_ylim(known.index[-1] + 0.6, -0.6)
    axes.set_xlim(0, 1.24)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], [share(tick) for tick in (0, 0.25, 0.5, 0.75, 1)])
    axes.grid(axis="x")
    axes.set_xlabel(say("share who agree or strongly agree, of how many; line: 95% interval"), loc="right", fontsize=8.5)
    alt = say("Share of staff who agree with each statement, with 95% interval. ") + "; ".join(_told(row) for row in known.itertuples())
    return Chart(figure, findings.dialogue.voice(rows)[0], alt, say("share 0% to 100%, answers 4 and 5 of 5"), count("{n} answer", "{n} answers", int(known["n"].sum())), table)


def _told(row: object) -> str:
    text = say("{name}: {share}, {low} to {high}", name=row.text, share=share(row.agree), low=share(row.low), high=share(row.high))
    return text if absent(row.before) else text + say(", before {share}", share=share(row.before))
