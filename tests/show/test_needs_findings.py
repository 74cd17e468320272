import pandas as pd
import pytest

from planning.show import language
from planning.show.findings import needs, peers
from planning.show.records import Finding


@pytest.fixture(autouse=True)
def english():
    language.use("en", "USD")


def moves(*rows: tuple[str, float, int, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["measure", "change", "first_year", "last_year"]).assign(broken=False)


def placed(sure: float) -> pd.DataFrame:
    return pd.DataFrame({"service_name": ["Wi-Fi", "DVDs"], "relevance": [4.5, 2.0], "quality": [3.0, 3.5], "quadrant": ["concentrate here", "low priority"], "sure": [sure, 1.0],
                         "gap": [1.5, -1.5], "above": [1.0, 0.0]})


def gapped(**columns: list[object]) -> pd.DataFrame:
    rows = {"service_name": ["Van", "Desk"], "staff": [2.0, 4.0], "leadership": [4.0, 3.9], "difference": [-2.0, 0.1], "low": [-2.5, -0.4], "high": [-1.5, 0.6], "hidden": False, "clear": [True, False]}
    return pd.DataFrame(rows | columns)


GROUPS = pd.DataFrame({"segment": ["A", "B"], "segment_name": ["Newcomers", "Families"], "active_share": [0.16, 0.47], "needs": [1, 0], "greatest": ["Forms", None], "inclusion": [True, None]})
MOVED = pd.DataFrame({"measure": ["visits_per_head", "programs_per_1000"], "first_year": 2016, "last_year": 2018, "first": [1.0, 1.5], "last": [1.2, 1.1], "moved": [0.2, -0.4], "n": 15})
USED = pd.DataFrame({"fiscal_year": [2016, 2018], "index": [0.4, 0.9], "place": [3, 1], "libraries": 16, "measures": "visits_per_head, circulation_per_head, computer_sessions_per_head"})


def test_years_that_both_moves_share_are_said_once():
    same = moves(("visits", -0.28, 2017, 2026), ("electronic_circulation", 3.95, 2017, 2026))
    other = moves(("visits", -0.28, 2019, 2026), ("electronic_circulation", 3.95, 2017, 2026))

    assert peers.history(same).text == "From 2017 to 2026 loans of digital items rose by 395% and visits fell by 28%."
    assert peers.history(other).text == "Loans of digital items rose by 395% from 2017 to 2026 and visits fell by 28% from 2019 to 2026."


def test_what_calls_for_a_decision_comes_first_and_the_sixth_place_is_kept_for_good_news():
    act, good, known, unknown = ([Finding(f"{tone} {n}", tone) for n in range(7)] for tone in ("bad", "good", "plain", "unknown"))

    assert [one.text for one in needs.in_brief(good[0], known[0], *act, None, good[1])] == [
        "bad 0", "bad 1", "bad 2", "bad 3", "bad 4", "good 0", "bad 5", "bad 6", "plain 0", "good 1"]
    assert [one.text for one in needs.in_brief(good[0], unknown[0], act[0])] == ["bad 0", "unknown 0", "good 0"]
    assert needs.in_brief(None) == []


def test_a_placing_is_called_close_only_where_redrawn_surveys_often_move_it():
    assert needs.concentrate(placed(0.97)).text == "Concentrate on Wi-Fi: patrons find it more relevant than most services and rate the quality below most."
    assert needs.concentrate(placed(0.6)).text.endswith("rate the quality below most. Wi-Fi is a close call: it stays there in 60% of redrawn surveys.")


def test_the_order_of_services_names_what_was_rated():
    gaps = pd.DataFrame({"patrons": [5.0, 4.0, 3.0], "leadership": [4.5, 4.0, 2.0], "hidden": False})

    assert needs.same_order(gaps, of="quality").text.startswith("On the order of services by quality, patrons and leadership largely agree")


def test_the_services_that_give_most_are_named_with_the_weight_that_was_tried():
    given = pd.DataFrame({"service_name": ["Storytime", "Job desk", "DVDs"], "value": [0.5, 0.25, 0.0]})

    assert needs.most_support(given, goal="Every child reads", weight=0.5).text == (
        "With “Every child reads” at 50% of the weight, most weighted support comes from Storytime (50%) and Job desk (25%).")
    assert needs.most_support(given.head(0), goal="Every child reads", weight=0.5) is None


def test_figures_of_one_year_are_told_with_money_as_money():
    rows = pd.DataFrame({"measure": ["visits", "income_total"], "change": None, "first_year": 2017, "last_year": 2017, "last": [1846.0, 15746.0], "broken": False})

    assert peers.history(rows).text == "Of fiscal year 2017 the plan holds visits 1,846 and income $15,746; without a second year nobody can say what moved."


def test_what_was_rated_and_who_differs_is_named():
    found = needs.gaps(gapped(), of="quality", between=("staff", "leadership"))

    assert found.text == ("Staff and leadership clearly differ on the quality of 1 of 2 services, most on Van: leadership put it 2.0 points above staff (between 1.5 and 2.5).")


def test_ratings_that_are_all_alike_within_each_side_leave_chance_untold():
    found = needs.gaps(gapped(low=[None, None], high=[None, None], clear=False), between=("staff", "leadership"))

    assert found.tone == "unknown"
    assert found.text.startswith("Within each side the ratings of relevance are all alike, or one person's, so no range can be given")


def test_hidden_services_say_nothing_of_two_groups():
    assert needs.gaps(gapped(hidden=True)) is None


def test_services_rated_alike_or_alone_do_not_stand_out():
    alike = placed(0.9).assign(relevance=3.0, quality=3.0)

    assert needs.concentrate(alike).text == "Patrons rate all 2 services alike, so none stands out: ask for points to share out, or for an order."
    assert needs.concentrate(placed(0.9)[:1]).text == "Ratings of one service only leave nothing to set it beside: ask patrons about more services."
    assert needs.concentrate(alike).tone == "unknown"


def test_the_ratings_of_one_patron_place_no_service():
    alone = placed(float("nan")).assign(sure=float("nan"), above=float("nan"))

    assert needs.concentrate(alone).text == "Each service was rated by one patron only, so nobody can say whether its place would hold. Ask more patrons before acting on it."
    assert needs.above(alone) is None


def test_needs_that_are_all_met_leave_no_greatest_unmet_need():
    rows = pd.DataFrame({"name": ["Quiet"], "segment_name": ["Students"], "reach": [0.5], "met": [1.0], "score": [0.0]})

    assert needs.unmet(rows).text == "Every need on record is met for all who have it."
    assert needs.unmet(rows.assign(met=0.5, score=0.1)).text == "The greatest unmet need is “Quiet”, among students: 50% have it, and it is met for 50% of them."


def test_services_above_the_diagonal_are_told_only_where_redrawn_surveys_leave_them_there():
    assert needs.above(placed(1.0)).text == "1 service of 2 lies clearly above the diagonal, more relevant to patrons than it is good: Wi-Fi."
    assert needs.above(placed(1.0).assign(above=0.9)).tone == "good"
    assert needs.above(placed(1.0)[:0]) is None


def test_the_service_that_adds_most_is_named_with_what_would_be_lost():
    given = pd.DataFrame({"service": ["S1", "S2", "S3"], "service_name": ["Storytime", "Desk", "DVDs"], "added": [0.14, 0.0, 0.0]})

    assert needs.added(given).text == ("Storytime adds most that no other service does: without it, the best support of the weighted goals would fall by 14 percentage points. "
                                       "2 services of 3 add nothing that another does not give as well.")
    assert needs.added(given.assign(added=0.0)).text.startswith("No service adds support that another does not give as well")
    assert needs.added(given[:0]) is None


def test_groups_without_a_need_are_told_as_not_known():
    assert needs.unasked(GROUPS).text == "1 group of 2 has no need on record, and perhaps nobody asked: Families."
    assert needs.unasked(GROUPS).tone == "unknown"
    assert needs.unasked(GROUPS.assign(needs=1)).text == "Each of the 2 groups of patrons has at least one need on record."
    assert needs.unasked(GROUPS[:0]) is None


def test_the_least_reached_group_is_told_with_what_it_misses():
    assert needs.reached(GROUPS).text == "Least reached are newcomers: 16% of them used the library in the past year, against 47% of families. What they miss most: “Forms”."
    assert [needs.reached(GROUPS.assign(inclusion=flag)).tone for flag in (True, False, None)] == ["bad", "plain", "plain"]
    assert needs.reached(GROUPS[:1]) is None


def test_needs_of_nobody_are_told_with_what_would_help():
    rows = pd.DataFrame({"name": ["Quiet", "Warmth"], "segment_name": [None, "Families"]})

    assert needs.nobodys(rows).text == "1 need stands with no group of patrons, so nobody can say how many people have it: “Quiet”. Name its group in needs.csv."
    assert needs.nobodys(rows[1:]) is None


def test_moves_against_the_same_peers_are_told_up_and_down():
    assert peers.beside_peers(MOVED).text == ("Against the same 15 peers, from 2016 to 2018: visits per person rose furthest, from 1.00 to 1.20 times the median; "
                                              "programmes per 1,000 people fell furthest, from 1.50 to 1.10 times the median.")
    assert peers.beside_peers(MOVED.assign(last=MOVED["first"], moved=0.0)).text == "Against the same peers the library's figures stood still from 2016 to 2018."
    assert peers.beside_peers(MOVED[:0]) is None


def test_the_place_in_use_is_told_with_the_first_year():
    assert peers.use_among_peers(USED).text == "Taken together, visits per person, loans per person and computer sessions per person put the library in place 1 of 16 in 2018, itself among them; in 2016 it held place 3."
    assert peers.use_among_peers(USED.assign(place=2)).text.endswith("in place 2 of 16 in 2018, itself among them; so it did in 2016.")
    assert peers.use_among_peers(USED[1:]).text.endswith("in place 1 of 16 in 2018, itself among them.")
    assert peers.use_among_peers(USED[:0]) is None
