"""Charts of step 6 about people: workload, competencies, four levels of training, service standards over the years."""

from __future__ import annotations

import pandas as pd

from planning.show import findings, tables
from planning.show.charts import canvas
from planning.show.language import absent, count, number, period, say, share
from planning.show.records import Chart, Table

COLOURS = {"over": canvas.ORANGE, "full": canvas.BLUE, "room": canvas.BLUE, "not known": canvas.GREY}
LEVELS = {"reaction": "liked it", "learning": "can do it", "behaviour": "does it at work", "results": "patrons notice"}


def workload(rows: pd.DataFrame, total: pd.DataFrame) -> Chart | Table:
    """Hours asked of each role as a share of those it has, by services and initiatives; the bare table where none is known."""
    table, known = tables.people.load(rows), rows[rows["share"].notna()].reset_index(drop=True)
    if known.empty:
        return table
    figure, axes = canvas.figure(canvas.height_for(len(known), 0.4))
    by_services, by_initiatives = known["services"] / known["hours"], known["initiatives"] / known["hours"]
    axes.barh(known.index, by_services, height=0.6, color=[COLOURS[state] for state in known["state"]])
    axes.barh(known.index, by_initiatives, left=by_services, height=0.6, color=canvas.SAND, hatch="///", edgecolor="white", linewidth=0)
    axes.axvline(1, color=canvas.INK, linewidth=1.4, linestyle="--")
    top = max(known["share"].max(), 1.0)
    for place, row in enumerate(known.itertuples()):
        axes.text(top * 1.03, place, _balance(row), va="center", fontsize=8.5, fontweight="bold" if row.state == "over" else "normal")
    axes.set_yticks(known.index, [canvas.wrapped(name, 30) for name in known["role_name"]], fontsize=8.5)
    axes.set_ylim(len(known) - 0.4, -0.6)
    axes.set_xlim(0, top * 1.62)
    axes.set_xticks([0, 0.5, 1], [share(tick) for tick in (0, 0.5, 1)])
    axes.set_xlabel(canvas.wrapped(say("share of the productive hours of a year; solid: services; striped: started initiatives; dashed: all hours the role has"), 74), loc="left", fontsize=8.5)
    alt = say("Bars of the hours asked of each role as a share of those it has. ") + "; ".join(
        say("{role}: {share}, {balance}", role=row.role_name, share=share(row.share), balance=_balance(row)) for row in known.itertuples())
    basis = say("{n} of {all} roles have hours by service", n=len(known), all=len(rows))
    return Chart(figure, findings.people.load(rows, total), alt, say("share of productive hours, 100% is full"), basis, table)


def _balance(row: object) -> str:
    words = {"over": say("▲ {share}, {hours} h too many", share=share(row.share), hours=number(row.over, 0)), "room": say("▼ {share}, {hours} h room", share=share(row.share), hours=number(row.room, 0))}
    return words.get(row.state, say("{share}, full", share=share(row.share)) if row.share >= 0.95 else share(row.share))


def evaluated(rows: pd.DataFrame, reach: pd.DataFrame) -> Chart | Table:
    """What was measured of each training on the four levels, with intervals; the bare table where no figure may be shown."""
    table = tables.people.evaluated(rows)
    if rows["share"].isna().all():
        return table
    names = reach["training_name"].tolist()
    figure, axes = canvas.figure(canvas.height_for(len(names), 0.66, 2.2), columns=len(LEVELS), sharey=True)
    figure.get_layout_engine().set(wspace=0.06)
    for one, (level, words) in zip(axes, LEVELS.items()):
        own = rows[rows["level"] == level].set_index("training").loc[reach["training"]]
        for place, row in enumerate(own.itertuples()):
            _mark(one, place, row)
        one.set_title(say(words))
        one.set_xlim(0, 1)
        one.set_xticks([0, 0.5, 1], [share(tick) for tick in (0, 0.5, 1)], fontsize=8)
        one.tick_params(length=0)
        one.axvline(0.5, color=canvas.LINE, linewidth=1, zorder=0)
    axes[0].set_yticks(range(len(names)), [canvas.wrapped(name, 28) for name in names], fontsize=8.5)
    axes[0].set_ylim(len(names) - 0.5, -0.5)
    known = rows[rows["share"].notna()]
    alt = say("Share of people for whom each training was good, on four levels. ") + "; ".join(
        say("{training}, {level}: {share} of {n} (range {low} to {high})", training=row.training_name, level=say(LEVELS[row.level]), share=share(row.share), n=number(row.people), low=share(row.low), high=share(row.high)) for row in known.itertuples())
    return Chart(figure, findings.people.evaluation(reach, rows), alt, say("share of people for whom it holds, with the 95% interval"), count("{n} training", "{n} trainings", len(names)), table)


def _mark(axes: object, place: int, row: object) -> None:
    if absent(row.share):
        text = say("too few\nto show") if row.hidden else say("not\nmeasured")
        axes.text(0.5, place, text, ha="center", va="center", fontsize=8, color=canvas.MUTED)
        return
    low = row.high < 0.5
    axes.plot([row.low, row.high], [place, place], color=canvas.LIGHT, linewidth=6, solid_capstyle="butt")
    axes.plot([row.share], [place], marker="v" if low else "o", markersize=7, color=canvas.ORANGE if low else canvas.BLUE, clip_on=False)
    side = "left" if row.share < 0.3 else "right" if row.share > 0.75 else "center"
    axes.annotate(say("{good} of {n}", good=number(round(row.share * row.people)), n=number(row.people)), (row.share, place), xytext=(3 if side == "left" else 0, 8), textcoords="offset points", ha=side, fontsize=8.5, annotation_clip=False)


def standards(rows: pd.DataFrame, course: pd.DataFrame) -> Chart | Table:
    """Share of periods in which each standard was kept, year by year; the bare table where none is measured."""
    table, measured = tables.people.standards(rows), course[course["n"].gt(0).groupby(course["standard"]).transform("any")] if len(course) else course
    if measured.empty:
        return table
    order = [one for one in rows["standard"] if one in set(measured["standard"])]
    years = sorted(measured["year"].unique(), reverse=True)
    figure, axes = canvas.figure(canvas.height_for(len(order), 0.52, 2.2))
    cells = measured.set_index(["standard", "year"])
    for place, one in enumerate(order):
        for across, year in enumerate(years):
            _cell(axes, across, place, cells.loc[(one, year)])
    named = rows.set_index("standard")
    axes.set_yticks(range(len(order)), [canvas.wrapped(say("{name} (public)", name=named.loc[one, "name"]) if named.loc[one, "public"] else named.loc[one, "name"], 46) for one in order], fontsize=8.5)
    until = measured.drop_duplicates("year").set_index("year")["until"]
    axes.set_xticks(range(len(years)), [say("to {month}", month=period(until[year].strftime("%Y-%m"))) for year in years], fontsize=8.5)
    axes.set_xlim(-0.5, len(years) - 0.5)
    axes.set_ylim(len(order) - 0.5, -0.5)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.set_xlabel(say("twelve months; dark: kept in nine of ten periods or more; light: half or more; orange: fewer"), loc="right", fontsize=8.5)
    last = measured[measured["year"] == 1].set_index("standard")
    alt = say("For each standard and year, in how many of the measured periods it was kept. In the last twelve months: ") + "; ".join(
        say("{name}: {kept}", name=named.loc[one, "name"], kept=_times(last.loc[one])) for one in order)
    return Chart(figure, findings.people.standards(rows), alt, say("periods in which today's promise held, of those measured"), count("{n} standard with values", "{n} standards with values", len(order)), table)


def _times(cell: pd.Series) -> str:
    return say("not measured") if not cell["n"] else say("{kept} of {n}", kept=number(cell["kept"]), n=number(cell["n"]))


def _cell(axes: object, across: int, place: int, cell: pd.Series) -> None:
    none = not cell["n"]
    colour, ink = ("white", canvas.MUTED) if none else (canvas.BLUE, "white") if cell["share"] >= 0.9 else (canvas.LIGHT, canvas.INK) if cell["share"] >= 0.5 else (canvas.ORANGE, "white")
    axes.barh(place, 0.94, left=across - 0.47, height=0.82, color=colour, edgecolor=canvas.LINE, linewidth=0.7 if none else 0)
    axes.text(across, place, _times(cell), ha="center", va="center", fontsize=8.5, color=ink)


def competencies(rows: pd.DataFrame) -> Chart:
    """How many skills of the plan stand under each competency, and how many of them hang on one person or on nobody."""
    figure, axes = canvas.figure(canvas.height_for(len(rows), 0.38))
    thin = rows["nobody"] + rows["single"]
    axes.barh(rows.index, rows["skills"] - thin, height=0.6, color=canvas.BLUE)
    axes.barh(rows.index, thin, left=rows["skills"] - thin, height=0.6, color=canvas.ORANGE, hatch="///", edgecolor="white", linewidth=0)
    top = max(rows["skills"].max(), 1)
    said = [_held(row) for row in rows.itertuples()]
    for place, (row, words) in enumerate(zip(rows.itertuples(), said)):
        axes.text(row.skills + top * 0.03, place, words, va="center", fontsize=8.5, fontweight="bold" if row.state in ("not covered", "missing") else "normal")
    axes.set_yticks(rows.index, [canvas.wrapped(say(name)) for name in rows["competency_name"]], fontsize=8.5)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, top * 2.15)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(length=0)
    axes.set_xlabel(say("skills of the plan; striped: held by one person or by nobody"), loc="right", fontsize=8.5)
    alt = say("A bar for each of eight competencies: the skills of the plan that belong to it. ") + "; ".join(say("{name}: {words}", name=say(row.competency_name), words=words) for row, words in zip(rows.itertuples(), said))
    return Chart(figure, findings.people.competencies(rows), alt, say("skills of the plan"), count("{n} skill in a competency", "{n} skills in a competency", int(rows["skills"].sum())), tables.people.competencies(rows))


def _held(row: object) -> str:
    if not row.skills:
        return say("no skill of the plan")
    parts = [say("nobody: {n}", n=number(row.nobody))] if row.nobody else []
    parts += [say("one person: {n}", n=number(row.single))] if row.single else []
    held = count("{n} skill", "{n} skills", row.skills)
    return say("{held} ({parts})", held=held, parts=", ".join(parts)) if parts else held
