"""Chart of the people whom the library and its partners send to each other."""

from __future__ import annotations

import pandas as pd

from planning.show import findings
from planning.show.charts import canvas
from planning.show.language import absent, between, count, number, say, share
from planning.show.records import Chart, Column, Table

MOST = 16
LETTER = 0.0125  # width of a character of a label, of the axis
SIDES = {"to the partner": "theirs", "to the library": "ours"}


def referrals(rows: pd.DataFrame, ways: pd.DataFrame) -> Chart:
    """People sent each way, to the two sides of a line; `ways` is `referrals.ways` of the rows."""
    lines = _lines(rows, ways)
    shown = lines.head(MOST)
    figure, axes = canvas.figure(canvas.height_for(len(shown), 0.46))
    theirs, ours = shown["to_partner"].fillna(0), shown["to_library"].fillna(0)
    axes.barh(range(len(shown)), -theirs, height=0.56, color=canvas.SAND)
    axes.barh(range(len(shown)), ours, height=0.56, color=canvas.BLUE)
    left, right = _room(theirs, shown["theirs"], ours, shown["ours"])
    letter = LETTER * (left + right)
    for place, row in enumerate(shown.itertuples()):
        axes.text(-theirs.iloc[place] - letter / 2, place, row.theirs, ha="right", va="center", fontsize=8.5)
        axes.text(ours.iloc[place] + letter / 2, place, row.ours, va="center", fontsize=8.5)
    axes.set_xlim(-left, right)
    axes.axvline(0, color=canvas.INK, linewidth=0.8)
    axes.set_yticks(range(len(shown)), [canvas.wrapped(name, 28) for name in shown["partner_name"]])
    axes.set_ylim(len(shown) - 0.4, -1.1)
    axes.text(-letter / 2, -0.75, say("sent to the partner"), ha="right", va="center", color=canvas.MUTED, fontsize=9)
    axes.text(letter / 2, -0.75, say("sent to the library"), va="center", color=canvas.MUTED, fontsize=9)
    axes.set_xticks([])
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.tick_params(length=0)
    alt = say("Bars to both sides of a line for each partner: people sent to the partner and people sent to the library. ") + "; ".join(
        say("{name}: to the partner {theirs}; to the library {ours}", name=row.partner_name, theirs=row.theirs, ours=row.ours) for row in shown.itertuples())
    basis = count("{n} partner", "{n} partners", len(lines)) if len(shown) == len(lines) else say("{n} of {all} partners", n=len(shown), all=len(lines))
    return Chart(figure, findings.agreements.one_way(ways), alt, say("people in twelve months; in the labels the share of them that arrived, where it was counted"), basis, _table(lines))


def _room(theirs: pd.Series, left_labels: pd.Series, ours: pd.Series, right_labels: pd.Series) -> tuple[float, float]:
    """How far the axis reaches to both sides, in the unit of the bars, so that no label is cut off or lies on a name."""
    left, right = max(theirs.max(), 0.5), max(ours.max(), 0.5)
    for _ in range(40):
        letter = LETTER * (left + right)
        left, right = (max(size + letter * (len(text) + 1) for size, text in zip(bars, labels)) for bars, labels in ((theirs, left_labels), (ours, right_labels)))
    return left, right


def _lines(rows: pd.DataFrame, ways: pd.DataFrame) -> pd.DataFrame:
    """One row a partner, with a label for each way."""
    told = {(row.partner, row.direction): row for row in rows.itertuples()}
    labels = {name: [_label(told.get((partner, direction))) for partner in ways["partner"]] for direction, name in SIDES.items()}
    ranges = {f"{name}_range": [_range(told.get((partner, direction))) for partner in ways["partner"]] for direction, name in SIDES.items()}
    return ways.assign(**labels, **ranges, hidden=ways["way"] == "too few to show")


def _label(row: tuple | None) -> str:
    if row is None:
        return say("not recorded")
    if row.hidden:
        return say("too few to show")
    if absent(row.share):
        return number(row.people)
    if row.counted < row.people:
        return say("{n}; of {counted} counted, {share} arrived", n=number(row.people), counted=number(row.counted), share=share(row.share))
    return say("{n}, {share} arrived", n=number(row.people), share=share(row.share))


def _range(row: tuple | None) -> str | None:
    return None if row is None else between(row.low, row.high, share)


def _table(lines: pd.DataFrame) -> Table:
    columns = (Column("partner_name", "Partner"), Column("ours", "To the library"), Column("ours_range", "Arrived at the library"), Column("theirs", "To the partner"),
               Column("theirs_range", "Arrived at the partner"), Column("way", "In words"))
    note = "Not recorded is not nobody. Too few to show: fewer people than the smallest group that may be shown, or the next smallest, so that the total does not tell it. The ranges are what chance alone leaves open (95%)."
    return Table("referrals", lines, columns, say("People sent each way in the last twelve months"), note)
