import pandas as pd
import pytest

from planning.analysis import partners

RATED = {"mission": 5.0, "resources": 3.0, "capacity": 1.0, "history": 5.0, "effort": 1.0, "risk": 5.0, "power": 4.0, "interest": 4.0}
ONE = {"partner": "P1", "name": "School", "kind": "education", "status": "active", "ethics": "clear"} | RATED
GOALS = pd.DataFrame({"goal": ["G1", "G2"], "name": ["Read", "Work"], "weight": [0.5, 0.25]})
NO_REACH = pd.DataFrame({"partner": pd.Series(dtype="str"), "audience": pd.Series(dtype="str"), "reach": pd.Series(dtype=float)})
NO_TERMS = pd.DataFrame(columns=["partner", "state", "attention", "complete"])
NO_BALANCE = pd.DataFrame(columns=["partner", "balance"])


def table(*rows: dict) -> pd.DataFrame:
    return pd.DataFrame([ONE | row for row in rows])


def pairs(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["partner", "goal", "strength"])


def additions(*partners_that_bring: str) -> pd.DataFrame:
    return pd.DataFrame({"partner": list(partners_that_bring), "newly_count": [1] * len(partners_that_bring)})


def test_support_is_measured_against_the_heaviest_goal():
    found = partners.support(GOALS, pairs(("P1", "G1", 0.8), ("P1", "G2", 0.2), ("P2", "G2", 1.0)))

    assert found["overlap"].round(3).tolist() == [0.9, 0.5]
    assert found["main_goal_name"].tolist() == ["Read", "Work"]


def test_support_is_never_above_one():
    assert partners.support(GOALS, pairs(("P1", "G1", 1.0), ("P1", "G2", 1.0)))["overlap"].tolist() == [1.0]


def test_a_partner_that_supports_only_an_ended_goal_has_no_support_and_no_main_goal():
    found = partners.support(GOALS, pairs(("P1", "G0", 1.0)))

    assert found["overlap"].tolist() == [0.0]
    assert found["main_goal_name"].isna().all()


def test_goals_in_common_are_counted_against_all_that_either_side_names():
    found = partners.support(GOALS, pairs(("P1", "G1", 0.8), ("P1", "G0", 0.2), ("P2", "G1", 0.0), ("P3", "G1", 0.1), ("P3", "G2", 0.1)))

    assert dict(zip(found["partner"], found["shared"].round(3))) == {"P1": 0.333, "P2": 0.0, "P3": 1.0}


def test_support_without_goals_in_force_says_nothing():
    assert partners.support(GOALS.iloc[:0], pairs(("P1", "G1", 1.0))).empty


def test_fit_is_the_weighted_sum_of_all_eight_criteria():
    support = partners.support(GOALS, pairs(("P1", "G1", 0.5)))
    reach = pd.DataFrame({"partner": ["P1", "P1"], "audience": ["A1", "A2"], "reach": [0.3, 0.1]})

    found = partners.fit(table({}), support, reach).iloc[0]

    by_hand = 0.20 * 1 + 0.20 * 0.5 + 0.15 * 0.4 + 0.15 * 0.5 + 0.10 * 0 + 0.10 * 1 + 0.05 * 1 + 0.05 * 0
    assert found["rated"] == 8
    assert [round(found[name], 6) for name in ("score", "low", "high")] == [round(by_hand, 6)] * 3


def test_what_is_not_rated_is_left_out_and_widens_the_range():
    support = partners.support(GOALS, pairs(("P1", "G1", 0.5)))
    reach = pd.DataFrame({"partner": ["P1"], "audience": ["A1"], "reach": [0.4]})

    found = partners.fit(table({"history": None}), support, reach).iloc[0]

    assert found["rated"] == 7
    assert [round(found[name], 4) for name in ("score", "low", "high")] == [round(0.485 / 0.9, 4), 0.485, 0.585]


def test_a_veto_is_never_scored_and_an_ended_partner_is_left_out():
    found = partners.fit(table({}, {"partner": "P2", "ethics": "veto"}, {"partner": "P3", "status": "ended"}), partners.support(GOALS, pairs()), NO_REACH)

    assert found["partner"].tolist() == ["P1"]


def test_a_partner_without_any_rating_is_not_listed():
    blank = dict.fromkeys(RATED)

    assert partners.fit(table(blank, {"partner": "P2"}), partners.support(GOALS, pairs()), NO_REACH)["partner"].tolist() == ["P2"]


def test_other_weights_change_the_order():
    two = table({"mission": 5.0, "risk": 5.0}, {"partner": "P2", "mission": 1.0, "risk": 1.0})
    only_risk = dict.fromkeys(partners.WEIGHTS, 0.0) | {"risk": 1.0}

    assert partners.fit(two, partners.support(GOALS, pairs()), NO_REACH)["partner"].tolist() == ["P1", "P2"]
    assert partners.fit(two, partners.support(GOALS, pairs()), NO_REACH, weights=only_risk)["partner"].tolist() == ["P2", "P1"]


def test_weights_that_do_not_name_the_eight_criteria_are_refused():
    with pytest.raises(ValueError, match="risk does not stand once on both sides"):
        partners.fit(table({}), partners.support(GOALS, pairs()), NO_REACH, weights={name: 1 for name in partners.WEIGHTS if name != "risk"})


def test_the_stated_weights_add_up_to_one():
    assert sum(partners.WEIGHTS.values()) == pytest.approx(1)


def test_power_and_interest_of_four_are_high():
    rows = table({}, {"partner": "P2", "interest": 3.0}, {"partner": "P3", "power": 3.0}, {"partner": "P4", "power": 1.0, "interest": 1.0})

    assert partners.influence(rows).set_index("partner")["quadrant"].to_dict() == {
        "P1": "work closely", "P2": "keep satisfied", "P3": "keep informed", "P4": "keep in view"}


def test_a_partner_whose_power_is_not_rated_has_no_place():
    assert partners.influence(table({"power": None})).empty


def test_vetoes_come_before_concerns():
    rows = table({}, {"partner": "P2", "ethics": "concern"}, {"partner": "P3", "ethics": "veto", "status": "prospect"})

    assert partners.ethics(rows)["partner"].tolist() == ["P3", "P2"]


def test_every_kind_is_listed_and_the_statuses_add_up():
    rows = table({}, {"partner": "P2", "status": "ended"}, {"partner": "P3", "kind": "funder", "status": "prospect"})
    by_kind = partners.kinds(rows)

    assert len(by_kind) == 7
    assert by_kind[["active", "prospect", "ended", "all"]].sum().tolist() == [1, 1, 1, 3]
    assert partners.reconciled(rows, by_kind)[["expected", "found"]].values.tolist() == [[3, 3]]
    assert by_kind.set_index("kind").loc[["education", "funder", "business"], ["active_names", "prospect_names"]].values.tolist() == [["School", ""], ["", "School"], ["", ""]]


def test_a_vetoed_prospect_is_counted_and_not_named():
    found = partners.kinds(table({"status": "prospect", "ethics": "veto"})).set_index("kind").loc["education"]

    assert (found["prospect"], found["prospect_names"]) == (1, "")


NO_HEALTH = {"ours": None, "theirs": None, "age": "never", "heading": "never reviewed", "differ": False, "weak": False}
WELL = {"ours": 4.0, "theirs": 4.3, "age": "recent", "heading": "steady"}
LOW = {"ours": 2.0, "theirs": 2.7, "age": "recent", "heading": "worse", "weak": True}
ONE_SIDED = pd.DataFrame({"partner": ["P1"], "balance": ["the library gives far more"]})


def courses(balance: pd.DataFrame = NO_BALANCE, brings: tuple[str, ...] = (), terms: pd.DataFrame = NO_TERMS, health: dict | None = None,
            coverage: pd.DataFrame | None = None, **changes: object) -> pd.DataFrame:
    fit = pd.DataFrame([{"partner": "P1", "partner_name": "School", "status": "active", "ethics": "clear", "score": 0.7, "rated": 8, "audiences": 0.4} | changes])
    rated = None if health is None else pd.DataFrame([{"partner": "P1"} | NO_HEALTH | health])
    return partners.courses(fit, balance, terms, additions=additions(*brings), health=rated, coverage=coverage)


def reached(inclusion: bool, by: int = 1) -> pd.DataFrame:
    return pd.DataFrame({"audience_name": ["Homebound"], "inclusion": [inclusion], "reached": [True], "partners": [by], "best_partner": ["School"]})


@pytest.mark.parametrize(("changes", "course"), [
    ({}, "grow"), ({"score": 0.6}, "grow"), ({"score": 0.59}, "hold"), ({"score": 0.39}, "talk first"),
    ({"status": "prospect"}, "start"), ({"status": "prospect", "score": 0.5}, "wait"), ({"ethics": "concern"}, "talk first"),
])
def test_the_course_follows_from_status_fit_and_ethics(changes, course):
    assert courses(**changes)["course"].tolist() == [course]


def test_a_prospect_that_reaches_a_missed_audience_is_worth_starting_with_less_fit():
    assert courses(status="prospect", score=0.5, brings=("P1",))["course"].tolist() == ["start"]
    assert courses(status="prospect", score=0.39, brings=("P1",))["course"].tolist() == ["wait"]


def test_a_one_sided_partnership_is_to_talk_about_however_well_it_fits():
    assert courses(balance=ONE_SIDED)["course"].tolist() == ["talk first"]
    assert courses(balance=ONE_SIDED, health=WELL)["course"].tolist() == ["talk first"]


@pytest.mark.parametrize(("more", "course"), [
    ({"balance": ONE_SIDED}, "leave"), ({"score": 0.39}, "leave"), ({}, "talk first"), ({"score": 0.39, "ethics": "concern"}, "talk first"),
    ({"score": 0.39, "coverage": reached(inclusion=True)}, "talk first"), ({"score": 0.39, "coverage": reached(inclusion=False)}, "leave"),
    ({"score": 0.39, "coverage": reached(inclusion=True, by=2)}, "leave"),
])
def test_only_low_health_twice_with_low_fit_or_one_sided_giving_leads_to_leave_and_never_where_an_inclusion_group_hangs_on_it(more, course):
    assert courses(health=LOW, **more)["course"].tolist() == [course]


@pytest.mark.parametrize("change", [{"weak": False}, {"differ": True}, {"age": "old"}])
def test_one_low_review_two_views_or_an_old_review_are_no_reason_to_leave(change):
    assert courses(health=LOW | change, score=0.39)["course"].tolist() == ["talk first"]


@pytest.mark.parametrize(("change", "course"), [
    ({}, "grow"), ({"theirs": 2.9}, "hold"), ({"ours": None}, "grow"), ({"differ": True}, "talk first"), ({"heading": "worse"}, "talk first"), ({"weak": True}, "talk first"),
])
def test_a_good_fit_grows_only_in_good_health(change, course):
    assert courses(health=WELL | change)["course"].tolist() == [course]


def test_reasons_begin_with_what_decided_and_name_whom_it_alone_reaches():
    found = courses(balance=ONE_SIDED, health=LOW, score=0.3, coverage=reached(inclusion=False)).iloc[0]

    assert found["reasons"] == "rated low twice in a row; rated worse than at first; the library gives far more; low fit; it alone reaches an audience"
    assert (found["alone"], found["missing"]) == ("Homebound", "")


def test_what_is_not_recorded_is_named_for_active_partners_and_asked_less_of_prospects():
    assert courses(rated=7, audiences=None)["missing"].tolist() == ["fit; fairness; reach; health"]
    assert courses(rated=7, status="prospect")["missing"].tolist() == [""]
    assert courses(balance=ONE_SIDED, health=WELL | {"age": "old"})["missing"].tolist() == ["health"]
    assert courses(balance=pd.DataFrame({"partner": ["P1"], "balance": ["recorded for different years"]}), health=WELL)["missing"].tolist() == ["fairness"]


def test_an_active_partner_without_contributions_is_said_to_be_not_recorded():
    assert courses()["balance"].tolist() == ["not recorded"]


def test_only_running_agreements_are_counted():
    terms = pd.DataFrame({"partner": ["P1", "P1", "P1"], "state": ["running", "running", "ended"], "attention": ["overdue", "later", None], "complete": [False, True, False]})

    assert courses(terms=terms)[["agreements", "overdue", "incomplete"]].values.tolist() == [[2, 1, 1]]


def test_an_empty_plan_gives_empty_results():
    none = table({}).iloc[:0]
    support = partners.support(GOALS.iloc[:0], pairs())
    fit = partners.fit(none, support, NO_REACH)

    assert [len(rows) for rows in (partners.kinds(none), partners.ethics(none), partners.influence(none), support, fit)] == [0] * 5
    assert partners.courses(fit, NO_BALANCE, NO_TERMS, additions=additions()).empty
    assert partners.reconciled(none, partners.kinds(none)).empty


def test_the_criteria_say_for_how_many_partners_each_is_known():
    fitting = pd.DataFrame(0.5, index=[0, 1, 2], columns=list(partners.MEANINGS)).assign(history=[0.5, None, None])
    known = partners.criteria(fitting).set_index("criterion")[["known", "of"]]

    assert (known.loc["history"].tolist(), known.loc["mission"].tolist()) == ([1, 3], [3, 3])
    assert partners.criteria(fitting.iloc[:0]).empty
