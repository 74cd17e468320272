"""Charts of step 2."""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.ticker import MaxNLocator

from planning.show import findings
from planning.show.charts import canvas
from planning.show.language import count, money, number, say, share
from planning.show.records import Chart, Column, Table

RUNGS = (("objectives", "objectives"), ("kpis", "KPIs"), ("initiatives", "initiatives"))
MARKS = {"pass": {"marker": "o", "color": canvas.BLUE}, "warn": {"marker": "o", "color": canvas.GREY, "fillstyle": "left", "markerfacecoloralt": "white"},
         "fail": {"marker": "X", "color": canvas.ORANGE, "markersize": 11}, "not checked": {"marker": "_", "color": canvas.MUTED}}


def ladder(rows: pd.DataFrame) -> Chart:
    """How many objectives, KPIs and initiatives stand under each goal."""
    figure, axes = canvas.figure(canvas.height_for(len(rows), 0.46, 2.0))
    for place, row in enumerate(rows.itertuples()):
        axes.plot([0, 2], [place, place], color=canvas.LINE, linewidth=1.5, zorder=1)
        for step, (name, _) in enumerate(RUNGS):
            found = getattr(row, name)
            axes.scatter([step], [place], s=420, color=canvas.BLUE if found else "white", edgecolor=canvas.BLUE if found else canvas.ORANGE,
                         linewidth=1.8, zorder=2)
            axes.text(step, place, number(found), ha="center", va="center", color="white" if found else canvas.ORANGE, fontsize=9.5, zorder=3)
    axes.set_yticks(range(len(rows)), [canvas.wrapped(row.goal_name, 40) + f" ({share(row.weight)})" for row in rows.itertuples()])
    axes.set_xticks(range(3), [say(words) for _, words in RUNGS])
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_xlim(-0.4, 2.4)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    alt = say("For each goal, the number of objectives, KPIs and initiatives under it. ") + "; ".join(
        say("{goal}: {objectives}, {kpis}, {initiatives}", goal=row.goal_name, objectives=count("{n} objective", "{n} objectives", row.objectives),
            kpis=count("{n} KPI", "{n} KPIs", row.kpis), initiatives=count("{n} initiative", "{n} initiatives", row.initiatives)) for row in rows.itertuples())
    columns = (Column("goal_name", "Goal"), Column("weight", "Weight", "share"), Column("objectives", "Objectives", "whole"), Column("kpis", "KPIs", "whole"),
               Column("initiatives", "Initiatives", "whole"), Column("unbroken", "Unbroken"))
    table = Table("goal_ladder", rows, columns, say("How far each goal is carried down"))
    return Chart(figure, findings.services.ladder(rows), alt, say("number under each goal; an open ring is none"),
                 count("{n} goal", "{n} goals", len(rows)), table)


def checks(rows: pd.DataFrame) -> Chart:
    """Every objective against every check of its own."""
    rows = rows[rows["objective"].notna()]
    names, asked = rows["check"].drop_duplicates().tolist(), rows.drop_duplicates("objective")
    figure, axes = canvas.figure(canvas.height_for(len(asked), 0.44, 2.4) + 0.7)
    for place, (_, answers) in enumerate(rows.groupby("objective", sort=False)):
        for step, result in enumerate(answers["result"]):
            axes.plot([step], [place], **{"markersize": 9, "linestyle": "none"} | MARKS[result])
    axes.set_yticks(range(len(asked)), [_short(text) for text in asked["statement"]], fontsize=8)
    axes.set_xticks(range(len(names)), [canvas.wrapped(say(name), 9) for name in names], fontsize=8)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.grid(axis="y")
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_xlim(-0.5, len(names) - 0.5)
    axes.set_ylim(len(asked) - 0.5, -0.5)
    axes.set_xlabel(say("filled: passes; half: warns; cross: fails; dash: not checked"))
    counted = rows["result"].value_counts()
    alt = say("A grid of {objectives} by {checks} checks: {passed} passed, {warned} warned, {failed} failed. ",
              objectives=count("{n} objective", "{n} objectives", len(asked)), checks=len(names), passed=int(counted.get("pass", 0)),
              warned=int(counted.get("warn", 0)), failed=int(counted.get("fail", 0))) + "; ".join(
        say("{check}: passed by {n}", check=say(name), n=int(((rows["check"] == name) & (rows["result"] == "pass")).sum())) for name in names)
    grid = asked[["objective", "statement"]].merge(rows.pivot(index="objective", columns="check", values="result")[names], on="objective")
    columns = (Column("statement", "Objective"), *(Column(name, name) for name in names))
    table = Table("objective_checks", grid, columns, say("Every objective against every check"), most=80)
    return Chart(figure, findings.services.most_missed(rows), alt, say("result of each check"),
                 count("{n} objective", "{n} objectives", len(asked)), table)


def _short(text: str, width: int = 44) -> str:
    first, *rest = textwrap.wrap(text, width)
    more = " …" if len(rest) > 1 else ""
    return "\n".join([first, *(line + more for line in rest[:1])])


def choice(rows: pd.DataFrame, used: pd.DataFrame) -> Chart:
    """The value of every initiative that could be chosen, and what the chosen ones use of each ceiling."""
    play = rows[rows["part"].isin(["free", "must do", "running"])].reset_index(drop=True)
    figure, (top, below) = canvas.figure(0.9 + 0.3 * len(_shown(used)) + canvas.height_for(len(play), 0.33), rows=2,
                                         height_ratios=[0.15 + 0.3 * max(1, len(_shown(used))), max(2.0, 0.33 * len(play))])
    _ceilings(top, used)
    colours = [canvas.BLUE if one else "white" for one in play["chosen"]]
    below.barh(range(len(play)), play["value"], height=0.62, color=colours, edgecolor=[canvas.BLUE if one else canvas.GREY for one in play["chosen"]])
    reach = max(play["value"].max(), 1e-9)
    for place, row in enumerate(play.itertuples()):
        words = say("{cost}, {hours} h", cost=money(row.cost, 0), hours=number(row.hours))
        extra = {"must do": say("; must be done"), "running": say("; runs already")}.get(row.part, "")
        below.text(row.value + reach * 0.02, place, words + extra, va="center", fontsize=8, color=canvas.INK if row.chosen else canvas.MUTED)
    below.set_yticks(range(len(play)), [canvas.wrapped(name, 46) for name in play["initiative_name"]], fontsize=8)
    for label, one in zip(below.get_yticklabels(), play["chosen"]):
        label.set_color(canvas.INK if one else canvas.MUTED)
    below.set_ylim(len(play) - 0.4, -0.6)
    below.set_xlim(0, reach * 1.6)
    below.set_xlabel(say("value to the goals (filled: chosen; open: left out)"))
    return Chart(figure, findings.services.choice(rows, used), _choice_alt(play, used), say("value 0 to 1, money and hours of the first year"),
                 count("{n} initiative", "{n} initiatives", len(play)), _choice_table(play))


def _ceilings(axes: object, used: pd.DataFrame) -> None:
    known = _shown(used)
    for place, row in enumerate(known.itertuples()):
        axes.barh(place, 1, height=0.55, color="white", edgecolor=canvas.GREY)
        axes.barh(place, row.share, height=0.55, color=canvas.LIGHT)
        amount = (say("{used} of {limit}", used=money(row.used, 0), limit=money(row.limit, 0)) if row.ceiling == "money"
                  else say("{used} of {limit} h", used=number(row.used), limit=number(row.limit)))
        axes.text(0.015, place, say("{amount} used ({share})", amount=amount, share=share(row.share, 1)), va="center", fontsize=8.5)
    axes.set_yticks(range(len(known)), [canvas.wrapped(findings.roadmap.ceiling(row.ceiling, row.ceiling_name), 46) for row in known.itertuples()],
                    fontsize=8.5)
    axes.set_ylim(len(known) - 0.4, -0.6)
    axes.set_xlim(0, 1.002)
    axes.set_xticks([])
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.tick_params(length=0)


def _shown(used: pd.DataFrame) -> pd.DataFrame:
    """Money and staff time, and the three roles that hold the choice back most."""
    known = used.dropna(subset=["share"])
    whole = known["ceiling"].isin(["money", "hours"])
    roles = known[~whole & known["binds"].astype(bool)].sort_values(["lifted", "ceiling"], ascending=[False, True]).head(3)
    return pd.concat([known[whole], roles])


def _choice_alt(play: pd.DataFrame, used: pd.DataFrame) -> str:
    taken = play[play["chosen"]]
    shares = "; ".join(say("{share} of {ceiling}", share=share(row.share), ceiling=findings.roadmap.ceiling(row.ceiling, row.ceiling_name))
                       for row in _shown(used).itertuples())
    names = "; ".join(say("{name}: value {value}", name=row.initiative_name, value=number(row.value, 2)) for row in taken.itertuples())
    return say("Bars of value for {all} initiatives, {n} of them chosen. Used: {shares}. Chosen: {names}", all=len(play), n=len(taken),
               shares=shares or say("no ceiling is given"), names=names)


def _choice_table(play: pd.DataFrame) -> Table:
    columns = (Column("initiative_name", "Initiative"), Column("chosen", "Chosen"), Column("why", "Why"), Column("value", "Value", "number", 3),
               Column("cost", "Cost", "money"), Column("hours", "Hours", "whole"), Column("risk", "Risk (1 to 5)", "points"))
    return Table("choice", play, columns, say("The best choice within money and hours"), most=60)


def frontier(rows: pd.DataFrame, limits: pd.DataFrame) -> Chart:
    """How the best value grows with money at the hours there are."""
    figure, axes = canvas.figure(3.6)
    end = rows["money"].max() * 1.06 or 1
    axes.step([*rows["money"], end], [*rows["value"], rows["value"].iloc[-1]], where="post", color=canvas.BLUE)
    axes.scatter(rows["money"], rows["value"], s=22, color=canvas.BLUE, zorder=3)
    limit = limits["limit"].iloc[0]
    if pd.notna(limit) and limit <= end:
        axes.axvline(limit, color=canvas.ORANGE, linestyle="--", linewidth=1.4)
        axes.text(limit, rows["value"].max() * 0.08, "  " + say("ceiling {money}", money=money(limit, 0)), color=canvas.ORANGE, fontsize=8.5)
    _marked(axes, rows)
    axes.set_ylim(0, rows["value"].max() * 1.15 or 1)
    axes.set_xlim(min(rows["money"].min(), limit if pd.notna(limit) else rows["money"].min()) * 0.95, end)
    axes.xaxis.set_major_formatter(lambda value, _: money(value, 0))
    axes.xaxis.set_major_locator(MaxNLocator(6))
    axes.set_xlabel(say("money for initiatives; staff hours stay as they are"))
    axes.set_ylabel(say("value of the best choice"))
    alt = say("A rising staircase of value against money, from {low} with value {least} to {high} with value {most}.", low=money(rows["money"].min(), 0),
              least=number(rows["value"].min(), 2), high=money(rows["money"].max(), 0), most=number(rows["value"].max(), 2))
    columns = (Column("money", "Money", "money"), Column("value", "Value", "number", 3), Column("hours", "Hours", "whole"),
               Column("initiatives", "Initiatives", "whole"), Column("here", "The best choice now"))
    table = Table("choice_frontier", rows, columns, say("Choices that no other beats on both money and value"))
    unit = say("value of the best choice at each amount of money")
    return Chart(figure, findings.services.frontier(rows), alt, unit, count("{n} choice", "{n} choices", len(rows)), table)


def _marked(axes: object, rows: pd.DataFrame) -> None:
    for row in findings.services.nearly(rows).itertuples():
        words = say("{money}, value {value}", money=money(row.money, 0), value=number(row.value, 2))
        axes.annotate(words, (row.money, row.value), xytext=(10, -38), textcoords="offset points", fontsize=8.5, zorder=5,
                      bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5}, arrowprops={"arrowstyle": "-", "color": canvas.GREY})
    for row in rows[rows["here"]].itertuples():
        words = say("best choice: {money}, value {value}", money=money(row.money, 0), value=number(row.value, 2))
        axes.scatter([row.money], [row.value], s=110, marker="D", color=canvas.INK, zorder=4)
        axes.annotate(words, (row.money, row.value), xytext=(-8, 10), textcoords="offset points", ha="right", fontsize=8.5)
