import pandas as pd
import pytest

from planning.show import language
from planning.show.charts import priorities as charts
from planning.show.findings import priorities
from planning.show.tables import priorities as tables


@pytest.fixture(autouse=True)
def english():
    language.use("en", "USD")


def placed(*among: float, weights: str = "accepted", other: tuple[int, ...] = (), first: int = 3) -> pd.DataFrame:
    names = ["Storytime", "Job desk", "Summer reading", "Wi-Fi", "Open shelves"][: len(among)]
    rows = pd.DataFrame({"service": [f"S{place}" for place in range(1, len(names) + 1)], "service_name": names, "place": range(1, len(names) + 1), "among": among})
    return rows.assign(other_place=other or rows["place"], value=0.2, ahead=0.5, closeness=0.4, weights=weights, draws=10_000, first=first)


def turned(change: float | None, *, weight: float = 0.2, first: int = 3) -> pd.DataFrame:
    turn, side = weight + (change or 0), "above" if (change or 0) >= 0 else "below"
    rows = {"goal": "G1", "goal_name": "Nobody is left offline", "weight": weight, "low": 0.0, "high": 1.0, "change": change, "nearest": change is not None, "first": first,
            "in_above": None, "out_above": None, "in_below": None, "out_below": None}
    if change is not None:
        rows |= {f"in_{side}": "Wi-Fi", f"out_{side}": "Storytime", "high" if side == "above" else "low": turn}
    return pd.DataFrame([rows]).astype({"change": float})


def pairs(weights: tuple[float, float], *strengths: tuple[float, float]) -> pd.DataFrame:
    return pd.DataFrame([(f"S{row}", f"Service {row}", f"G{place}", ("Read", "Work")[place], weight, own[place])
                         for row, own in enumerate(strengths) for place, weight in enumerate(weights)], columns=["service", "service_name", "goal", "goal_name", "weight", "strength"])


def test_services_in_every_draw_stay_first_whatever_the_votes_and_the_others_are_named_with_their_share():
    assert priorities.safe(placed(1.0, 1.0, 0.6, 0.4, 0.0)).text == (
        "Storytime and Job desk stay among the first three whatever weights are taken between the lowest and the highest vote on each goal (10,000 draws). "
        "For the other place, Summer reading (60%) and Wi-Fi (40%) come nearest.")
    whole = priorities.safe(placed(1.0, 1.0, 1.0, 0.0, 0.0))
    assert whole.text.startswith("Storytime, Job desk and Summer reading stay") and whole.tone == "good"


def test_services_in_nearly_every_draw_are_told_with_their_share():
    assert priorities.safe(placed(0.986, 0.91, 0.53, 0.36, 0.21)).text == (
        "Storytime is among the first three in 99% of 10,000 draws of weights between the lowest and the highest vote on each goal. "
        "For the other 2 places, Job desk (91%) and Summer reading (53%) come nearest.")
    assert "in at least 98% of 10,000 draws" in priorities.safe(placed(0.999, 0.986, 0.53, 0.3, 0.2)).text


def test_without_votes_the_sentence_says_that_any_weights_were_tried():
    assert priorities.safe(placed(0.43, 0.41, 0.40, 0.39, 0.37, weights="any")).text == (
        "Without enough votes on the goals, any weights at all were tried. No service is safe among the first three when weights are taken from 0% to 100%; "
        "Storytime comes nearest, in 43% of 10,000 draws. Next come Job desk (41%) and Summer reading (40%).")
    assert priorities.safe(placed(1.0, 0.5, 0.5, 0.5, 0.5, weights="none fit")).text.startswith("The votes on the goals leave no weights that add up to 100%, so any weights")


def test_a_place_that_the_votes_seldom_bear_out_is_named_with_the_service_that_has_it_more_often():
    assert priorities.apart(placed(1.0, 1.0, 0.17, 0.55, 0.28)).text == (
        "By the plan's own weights Summer reading is among the first three; by weights within the votes it seldom is (in 17% of draws). More often it is Wi-Fi (55%).")
    assert priorities.apart(placed(1.0, 1.0, 0.6, 0.4, 0.0)) is None
    assert priorities.apart(placed(1.0, 1.0, 0.17, 0.55, 0.28, weights="any")) is None


def test_a_share_of_draws_rounds_to_all_or_nothing_only_where_it_is():
    assert [priorities.often(part) for part in (0.0, 0.0004, 0.5, 0.9996, 1.0)] == ["0%", "less than 1%", "50%", "more than 99%", "100%"]


def test_the_move_that_changes_the_first_three_is_told_with_as_many_decimals_as_tell_it_apart():
    near, far = priorities.hold(turned(0.004)), priorities.hold(turned(-0.12))

    assert near.text == "The first three change once the weight of “Nobody is left offline” rises from 20.0% to more than 20.4%: then Wi-Fi takes the place of Storytime."
    assert far.text == "The first three change once the weight of “Nobody is left offline” falls from 20% to less than 8%: then Wi-Fi takes the place of Storytime."
    assert (near.tone, far.tone) == ("bad", "good")


def test_level_services_and_an_order_that_no_weight_changes_have_sentences_of_their_own():
    assert priorities.hold(turned(0.0)).text == "Storytime and Wi-Fi are level for the last of the first three places: the smallest move of the weight of “Nobody is left offline” decides between them."
    assert priorities.hold(turned(None)).text == "No single weight, moved anywhere from 0% to 100%, changes which services are the first three."
    assert priorities.leader(turned(0.0, first=1)) is None


def test_the_order_of_the_first_two_hangs_on_a_weight():
    assert priorities.leader(turned(0.07, first=1)).text == "Whether Storytime or Wi-Fi comes first hangs on the weight of “Nobody is left offline”: above 27% it is Wi-Fi (now the weight is 20%)."
    assert priorities.leader(turned(-0.07, first=1)).text.endswith("below 13% it is Wi-Fi (now the weight is 20%).")
    assert priorities.leader(turned(None, first=1)).text == "No single weight, moved anywhere from 0% to 100%, changes which service comes first."


def test_where_another_method_differs_it_is_told_who_comes_in_and_who_leads():
    assert priorities.other_method(placed(1, 1, 1, 0, 0)).text == "Another method (TOPSIS) names the same first three, and the same one at the top."
    assert priorities.other_method(placed(1, 1, 1, 0, 0, other=(2, 1, 3, 4, 5))).text == "Another method (TOPSIS) names the same first three, but puts Job desk at the top."
    assert priorities.other_method(placed(1, 1, 1, 0, 0, other=(2, 3, 4, 1, 5))).text == (
        "Another method (TOPSIS), which rewards a service that stands out on a single goal, would put Wi-Fi among the first three in place of Summer reading. Wi-Fi would come first.")


@pytest.mark.parametrize(("rows", "start"), [
    (pairs((0.5, 0.5), (1, 0)), "The plan holds one service that has not ended"), (pairs((0.0, 0.0), (1, 0), (0, 1)), "No goal in force has a weight above 0"),
    (pairs((0.5, 0.5), (0.3, 0.7), (0.3, 0.7)), "The services support every goal that has weight equally strongly"), (pairs((0.5, 0.5), (0, 0), (0, 0)), "No service supports a goal that has weight"),
    (pairs((0.5, 0.5), (1, 0), (0, 1)), "The plan has 2 services, so all of them are among the first three"),
    (pairs((1.0, 0.0), (1, 0), (0, 1), (0.5, 0), (0.2, 0)), "“Work” has the weight 0: it plays no part in the plan's own order")])
def test_what_stands_in_the_way_is_said_in_a_sentence(rows, start):
    found = priorities.unsaid(rows)

    assert len(found) == 1 and found[0].text.startswith(start)


def test_results_without_rows_have_nothing_to_say():
    none = placed(1.0).head(0)

    assert priorities.safe(none) is priorities.other_method(none) is priorities.hold(none) is priorities.leader(none) is priorities.apart(none) is None
    assert priorities.unsaid(pairs((0.5, 0.5)).head(0)) == []
    assert priorities.safe(placed(1.0, 1.0)) is None


def test_the_grid_shows_the_services_that_are_most_often_first_with_the_sum_beside_it():
    robust = placed(1.0, 0.7, 0.3, 0.996, 0.004)
    rows = pd.DataFrame([(service, name, place, 0.2, place / 5, "accepted", 10_000) for service, name in zip(robust["service"], robust["service_name"]) for place in range(1, 6)],
                        columns=["service", "service_name", "place", "share", "among", "weights", "draws"])
    chart = charts.places(rows, robust)
    drawn = [text.get_text() for text in chart.figure.axes[0].texts]

    assert [text.get_text().replace("\n", " ") for text in chart.figure.axes[0].get_yticklabels()] == ["Storytime", "Wi-Fi", "Job desk", "Summer reading", "Open shelves"]
    assert drawn[-5:] == ["100%", "more than 99%", "70%", "30%", "less than 1%"]
    assert "Storytime 100%; Wi-Fi more than 99%" in chart.alt
    assert chart.basis == "Weights drawn evenly between the lowest and the highest vote on each goal: 10,000 draws"


def test_the_table_of_weights_names_who_comes_in_for_whom_and_leaves_free_ends_empty():
    shown = tables.stable(turned(0.07)).rows.iloc[0]

    assert shown[["rises", "above"]].tolist() == [pytest.approx(0.27), "Wi-Fi instead of Storytime"]
    assert pd.isna(shown["falls"]) and shown["below"] is None
