"""Sentences about what things cost, read word for word, with one and with many, and with nothing."""

from __future__ import annotations

import pandas as pd
import pytest

from planning.show import language
from planning.show.charts import canvas
from planning.show.charts import costs as charts
from planning.show.findings import costs
from planning.show.tables import costs as tables


@pytest.fixture(autouse=True)
def english():
    language.use("en", "USD")


FULL = pd.DataFrame({"service": ["S1", "S2", None], "service_name": ["Loans", "Rooms", "Shared, not spread"], "own": [60.0, 20.0, 0.0], "shared": [6.0, 12.0, 0.0], "total": [66.0, 32.0, 2.0],
                     "share": [0.66, 0.32, 0.02], "more": [0.1, 0.6, None], "uses": [30.0, None, None], "per_use_own": [2.0, None, None], "per_use": [2.2, None, None]})
LEFT = pd.DataFrame({"line": ["B1"], "line_name": ["Insurance"], "amount": [2.0], "why": ["no key"]})
EMPTY = FULL.head(0)


def used(*rows: tuple[object, ...]) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=["name", "cost", "uses", "elsewhere", "verdict", "must_keep"]).astype({"cost": float, "uses": float, "elsewhere": float})
    found["per_use"], found["needed"] = found["cost"] / found["uses"].where(found["uses"] > 0), found["cost"] / found["elsewhere"]
    found["met"] = found["uses"] / found["needed"]
    return found.assign(change=None, metric="Uses", report="TR", renews=pd.Timestamp("2026-08-01"))


def test_shared_money_is_told_with_what_is_spread_and_what_stays_and_why() -> None:
    assert costs.shared(FULL, LEFT, year=2026).text == "In fiscal year 2026 all services share $20, 20% of the money. By its keys $18 is spread; $2 stays shared: “Insurance” has no key."
    assert costs.shared(FULL.head(2), LEFT.head(0), year=2026).text.endswith("All of it is spread by its keys.")
    alone = FULL.head(1).assign(shared=0.0, total=60.0)
    assert costs.shared(alone, LEFT.head(0), year=2026).text == "Every budget line of fiscal year 2026 names a service, so nothing has to be spread."
    assert costs.shared(EMPTY, LEFT.head(0), year=2026) is None


def test_a_budget_that_names_no_service_says_what_would_help() -> None:
    found = costs.shared(EMPTY, LEFT, year=2017)

    assert found.tone == "unknown" and found.text.endswith("Name the service of each line in budget.csv, and a key for the others in shared_keys.csv.")


def test_the_service_that_shared_money_makes_dearest_is_named_first() -> None:
    assert costs.hidden(FULL).text == "Once shared money is spread, the cost of Rooms grows most: from $20 by its own lines to $32. Next comes Loans (10% more)."
    assert costs.hidden(FULL).tone == "bad" and costs.hidden(FULL.assign(shared=0.0)) is None
    assert costs.dearest(FULL, year=2026).text == "Of the money of fiscal year 2026, Loans takes most: $66, 66% of it."


def test_time_and_pay_are_compared_and_no_pay_is_said_in_words() -> None:
    rows = pd.DataFrame({"service_name": ["Rooms", "Loans"], "difference": [0.2, -0.2], "time_share": [0.2, 0.8], "pay_share": [0.0, 1.0], "pay": [0.0, 9.0]})

    assert costs.clock(rows).text == ("The staff time of Rooms lies furthest above its booked pay: 20.0% of the time goes there, and no pay is booked on it. "
                                      "The other way round, 100.0% of the pay and 80.0% of the time go to Loans.")
    assert costs.clock(rows.assign(difference=0.0)).tone == "good" and costs.clock(rows.head(0)) is None


def test_subscriptions_are_judged_with_their_break_even_and_those_to_be_kept_apart() -> None:
    rows = used(("Cases", 105.0, 5, 10.0, "dearer", False), ("Law", 90.0, 3, 10.0, "dearer", True), ("Songs", 50.0, 0, 10.0, "not used", False), ("News", 20.0, 9, 10.0, "pays", False))

    assert costs.subscriptions(rows, year=2026).text == (
        "In fiscal year 2026, 1 of 4 subscriptions that can be judged costs less than its uses would if paid one by one. "
        "Dearer than one by one: Cases ($21.00 a use, $10.00 elsewhere; it needs 11 uses and has 5). Dearer too, but to be kept: Law.")
    assert costs.unused(rows, year=2026).text == "Paid for in fiscal year 2026 ($50) and not used once: Songs."
    assert costs.subscriptions(rows.head(1), year=2026).text.startswith("In fiscal year 2026, the one subscription that can be judged does not cost less")
    assert costs.subscriptions(rows.tail(1), year=2026).tone == "good" and costs.subscriptions(rows.head(0), year=2026) is None


def test_what_was_not_counted_is_never_told_as_zero() -> None:
    rows = used(("News", 20.0, None, 10.0, "uses not counted", False), ("Abstracts", 20.0, 5, None, "no price elsewhere", False), ("Maps", None, 5, 10.0, "price not known", False))

    assert costs.subscriptions(rows, year=2026).tone == "unknown"
    assert [one.text for one in costs.uncounted(rows, year=2026)] == [
        "Uses of News ($20) were not counted in fiscal year 2026; that is not the same as no use. Ask the provider for the report that is named in the plan.",
        "What one use would cost elsewhere is not known for Abstracts, so no break-even can be given.", "No price of fiscal year 2026 is known for Maps."]


def test_a_renewal_is_told_with_its_day_and_its_verdict() -> None:
    due = pd.DataFrame({"name": ["Cases", "Law"], "renews": pd.to_datetime(["2026-08-01", "2026-09-01"]), "verdict": ["dearer", "not used"], "must_keep": [False, True]})

    assert costs.renewals(due.head(1)).text == "1 renewal has to be decided within 90 days: Cases by 1 August 2026 (dearer than one by one)."
    assert costs.renewals(due.tail(1)).text.endswith("Law by 1 September 2026 (must be kept).") and costs.renewals(due.tail(1)).tone == "plain"


def grown(paid: float, real: float | None = None) -> pd.DataFrame:
    rows = pd.DataFrame({"kind": ["as paid", "in real terms"], "first_year": 2024, "last_year": 2026, "first": [100.0, 110.0], "last": [108.0, 108.0], "rate": [paid, real], "base_year": 2026.0})
    return rows.head(1) if real is None else rows


def test_growth_is_told_as_paid_and_in_real_terms() -> None:
    assert costs.growth(grown(0.04, -0.01)).text == "From fiscal year 2024 to 2026 spending rose by 4.0% a year as paid, but fell by 1.0% a year at the prices of 2026: the money buys 2% less than at the start."
    assert costs.growth(grown(0.04, 0.01)).text == "From fiscal year 2024 to 2026 spending rose by 4.0% a year as paid, and by 1.0% a year at the prices of 2026."
    assert costs.growth(grown(0.04)).text.endswith("What of it is the rise in prices cannot be said without prices.csv.")


def test_a_missing_year_is_named() -> None:
    years = pd.DataFrame({"fiscal_year": [2023, 2024, 2025], "source": ["budget", "missing", "partly known"], "amount": [1.0, None, None]})

    assert [one.text.split(";")[0] for one in costs.broken(years)] == ["No spending is known for fiscal year 2024", "For some lines of fiscal year 2025 no spending is known, so the year is left out."]
    assert costs.one_year(years).text.startswith("In fiscal year 2023 the library spent $1")


def test_what_lies_ahead_says_whether_it_is_a_forecast_or_a_range() -> None:
    row = pd.DataFrame({"fiscal_year": [2027], "expected": [104321.0], "low": [101234.0], "high": [108765.0], "method": ["range of past changes"], "years": [5]})

    assert costs.ahead(row).text == "If all went on as it has, fiscal year 2027 would cost $101,000 to $109,000: the range of the yearly changes of 5 years, too few for a forecast."
    assert "with a chance of 80% between $101,000 and $109,000 (straight line, 9 years)" in costs.ahead(row.assign(method="straight line", years=9)).text


def materials(*states: str) -> pd.DataFrame:
    size = len(states)
    return pd.DataFrame({"material": [f"Kind {place}" for place in range(size)], "money": 0.3, "proposed": 0.5, "low": 0.4, "high": 0.6, "state": states, "binds": "", "hidden": False})


def test_another_split_is_called_for_only_where_no_measure_speaks_against_it() -> None:
    assert costs.split(materials("more digital", "depends", "fits")).text == (
        "1 of 3 materials calls for another split, and no measure speaks against it: for Kind 0 digital has 30% of the money and 50% is proposed (40% to 60%). For Kind 1 it depends on which measure counts.")
    assert costs.split(materials("fits")).tone == "good" and costs.split(materials("not known")) is None
    assert [one.text for one in costs.bound(materials("fits").assign(binds="print", hidden=True))] == [
        "A floor holds the proposal for Kind 0 (print keeps 50%); without it, more would move.", "Too few people were asked about Kind 0 to show what they prefer."]


POSSIBLE = pd.DataFrame({"kind": ["ending", "unused", "under plan"], "name": ["Reels", "Songs", "Licences"], "money": [50.0, 30.0, 9.0], "sure": ["open", "firm", "firm"], "counted": [True, True, False],
                         "once": [5.0, 0.0, 0.0], "hours": [9.0, None, None], "within_kind": [None, None, "unused"], "within": [None, None, "Songs"]})
SURE = pd.DataFrame({"sure": ["firm", "open"], "candidates": [1, 1], "money": [30.0, 50.0]})


def test_possible_savings_lead_with_the_surer_ones() -> None:
    assert costs.savings(POSSIBLE, SURE).text == ("2 possibilities to free money are on the table, $30 firm and $50 open a year. "
                                                  "The largest of the surer ones: Songs (subscription not used, $30, firm). 1 more lies within one of these and is not added.")
    assert tables.savings(POSSIBLE).rows["sum"].tolist() == ["$50", "$30", "($9)"]


def test_charts_say_their_numbers_in_words_and_draw_with_figures_missing() -> None:
    rows = used(("Cases", 105.0, 5, 10.0, "dearer", False), ("News", 20.0, None, 10.0, "uses not counted", False), ("Abstracts", 20.0, 5, None, "no price elsewhere", False))
    drawn = [charts.full(FULL, year=2026), charts.subscriptions(rows, year=2026), charts.savings(POSSIBLE, SURE)]

    assert all(canvas.png(one.figure) for one in drawn)
    assert "Rooms: own $20, shared $12, in full $32" in drawn[0].alt
    assert "News: uses not counted" in drawn[1].alt and "1 of 3" in drawn[1].basis
    assert "nan" not in " ".join(one.alt for one in drawn)


def test_one_known_year_is_a_table_and_not_a_line() -> None:
    years = pd.DataFrame({"fiscal_year": [2017], "amount": [5.0], "source": ["budget"], "index": [None], "base_year": [None], "real": [None], "change": [None], "real_change": [None], "unbroken": [True]})

    assert charts.spending(years, grown(0.1).head(0), pd.DataFrame(columns=["fiscal_year", "expected", "low", "high", "method", "years"])).name == "spending_real"
