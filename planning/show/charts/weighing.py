"""Charts of how the goals were weighed."""

from __future__ import annotations

import pandas as pd

from planning.show import findings
from planning.show.charts import canvas
from planning.show.language import between, number, say, share
from planning.show.records import Chart, Column, Table


def spread(rows: pd.DataFrame, views: pd.DataFrame) -> Chart:
    """Each goal's weight in the plan and what single voters of the deciding group would give it."""
    own = rows[rows["decides"].astype(bool)].sort_values(["plan", "goal"], ascending=[False, True], ignore_index=True)
    votes = views[views["decides"].astype(bool)]
    figure, axes = canvas.figure(canvas.height_for(len(own), 0.56))
    for place, row in enumerate(own.itertuples()):
        axes.plot([row.low, row.high], [place, place], color=canvas.LINE, linewidth=2, zorder=1)
        _dots(axes, votes.loc[votes["goal"] == row.goal, "share"], place, row.camps)
        axes.scatter(row.plan, place, marker="|", s=520, linewidth=2.4, color=canvas.INK, zorder=2)
        label = say("{low} to {high}, two camps" if row.camps else "{low} to {high}", low=share(row.low), high=share(row.high))
        axes.text(max(row.high, row.plan) + 0.012, place, label, va="center", fontsize=8.5, color=canvas.MUTED)
    axes.set_yticks(range(len(own)), [canvas.wrapped(name) for name in own["goal_name"]])
    axes.set_ylim(len(own) - 0.4, -0.6)
    top = max(own["high"].max(), own["plan"].max())
    axes.set_xlim(-0.01, top * 1.4 + 0.02)
    steps = [step / 20 for step in range(0, int(top * 20) + 2, 1 if top < 0.4 else 2)]
    axes.set_xticks(steps, [share(step) for step in steps])
    axes.set_xlabel(say("share of all weight; a dot is one voter, the stroke is the plan"))
    who = findings.weighing.voters(own["group"].iloc[0], int(own["voters"].max()))
    alt = say("Dots for the weights that single voters of {who} give each goal, beside the plan's weight. ", who=say(own["group"].iloc[0])) + "; ".join(
        say("{goal}: {low} to {high}, plan {plan}", goal=row.goal_name, low=share(row.low), high=share(row.high), plan=share(row.plan))
        for row in own.itertuples())
    return Chart(figure, findings.weighing.discuss(rows), alt, say("share of all weight"), who, _numbers(rows))


def _dots(axes: object, shares: pd.Series, place: int, camps: bool) -> None:
    """One dot a voter; those at the same spot stand one above the other."""
    spot = (shares / 0.012).round()
    height = shares.groupby(spot).cumcount() - (shares.groupby(spot).transform("size") - 1) / 2
    axes.scatter(shares, place + height * 0.15, s=34, color=canvas.ORANGE if camps else canvas.BLUE, edgecolor="white", linewidth=0.6, zorder=3)


def _numbers(rows: pd.DataFrame) -> Table:
    shown = rows.assign(who=[say(one) for one in rows["group"]], middle=[between(low, high, share)
                                                                         for low, high in zip(rows["lower_quartile"], rows["upper_quartile"])],
                        sides=[_sides(row) for row in rows.itertuples()])
    columns = (Column("goal_name", "Goal"), Column("who", "Who"), Column("plan", "Plan", "share"), Column("mean", "Mean", "share"),
               Column("low", "Lowest", "share"),
               Column("middle", "Middle half", "points"), Column("high", "Highest", "share"), Column("spread", "Spread (SD)", "number", 3),
               Column("sides", "Smaller side"),
               Column("voters", "Voters", "whole"))
    note = "Widest spread first. The smaller side: those beyond the widest gap between two neighbouring votes, with their mean."
    return Table("goals_to_discuss", shown, columns, say("How far single voters differ on each goal"), note, most=30)


def _sides(row: object) -> str | None:
    return say("{n} at {share}", n=number(row.minority), share=share(row.minority_share)) if row.minority else None
