"""Real shocks replayed as scenarios: the closures of 60 Washington libraries in 2020 and 2021, and a bad year of the Public Libraries Survey."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT

from planning import begin
from planning.analysis import futures, initiatives, scenarios, usage
from planning.model import check
from planning.model.plan import Plan, open_plan
from planning.show.findings import flexibility
from planning.sources import pls

CLOSURES = ROOT.parent / "shared" / "data" / "flexibility" / "wa_covid" / "cleaned.csv"
KING = "WA0059"
HEADS = {"services": "service,name,form,status,essential", "usage": "service,period,uses", "scenarios": "scenario,name,kind,story", "scenario_changes": "scenario,table,id,column,change,value",
         "goals": "goal,name,weight,set_by,horizon,valid_from", "initiatives": "initiative,name,status,cost,hours,must_do", "initiative_goals": "initiative,goal,contribution"}


@pytest.fixture(scope="module")
def closed() -> pd.DataFrame:
    """First and last day of the closure of each library that gives both."""
    if not CLOSURES.exists():
        pytest.skip("the closures of Washington's libraries are not beside this checkout (../shared/data/flexibility/wa_covid)")
    told = pd.read_csv(CLOSURES, encoding="utf-8-sig")
    days = pd.DataFrame({"first": pd.to_datetime(told["FacilityClosed"], errors="coerce"), "last": pd.to_datetime(told["FacilityReopened"], errors="coerce")})
    assert len(days) == 60
    return days.dropna()


def closed_share(closed: pd.DataFrame, year: int) -> pd.Series:
    """The share of a calendar year in which each library was closed."""
    start, end = pd.Timestamp(year, 1, 1), pd.Timestamp(year + 1, 1, 1)
    return ((closed["last"].clip(upper=end) - closed["first"].clip(lower=start)).dt.days / (end - start).days).clip(lower=0)


@cache
def counted(path: Path) -> pd.DataFrame:
    return pls.read(path).set_index("key")


def falls(survey: Path, year: int, measure: str, *, people: float = 0) -> pd.Series:
    """The change of a measure from the year before, library by library; a library that is missing in a year is left out."""
    old, new = (counted(survey / f"pls_fy{one}_libraries.csv") for one in (year - 1, year))
    pairs = pd.concat({"old": old[measure], "new": new[measure], "people": new["population"]}, axis=1).dropna()
    pairs = pairs[(pairs["old"] > 0) & (pairs["people"] >= people)]
    return pairs["new"] / pairs["old"] - 1


def written(folder: Path, table: str, rows: list[str]) -> None:
    (folder / f"{table}.csv").write_text("\n".join([HEADS[table], *rows, ""]), encoding="utf-8")


@pytest.fixture
def plan(tmp_path: Path, survey: Path, closed: pd.DataFrame) -> Plan:
    """King County's plan from the survey, with three services, two initiatives and the shocks as scenarios."""
    folder = begin.from_survey(tmp_path / "king", [survey / "pls_fy2016_libraries.csv", survey / "PLS_FY17_AE_pud17i.csv", survey / "pls_fy2018_libraries.csv"], KING)
    figures = pd.read_csv(folder / "statistics.csv").set_index(["fiscal_year", "measure"])["value"]
    measures = {"S1": "visits", "S2": "physical_circulation", "S3": "electronic_circulation"}
    written(folder, "services", ["S1,Open buildings,physical,running,true", "S2,Loans of print and disc,physical,running,true", "S3,Loans on line,digital,running,true"])
    written(folder, "usage", [f"{service},2017,{figures[2017, measure]}" for service, measure in measures.items()])
    budget = pd.read_csv(folder / "budget.csv")
    budget["planned"], budget["service"] = budget["actual"], budget["line"].map({"B1": "S1", "B2": "S2", "B3": "S3"})
    budget.to_csv(folder / "budget.csv", index=False)
    written(folder, "goals", ["G1,Everybody reads,0.6,Board,2020-12-31,2018-01-01", "G2,Nobody is left offline,0.4,Board,2020-12-31,2018-01-01"])
    written(folder, "initiatives", ["I1,Lockers at the doors,candidate,400000,900,false", "I2,More licences,candidate,500000,200,false"])
    written(folder, "initiative_goals", ["I1,G1,0.4", "I2,G2,0.8"])
    facts = folder / "plan.toml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("# money_ceiling = 180000", "money_ceiling = 950000"), encoding="utf-8")
    written(folder, "scenarios", ["SC1,Closed as in 2020,demand,The middle library of Washington", "SC2,Closed as in 2021,demand,The middle library of Washington",
                                  "SC3,Closed as in 2021 at worst,demand,One in ten of Washington's libraries", "SC4,A bad year,mixed,One library in twenty of this size"])
    parts = {"SC1": closed_share(closed, 2020).median(), "SC2": closed_share(closed, 2021).median(), "SC3": closed_share(closed, 2021).quantile(0.9)}
    bad = {service: falls(survey, 2018, measure, people=250_000).quantile(0.05) for service, measure in (("S1", "visits"), ("S2", "circulation"))}
    written(folder, "scenario_changes", [f"{scenario},usage,S1,uses,times,{1 - part:.4f}" for scenario, part in parts.items()]
            + [f"SC4,usage,{service},uses,times,{1 + fall:.4f}" for service, fall in bad.items()] + [f"SC4,plan,plan,money_ceiling,times,{1 + bad['S1']:.4f}"])
    assert check.problems(folder) == []
    return open_plan(folder)


def test_the_closures_of_washingtons_libraries_have_the_lengths_that_their_dates_say(closed: pd.DataFrame) -> None:
    weeks = (closed["last"] - closed["first"]).dt.days / 7

    assert len(weeks) == 59
    assert [round(weeks.quantile(part), 1) for part in (0, 0.5, 0.9, 1)] == [12.0, 56.3, 67.9, 115.6]
    assert round(closed_share(closed, 2020).median(), 3) == 0.795
    assert [round(closed_share(closed, 2021).quantile(part), 3) for part in (0.5, 0.9)] == [0.277, 0.512]


def test_one_library_in_twenty_loses_a_quarter_of_its_visits_in_an_ordinary_year_and_large_ones_less(survey: Path) -> None:
    visits, large = falls(survey, 2018, "visits"), falls(survey, 2018, "visits", people=250_000)

    assert len(visits) > 9000 and round(visits.quantile(0.05), 3) == -0.259
    assert round(falls(survey, 2018, "circulation").quantile(0.05), 3) == -0.265
    assert 100 < len(large) < 400 and -0.259 < large.quantile(0.05) < -0.1


def test_closures_make_a_visit_several_times_as_dear_and_a_bad_year_some_more(plan: Plan) -> None:
    now = plan.tables | {"goals": plan.goals_in_force}
    register = scenarios.register(plan.scenarios, plan.scenario_changes, now)
    worlds = scenarios.worlds(register, plan.scenario_changes, now, plan.facts)
    rows = futures.demand(worlds, plan.services, yearly=usage.yearly, fiscal_year=2017)
    visits = rows[rows["service"] == "S1"].set_index("scenario")

    assert register["usable"].all() and scenarios.emptied(worlds).empty
    assert visits.loc["SC1", "uses"] == 9_932_331 and visits["cost_then"].eq(72_417_453).all()
    assert visits["uses_then"].round(-3).to_dict()["SC1"] == round(9_932_331 * (1 - 0.7951), -3)
    assert visits.loc["SC1", "per_use"] == pytest.approx(7.29, abs=0.005) and visits.loc["SC1", "per_use_then"] == pytest.approx(7.29 / 0.2049, rel=0.002)
    assert visits["dearer"].round(2).to_dict() == {scenario: round(1 / (1 + fall) - 1, 2) for scenario, fall in visits["change"].items()}
    assert visits["dearer"].rank().to_dict() == {"SC1": 4.0, "SC2": visits["dearer"].rank()["SC2"], "SC3": 3.0, "SC4": visits["dearer"].rank()["SC4"]}
    assert flexibility.demand(rows).text.startswith("Under “Closed as in 2020”, one use of Open buildings would cost 388% more ($35.58 instead of $7.29)")


def test_in_a_bad_year_the_dearer_half_of_the_plan_no_longer_fits(plan: Plan) -> None:
    now = plan.tables | {"goals": plan.goals_in_force}
    worlds = scenarios.worlds(scenarios.register(plan.scenarios, plan.scenario_changes, now), plan.scenario_changes, now, plan.facts)
    outlook = futures.outlook(worlds, fiscal_year=2017, chooser=initiatives).set_index("scenario")
    robust = futures.robustness(futures.regrets(worlds, chooser=initiatives), plan.scenarios)

    assert outlook["initiatives"].to_dict() == {"": 2, "SC1": 2, "SC2": 2, "SC3": 2, "SC4": 1}
    assert outlook.loc["SC4", "drops_out"] == "Lockers at the doors"
    assert robust.loc[0, "plan"] == "today, SC1, SC2, SC3" and robust.loc[0, "good_enough"] == 1
    assert robust["expected"].isna().all()
