"""Charts of step 3."""

from __future__ import annotations

import pandas as pd

from planning.show import findings
from planning.show.charts import canvas
from planning.show.language import between, count, money, number, say, share
from planning.show.records import Chart, Column, Table

MOST = 20
HALF = 3.5
CORNER = 0.22


def fit(rows: pd.DataFrame) -> Chart:
    """Fit of each active partner and prospect, best first."""
    shown = rows.head(MOST)
    figure, axes = canvas.figure(canvas.height_for(len(shown), 0.36))
    colours = [canvas.LIGHT if status == "prospect" else canvas.BLUE for status in shown["status"]]
    axes.barh(range(len(shown)), shown["score"], height=0.62, color=colours)
    for place, row in enumerate(shown.itertuples()):
        if row.high > row.low + 1e-9:
            axes.plot([row.low, row.high], [place, place], color=canvas.INK, linewidth=1.2)
        axes.text(row.high + 0.012, place, canvas.wrapped(_fit_label(row), 28), va="center", fontsize=8.5)
    axes.set_yticks(range(len(shown)), [canvas.wrapped(name) for name in shown["partner_name"]])
    axes.set_ylim(len(shown) - 0.5, -0.6)
    axes.set_xlim(0, 1.4)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
    axes.set_xlabel(canvas.wrapped(say("fit, 0 to 1; dark: active, light: prospect; line: where it could lie once all is rated"), 52))
    alt = say("Bars of the fit of each partner, best first. ") + "; ".join(
        say("{name} {label}", name=row.partner_name, label=_fit_label(row)) for row in shown.itertuples())
    columns = (Column("partner_name", "Partner"), Column("status", "Status"), Column("ethics", "Ethics"), Column("score", "Fit", "number", 2),
               Column("rated", "Criteria rated, of 8", "whole"), Column("once_rated", "Once all is rated", "points"), Column("main_goal_name", "Most for"),
               Column("shared", "Goals in common", "share"))
    spans = [between(low, high, lambda value: number(value, 2)) if high - low >= 0.005 else None for low, high in zip(rows["low"], rows["high"])]
    table = Table("partner_fit", rows.assign(once_rated=spans), columns, say("Fit of partners and prospects"),
                  "Goals in common: goals in force that it is tagged with, of all in force or tagged. Each of the eight criteria stands in results/3_partner_fit.csv.", most=40)
    return Chart(figure, findings.partnerships.fit(rows), alt, say("fit 0 to 1, weighted over the criteria that are rated"), _basis(shown, rows), table)


def _fit_label(row: tuple) -> str:
    marks = [number(row.score, 2)]
    if row.status == "prospect":
        marks.append(say("prospect"))
    if row.rated < 8:
        marks.append(say("{n} of 8 rated", n=row.rated))
    if row.ethics == "concern":
        marks.append(say("ethics concern"))
    return ", ".join(marks)


def _basis(shown: pd.DataFrame, rows: pd.DataFrame) -> str:
    if len(shown) == len(rows):
        return count("{n} partner or prospect", "{n} partners and prospects", len(rows))
    return say("{n} of {all} partners and prospects", n=len(shown), all=len(rows))


def influence(rows: pd.DataFrame) -> Chart:
    """Power against interest, with the names at each point."""
    cells = {point: _names(own) for point, own in rows.groupby(["power", "interest"])}
    powers = sorted(rows["power"].unique())
    heights = {power: max(text.count("\n") + 1 for (row, _), text in cells.items() if row == power) * 0.165 + 0.22 for power in powers}
    figure, axes = canvas.figure(1.2 + sum(heights.values()))
    tops, edge = {}, CORNER
    for power in powers:
        tops[power] = (edge, edge + heights[power])
        edge += heights[power]
    edge += CORNER
    _shade(axes, tops, edge)
    for (power, interest), text in cells.items():
        axes.text(interest - 0.46, sum(tops[power]) / 2, text, va="center", fontsize=8, linespacing=1.15)
    axes.set_yticks([sum(tops[power]) / 2 for power in powers], [number(power) for power in powers])
    axes.set(xlim=(0.5, 5.5), ylim=(0, edge), xticks=range(1, 6), xlabel=say("interest, 1 to 5"), ylabel=say("power, 1 to 5"))
    axes.tick_params(length=0)
    alt = say("Partners placed by power and interest. ") + "; ".join(
        say("{name}: power {power}, interest {interest}, {quadrant}", name=row.partner_name, power=number(row.power), interest=number(row.interest), quadrant=say(row.quadrant))
        for row in rows.itertuples())
    columns = (Column("partner_name", "Partner"), Column("status", "Status"), Column("power", "Power", "points"), Column("interest", "Interest", "points"), Column("quadrant", "What follows"))
    table = Table("influence", rows, columns, say("Power and interest of partners and prospects"))
    return Chart(figure, findings.partnerships.influence(rows), alt, say("points 1 to 5; 4 and 5 count as high"), _basis(rows, rows), table)


def _names(own: pd.DataFrame) -> str:
    marks = {"active": "● ", "prospect": "○ "}
    return "\n".join(marks[row.status] + canvas.wrapped(row.partner_name, 18).replace("\n", "\n    ") for row in own.itertuples())


def _shade(axes: object, tops: dict[float, tuple[float, float]], edge: float) -> None:
    """Tint the close-work corner, draw the two cuts, and name the four corners."""
    cut = min([bottom for power, (bottom, _) in tops.items() if power > HALF], default=edge)
    axes.axhspan(cut, edge, xmin=0.6, color=canvas.LIGHT, alpha=0.3, linewidth=0)
    axes.axvline(HALF, color=canvas.GREY, linewidth=1)
    if 0 < cut < edge:
        axes.axhline(cut, color=canvas.GREY, linewidth=1)
    high, low = cut < edge, any(power < HALF for power in tops)
    words = [(0.5, 1, "keep satisfied", "left", high), (5.5, 1, "work closely", "right", high), (0.5, 0, "keep in view", "left", low), (5.5, 0, "keep informed", "right", low)]
    for x, top, text, side, there in words:
        if there:
            axes.annotate(say(text), (x, edge if top else 0), xytext=(3 if side == "left" else -3, -3 if top else 3), textcoords="offset points",
                          ha=side, va="top" if top else "bottom", fontsize=8.5, style="italic", color=canvas.MUTED)


def balance(rows: pd.DataFrame) -> Chart | Table:
    """What the library and each partner gave, to the two sides of a line; the bare table where all that is written down is nothing."""
    size = rows[["library_gives", "partner_gives"]].sum(axis=1)
    if not (size > 0).any():
        return _balance_chart(None, rows, rows).table
    shown = rows.loc[size.sort_values(ascending=False, kind="stable").head(MOST).index.sort_values()]
    figure, axes = canvas.figure(canvas.height_for(len(shown), 0.42))
    ours, theirs = shown["library_gives"].fillna(0), shown["partner_gives"].fillna(0)
    axes.barh(range(len(shown)), -ours, height=0.6, color=canvas.SAND)
    axes.barh(range(len(shown)), theirs, height=0.6, color=canvas.BLUE)
    # Room for one character of a label, in the unit of the bars, so that no label is cut off.
    letter = max(ours.max() + theirs.max(), 1) * 0.022
    left, right = [_amount(value) for value in shown["library_gives"]], [_amount(row.partner_gives) + _remark(row) for row in shown.itertuples()]
    for place, (start, end, before, after) in enumerate(zip(ours, theirs, left, right)):
        axes.text(-start - letter / 2, place, before, ha="right", va="center", fontsize=8.5)
        axes.text(end + letter / 2, place, after, va="center", fontsize=8.5)
    axes.set_xlim(-max(start + letter * (len(text) + 1) for start, text in zip(ours, left)), max(end + letter * (len(text) + 1) for end, text in zip(theirs, right)))
    axes.axvline(0, color=canvas.INK, linewidth=0.8)
    axes.set_yticks(range(len(shown)), [canvas.wrapped(_with_status(row)) for row in shown.itertuples()])
    axes.set_ylim(len(shown) - 0.4, -1.1)
    axes.text(-letter / 2, -0.75, say("the library gave"), ha="right", va="center", color=canvas.MUTED, fontsize=9)
    axes.text(letter / 2, -0.75, say("the partner gave"), va="center", color=canvas.MUTED, fontsize=9)
    axes.set_xticks([])
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.tick_params(length=0)
    return _balance_chart(figure, rows, shown)


def _balance_chart(figure: object, rows: pd.DataFrame, shown: pd.DataFrame) -> Chart:
    alt = say("Bars to both sides of a line for each partner: what the library gave and what the partner gave. ") + "; ".join(
        say("{name}: library {ours}, partner {theirs}", name=row.partner_name, ours=_amount(row.library_gives), theirs=_amount(row.partner_gives)) for row in shown.itertuples())
    columns = (Column("named", "Partner"), Column("library_gives", "Library gave", "money"), Column("partner_gives", "Partner gave", "money"),
               Column("leverage", "Partner's for 1 of the library's", "number", 2), Column("reciprocity", "Smaller side ÷ larger", "number", 2),
               Column("library_hours", "Library's hours", "whole"), Column("partner_hours", "Partner's hours", "whole"), Column("balance", "Balance"), Column("change", "Partner's change on the year before", "share"),
               Column("years", "Fiscal years", "id"))
    note = "Amounts are worth in money: cash, goods and time. A dash: not recorded, or not to be compared."
    spans = [between(first, last, str) if last > first else first for first, last in zip(rows["first_year"], rows["last_year"])]
    named = rows.assign(named=[_with_status(row) for row in rows.itertuples()], years=spans)
    table = Table("contributions", named, columns, say("What each side gave"), note)
    first, last = int(rows["first_year"].min()), int(rows["last_year"].max())
    unit = say("worth in money, fiscal years {first} to {last}", first=first, last=last) if last > first else say("worth in money, fiscal year {first}", first=first)
    basis = count("{n} partnership", "{n} partnerships", len(rows)) if len(shown) == len(rows) else say("the {n} largest of {all} partnerships", n=len(shown), all=len(rows))
    return Chart(figure, findings.partnerships.total(rows) or findings.partnerships.one_sided(rows), alt, unit, basis, table)


def _amount(value: float) -> str:
    return say("not recorded") if pd.isna(value) else money(value)


def _remark(row: tuple) -> str:
    if row.balance != "the library gives far more" or not row.partner_gives > 0:
        return ""
    return say(" (library: {times} times as much)", times=number(row.library_gives / row.partner_gives, 1))


def _with_status(row: tuple) -> str:
    return row.partner_name if row.status == "active" else say("{name} ({status})", name=row.partner_name, status=say(row.status))


def coverage(rows: pd.DataFrame, gaps: pd.DataFrame) -> Chart:
    """Combined reach of each audience, kind by kind; `gaps` is what no active partner reaches."""
    lines = [line for kind, own in rows.groupby("kind", sort=False) for line in [kind, *own.itertuples()]]
    figure, axes = canvas.figure(canvas.height_for(len(lines), 0.32))
    labels = []
    for place, line in enumerate(lines):
        if isinstance(line, str):
            labels.append(say(line))
            continue
        labels.append(canvas.wrapped(("◆ " if line.inclusion else "") + line.audience_name, 40))
        axes.barh(place, line.combined, height=0.62, color=canvas.LIGHT)
        axes.barh(place, line.best, height=0.26, color=canvas.BLUE)
        axes.text(line.combined + 0.012, place, _reach_label(line), va="center", fontsize=8.5, color=canvas.INK if line.reached else canvas.ORANGE,
                  fontweight="normal" if line.reached else "bold")
    axes.set_yticks(range(len(lines)), labels)
    for label, line in zip(axes.get_yticklabels(), lines):
        label.set_fontweight("bold" if isinstance(line, str) else "normal")
    axes.set_ylim(len(lines) - 0.5, -0.7)
    axes.set_xlim(0, 1.25)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], [share(value) for value in (0, 0.25, 0.5, 0.75, 1)])
    axes.set_xlabel(canvas.wrapped(say("share of the audience; light: all active partners, dark: the best one; ◆ inclusion group"), 50))
    axes.tick_params(axis="y", length=0)
    alt = say("Bars of the share of each audience that active partners reach. ") + "; ".join(
        say("{name}: {label}", name=row.audience_name, label=_reach_label(row)) for row in rows.itertuples())
    return Chart(figure, findings.partnerships.gaps(gaps, rows), alt, say("share of the audience, if partners reach people independently of one another"),
                 count("{n} audience", "{n} audiences", len(rows)), _coverage_table(rows))


def _reach_label(row: tuple) -> str:
    if row.partners == 0:
        return say("no active partner")
    partners = count("{n} partner", "{n} partners", int(row.partners))
    if not row.reached:
        return say("{share}, {partners}: too little", share=share(row.combined), partners=partners)
    return say("{share}, {partners}", share=share(row.combined), partners=partners)


def _coverage_table(rows: pd.DataFrame) -> Table:
    columns = (Column("audience_name", "Audience"), Column("inclusion", "Inclusion group"), Column("people", "People", "whole"),
               Column("partners", "Active partners", "whole"), Column("best_partner", "Widest reach"), Column("best", "It reaches", "share"),
               Column("combined", "All together", "share"))
    return Table("audience_coverage", rows, columns, say("Whom active partners reach"), most=40)
