"""Charts of step 5."""

from __future__ import annotations

import pandas as pd

from planning.show import findings, tables
from planning.show.charts import canvas
from planning.show.language import count, number, say, share
from planning.show.records import Chart, Column, Table

LOOKS = {"stop": (canvas.ORANGE, "-", "X"), "transfer": (canvas.BLUE, "--", "s"), "merge": (canvas.GREEN, "-.", "D"), "improve": (canvas.SEQUENCE[4], ":", "^")}
BAND = "#f3f5f7"


def moves(rows: pd.DataFrame, register: pd.DataFrame, scenario: str) -> Chart:
    """Weighted support of each service today and in a scenario."""
    figure, axes = canvas.figure(canvas.height_for(len(rows), 0.36, 2.2))
    for place, row in enumerate(rows.itertuples()):
        colour = canvas.BLUE if row.change > 0 else canvas.ORANGE if row.change < 0 else canvas.GREY
        axes.plot([row.before, row.after], [place, place], color=colour, linewidth=2.2, zorder=1)
        axes.scatter([row.before], [place], s=40, facecolor="white", edgecolor=canvas.MUTED, linewidth=1.5, zorder=2)
        marker = ">" if row.change > 0 else "<" if row.change < 0 else "|"
        axes.scatter([row.after], [place], s=60, color=colour, marker=marker, zorder=3)
        axes.text(max(row.before, row.after), place, "   " + _points(row.change), va="center", fontsize=8.5, color=colour if row.change else canvas.MUTED)
    axes.set_yticks(range(len(rows)), [canvas.wrapped(name) for name in rows["service_name"]])
    axes.invert_yaxis()
    axes.set_xlim(-0.01, rows[["before", "after"]].max().max() * 1.22 + 0.02)
    axes.xaxis.set_major_formatter(lambda value, _: share(value))
    axes.grid(axis="x")
    axes.set_xlabel(say("weighted support of the goals (ring: today, arrow: then)\nfigures: change in percentage points"), x=0.3)
    alt = say("Weighted support of each service today and then. ") + "; ".join(
        say("{service}: {before} to {after}", service=row.service_name, before=share(row.before), after=share(row.after)) for row in rows.itertuples())
    finding = findings.flexibility.moves(rows, register, scenario=scenario)
    return Chart(figure, finding, alt, say("share of the weighted goals"), count("{n} service", "{n} services", len(rows)), tables.flexibility.moves(rows))


def _points(change: float) -> str:
    points = round(abs(change) * 100)
    return (("+" if change > 0 else "−") if points else "") + number(points)


def across(rows: pd.DataFrame) -> Chart:
    """Every initiative that some future chooses against every future; those chosen in none stand in the table."""
    futures, every = rows.drop_duplicates("scenario")["scenario_name"].tolist(), rows["initiative"].nunique()
    table, finding = _across_table(rows, futures), findings.flexibility.across(rows) or findings.flexibility.one_future()
    rows = rows[rows["share"] > 0] if (rows["share"] > 0).any() else rows
    order = rows.drop_duplicates("initiative").reset_index(drop=True)
    figure, axes = canvas.figure(canvas.height_for(len(order), 0.34, 2.2) + 0.7)
    places = {name: place for place, name in enumerate(order["initiative"])}
    for place in range(0, len(order), 2):
        axes.axhspan(place - 0.5, place + 0.5, color=BAND, linewidth=0, zorder=0)
    for row in rows.itertuples():
        axes.plot(futures.index(row.scenario_name), places[row.initiative], linestyle="none", **_look(row.chosen, row.part))
    for place, row in enumerate(order.itertuples()):
        axes.text(len(futures) - 0.4, place, say("{n} of {all}", n=round(row.share * len(futures)), all=len(futures)), va="center", fontsize=8.5,
                  color=canvas.BLUE if row.share == 1 else canvas.MUTED)
    axes.set_yticks(range(len(order)), [canvas.wrapped(name, 40) for name in order["initiative_name"]], fontsize=8)
    axes.set_xticks(range(len(futures)), [canvas.wrapped(say(name), 11) for name in futures], fontsize=8)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_xlim(-0.5, len(futures) + 0.25)
    axes.set_ylim(len(order) - 0.5, -0.5)
    axes.set_xlabel(say("disc: chosen; square: must be done or runs already; dash: left out"))
    basis = say("{n} of {all}, those that some future chooses", n=len(order), all=count("{n} initiative", "{n} initiatives", every))
    return Chart(figure, finding, _across_alt(order, futures), say("best choice in each future"), basis, table)


def _look(chosen: bool, part: str) -> dict[str, object]:
    if not chosen:
        return {"marker": "_", "color": canvas.GREY, "markersize": 8}
    return {"marker": "o", "color": canvas.BLUE, "markersize": 9} if part == "free" else {"marker": "s", "color": canvas.MUTED, "markersize": 8}


def _across_alt(order: pd.DataFrame, futures: list[str]) -> str:
    return say("A grid of initiatives by {n} futures ({names}). ", n=len(futures), names=", ".join(futures)) + "; ".join(
        say("{initiative}: chosen in {n}", initiative=row.initiative_name, n=round(row.share * len(futures))) for row in order.itertuples())


def _across_table(rows: pd.DataFrame, futures: list[str]) -> Table:
    wide = rows.pivot(index="initiative", columns="scenario_name", values="chosen")[futures].reset_index()
    found = rows.drop_duplicates("initiative")[["initiative", "initiative_name", "share", "place"]].merge(wide, on="initiative")
    columns = (Column("initiative_name", "Initiative"), *(Column(name, name) for name in futures), Column("place", "Where it stands"))
    return Table("initiatives_in_futures", found, columns, say("Initiatives in each future"), most=40)


def paths(rows: pd.DataFrame) -> Chart:
    """Use of the services over the years, those that the review would end or improve marked."""
    figure, axes = canvas.figure(4.2)
    ends = rows.drop_duplicates("service").reset_index(drop=True)
    marked = _marked(ends)
    labels = [_line(axes, own, service in marked) for service, own in rows.groupby("service", sort=False)]
    _put_labels(axes, [label for label in labels if label], rows)
    axes.axhline(100, color=canvas.GREY, linewidth=0.8, zorder=0)
    axes.set_ylim(0, max(rows["index"].max() * 1.05, 120))
    axes.set_xticks(sorted(rows["fiscal_year"].unique()))
    axes.set_xlabel(say("fiscal year"))
    axes.set_ylabel(say("use, first full year shown is 100"))
    axes.grid(axis="y")
    alt = say("Use of each service over the last full years, the first being 100. ") + "; ".join(
        say("{service}: {index} in {year}", service=own["service_name"].iloc[0], index=number(own["index"].iloc[-1], 0), year=int(own["fiscal_year"].iloc[-1]))
        for _, own in rows.groupby("service", sort=False))
    columns = (Column("service_name", "Service"), Column("fiscal_year", "Fiscal year", "period"), Column("uses", "Uses", "whole"), Column("index", "First year is 100", "number", 0),
               Column("proposal", "Proposal"))
    table = Table("use_paths", rows, columns, say("Use of the services over the years"), most=100)
    basis = say("{services}, full years only; grey: the other services", services=count("{n} service", "{n} services", len(ends)))
    return Chart(figure, findings.flexibility.paths(rows), alt, say("index of yearly uses"), basis, table)


def _line(axes: object, own: pd.DataFrame, marked: bool) -> tuple[float, int, str, str] | None:
    """Draw one service's line, with gaps where a year was not counted in full; its label, where it has one."""
    colour, line, marker = LOOKS.get(own["proposal"].iloc[0], (canvas.INK, "-", "o")) if marked else (canvas.LINE, "-", "")
    years = range(own["fiscal_year"].min(), own["fiscal_year"].max() + 1)
    index = own.set_index("fiscal_year")["index"].reindex(years)
    axes.plot(years, index, color=colour, linestyle=line, marker=marker, markersize=6, linewidth=2.0 if marked else 1.3, zorder=3 if marked else 1)
    return (index.iloc[-1], years[-1], _label(own), colour) if marked else None


def _marked(ends: pd.DataFrame) -> list[str]:
    """Services to name in the chart: those proposed to end, then those to improve, five at most; else the two that fall most."""
    order = {"stop": 0, "transfer": 1, "merge": 2, "improve": 3}
    asked = ends[ends["proposal"].isin(list(order))]
    found = asked.assign(order=asked["proposal"].map(order)).sort_values(["order", "change"], kind="stable").head(5)
    return (found if len(found) else ends.head(2))["service"].tolist()


def _label(own: pd.DataFrame) -> str:
    name, proposal = canvas.wrapped(own["service_name"].iloc[0], 26), own["proposal"].iloc[0]
    return say("{name}\n{proposal}, {index}", name=name, proposal=say(proposal), index=number(own["index"].iloc[-1], 0))


def _put_labels(axes: object, labels: list[tuple[float, int, str, str]], rows: pd.DataFrame) -> None:
    """Labels at the right end, moved apart so that none lies on another."""
    line = max(rows["index"].max() * 1.05, 120) * 0.048
    last, low = rows["fiscal_year"].max(), 0.0
    years = last - rows["fiscal_year"].min()
    for height, year, text, colour in sorted(labels):
        half = line * (text.count("\n") + 1.4) / 2
        place = max(height, low + half)
        axes.annotate(text, (year, height), xytext=(last + years * 0.06, place), va="center", fontsize=8.5, color=colour,
                      zorder=5, bbox={"color": "white", "pad": 1},
                      arrowprops={"arrowstyle": "-", "color": canvas.GREY, "linewidth": 0.8, "relpos": (0, 0.5), "shrinkA": 0})
        low = place + half
    axes.set_xlim(rows["fiscal_year"].min() - 0.1, last + years * 0.55)
