import pandas as pd
import pytest

from planning.show import language
from planning.show.charts import canvas
from planning.show.charts import weighing as drawn
from planning.show.findings import weighing
from planning.show.tables import weighing as laid


@pytest.fixture(autouse=True)
def english():
    language.use("en", "USD")


def spread(*rows: dict) -> pd.DataFrame:
    plain = {"group": "leadership", "decides": True, "goal": "G1", "goal_name": "Read", "plan": 0.2, "voters": 7, "mean": 0.2, "low": 0.1, "lower_quartile": 0.1, "upper_quartile": 0.3,
             "high": 0.3, "spread": 0.1, "minority": 3, "minority_share": 0.1, "majority_share": 0.3, "camps": True, "outside": False, "nearest": 0.1}
    return pd.DataFrame([plain | row for row in rows])


def agreed(*rows: tuple[str, int, float | None]) -> pd.DataFrame:
    return pd.DataFrame([[group, place == 0, voters, 4, value] for place, (group, voters, value) in enumerate(rows)], columns=["group", "decides", "voters", "goals", "agreement"])


def pairs(**row: object) -> pd.DataFrame:
    plain = {"group": "leadership", "voters": 5, "incomplete": 0, "over": 2, "ratio": 0.02, "goal_name": "Read", "other_name": "Work", "named": 2, "lowest": 0.2, "highest": 3.0, "hidden": False}
    return pd.DataFrame([plain | row])


def orders(**places: list[int]) -> pd.DataFrame:
    frame = pd.DataFrame({"group": "leadership", "voters": 7, "goal": ["G1", "G2", "G3"], "goal_name": ["Read", "Work", "Belong"], "plan": [0.5, 0.3, 0.2], "plan_place": [1, 2, 3],
                          "beats_all": [True, False, False], "disputed": 0})
    for rule in weighing.RULES:
        frame[rule] = [3.0, 2.0, 1.0]
        frame[f"{rule}_place"] = places.get(rule, [1, 2, 3])
    return frame


def test_agreement_is_told_for_the_deciding_group_first_and_in_words():
    assert weighing.agreement(agreed(("leadership", 7, 0.84), ("staff", 9, 0.35))).text == (
        "The 7 members of leadership who weighed the goals largely agree on their order (Kendall's W 0.84, where 1 is the same order for all). "
        "Among themselves, 9 members of staff agree a little (0.35).")
    assert weighing.agreement(agreed(("leadership", 7, 0.84))).tone == "good"
    assert weighing.agreement(agreed(("leadership", 7, 0.2))).tone == "bad"


def test_one_voter_and_level_votes_say_what_cannot_be_said():
    assert weighing.agreement(agreed(("staff", 1, None))).text == "Only 1 member of staff weighed the goals in a way that counts; whether people agree shows once a second one has."
    level = weighing.agreement(agreed(("staff", 6, None)))
    assert level.tone == "unknown"
    assert level.text.startswith("The 6 members of staff give every goal the same weight, so there is no order to agree on.")
    assert weighing.agreement(agreed().head(0)) is None


def test_two_camps_are_told_apart_and_a_plan_between_them_is_nobodys_view():
    assert weighing.discuss(spread({})).text == (
        "Talk first about “Read”: the 7 members of leadership give it from 10% to 30% of the weight. There are two camps: 3 give it about 10%, 4 about 30%. "
        "The plan's 20% is near nobody's view.")
    assert weighing.discuss(spread({})).tone == "bad"


def test_a_single_view_apart_is_a_minority_and_even_sides_are_both_named():
    alone = weighing.discuss(spread({"minority": 1, "camps": False, "nearest": 0.0}))
    assert alone.text.endswith("One of them stands apart with about 10%; the others give about 30% on average.")
    assert weighing.discuss(spread({"voters": 2, "minority": 1, "camps": False, "nearest": 0.0})).text.endswith("1 gives it about 10%, 1 about 30%.")
    assert weighing.discuss(spread({"low": 0.2, "high": 0.2})).text == "The 7 members of leadership hardly differ on any goal; there is no difference to talk about."


def by_method(*differences: float, group: str = "leadership", hidden: bool = False) -> pd.DataFrame:
    return pd.DataFrame({"group": group, "method": "points", "goal": [f"G{n}" for n, _ in enumerate(differences)], "goal_name": "Read", "plan": 0.2, "share": 0.3,
                         "voters": 7.0, "difference": differences, "hidden": hidden})


def test_the_plan_is_what_a_method_gives_or_lies_within_or_outside_the_votes():
    assert weighing.plan(by_method(0.004, -0.005), spread({})).text == "The plan's weights are those that leadership gives by points, in whole percent."
    assert weighing.plan(by_method(0.03), spread({})).tone == "plain"
    outside = weighing.plan(by_method(0.03), spread({"outside": True}, {"outside": True, "goal_name": "Work", "low": 0.4, "high": 0.4}))
    assert outside.text == ("The plan departs from what every one of the 7 members of leadership gives: “Read” has 20% where their votes run from 10% to 30% "
                            "and “Work” has 20% where they all give 40%.")
    assert weighing.plan(by_method(0.03), spread({"voters": 1})) is None


def test_another_groups_mean_is_set_beside_and_different_ways_of_weighing_are_told():
    both = spread({}, {"group": "patrons", "decides": False, "mean": 0.4})
    assert weighing.groups(both, by_method(0.1)).text == (
        "The groups differ most on “Read”: patrons would give it 40%, leadership 20%. They weighed in different ways, which alone moves weights.")
    same = pd.concat([by_method(0.1), by_method(0.1, group="patrons")])
    assert weighing.groups(both, same).text.endswith("leadership 20%.")
    assert weighing.groups(spread({}), same) is None


def test_a_second_round_that_brings_people_closer_is_good_news():
    rows = pd.DataFrame([["leadership", "points", 7, pd.Timestamp("2026-04-01"), pd.Timestamp("2026-05-01"), 0.088, 0.044, 0.5, 0.7]], columns=[
        "group", "method", "voters", "first_date", "last_date", "first_spread", "last_spread", "first_agreement", "last_agreement"])
    assert [one.text for one in weighing.rounds(rows)] == [
        "From 1 April 2026 to 1 May 2026 the 7 members of leadership who voted twice by points came closer together: the mean spread of a weight went from 8.8 to 4.4 "
        "percentage points, agreement on the order from 0.50 to 0.70."]
    assert weighing.rounds(rows.assign(last_spread=0.1))[0].tone == "plain"


def test_contradictions_name_the_pair_and_consistent_or_hidden_groups_say_so():
    assert weighing.consistency(pairs())[0].text == (
        "Of the 5 members of leadership who compared all pairs of goals, 2 contradict themselves beyond the usual limit (consistency ratio above 0.10). "
        "Take up again “Read” against “Work”: somebody judges it 5 to 1 for the second goal, somebody else 3 to 1 for the first; put together, the judgements are consistent (0.02).")
    assert weighing.consistency(pairs(over=0, goal_name=None))[0].tone == "good"
    assert weighing.consistency(pairs(ratio=None, over=0))[0].tone == "unknown"
    assert weighing.consistency(pairs(hidden=True))[0].text == "Too few of leadership compared all pairs of goals to say how consistent they are."
    assert weighing.consistency(pairs(lowest=9.0, highest=9.0, ratio=0.4))[0].text.endswith("all judge it 9 to 1; put together, the judgements contradict each other too (0.40).")


def test_rules_that_put_different_goals_first_are_named_with_their_goals():
    found = weighing.rules(orders(first=[2, 1, 3]).assign(disputed=[1, 1, 0]))
    assert found.text == ("The voting rules disagree on what comes first: mean share, Borda count, duels won and approval: “Read”; first places: “Work”. "
                          "One to one, “Read” wins against every other goal.")
    nobody = weighing.rules(orders(first=[2, 1, 3]).assign(disputed=[1, 1, 0], beats_all=False))
    assert nobody.text.endswith("No goal wins against every other one to one.")


def test_rules_that_agree_on_the_first_and_not_on_the_rest_name_the_goal_that_moves():
    found = weighing.rules(orders(borda=[1, 3, 2]).assign(disputed=[0, 1, 1]))
    assert found.text == "All five voting rules put “Read” first, but not the rest in one order: “Work” is number 2 by one rule and number 3 by another."
    assert weighing.rules(orders()).text == "Whatever the voting rule, “Read” comes first and no two goals change places."
    assert weighing.rules(orders(**{rule: [1, 1, 1] for rule in weighing.RULES})).tone == "unknown"
    assert weighing.rules(orders().assign(voters=1)) is None


def test_ballots_that_are_not_counted_are_told_with_the_reason_and_a_missing_pair():
    lost = pd.DataFrame([["a goal left out", "points", 2], ["pairs missing", "pairs", 1]], columns=["reason", "method", "ballots"])
    missing = pd.DataFrame([["Read", "Work", 1]], columns=["goal_name", "other_name", "voters"])
    assert weighing.uncounted(lost, missing).text == (
        "Not counted: 2 ballots that leave a goal out (which is not 0) and 1 comparison of goals that leaves pairs out. The missing pair is “Read” against “Work”. "
        "Ask for what is missing, or for these ballots anew.")
    assert weighing.uncounted(lost.head(0), missing) is None


def test_too_few_voters_are_told_only_where_somebody_voted():
    cast = pd.DataFrame({"voter": ["V1"]})
    assert "5 people or more" in weighing.too_few(cast, cast.head(0), small_group=5).text
    assert weighing.too_few(cast.head(0), cast.head(0), small_group=5) is None
    assert weighing.too_few(cast, cast, small_group=5) is None


def test_a_goal_that_ended_is_told_with_what_followed():
    over = pd.DataFrame([["Memory", 0.22, pd.Timestamp("2025-06-30"), "Belong", 0.2]], columns=["name", "weight", "valid_to", "followed_by", "followed_weight"])
    assert weighing.ended(over).text == "“Memory” ended on 30 June 2025 with 22% of the weight; “Belong” took its place, with 20%."
    assert weighing.ended(over.assign(followed_by=None)).text == "“Memory” ended on 30 June 2025, and no goal is said to replace it."


def test_the_chart_tells_every_range_in_words_and_marks_camps_in_text():
    rows = spread({}, {"goal": "G2", "goal_name": "Work", "camps": False, "plan": 0.3})
    views = pd.DataFrame({"goal": ["G1", "G1", "G2", "G2"], "share": [0.1, 0.3, 0.1, 0.3], "decides": True, "group": "leadership"})
    chart = drawn.spread(rows, views)
    labels = [text.get_text() for text in chart.figure.axes[0].texts]

    assert chart.alt.endswith("Work: 10% to 30%, plan 30%; Read: 10% to 30%, plan 20%")
    assert labels == ["10% to 30%", "10% to 30%, two camps"]
    assert chart.basis == "7 members of leadership"
    assert canvas.png(chart.figure)[:4] == b"\x89PNG"


def test_the_table_of_methods_leaves_out_hidden_groups_and_says_so():
    table = laid.by_method(pd.concat([by_method(0.1), by_method(0.1, group="partners", hidden=True)]))
    assert [column.title for column in table.columns] == ["Goal", "Plan", "Leadership, points (7)"]
    assert table.note == "Too few people to show: Partners (points)."


def test_shared_places_are_marked_in_the_table_of_rules():
    table = laid.rules(orders(first=[1, 1, 3]))
    assert table.rows["first_shown"].tolist() == ["1= (3)", "1= (2)", "3 (1)"]
    assert table.rows["plan_shown"].tolist() == ["1 (50%)", "2 (30%)", "3 (20%)"]
