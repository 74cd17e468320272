"""Charts of step 1: which services stay first when the weights of the goals move."""

from __future__ import annotations

import pandas as pd
import seaborn as sns

from planning.show import findings
from planning.show.charts import canvas
from planning.show.findings.priorities import how_many, often
from planning.show.language import number, say, share
from planning.show.records import Chart, Column, Table
from planning.show.tables.priorities import source

MOST = 8


def places(rows: pd.DataFrame, robust: pd.DataFrame) -> Chart:
    """How often each service takes each place; takes `places` and `robust`."""
    first, top = int(robust["first"].iloc[0]), robust.sort_values(["among", "place", "service"], ascending=[False, True, True]).head(MOST)
    grid = rows[rows["place"] <= MOST].pivot(index="service", columns="place", values="share").loc[top["service"]]
    figure, axes = canvas.figure(canvas.height_for(len(grid), 0.42, 2.4) + 0.5)
    marks = grid.map(_mark)
    sns.heatmap(grid, ax=axes, cmap=sns.light_palette(canvas.BLUE, as_cmap=True), vmin=0, vmax=1, annot=marks, fmt="", cbar=False,
                linewidths=1.5, linecolor="white", annot_kws={"fontsize": 8.5})
    _edge(axes, top, min(first, grid.shape[1]), grid.shape[1])
    axes.set_yticks(axes.get_yticks(), [canvas.wrapped(name, 30) for name in top["service_name"]], rotation=0)
    axes.set_xticks(axes.get_xticks(), [number(place) for place in grid.columns], rotation=0)
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    axes.set(xlabel=say("place, 1 is the highest support"), ylabel="")
    axes.tick_params(length=0)
    alt = say("A grid of services by places with the share of draws in each; among the first {first}: ", first=how_many(first)) + "; ".join(
        say("{service} {part}", service=row.service_name, part=often(row.among)) for row in top.itertuples())
    columns = (Column("service_name", "Service"), Column("place", "Place", "whole"), Column("share", "Of the draws", "share", 1),
               Column("among", "This place or better", "share", 1))
    taken = rows[rows["share"] > 0].reset_index(drop=True)
    table = Table("places", taken, columns, say("How often each service takes each place"), source(rows), most=60)
    finding = findings.priorities.safe(robust) or findings.priorities.other_method(robust)
    return Chart(figure, finding, alt, say("share of draws"), source(rows).removesuffix("."), table)


def _mark(part: float) -> str:
    if part in (0, 1) or 0.005 <= part < 0.995:
        return share(part) if part else ""
    return f"<{share(0.01)}" if part < 0.5 else f">{share(0.99)}"


def _edge(axes: object, top: pd.DataFrame, first: int, wide: int) -> None:
    """A line after the first places, and the sum of them beside the grid."""
    axes.axvline(first, color=canvas.ORANGE, linewidth=2)
    axes.text(wide + 0.15, -0.15, say("among the\nfirst {first}", first=how_many(first)), ha="left", va="bottom", fontsize=8.5, color=canvas.ORANGE)
    for place, part in enumerate(top["among"]):
        axes.text(wide + 0.15, place + 0.5, often(part), ha="left", va="center", fontsize=9, color=canvas.INK)
