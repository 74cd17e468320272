"""The wording of what was valued: a range, never alone the figure that takes nothing off, and what was left out."""

import math

import pandas as pd
import pytest

from planning import budget, kpis, open_plan, usage, value
from planning.begin import from_survey
from planning.show import charts, language, tables
from planning.show.findings import value as findings
from planning.show.records import Finding

TOTAL = pd.DataFrame([["all spending", 1000.0, 2, 1, 0.4, 900.0, 300.0, 400.0, 500.0, 0.9, 0.3, 0.4, 0.5], ["valued services", 400.0, 2, 1, 1.0, 900.0, 300.0, 400.0, 500.0, 2.25, 0.75, 1.0, 1.25]], columns=value.TOTAL)


def worth(**given):
    usual = {"proxy": "PX1", "name": "A loan", "service": "S1", "service_name": "Lending", "kpi_name": None, "unit": None, "source": "Prices", "number": 100.0, "number_from": "uses", "when": "2026", "months": 12.0, "state": "",
             "counted": True, "double": None, "beside": "", "unit_value": 9.0, "low": 4.0, "high": 16.0, "deadweight": 0.5, "attribution": 0.0, "displacement": 0.0, "years": 1.0, "drop_off": math.nan,
             "not_considered": "", "ranged": True, "classic": 900.0, "adjusted_low": 300.0, "adjusted": 400.0, "adjusted_high": 500.0, "share": 1.0}
    return pd.DataFrame([usual | given], columns=value.WORTH)


def test_what_is_returned_is_a_range_with_the_plain_figure_beside_it():
    found = findings.returned(TOTAL, year=2026)
    assert found.text == ("What was valued is estimated to be worth $0.30 to $0.50 (middle $0.40) to those who use it, for each $1.00 of all spending in fiscal 2026. This is worth to people, not income. "
                          "With nothing taken off, as calculators do, the figure would be $0.90.")
    assert (found.grade, found.tone) == ("estimated", "plain")


def test_no_sentence_on_worth_says_that_anything_was_earned_or_paid_back():
    rows = pd.concat([worth(), worth(proxy="PX2", name="A film", not_considered="deadweight", ranged=False, beside="A loan", months=9.0)])
    own = [findings.returned(TOTAL, year=2026), findings.valued_alone(TOTAL), findings.per_proxy(rows), findings.largest(rows), findings.not_considered(rows), findings.without_range(rows), findings.overlaps(rows), findings.incomplete(rows)]
    assert all(isinstance(one, Finding) for one in own)
    assert not any(word in one.text for one in own for word in ("earned", "profit", "saved the", "generates", "invested"))


def test_without_spending_the_worth_stands_alone_and_says_so():
    rows = TOTAL.assign(money=math.nan, returned=math.nan, returned_low=math.nan, returned_high=math.nan, classic_returned=math.nan)
    found = findings.returned(rows, year=2018)
    assert found.tone == "unknown" and "The plan holds no spending of fiscal 2018" in found.text and "$900" in found.text
    assert findings.valued_alone(rows) is None


def test_against_the_own_spending_alone_it_says_what_that_leaves_out():
    text = findings.valued_alone(TOTAL).text
    assert "Against the own spending of the 1 valued service alone ($400) the worth to people would be $0.75 to $1.25 for each $1.00" in text
    assert text.endswith("The valued services take 40% of all spending.")


def test_what_nobody_considered_is_named_and_not_taken_as_nothing():
    found = findings.not_considered(pd.concat([worth(), worth(name="A session", not_considered="deadweight; drop_off")]))
    assert (found.tone, found.text) == ("bad", "For 1 of 2 counted proxies nobody considered what must be taken off: “A session” (deadweight and drop-off). "
                                        "Each such share may be anything from 0% to 100%, and the range above holds that.")
    assert findings.not_considered(worth()).tone == "good"


def test_what_is_not_in_the_total_is_named_with_its_reason():
    rows = pd.concat([worth(name="The way saved", counted=False, double="A loan"), worth(name="A card", counted=False, number=math.nan, state="a share or rate is no number")])
    assert findings.left_out(rows).text == "Not in the total: “The way saved” values the same uses as “A loan” and would count them twice; “A card” has no number (a share or rate is no number)."
    assert findings.left_out(worth()) is None


def test_there_is_nothing_to_say_of_no_proxies():
    none, nothing = worth()[:0], TOTAL[:0]
    assert [findings.returned(nothing, year=2026), findings.valued_alone(nothing), findings.most_moving(none, nothing), *(make(none) for make in (
        findings.per_proxy, findings.largest, findings.not_considered, findings.without_range, findings.left_out, findings.overlaps, findings.incomplete))] == [None] * 10


@pytest.mark.parametrize(("given", "text"), [
    ({}, "100 (uses of Lending, fiscal 2026)"),
    ({"number_from": "own number", "service_name": None}, "100 (own number)"),
    ({"number_from": "KPI", "kpi_name": "Sessions"}, "100 (Sessions)"),
    ({"state": "KPI out of date", "counted": False}, "none: KPI out of date"),
    ({"double": "A loan", "counted": False}, "100, as in “A loan”"),
])
def test_the_table_says_where_each_number_comes_from(given, text):
    assert tables.value.proxies(worth(**given)).rows["many"].tolist() == [text]


def test_the_table_says_what_was_taken_off_and_what_nobody_considered():
    rows = tables.value.proxies(worth(deadweight=math.nan, not_considered="deadweight", years=3.0, drop_off=0.4)).rows
    assert rows["off"].tolist() == ["attribution 0%, displacement 0% and drop-off 40%; not considered: deadweight; lasts 3 years"]


def test_the_line_of_the_chart_of_assumptions_stands_at_the_result_as_it_is():
    moves = pd.DataFrame([["PX1", "A loan", "unit_value", 9.0, 4.0, 16.0, 200.0, 800.0, 600.0]], columns=value.SENSITIVITY)
    made = charts.value.moves(moves, TOTAL)
    # 200 + 5/12 x 600 = 450, of 1,000 spent.
    assert made.figure.axes[0].lines[0].get_xdata()[0] == pytest.approx(0.45)
    assert "$0.20 to $0.80" in made.alt and "$0.20 to $0.80 for each $1.00" in made.finding.text


def test_a_real_library_of_the_survey_is_valued_with_proxies_that_somebody_wrote(survey, tmp_path):
    files = [survey / f"pls_fy{year}_libraries.csv" for year in (2016, 2017, 2018)]
    folder = from_survey(tmp_path / "elm", files, "AK0033")
    (folder / "proxies.csv").write_text("proxy,name,service,kpi,number,unit_value,low,high,source,deadweight,attribution,displacement,years,drop_off\n"
                                        "PX1,A loan instead of a purchase,,,10000,8,3,15,Price lists,0.6,0,0,,\nPX2,A computer session,,,2000,5,,,Copy shop,,0,0,,\n", encoding="utf-8")
    plan = open_plan(folder)
    spent = value.spent(budget.by_service(budget.amounts(plan.budget, last_full_year=plan.last_full_year), plan.services), plan.statistics)
    year = value.year_of(spent, last_full_year=plan.last_full_year)
    progress = kpis.progress(plan.kpis, plan.kpi_values, as_of=plan.as_of)
    rows = value.numbered(plan.proxies, plan.services, usage.yearly(plan.usage, fiscal_year_start=1), progress=progress, values=plan.kpi_values, fiscal_year=year)
    found = value.total(rows, spent, fiscal_year=year, rate=0.035, seed=1)
    assert found["classic"].tolist() == [90000.0, 90000.0]
    assert 0 < found.loc[0, "low"] < found.loc[0, "high"] < 90000.0
    assert findings.returned(found, year=year) is not None


def test_a_currency_without_cents_is_told_for_a_hundred():
    language.use("en", "JPY")
    assert findings.each(0.76, 1.32) == "¥76 to ¥132 for each ¥100"
