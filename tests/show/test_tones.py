"""Which findings of steps 1 and 2 are good news, which are bad, which are neither, and which say that something is not known."""

from __future__ import annotations

import pandas as pd
import pytest

from planning.show import language
from planning.show.findings import expectations, indicators, logic, options, outlook, priorities, roadmap, weighing

NONE = float("nan")
SPREAD = {"group": "leadership", "decides": True, "goal": "G1", "goal_name": "Read", "plan": 0.2, "voters": 7, "mean": 0.2, "low": 0.1, "high": 0.3, "spread": 0.1,
          "minority": 1, "minority_share": 0.1, "majority_share": 0.3, "camps": False, "outside": False, "nearest": 0.01}
BALLOTS = {"group": "leadership", "method": "points", "goal": "G1", "difference": 0.1, "hidden": False}
PAIRS = {"group": "staff", "voters": 5, "over": 1, "ratio": 0.02, "goal_name": "Read", "other_name": "Work", "lowest": 2.0, "highest": 3.0, "hidden": False}
ROUND = {"group": "staff", "method": "points", "voters": 5, "first_date": pd.Timestamp("2026-03-01"), "last_date": pd.Timestamp("2026-05-01"), "first_spread": 0.1,
         "last_spread": 0.05, "first_agreement": 0.4, "last_agreement": 0.6}
MOVE = {"goal_name": "Read", "weight": 0.4, "low": 0.1, "high": 0.9, "out_below": "Desk", "in_below": "Copier", "out_above": None, "in_above": None, "change": -0.3,
        "nearest": True, "first": 3}
GAP = {"service": "S1", "service_name": "Desk", "adequacy": 1.0, "low": 0.5, "high": 1.5, "superiority": -1.0, "zone": 0.5, "place": "above the minimum", "blank": 0, "reversed": 0,
       "hidden": False}
TWO = {"of": "relevance", "one": "patrons", "other": "leadership", "compared": 9, "clear": 1, "service_name": "Desk", "difference": 1.0, "low": 0.5, "high": 1.5}


@pytest.fixture(autouse=True)
def english() -> None:
    language.use("en", "USD")


def rows(plain: dict[str, object], *changes: dict[str, object]) -> pd.DataFrame:
    """One row for each set of changes to a plain row."""
    return pd.DataFrame([plain | change for change in changes or ({},)])


def agreed(voters: int, value: float) -> pd.DataFrame:
    return pd.DataFrame({"group": ["staff"], "decides": True, "voters": voters, "goals": 4, "agreement": value})


def orders(**places: list[int]) -> pd.DataFrame:
    frame = pd.DataFrame({"voters": 5, "goal": ["G1", "G2"], "goal_name": ["Read", "Work"], "beats_all": False, "disputed": 1 if places else 0})
    return frame.assign(**{rule: 1.0 for rule in weighing.RULES}, **{f"{rule}_place": places.get(rule, [1, 2]) for rule in weighing.RULES})


@pytest.mark.parametrize(("found", "tone"), [
    (lambda: weighing.agreement(agreed(1, NONE)), "unknown"), (lambda: weighing.agreement(agreed(5, NONE)), "unknown"), (lambda: weighing.agreement(agreed(5, 0.7)), "good"),
    (lambda: weighing.agreement(agreed(5, 0.5)), "plain"), (lambda: weighing.agreement(agreed(5, 0.29)), "bad"),
    (lambda: weighing.discuss(rows(SPREAD, {"high": 0.1})), "good"), (lambda: weighing.discuss(rows(SPREAD)), "plain"),
    (lambda: weighing.discuss(rows(SPREAD, {"camps": True, "minority": 3})), "bad"),
    (lambda: weighing.plan(rows(BALLOTS, {"difference": 0.0}), rows(SPREAD)), "good"), (lambda: weighing.plan(rows(BALLOTS), rows(SPREAD)), "plain"),
    (lambda: weighing.plan(rows(BALLOTS), rows(SPREAD, {"outside": True})), "bad"),
    (lambda: weighing.groups(rows(SPREAD, {}, {"group": "staff", "decides": False, "mean": 0.24}), rows(BALLOTS)), "good"),
    (lambda: weighing.groups(rows(SPREAD, {}, {"group": "staff", "decides": False, "mean": 0.3}), rows(BALLOTS)), "plain"),
    (lambda: weighing.rounds(rows(ROUND))[0], "good"), (lambda: weighing.rounds(rows(ROUND, {"last_spread": 0.2}))[0], "plain"),
    (lambda: weighing.rounds(rows(ROUND, {"last_spread": 0.1}))[0], "plain"),
    (lambda: weighing.consistency(rows(PAIRS, {"hidden": True}))[0], "unknown"), (lambda: weighing.consistency(rows(PAIRS, {"ratio": NONE}))[0], "unknown"),
    (lambda: weighing.consistency(rows(PAIRS, {"over": 0}))[0], "good"), (lambda: weighing.consistency(rows(PAIRS))[0], "bad"),
    (lambda: weighing.rules(orders()), "good"), (lambda: weighing.rules(orders(borda=[1, 1])), "plain"), (lambda: weighing.rules(orders(borda=[2, 1])), "plain"),
    (lambda: weighing.rules(orders(**{rule: [1, 1] for rule in weighing.RULES})), "unknown"),
])
def test_what_is_said_of_votes_on_goals_has_its_tone(found, tone) -> None:
    assert found().tone == tone


def test_a_plans_weight_is_nobodys_view_from_more_than_four_percentage_points_off() -> None:
    assert "nobody's view" in weighing.discuss(rows(SPREAD, {"nearest": 0.041})).text
    assert "nobody's view" not in weighing.discuss(rows(SPREAD, {"nearest": 0.04})).text


@pytest.mark.parametrize(("change", "tone"), [
    ({"change": -0.019}, "bad"), ({"change": -0.02}, "plain"), ({"change": -0.099}, "plain"), ({"change": -0.1}, "good"), ({"change": 0.0}, "bad"), ({"nearest": False, "change": NONE}, "good")])
def test_the_first_services_stand_firm_when_no_weight_within_ten_points_changes_them(change, tone) -> None:
    assert priorities.hold(rows(MOVE, change)).tone == tone


def test_on_what_the_first_place_hangs_is_neither_good_nor_bad_unless_nothing_changes_it() -> None:
    assert priorities.leader(rows(MOVE, {"first": 1})).tone == "plain"
    assert priorities.leader(rows(MOVE, {"first": 1, "nearest": False, "change": NONE})).tone == "good"


def ranked(*other_places: int) -> pd.DataFrame:
    return pd.DataFrame({"service": ["S1", "S2", "S3"], "service_name": ["Desk", "Van", "Copier"], "place": [1, 2, 3], "other_place": other_places, "first": 2})


def test_a_second_method_is_good_news_only_when_it_names_the_same_first_services_and_the_same_one_at_the_top() -> None:
    assert [priorities.other_method(ranked(*places)).tone for places in ((1, 2, 3), (2, 1, 3), (1, 3, 2))] == ["good", "plain", "plain"]


def test_what_keeps_services_from_being_put_in_an_order_is_not_known_and_a_goal_of_weight_0_is_plain() -> None:
    pairs = pd.DataFrame({"service": ["S1"] * 2 + ["S2"] * 2, "goal": ["G1", "G2"] * 2, "goal_name": ["Read", "Work"] * 2, "weight": [1.0, 0.0] * 2, "strength": [0.5, 0.1, 0.2, 0.3]})

    assert [one.tone for one in priorities.unsaid(pairs[:2])] == ["unknown"]
    assert [one.tone for one in priorities.unsaid(pairs, first=1)] == ["plain"]


@pytest.mark.parametrize(("found", "tone"), [
    (lambda: expectations.pairs(rows(TWO)), "plain"), (lambda: expectations.pairs(rows(TWO, {"clear": 0})), "good"), (lambda: expectations.pairs(rows(TWO, {"clear": 0, "low": NONE})), "unknown"),
    (lambda: expectations.below(rows(GAP, {"hidden": True})), "unknown"), (lambda: expectations.below(rows(GAP, {"place": "no range"})), "unknown"),
    (lambda: expectations.below(rows(GAP, {"place": "near the minimum", "adequacy": -0.1, "low": -0.5})), "good"),
    (lambda: expectations.below(rows(GAP, {"place": "below the minimum", "adequacy": -1.0})), "bad"),
    (lambda: expectations.wished(rows(GAP)), "plain"), (lambda: expectations.wished(rows(GAP, {"superiority": 0.0})), "good"),
    (lambda: expectations.left_out(rows(GAP, {"blank": 1})), "unknown"),
])
def test_what_is_said_of_patrons_expectations_has_its_tone(found, tone) -> None:
    assert found().tone == tone


def services(*boxes: int) -> pd.DataFrame:
    return pd.DataFrame({"service_name": [f"Service {place}" for place in range(len(boxes))], "boxes": boxes, "value": 0.2, "state": ["complete" if number else "no model" for number in boxes]})


OUTCOME = {"stage": "outcome", "name": "They read", "kpi_name": "Readers"}
ARROW = {"node": "L1", "leads_to": "L2", "stage": "output", "name": "Families", "to_name": "They read", "told": True}
NO_FAULTS = pd.DataFrame({"kind": [], "hint": []})


@pytest.mark.parametrize(("found", "tone"), [
    (lambda: logic.coverage(services(0, 0)), "unknown"), (lambda: logic.coverage(services(5, 5)), "good"), (lambda: logic.coverage(services(5, 0)), "plain"),
    (lambda: logic.faults(NO_FAULTS, services(5)), "good"), (lambda: logic.faults(pd.DataFrame({"kind": ["leads nowhere"], "hint": [False]}), services(5)), "bad"),
    (lambda: logic.outcomes(rows(OUTCOME), NO_FAULTS), "good"), (lambda: logic.outcomes(rows(OUTCOME, {}, {"kpi_name": None}), NO_FAULTS), "bad"),
    (lambda: logic.outcomes(rows(OUTCOME), pd.DataFrame({"kind": ["outcome with a KPI of an earlier stage"], "hint": [True]})), "plain"),
    (lambda: logic.assumptions(rows(ARROW)), "good"), (lambda: logic.assumptions(rows(ARROW, {}, {"told": False})), "plain"),
    (lambda: logic.assumptions(rows(ARROW, {}, {"told": False}, {"told": False})), "bad"), (lambda: logic.assumptions(rows(ARROW, {"told": False})), "bad"),
])
def test_what_is_said_of_logic_models_has_its_tone(found, tone) -> None:
    assert found().tone == tone


def lacking(*missing: int) -> pd.DataFrame:
    return pd.DataFrame({"kpi_name": "Loans", "missing": missing, "lacks": "formula"})


SIDES = pd.DataFrame({"perspective": ["patrons", "process", "finance", "learning"], "kpis": 1, "share": 0.25})


@pytest.mark.parametrize(("found", "tone"), [
    (lambda: indicators.perspectives(SIDES), "good"), (lambda: indicators.perspectives(SIDES.assign(kpis=[3, 1, 0, 1])), "bad"),
    (lambda: indicators.sheet(lacking(0, 0, 0, 0)), "good"), (lambda: indicators.sheet(lacking(1, 0, 0, 0)), "plain"), (lambda: indicators.sheet(lacking(1, 0, 0)), "bad"),
])
def test_kpis_are_bad_news_when_a_side_has_none_or_more_than_a_quarter_lack_an_entry(found, tone) -> None:
    assert found().tone == tone


REACHED = {"initiative_name": "Hosts", "chosen": True, "made_for": "Newcomers", "accessible": "yes"}
SERVICE = {"service_name": "Lending", "fiscal_year": 2026.0, "floor": 100.0, "planned": 120.0, "short": 0.0}
ASSET = {"asset_name": "Room", "ready": True, "uses": 0}
GROUP = {"segment_name": "Newcomers", "chosen": 1, "names": "Hosts", "left_out": 0, "left_names": ""}


@pytest.mark.parametrize(("found", "tone"), [
    (lambda: options.accessible(rows(REACHED)), "good"), (lambda: options.accessible(rows(REACHED, {}, {"accessible": "partly"})), "plain"),
    (lambda: options.accessible(rows(REACHED, {}, {"accessible": "no"})), "bad"), (lambda: options.accessible(rows(REACHED, {"accessible": "not checked"})), "unknown"),
    (lambda: options.inclusion(rows(GROUP), rows(REACHED)), "good"), (lambda: options.inclusion(rows(GROUP, {}, {"chosen": 0}), rows(REACHED)), "bad"),
    (lambda: options.inclusion(rows(GROUP).head(0), rows(REACHED)), "unknown"), (lambda: options.inclusion(rows(GROUP), rows(REACHED, {"made_for": ""})), "unknown"),
    (lambda: options.floors(rows(SERVICE))[0], "good"), (lambda: options.floors(rows(SERVICE, {"short": 5.0}))[0], "bad"),
    (lambda: options.floors(rows(SERVICE, {"floor": NONE, "short": NONE}))[0], "unknown"),
    (lambda: options.unused(rows(ASSET)), "plain"), (lambda: options.unused(rows(ASSET, {"ready": False})), "bad"),
])
def test_what_is_said_of_whom_the_choice_is_for_and_of_floors_has_its_tone(found, tone) -> None:
    assert found().tone == tone


CELL = {"pair": "use", "inner_items": 1, "outer_items": 1, "moves": 2, "ready": 2}
GOAL = {"goal_name": "Read", "trends": 2, "cases": 1, "hindering": 0, "helping": 1}
TREND = {"trend_name": "Screens", "stale": False, "date": pd.Timestamp("2026-05-01"), "score": 9.0, "in_force": True}


@pytest.mark.parametrize(("found", "tones"), [
    (lambda: [outlook.moves(rows(CELL))], ["good"]), (lambda: [outlook.moves(rows(CELL, {"ready": 1}))], ["plain"]),
    (lambda: outlook.trend_limits(rows(TREND, {"stale": True})), ["bad"]), (lambda: outlook.trend_limits(rows(TREND, {"date": pd.NaT})), ["unknown"]),
    (lambda: outlook.trend_limits(rows(TREND, {"score": NONE})), ["unknown"]), (lambda: outlook.trend_limits(rows(TREND, {"in_force": False})), ["plain"]),
    (lambda: outlook.scanned(rows(GOAL)), ["good"]), (lambda: outlook.scanned(rows(GOAL, {"trends": 0, "cases": 0})), ["bad"]),
    (lambda: outlook.scanned(rows(GOAL, {"trends": 0})), ["plain"]), (lambda: outlook.scanned(rows(GOAL, {"cases": 0})), ["plain"]),
])
def test_what_is_said_of_moves_trends_and_goals_has_its_tone(found, tones) -> None:
    assert [one.tone for one in found()] == tones


def test_only_the_goal_that_most_is_set_against_is_named() -> None:
    told = outlook.scanned(rows(GOAL, {"goal_name": "Read", "hindering": 3}, {"goal_name": "Work", "hindering": 2}))

    assert "“Read”" in told[-1].text and "“Work”" not in told[-1].text


PLANNED = {"initiative": "I1", "initiative_name": "Hosts", "part": "free", "year": 1.0, "fiscal_year": 2027.0, "gap": 0.0, "works": 2, "cost_later": 0.0, "hours_later": 0.0}
MONTHS = {"initiative_name": "Hosts", "held": "", "slips": False, "assumed": False, "begins": pd.Timestamp("2026-07-01")}
ROLE = {"role_name": "Clerk", "fiscal_year": 2027, "tight": False, "free": 90.0, "asked": 10.0}
LED = {"owner_name": "Clerk", "most": 2, "since": pd.Timestamp("2026-07-01"), "until": pd.Timestamp("2026-08-01"), "over": False}
FIRST = {"initiative_name": "Hosts", "ready": True, "low_risk": True, "owner_free": True, "passes": 3, "first": True}
AMOUNT = {"amount": 9.0, "value": 1.2, "gain": 0.2, "comes_in": "Hosts", "drops_out": "", "possible": True, "binding": True}


@pytest.mark.parametrize(("found", "tones"), [
    (lambda: [roadmap.spread(rows(PLANNED))], ["good"]), (lambda: [roadmap.spread(rows(PLANNED, {}, {"year": NONE}))], ["plain"]), (lambda: [roadmap.spread(rows(PLANNED, {"year": NONE}))], ["bad"]),
    (lambda: [roadmap.start(rows(PLANNED), rows({"initiative": "I1", "initiative_name": "Hosts", "chosen": True}))], ["good"]),
    (lambda: [roadmap.start(rows(PLANNED), rows({"initiative": "I1", "initiative_name": "Hosts", "chosen": False}))], ["plain"]),
    (lambda: [roadmap.proven(rows(PLANNED, {"gap": 0.01}))], ["unknown"]), (lambda: [roadmap.later(rows(PLANNED, {"cost_later": NONE}))], ["unknown"]),
    (lambda: roadmap.roles(rows(ROLE)), ["good"]), (lambda: roadmap.roles(rows(ROLE, {"tight": True})), ["bad"]), (lambda: roadmap.roles(rows(ROLE, {"free": NONE})), ["unknown"]),
    (lambda: roadmap.roles(rows(ROLE, {"asked": 99.0})), ["plain", "good"]),
    (lambda: roadmap.late(rows(MONTHS)), ["good"]), (lambda: roadmap.late(rows(MONTHS, {"held": "owner"})), ["plain"]), (lambda: roadmap.late(rows(MONTHS, {"assumed": True})), ["unknown"]),
    (lambda: roadmap.late(rows(MONTHS, {"held": "waits", "slips": True})), ["bad"]),
    (lambda: [roadmap.load(rows(LED), most=2)], ["good"]), (lambda: [roadmap.load(rows(LED, {"over": True}), most=1)], ["bad"]),
    (lambda: [roadmap.begin(rows(FIRST))], ["good"]), (lambda: [roadmap.begin(rows(FIRST, {"low_risk": False, "passes": 2, "first": False}))], ["bad"]),
    (lambda: roadmap.next_amount(rows(AMOUNT, {}, {"amount": -9.0, "gain": -0.2, "drops_out": "Hosts", "possible": False})), ["plain", "bad"]),
])
def test_what_is_said_of_the_years_ahead_has_its_tone(found, tones) -> None:
    assert [one.tone for one in found()] == tones


def places(*among: float) -> pd.DataFrame:
    return pd.DataFrame({"service": ["S1", "S2", "S3"], "service_name": ["Desk", "Van", "Copier"], "place": [1, 2, 3], "among": among, "first": 2, "weights": "accepted", "draws": 1000})


def test_the_first_services_are_good_news_when_weights_hardly_ever_move_any_of_them_out() -> None:
    assert priorities.safe(places(1.0, 1.0, 0.0)).tone == "good"
    assert priorities.safe(places(1.0, 0.6, 0.4)).tone == "plain"


def test_a_group_that_was_not_asked_and_a_ballot_that_is_not_counted_leave_something_not_known() -> None:
    rated = pd.DataFrame({"service_name": ["Desk", "Van"], "group": "patrons", "quality": [3.0, 4.0], "relevance": [4.0, 3.0]})

    assert [one.tone for one in expectations.unheard(rated, small_group=5)] == ["unknown"]
