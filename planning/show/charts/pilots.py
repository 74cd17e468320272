"""Chart of step 5 on pilots: at which chances it pays to try first."""

from __future__ import annotations

import pandas as pd

from planning.show import findings, tables
from planning.show.charts import canvas
from planning.show.findings.futures import rounded
from planning.show.findings.pilots import between
from planning.show.language import count, money, say, share
from planning.show.records import Chart, Table

LOOKS = {"try first": ("o", canvas.BLUE), "commit at once": ("s", canvas.ORANGE), "leave it": ("X", canvas.INK)}


def chances(rows: pd.DataFrame) -> Chart | Table:
    """The chances at which trying first pays, and where leadership puts the chance; the bare table where no pilot has all figures."""
    table, known = tables.pilots.waited(rows), rows[rows["gain"].notna()].reset_index(drop=True)
    finding = findings.pilots.waited(rows) or findings.pilots.lacking(rows)
    if known.empty or finding is None:
        return table
    figure, axes = canvas.figure(canvas.height_for(len(known), 0.46, 2.2) + 0.2)
    axes.barh(known.index, 1, height=0.5, color="#eef1f4")
    axes.barh(known.index, known["to_chance"] - known["from_chance"], left=known["from_chance"], height=0.5, color=canvas.LIGHT)
    for place, row in zip(known.index, known.itertuples()):
        marker, colour = LOOKS[row.best]
        axes.scatter([row.chance], [place], s=54, marker=marker, color=colour, zorder=3, clip_on=False)
        axes.text(1.03, place, say("{best}\n{gain} by trying", best=say(row.best), gain=_signed(row.gain)), va="center", fontsize=8.5, color=colour)
    axes.set_yticks(known.index, [canvas.wrapped(name, 32) for name in known["pilot_name"]], fontsize=8.5)
    axes.set_ylim(len(known) - 0.5, -0.5)
    axes.set_xlim(0, 1.38)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], [share(tick) for tick in (0, 0.25, 0.5, 0.75, 1)])
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_xlabel(canvas.wrapped(say("chance that the whole works; blue band: trying first pays, left of it leave it, right of it commit at once, no band: it never pays; "
                                       "mark: the chance as judged (disc: try first, square: commit, cross: leave)"), 92), loc="left", fontsize=8.5)
    alt = say("For each pilot the chances at which trying first pays, and the chance as judged. ") + "; ".join(
        say("{name}: pays at {pays}, judged {chance}, {best}, {gain} by trying", name=row.pilot_name, pays=between(row.from_chance, row.to_chance), chance=share(row.chance),
            best=say(row.best), gain=_signed(row.gain)) for row in known.itertuples())
    return Chart(figure, finding, alt, say("chance, 0% to 100%"), count("{n} pilot", "{n} pilots", len(known)), table)


def _signed(amount: float) -> str:
    return say("+{money}", money=money(rounded(amount), 0)) if amount > 0 else money(rounded(amount), 0)
