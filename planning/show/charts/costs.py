"""Charts of step 6 about what things cost: full costs, break-even, real terms, print against digital, possible savings."""

from __future__ import annotations

import pandas as pd

from planning.show import findings, tables
from planning.show.charts import canvas
from planning.show.findings.costs import KINDS
from planning.show.language import count, money, number, say, share
from planning.show.records import Chart, Column, Table

CAP = 3.0
SURE = {"firm": canvas.BLUE, "likely": canvas.LIGHT, "open": canvas.SAND}


def _beside(axes: object, text: str, x: float, y: float, **style: object) -> None:
    axes.annotate(text, (x, y), **({"xytext": (4, 0), "textcoords": "offset points", "va": "center", "fontsize": 9} | style))


def _bare(axes: object, words: str) -> None:
    axes.set_xticks([])
    axes.set_xlabel(canvas.wrapped(words, 100), loc="right")
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(length=0)
    axes.invert_yaxis()


def full(rows: pd.DataFrame, *, year: int) -> Chart:
    """Own money of each service with its part of shared money on top."""
    services = rows[rows["service"].notna()].reset_index(drop=True)
    figure, axes = canvas.figure(canvas.height_for(len(services), 0.36))
    axes.barh(services.index, services["own"], height=0.66, color=canvas.BLUE)
    most = services["more"].where(services["shared"] > 0).max()
    axes.barh(services.index, services["shared"], left=services["own"], height=0.66, color=[canvas.ORANGE if more == most else canvas.SAND for more in services["more"]], hatch="///", edgecolor="white", linewidth=0)
    for place, row in enumerate(services.itertuples()):
        _beside(axes, _full_label(row), row.total, place, fontweight="bold" if row.more == most else "normal")
    axes.set_yticks(services.index, [canvas.wrapped(name) for name in services["service_name"]])
    axes.set_xlim(0, 2.25 * max(services["total"].max(), 1.0))
    _bare(axes, say("solid: by its own lines; hatched: its part of shared money; bold: where that adds most"))
    alt = say("A bar for each service: its own money and its part of shared money in fiscal year {year}. ", year=year) + "; ".join(
        say("{service}: own {own}, shared {shared}, in full {total}", service=row.service_name, own=money(row.own, 0), shared=money(row.shared, 0), total=money(row.total, 0)) for row in services.itertuples())
    finding = findings.costs.hidden(rows) or findings.costs.dearest(rows, year=year)
    basis = count("{n} service", "{n} services", len(services)) + say(", {stays} stays shared", stays=money(rows.loc[rows["service"].isna(), "total"].sum(), 0))
    return Chart(figure, finding, alt, say("money of fiscal year {year}", year=year), basis, tables.costs.full(rows))


def _full_label(row: tuple) -> str:
    if pd.isna(row.per_use):
        return money(row.total, 0)
    own = "" if pd.isna(row.per_use_own) or row.shared == 0 else say(", own lines {own}", own=money(row.per_use_own))
    return say("{total} ({cost} a use{own})", total=money(row.total, 0), cost=money(row.per_use), own=own)


def subscriptions(rows: pd.DataFrame, *, year: int) -> Chart:
    """Uses of each subscription against those at which it breaks even."""
    figure, axes = canvas.figure(canvas.height_for(len(rows), 0.38))
    for place, row in enumerate(rows.itertuples()):
        met = min(0.0 if pd.isna(row.met) else row.met, CAP)
        poor = row.verdict in ("dearer", "not used")
        axes.barh(place, met, height=0.62, color=canvas.ORANGE if poor else canvas.BLUE, hatch="///" if not pd.isna(row.met) and row.met > CAP else None, edgecolor="white", linewidth=0)
        _beside(axes, _use_label(row), max(met, 1.0), place, fontweight="bold" if poor else "normal")
    axes.axvline(1, color=canvas.INK, linewidth=1)
    axes.set_yticks(range(len(rows)), [canvas.wrapped(name, 30) for name in rows["name"]])
    axes.set_xlim(0, 7.2)
    _bare(axes, say("line: uses at which it breaks even; orange and bold: below it by more than a tenth; hatched: longer than the chart"))
    alt = say("A bar for each subscription: its uses in fiscal year {year} as a multiple of those at which it breaks even. ", year=year) + "; ".join(
        say("{name}: {label}", name=row.label_of, label=_use_label(row)) for row in rows.rename(columns={"name": "label_of"}).itertuples())
    known = int(rows["met"].notna().sum())
    basis = say("{n} of {all} subscriptions can be set against their break-even", n=known, all=len(rows))
    finding = findings.costs.subscriptions(rows, year=year)
    return Chart(figure, finding, alt, say("uses ÷ uses at which it breaks even, fiscal year {year}", year=year), basis, tables.costs.subscriptions(rows))


def _use_label(row: tuple) -> str:
    words = {"not used": say("not used once, {cost}", cost=money(row.cost, 0)), "uses not counted": say("uses not counted"), "price not known": say("price not known")}
    if row.verdict in words:
        return words[row.verdict]
    if row.verdict == "no price elsewhere":
        return say("{cost} a use, no price elsewhere", cost=money(row.per_use))
    kept = say(", must be kept") if row.must_keep else ""
    return say("{cost} a use, {elsewhere} elsewhere{kept}", cost=money(row.per_use), elsewhere=money(row.elsewhere), kept=kept)


def spending(rows: pd.DataFrame, growth: pd.DataFrame, ahead: pd.DataFrame) -> Chart | Table:
    """Spending as paid and at the prices of one year, with what lies ahead; the bare table where only one year is known."""
    if rows["amount"].notna().sum() < 2:
        return _years(rows, ahead)
    figure, axes = canvas.figure(3.6)
    for column, words, colour, line in (("real", say("at the prices of {year}", year=_base(rows)), canvas.ORANGE, "--"), ("amount", say("as paid"), canvas.BLUE, "-")):
        if rows[column].notna().any():
            axes.plot(rows["fiscal_year"], rows[column].astype(float), color=colour, linestyle=line, marker="o", markersize=4)
            first = rows.dropna(subset=[column]).iloc[0]
            axes.annotate(say("{words} {sum}", words=words, sum=money(first[column], 0)), (first["fiscal_year"], first[column]), xytext=(0, 9 if column == "real" else -9), textcoords="offset points",
                          va="bottom" if column == "real" else "top", fontsize=9, color=colour)
    last = rows.dropna(subset=["amount"]).iloc[-1]
    axes.annotate(money(last["amount"], 0), (last["fiscal_year"], last["amount"]), xytext=(0, -9), textcoords="offset points", va="top", ha="center", fontsize=9)
    _fan(axes, last, ahead)
    every = [*rows["fiscal_year"].astype(int), *ahead["fiscal_year"].astype(int)]
    axes.set_xticks(every, [str(year) for year in every])
    axes.set_xlim(min(every) - 0.3, max(every) + (1.2 if len(ahead) else 0.6))
    axes.set_ylim(0, 1.25 * pd.concat([rows["amount"], rows["real"], ahead["high"]]).astype(float).max())
    axes.yaxis.set_major_formatter(lambda value, _: money(value, 0))
    axes.locator_params(axis="y", nbins=5)
    axes.grid(axis="y")
    axes.set_xlabel(say("fiscal year; shaded: range if all went on as it has") if len(ahead) else say("fiscal year"))
    alt = say("Lines of spending by fiscal year. ") + "; ".join(_year_words(row) for row in rows.itertuples()) + "".join(
        "; " + say("{year} expected {low} to {high}", year=int(row.fiscal_year), low=money(row.low, 0), high=money(row.high, 0)) for row in ahead.itertuples())
    known = int(rows["amount"].notna().sum())
    finding = findings.costs.growth(growth) or findings.costs.broken(rows)[0]
    return Chart(figure, finding, alt, say("money of a fiscal year"), count("{n} fiscal year", "{n} fiscal years", known), _years(rows, ahead))


def _fan(axes: object, last: pd.Series, ahead: pd.DataFrame) -> None:
    if ahead.empty:
        return
    years = [last["fiscal_year"], *ahead["fiscal_year"]]
    axes.fill_between(years, [last["amount"], *ahead["low"]], [last["amount"], *ahead["high"]], color=canvas.LIGHT, alpha=0.6, linewidth=0)
    axes.plot(years, [last["amount"], *ahead["expected"]], color=canvas.BLUE, linestyle=":", linewidth=1.4)
    end = ahead.iloc[-1]
    axes.annotate(say("{low} to\n{high}", low=findings.costs.rounded(end["low"]), high=findings.costs.rounded(end["high"])), (end["fiscal_year"], end["expected"]), xytext=(6, 0), textcoords="offset points", va="center", fontsize=8.5)


def _base(rows: pd.DataFrame) -> str:
    return str(int(rows["base_year"].iloc[0])) if rows["base_year"].notna().any() else ""


def _year_words(row: tuple) -> str:
    if pd.isna(row.amount):
        return say("{year} not known", year=int(row.fiscal_year))
    if pd.isna(row.real):
        return say("{year} {paid}", year=int(row.fiscal_year), paid=money(row.amount, 0))
    return say("{year} {paid}, in real terms {real}", year=int(row.fiscal_year), paid=money(row.amount, 0), real=money(row.real, 0))


def _years(rows: pd.DataFrame, ahead: pd.DataFrame) -> Table:
    shown = pd.concat([rows, ahead.drop(columns=["method", "years"]).assign(source="expected")] if len(ahead) else [rows], ignore_index=True)
    shown = shown.assign(year=[str(int(year)) for year in shown["fiscal_year"]], **{name: None for name in ("low", "high") if name not in shown})
    columns = (Column("year", "Fiscal year"), Column("amount", "As paid", "money", 0), Column("real", "In real terms", "money", 0), Column("change", "Change, as paid", "share", 1), Column("real_change", "Change, in real terms", "share", 1),
               Column("low", "Low", "money", 0), Column("high", "High", "money", 0), Column("source", "From"))
    columns = tuple(column for column in columns if shown[column.name].notna().any())
    return Table("spending_real", shown, columns, say("Spending as paid and in real terms"))


def split(rows: pd.DataFrame, shares: pd.DataFrame) -> Chart:
    """Digital's share of each material's money beside its shares of use, waiting and preference."""
    found = rows.merge(shares[["material", "use", "waiting", "preference"]], on="material")
    figure, axes = canvas.figure(canvas.height_for(len(found), 0.62, 2.4))
    for place, row in enumerate(found.itertuples()):
        axes.barh(place, row.money, height=0.5, color=canvas.LIGHT)
        _beside(axes, share(row.money), 0, place, color=canvas.INK)
        if not pd.isna(row.proposed):
            axes.plot([row.proposed] * 2, [place - 0.32, place + 0.32], color=canvas.ORANGE, linewidth=2.5)
    for name, shape in (("use", "o"), ("waiting", "^"), ("preference", "s")):
        axes.scatter(found[name].astype(float), found.index, marker=shape, s=44, color=canvas.BLUE, zorder=3)
    axes.set_yticks(found.index, [canvas.wrapped(name, 26) for name in found["material"]])
    axes.set_xlim(0, 1.02)
    axes.invert_yaxis()
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], [share(place) for place in (0, 0.25, 0.5, 0.75, 1)])
    axes.tick_params(length=0)
    axes.set_xlabel(canvas.wrapped(say("digital's share; bar: of the money; circle: of use; triangle: of the waiting; square: of those who prefer one; upright line: proposed"), 84), loc="right")
    alt = say("A bar for each material: digital's share of the money, with its shares of use, waiting and preference. ") + "; ".join(
        say("{material}: money {money}, use {use}, waiting {waiting}, preference {preference}, proposed {proposed}", material=row.material, money=share(row.money), use=share(row.use), waiting=share(row.waiting),
            preference=share(row.preference), proposed=share(row.proposed)) for row in found.itertuples())
    finding = findings.costs.split(rows)
    return Chart(figure, finding, alt, say("share of digital in print and digital together"), count("{n} kind of material", "{n} kinds of material", len(found)), tables.costs.split(rows, shares))


def savings(rows: pd.DataFrame, by_sureness: pd.DataFrame) -> Chart:
    """Possibilities to free money, by how sure they are."""
    known = rows[rows["counted"]].head(12).reset_index(drop=True)
    figure, axes = canvas.figure(canvas.height_for(len(known), 0.46))
    axes.barh(known.index, known["money"], height=0.6, color=[SURE[sure] for sure in known["sure"]])
    for place, row in enumerate(known.itertuples()):
        _beside(axes, say("{sum}, {sure}", sum=money(row.money, 0), sure=say(row.sure)), row.money, place)
    axes.set_yticks(known.index, [canvas.wrapped(say("{name}: {kind}", name=row["name"], kind=say(KINDS[row["kind"]])), 46) for row in known.to_dict("records")], fontsize=8.5)
    axes.set_xlim(0, 1.35 * known["money"].max())
    _bare(axes, say("money a year; dark: firm, light: likely, sand: open"))
    alt = say("A bar for each possibility to free money. ") + "; ".join(
        say("{name}, {kind}: {sum} a year, {sure}", name=row["name"], kind=say(KINDS[row["kind"]]), sum=money(row["money"], 0), sure=say(row["sure"])) for row in known.to_dict("records"))
    columns = (Column("name", "What"), Column("kind", "Why"), Column("money", "Money a year", "money", 0), Column("sure", "How sure"))
    table = Table("savings_by_sum", known.assign(kind=[say(KINDS[kind]) for kind in known["kind"]]), columns, say("Possible savings that are added up"))
    return Chart(figure, findings.costs.savings(rows, by_sureness), alt, say("money a year"), say("{n} of {all} possibilities are added up", n=number(rows["counted"].sum()), all=number(len(rows))), table)
