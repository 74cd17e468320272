"""Charts of a comparison."""

from __future__ import annotations

import pandas as pd

from planning.show import findings, tables
from planning.show.charts import canvas
from planning.show.findings.compare import STEPS
from planning.show.language import count, number, say
from planning.show.records import Chart
from planning.show.whys import Sides


def steps(rows: pd.DataFrame, sides: Sides) -> Chart:
    """The seven steps side by side: how many of the results of each moved, of all that were looked at."""
    figure, axes = canvas.figure(canvas.height_for(len(rows), 0.36, 2.4))
    most = rows["results"].max()
    axes.barh(range(len(rows)), rows["results"], color=canvas.LINE, height=0.62)
    axes.barh(range(len(rows)), rows["moved"], color=canvas.BLUE, height=0.62)
    for place, row in enumerate(rows.itertuples()):
        axes.text(row.results + 0.01 * most, place, say("{moved} of {all}", moved=number(row.moved), all=number(row.results)), va="center", fontsize=9,
                  color=canvas.BLUE if row.moved else canvas.MUTED)
    axes.set_yticks(range(len(rows)), [say("{step} {name}", step=row.step, name=say(STEPS[row.step])) for row in rows.itertuples()])
    axes.invert_yaxis()
    axes.set_xlim(0, most * 1.15 + 1)
    axes.set_xlabel(say("results (dark: moved; light: all that were looked at)"))
    axes.grid(axis="x")
    alt = say("Results that moved in each step: ") + "; ".join(say("step {step}, {name}: {moved} of {all}", step=row.step, name=say(STEPS[row.step]), moved=number(row.moved),
                                                                    all=number(row.results)) for row in rows.itertuples())
    return Chart(figure, findings.compare.overall(rows, sides), alt, say("number of results"), count("{n} result", "{n} results", int(rows["results"].sum())), tables.compare.steps(rows))
