"""Charts of step 1."""

from __future__ import annotations

import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from planning.show import findings, measures
from planning.show.charts import canvas
from planning.show.language import count, number, say, share, signed
from planning.show.records import Chart, Column, Finding, Table

MOST = 3.0


def coverage(rows: pd.DataFrame) -> Chart:
    """Weight of each goal beside the support of its strongest service."""
    figure, axes = canvas.figure(canvas.height_for(len(rows), 0.55))
    places = range(len(rows))
    axes.barh([place - 0.2 for place in places], rows["weight"], height=0.36, color=canvas.LIGHT, label=say("weight of the goal"))
    colours = [canvas.BLUE if served else canvas.ORANGE for served in rows["served"]]
    axes.barh([place + 0.2 for place in places], rows["strongest"], height=0.36, color=colours)
    for place, row in zip(places, rows.itertuples()):
        axes.text(row.weight + 0.01, place - 0.2, share(row.weight), va="center", color=canvas.MUTED, fontsize=8.5)
        label = canvas.wrapped(row.carried_by, 40) if row.served else say("no clear support")
        axes.text(row.strongest + 0.01, place + 0.2, label, va="center", fontsize=8.5)
    axes.set_yticks(list(places), [canvas.wrapped(name) for name in rows["goal_name"]])
    axes.invert_yaxis()
    axes.set_xlim(0, 1.25)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
    axes.set_xlabel(say("light: weight of the goal; dark: strength of its strongest service (0 to 1)"))
    alt = say("Bars for each goal: its weight, and the strength of the service that supports it most. ") + "; ".join(
        say("{goal}: weight {weight}, strongest support {strongest}", goal=row.goal_name, weight=share(row.weight), strongest=number(row.strongest, 2))
        for row in rows.itertuples())
    columns = (Column("goal_name", "Goal"), Column("weight", "Weight", "share"), Column("strongest", "Strongest support", "number", 2),
               Column("carried_by", "By"), Column("services", "Services that clearly support it", "whole"))
    table = Table("goal_coverage", rows, columns, say("Goals and the services that carry them"))
    return Chart(figure, findings.needs.coverage(rows), alt, say("strength 0 to 1, clear from 0.5"), count("{n} goal", "{n} goals", len(rows)), table)


def matrix(pairs: pd.DataFrame) -> Chart:
    """Every service against every goal."""
    order = pairs.drop_duplicates("goal").sort_values("weight", ascending=False)["goal_name"]
    grid = pairs.pivot(index="service_name", columns="goal_name", values="strength")[list(order)]
    grid = grid.loc[(grid * pairs.drop_duplicates("goal").set_index("goal_name")["weight"]).sum(axis=1).sort_values(ascending=False, kind="stable").index]
    figure, axes = canvas.figure(canvas.height_for(len(grid), 0.32, 2.6) + 0.9)
    marks = grid.map(lambda value: number(value, 1) if value > 0 else "")
    sns.heatmap(grid, ax=axes, cmap=sns.light_palette(canvas.BLUE, as_cmap=True), vmin=0, vmax=1, annot=marks, fmt="", cbar=False,
                linewidths=1.5, linecolor="white", annot_kws={"fontsize": 8.5})
    axes.xaxis.tick_top()
    _goal_names(axes, list(grid.columns))
    axes.set_yticks(axes.get_yticks(), [canvas.wrapped(name, 40) for name in grid.index], rotation=0)
    axes.set(xlabel="", ylabel="")
    axes.tick_params(length=0)
    strong = int((grid >= 0.5).sum().sum())
    alt = say("A grid of {services} services by {goals} goals; {strong} of {all} pairs are clear support of 0.5 or more.",
              services=len(grid), goals=grid.shape[1], strong=strong, all=grid.size)
    columns = (Column("service_name", "Service"), Column("goal_name", "Goal"), Column("strength", "Strength", "number", 1))
    table = Table("alignment", pairs[pairs["strength"] > 0], columns, say("Services and goals"), most=80)
    finding = findings.needs.breadth(pairs)
    return Chart(figure, finding, alt, say("strength 0 to 1"), count("{n} pair", "{n} pairs", grid.size), table)


def _goal_names(axes: object, names: list[str]) -> None:
    """Goals over their columns: side by side where each word fits its column, upright where one does not."""
    room = 82 // len(names)
    if max(len(word) for name in names for word in name.split()) <= room:
        axes.set_xticks(axes.get_xticks(), [canvas.wrapped(name, room) for name in names], rotation=0, fontsize=8)
    else:
        axes.set_xticks(axes.get_xticks(), [canvas.wrapped(name, 26) for name in names], rotation=90, fontsize=8)


def importance_performance(rows: pd.DataFrame) -> Chart:
    """Relevance against quality, with the four quadrants."""
    figure, (axes, key) = canvas.figure(canvas.key_height(rows["service_name"]), columns=2, width_ratios=(3, 1.45))
    relevance_cut, quality_cut = rows.attrs["cuts"]
    axes.axvline(quality_cut, color=canvas.LINE)
    axes.axhline(relevance_cut, color=canvas.LINE)
    here = rows["quadrant"] == "concentrate here"
    axes.scatter(rows["quality"], rows["relevance"], s=150, color=[canvas.ORANGE if one else canvas.BLUE for one in here], edgecolor="white", zorder=3)
    canvas.numbered(axes, key, rows["quality"], rows["relevance"], rows["service_name"])
    _corners(axes)
    _diagonal(axes)
    axes.set_xlabel(say("quality, mean of points 1 to 5\nshaded, above the broken line: more relevant than good"))
    axes.set_ylabel(say("relevance, mean of points 1 to 5"))
    alt = say("Relevance against quality as patrons rate them, cut at the means {relevance} and {quality}; above the diagonal: {n} of {all}. ",
              relevance=number(relevance_cut, 2), quality=number(quality_cut, 2), n=int((rows["gap"] > 0).sum()), all=len(rows)) + "; ".join(
        say("{service}: {quadrant}, relevance less quality {gap}", service=row.service_name, quadrant=say(row.quadrant), gap=signed(row.gap, 1))
        for row in rows.itertuples())
    columns = (Column("service_name", "Service"), Column("relevance", "Relevance", "number", 2), Column("quality", "Quality", "number", 2),
               Column("gap", "Gap", "signed", 2),
               Column("quadrant", "Where it falls"), Column("sure", "Of draws there", "share"),
               Column("above", "Of draws above the diagonal", "share"), Column("n", "Raters", "whole"))
    note = "Gap: relevance less quality. Of draws: the share of redrawn surveys in which the service falls there, or lies above the diagonal."
    table = Table("importance_performance", rows, columns, say("Relevance against quality"), note)
    return Chart(figure, findings.needs.concentrate(rows), alt, say("points 1 to 5, cut at the means"),
                 say("{n} ratings by patrons", n=number(rows["n"].sum())), table)


def _diagonal(axes: object) -> None:
    """The line on which relevance equals quality, with the side above it shaded, within the limits that the points have set."""
    across, up = axes.get_xlim(), axes.get_ylim()
    ends = [min(across[0], up[0]), max(across[1], up[1])]
    axes.plot(ends, ends, color=canvas.GREY, linewidth=1.2, linestyle=(0, (5, 3)), zorder=1)
    axes.fill_between(ends, ends, [ends[1]] * 2, color=canvas.SAND, alpha=0.22, linewidth=0, zorder=0)
    axes.set_xlim(across)
    axes.set_ylim(up)


def _corners(axes: object) -> None:
    axes.margins(0.16, 0.12)
    places = {"concentrate here": (0.01, 0.99, "left", "top"), "keep up": (0.99, 0.99, "right", "top"),
              "low priority": (0.01, 0.01, "left", "bottom"), "possible overkill": (0.99, 0.01, "right", "bottom")}
    for words, (x, y, side, edge) in places.items():
        axes.text(x, y, say(words), transform=axes.transAxes, ha=side, va=edge, color=canvas.MUTED, fontsize=8.5, style="italic", zorder=4,
                  bbox={"facecolor": "white", "alpha": 0.75, "edgecolor": "none", "pad": 1.5})


def standing(rows: pd.DataFrame, *, whose: str, name: str = "standing") -> Chart:
    """The library's ratios as parts of the median of libraries like it; `whose` says which libraries those are."""
    figure, axes = canvas.figure(canvas.height_for(len(rows), 0.36))
    for place, row in enumerate(rows.itertuples()):
        axes.barh(place, min(row.relative_high, MOST) - row.relative_low, left=row.relative_low, height=0.5, color=canvas.LIGHT)
        inside = row.relative_low <= row.relative <= row.relative_high
        axes.scatter(min(row.relative, MOST), place, color=canvas.BLUE if inside else canvas.ORANGE, marker="o" if inside else "D", s=46, zorder=3)
        if row.relative > MOST:
            axes.text(MOST + 0.05, place, number(row.relative, 1), va="center", fontsize=8.5)
    axes.axvline(1, color=canvas.MUTED, linewidth=1)
    axes.set_yticks(range(len(rows)), [canvas.wrapped(measures.name(one)) for one in rows["measure"]])
    axes.invert_yaxis()
    axes.set_xlim(0, MOST + 0.2)
    axes.set_xlabel(say("times the median; bar: the middle half of the libraries; diamond: outside it"))
    alt = say("Each ratio of the library as a multiple of the median of {whose}. ", whose=whose) + "; ".join(
        say("{name} {times} times", name=measures.name(row.measure), times=number(row.relative, 2)) for row in rows.itertuples())
    columns = (Column("name", "Measure"), Column("own_shown", "This library", "points"), Column("lower_quartile_shown", "Lower quarter", "points"),
               Column("median_shown", "Median", "points"), Column("upper_quartile_shown", "Upper quarter", "points"), Column("n", "Libraries", "whole"),
               Column("fiscal_year", "Own year", "id"))
    shown = {f"{column}_shown": [measures.figure(one, value) for one, value in zip(rows["measure"], rows[column])]
             for column in ("own", "lower_quartile", "median", "upper_quartile")}
    named = rows.assign(name=[measures.name(one) for one in rows["measure"]], **shown)
    most = int(rows["n"].max())
    table = Table(name, named, columns, say("This library beside {whose}", whose=whose), most=20)
    return Chart(figure, findings.peers.standing(rows, whose=whose), alt, say("multiples of the median"), count("{n} library", "{n} libraries", most), table)


def standing_in_band(rows: pd.DataFrame, *, whose: str) -> Chart:
    """The same beside all public libraries in the library's band of population."""
    return standing(rows, whose=whose, name="standing_in_band")


def beside_peers(rows: pd.DataFrame) -> Chart:
    """How each ratio moved against the same peers, from the first year to the last."""
    ends = rows.drop_duplicates("measure").sort_values(["last", "measure"], ascending=[False, True])
    figure, axes = canvas.figure(canvas.height_for(len(ends), 0.36))
    for place, row in enumerate(ends.itertuples()):
        axes.annotate("", (row.last, place), (row.first, place), arrowprops={"arrowstyle": "-", "color": canvas.LIGHT, "linewidth": 4, "shrinkA": 0,
                                                                             "shrinkB": 0})
    places = range(len(ends))
    axes.scatter(ends["first"], places, s=80, facecolor="white", edgecolor=canvas.BLUE, linewidth=1.4, zorder=3, label=str(int(ends["first_year"].min())))
    axes.scatter(ends["last"], places, s=40, color=canvas.BLUE, zorder=4, label=str(int(ends["last_year"].max())))
    axes.axvline(1, color=canvas.MUTED, linewidth=1)
    axes.set_yticks(places, [canvas.wrapped(measures.name(one)) for one in ends["measure"]])
    axes.set_ylim(len(ends) - 0.5, -0.5)
    axes.set_xlim(0, max(2.0, 1.08 * ends[["first", "last"]].to_numpy().max()))
    axes.set_xlabel(say("times the median of the same peers; the line: as the median"))
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, 1.0 + 0.55 / canvas.height_for(len(ends), 0.36)), ncols=2)
    alt = say("Each ratio as a multiple of the peers' median, in the first and in the last year. ") + "; ".join(
        say("{name} {first} in {start}, {last} in {end}", name=measures.name(row.measure), first=number(row.first, 2), start=int(row.first_year),
            last=number(row.last, 2), end=int(row.last_year))
        for row in ends.itertuples())
    columns = (Column("name", "Measure"), Column("fiscal_year", "Fiscal year", "id"), Column("own_shown", "This library", "points"),
               Column("median_shown", "Median", "points"),
               Column("relative", "Times the median", "number", 2), Column("below", "Peers below", "share"), Column("n", "Same peers", "whole"))
    shown = {f"{column}_shown": [measures.figure(one, value) for one, value in zip(rows["measure"], rows[column])] for column in ("own", "median")}
    named = rows.assign(name=[measures.name(one) for one in rows["measure"]], **shown)
    table = Table("beside_peers", named, columns, say("The library beside the same peers, year by year"), most=60)
    return Chart(figure, findings.peers.beside_peers(rows), alt, say("multiples of the median"), findings.peers.same_peers(rows), table)


def history(rows: pd.DataFrame) -> Chart | Table:
    """The library's yearly figures, one small chart a measure, each from zero; the bare table where there is one year only."""
    shown = rows.assign(name=[measures.name(one) for one in rows["measure"]], figure=[measures.figure(row.measure, row.value) for row in rows.itertuples()])
    columns = (Column("name", "Measure"), Column("fiscal_year", "Fiscal year", "id"), Column("figure", "Figure", "points"))
    notes = sorted(set(rows.loc[rows["broken"].astype(bool), "note"]))
    table = Table("history", shown, columns, say("Yearly figures"), " ".join(notes), most=120)
    span = [int(rows["fiscal_year"].min()), int(rows["fiscal_year"].max())]
    if span[0] == span[1]:
        return table
    figure = _small_lines(rows, span)
    ends = rows.drop_duplicates("measure")
    alt = say("Lines over fiscal years. ") + "; ".join(
        say("{name} from {first} to {last}" if row.first_year < row.last_year else "{name} {last} in {year}", name=measures.name(row.measure),
            first=measures.figure(row.measure, row.first), last=measures.figure(row.measure, row.last), year=row.last_year) for row in ends.itertuples())
    years = rows["fiscal_year"].nunique()
    return Chart(figure, findings.peers.history(rows) or Finding(say("Yearly figures")), alt, say("figures as reported, each chart from zero"),
                 count("{n} fiscal year", "{n} fiscal years", years), table)


def _small_lines(rows: pd.DataFrame, span: list[int]) -> Figure:
    """One small line chart a measure; a year that was not counted breaks the line."""
    names = list(rows["measure"].unique())
    lines = -(-len(names) // 2)
    figure, grid = canvas.figure(0.5 + 1.55 * lines, columns=2, rows=lines, squeeze=False)
    for axes, measure in zip(grid.flat, names):
        one = rows[rows["measure"] == measure].set_index("fiscal_year")["value"]
        axes.plot(range(span[0], span[1] + 1), one.reindex(range(span[0], span[1] + 1)), color=canvas.BLUE, marker="o", markersize=3.5)
        axes.set_title(measures.name(measure), color=canvas.INK)
        axes.set_ylim(0, one.max() * 1.3 or 1)
        axes.set_xticks(span)
        axes.set_xlim(span[0] - 0.12 * (span[1] - span[0]), span[1] + 0.12 * (span[1] - span[0]))
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        for year in sorted({one.index[0], one.index[-1]}):
            axes.annotate(measures.figure(measure, one[year]), (year, one[year]), xytext=(0, 6), textcoords="offset points", ha="center", fontsize=8.5)
    for axes in list(grid.flat)[len(names):]:
        axes.set_visible(False)
    return figure
