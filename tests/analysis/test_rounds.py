from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from planning.analysis import rounds
from planning.methods import agreement

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def options(*labels: str) -> pd.DataFrame:
    return pd.DataFrame({"option": list(ALPHABET[:len(labels)]), "label": list(labels)})


def ballots(answers: dict[str, list[float | None]], *, asked: str = "", groups: str = "") -> pd.DataFrame:
    """Votes, one list an option and one place a voter; None is no answer. `groups`: one letter a voter."""
    names = {"p": "patrons", "s": "staff", "l": "leadership", "-": ""}
    rows = [(f"V{place + 1}", names[groups[place]] if groups else "", option, asked, float(value), "", "")
            for option, values in answers.items() for place, value in enumerate(values) if value is not None]
    return pd.DataFrame(rows, columns=["voter", "group", "option", "asked", "value", "text", "kind"])


def counted(found: pd.DataFrame, option: str = "A") -> list[float]:
    return found.loc[found["option"] == option, "votes"].tolist()


@pytest.mark.parametrize(("form", "settings", "expected"), [
    ("points", {"total": 100}, (0, 20, 40, 60, 80, 100)), ("dots", {"dots": 4, "most": 2}, (0, 1, 2)), ("ranks", {}, (1, 2, 3)), ("ranks", {"first": 1}, (1, 2)),
    ("scales", {"low": 0, "high": 3}, (0, 1, 2, 3)), ("statements", {}, (-1, 0, 1)), ("swing", {}, (20, 40, 60, 80, 100))])
def test_each_form_has_its_steps(form, settings, expected):
    assert rounds.scale(options("x", "y", "z"), form=form, settings=settings) == expected


def test_bands_of_points_are_as_wide_as_half_an_equal_share_and_more_than_ten_places_share_bands():
    ten = options(*ALPHABET[:10])

    assert rounds.scale(ten, form="points", settings={"total": 100}) == (0, 5, 10, 15, 20, 25)
    assert rounds.scale(ten, form="points", settings={"total": 1000}) == (0, 50, 100, 150, 200, 250)
    assert rounds.scale(options(*ALPHABET[:25]), form="ranks") == (3, 6, 9, 12, 15, 18, 21, 24, 25)
    assert rounds.scale(options(*ALPHABET[:25]), form="ranks", settings={"first": 15}) == (2, 4, 6, 8, 10, 12, 14, 15, 16)


def test_every_answer_is_counted_once_at_its_step():
    votes = ballots({"A": [0, 0.5, 50, 51, 100], "B": [100, 99.5, 50, 49, 0]})

    found = rounds.distribution(votes, options("x", "y"), form="points", steps=(0, 50, 100), small_group=3)

    assert counted(found) == [1, 2, 2] and counted(found, "B") == [1, 2, 2]
    assert found["share"].tolist()[:3] == [0.2, 0.4, 0.4]
    assert set(found["n"]) == {5}


def test_places_that_were_not_given_stand_on_the_last_step():
    votes = ballots({"A": [1, 1, 2], "B": [2, None, 1], "C": [None, 2, None]})

    found = rounds.distribution(votes, options("x", "y", "z"), form="ranks", steps=(1, 2, 3), small_group=1)

    assert [counted(found, option) for option in "ABC"] == [[2, 1, 0], [1, 1, 1], [0, 1, 2]]


def test_pairs_are_counted_by_how_many_times_as_much():
    votes = ballots({"A|B": [1 / 9, 1 / 2, 1, 3, 9]})

    found = rounds.distribution(votes, options("x", "y"), form="pairs", steps=rounds.scale(options("x", "y"), form="pairs"), small_group=1)

    assert found["name"].iloc[0] == "x / y"
    assert found["votes"].tolist() == [1, 1, 1, 1, 1]


def test_an_option_with_fewer_answers_than_the_small_group_is_hidden_everywhere():
    votes = ballots({"A": [4, 4, 5, 5, 5], "B": [None, None, None, 1, 5]})

    shown = rounds.distribution(votes, options("x", "y"), form="scales", steps=(1, 2, 3, 4, 5), small_group=3)
    said = rounds.summary(votes, options("x", "y"), form="scales", small_group=3)

    hidden = shown[shown["option"] == "B"]
    assert hidden["hidden"].all() and hidden[["votes", "share", "n"]].isna().all(axis=None)
    row = said.set_index("option").loc["B"]
    assert row["hidden"] and row[["n", "mean", "median", "low", "high", "spread", "agreement", "minority_n", "low_n", "high_n"]].isna().all()
    assert not row["camps"] and row["minority_side"] == ""


@pytest.mark.parametrize("form", ["points", "swing", "dots", "ranks", "pairs", "scales", "statements"])
def test_a_round_without_votes_gives_the_documented_columns_and_nothing_to_see(form):
    none, two = ballots({}), options("x", "y")
    steps = rounds.scale(two, form=form)

    said = rounds.summary(none, two, form=form, small_group=5)

    assert rounds.distribution(none, two, form=form, steps=steps, small_group=5)["hidden"].all()
    assert said["hidden"].all() and set(rounds.to_discuss(said, form=form)["reason"]) == {"few votes"}
    assert rounds.by_group(none, two, form=form, small_group=5).empty
    assert rounds.moved(none, none, two, form=form, small_group=5)["hidden"].all()
    assert np.isnan(rounds.order_agreement(none, two, form=form).w)


def test_the_summary_gives_mean_middle_half_agreement_and_spread_as_worked_out_by_hand():
    votes = ballots({"A": [2, 3, 4, 4, 4, 4, 5, 5]})

    row = rounds.summary(votes, options("x"), form="scales", small_group=5).iloc[0]

    assert (row["n"], row["voters"], row["mean"], row["median"], row["low"], row["high"]) == (8, 8, 31 / 8, 4, 3, 4)
    # Layers: 1 each on 2 to 5 (4 of 5 steps, one middle): 1 - 3/4; 1 each on 4 and 5: 1 - 1/4; 2 on 4 alone: 1.
    assert row["agreement"] == pytest.approx((4 * 0.25 + 2 * 0.75 + 2 * 1) / 8)
    # Pairs apart: 2-3 1, 2-4 4x2, 2-5 2x3, 3-4 4x1, 3-5 2x2, 4-5 8x1 = 31; most: 16 pairs at 4.
    assert row["spread"] == pytest.approx(31 / 64)
    assert row["settled"] and not row["camps"]


def test_means_of_pairs_are_geometric_and_missing_ranks_share_the_places_left():
    ratio = rounds.summary(ballots({"A|B": [9, 1 / 9, 1, 1]}), options("x", "y"), form="pairs", small_group=1).iloc[0]
    ranked = rounds.summary(ballots({"A": [1, 1], "B": [2, None]}), options("x", "y", "z", "q"), form="ranks", small_group=1).set_index("option")

    assert (ratio["mean"], ratio["median"]) == pytest.approx((1, 1))
    assert ranked["mean"].to_dict() == pytest.approx({"A": 1, "B": (2 + 3) / 2, "C": (3.5 + 3) / 2, "D": (3.5 + 3) / 2})


def test_what_to_talk_about_comes_in_its_order_with_its_reason():
    answers = {"A": [4] * 12, "B": [1] * 6 + [5] * 6, "C": [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 3, 3], "D": [5] * 10 + [1, 1], "E": [4] * 5 + [None] * 7, "F": [4] * 2 + [None] * 10}

    found = rounds.to_discuss(rounds.summary(ballots(answers), options(*"abcdef"), form="scales", small_group=5), form="scales")

    assert found[["option", "reason"]].values.tolist() == [["B", "two camps"], ["C", "wide spread"], ["D", "minority"], ["E", "few votes"], ["F", "few votes"]]
    assert found.set_index("option").loc["D", ["minority_n", "minority_share", "minority_side"]].tolist() == [2, 1 / 6, "lower"]
    assert found["hidden"].tolist() == [False, False, False, False, True]


def test_one_person_alone_is_not_called_a_minority():
    found = rounds.summary(ballots({"A": [5] * 11 + [1]}), options("x"), form="scales", small_group=5).iloc[0]

    assert (found["minority_n"], found["minority_side"]) == (0, "")


def test_statements_are_divided_where_three_in_ten_stand_on_either_side_and_a_pass_is_no_minority():
    answers = {"A": [1] * 7 + [-1] * 3, "B": [1] * 8 + [-1] * 2, "C": [1] * 8 + [0] * 2}

    said = rounds.summary(ballots(answers), options(*"abc"), form="statements", small_group=5)
    found = rounds.to_discuss(said, form="statements")

    assert found[["option", "reason"]].values.tolist() == [["A", "divided"], ["B", "minority"]]
    assert said[["low_n", "high_n"]].values.tolist() == [[3, 7], [2, 8], [0, 8]]


def random_room(form: str, n: int, m: int, draws: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    """People who answer without anything in mind."""
    asked = options(*ALPHABET[:m])
    keys = [f"{a}|{b}" for a, b in combinations(asked["option"], 2)] if form == "pairs" else list(asked["option"])
    made = {"points": lambda: draws.dirichlet(np.ones(m), n) * 100, "dots": lambda: draws.multinomial(5, np.ones(m) / m, n), "ranks": lambda: draws.permuted(np.tile(np.arange(m), (n, 1)), axis=1) + 1,
            "swing": lambda: draws.integers(0, 101, (n, m)), "scales": lambda: draws.integers(1, 6, (n, m)), "pairs": lambda: 9.0 ** draws.uniform(-1, 1, (n, len(keys)))}[form]().astype(float)
    if form == "swing":
        made[np.arange(n), draws.integers(0, m, n)] = 100
    return ballots({key: list(values) for key, values in zip(keys, made.T)}), asked


@pytest.mark.parametrize("form", ["points", "dots", "ranks", "swing", "scales", "pairs"])
def test_rooms_that_answer_at_random_are_told_of_two_camps_in_at_most_about_one_of_ten(form):
    draws, told = np.random.default_rng(23), []
    for number in range(60):
        votes, asked = random_room(form, *[(9, 4), (20, 6), (40, 5)][number % 3], draws)
        said = rounds.summary(votes, asked, form=form, small_group=5)
        told.append("two camps" in set(rounds.to_discuss(said, form=form)["reason"]))

    assert np.mean(told) <= 0.1


def test_two_real_camps_are_told_in_every_form():
    camps = {"points": [80, 20], "swing": [100, 5], "dots": [5, 0], "ranks": [1, 6], "pairs": [7, 1 / 7], "scales": [5, 1]}
    for form, (one, other) in camps.items():
        key = "A|B" if form == "pairs" else "A"
        rest = {} if form == "pairs" else {letter: [2.0] * 20 for letter in "BCDEF"}
        said = rounds.summary(ballots({key: [one] * 10 + [other] * 10} | rest), options(*("ab" if form == "pairs" else "abcdef")), form=form, small_group=5)

        assert said.set_index("option").loc[key, "camps"], form


def test_the_order_agreement_is_kendalls_w_of_the_complete_voters():
    votes = ballots({"A": [1, 1, 2, None], "B": [2, 3, 1, 1], "C": [3, 2, 3, 2]})
    scale = rounds.order_agreement(votes, options(*"abc"), form="scales")

    assert scale.voters == 3
    assert scale.w == pytest.approx(agreement.kendalls_w([[1, 2, 3], [1, 3, 2], [2, 1, 3]]))
    assert np.isnan(rounds.order_agreement(pd.concat([votes, votes.assign(asked="b")]), options(*"abc"), form="scales").w)


def test_a_small_group_is_hidden_with_the_one_from_which_it_could_be_worked_out():
    votes = ballots({"A": [1] * 3 + [2, 3] * 4 + [5, 4] * 5}, groups="l" * 3 + "s" * 8 + "p" * 10)

    found = rounds.by_group(votes, options("x"), form="scales", small_group=5).set_index("group")

    assert found["hidden"].to_dict() == {"leadership": True, "staff": True, "patrons": False}
    assert found.loc[["leadership", "staff"], ["n", "mean", "median"]].isna().all(axis=None)
    assert found.loc["patrons", ["n", "mean"]].tolist() == [10, 4.5]


@pytest.mark.parametrize("seed", range(25))
def test_what_is_hidden_of_the_groups_is_never_fewer_people_than_the_small_group(seed):
    draws = np.random.default_rng(seed)
    n = 40
    answers = {letter: [None if draws.random() < 0.3 else float(draws.integers(1, 6)) for _ in range(n)] for letter in "ABC"}
    votes = ballots(answers, groups="".join(draws.choice(list("psl-"), n, p=[0.5, 0.3, 0.1, 0.1])))

    found = rounds.by_group(votes, options(*"abc"), form="scales", small_group=5)

    for option, rows in found.groupby("option"):
        own = votes[votes["option"] == option]
        sizes = own.groupby("group")["voter"].nunique()
        hidden = sizes[rows.loc[rows["hidden"], "group"]]
        assert (rows.loc[~rows["hidden"], "n"] >= 5).all()
        assert hidden.empty or hidden.sum() >= 5
        assert hidden.empty or own[own["group"].isin(hidden.index)]["value"].nunique() > 1


def test_the_groups_that_stand_furthest_apart_come_first_and_one_group_is_none():
    votes = ballots({"A": [3] * 10, "B": [1, 2, 1, 2, 1, 4, 5, 4, 5, 4]}, groups="p" * 5 + "s" * 5)

    found = rounds.by_group(votes, options("x", "y"), form="scales", small_group=5)

    assert found["option"].tolist()[:2] == ["B", "B"] and found["apart"].iloc[0] == pytest.approx(3)
    assert rounds.by_group(votes.assign(group="staff"), options("x", "y"), form="scales", small_group=5).empty


def test_what_moved_came_closer_and_is_settled_is_told_by_option():
    before = ballots({"A": [1, 1, 2, 4, 5, 5], "B": [1, 2, 3, 4, 5, 5], "C": [1, 1, 1, 5, 5, 5]})
    after = ballots({"A": [4, 4, 4, 5, 5, 4], "B": [2, 2, 3, 4, 4, 4], "C": [1, 1, 1, 5, 5, 5]})

    found = rounds.moved(before, after, options(*"abc"), form="scales", small_group=5).set_index("option")

    assert found["shift"].to_dict() == {"A": 1.0, "B": 0.0, "C": 0.0}
    assert found["became"].to_dict() == {"A": "closer", "B": "closer", "C": "as before"}
    assert found["settled"].to_dict() == {"A": True, "B": False, "C": False}
    assert found["again"].to_dict() == {"A": False, "B": True, "C": False}


def test_points_of_two_rounds_are_measured_against_the_same_most():
    before, after = ballots({"A": [100, 0, 100, 0, 50], "B": [0, 100, 0, 100, 50]}), ballots({"A": [60, 40, 60, 40, 50], "B": [40, 60, 40, 60, 50]})

    found = rounds.moved(before, after, options("x", "y"), form="points", small_group=5).iloc[0]

    assert found["spread_after"] == pytest.approx(found["spread_before"] / 5)
    assert found["became"] == "closer"


def test_a_round_with_too_few_answers_hides_what_moved():
    found = rounds.moved(ballots({"A": [1, 2, 3]}), ballots({"A": [4, 4, 4, 4, 4]}), options("x"), form="scales", small_group=5).iloc[0]

    assert found["hidden"] and not found["again"] and found["became"] == ""
    assert found[["n_before", "n_after", "before", "after", "shift", "spread_before", "spread_after"]].isna().all()


def test_ideas_are_listed_as_written_by_kind_with_like_ones_beside_each_other():
    texts = [("V1", "Open on Sundays", "chance"), ("V2", "Roof leaks", "weakness"), ("V3", "open on Sunday, please", "chance"), ("V4", "Tool lending", "chance"), ("V5", "<b>Roof</b> leaks", "weakness"), ("V5", "42", "weakness")]
    votes = pd.DataFrame(texts, columns=["voter", "text", "kind"])

    found = rounds.ideas(votes, small_group=5)

    assert found[["kind", "like", "text"]].values.tolist() == [
        ["chance", 2, "open on Sunday, please"], ["chance", 2, "Open on Sundays"], ["chance", 1, "Tool lending"],
        ["weakness", 2, "<b>Roof</b> leaks"], ["weakness", 2, "Roof leaks"], ["weakness", 1, "42"]]
    assert rounds.ideas(votes, small_group=6).empty
    assert rounds.ideas(votes.head(0), small_group=0).columns.tolist() == ["kind", "near", "like", "text"]


def test_the_order_of_votes_and_the_names_of_voters_change_nothing():
    votes, asked = random_room("scales", 20, 4, np.random.default_rng(1))
    mixed = votes.sample(frac=1, random_state=2).assign(voter=lambda rows: rows["voter"].map({f"V{n}": f"V{(n * 7) % 23}" for n in range(1, 21)}))

    pd.testing.assert_frame_equal(rounds.summary(votes, asked, form="scales", small_group=5), rounds.summary(mixed, asked, form="scales", small_group=5))


@pytest.mark.parametrize("form", ["points", "dots", "ranks"])
def test_what_adds_up_is_hidden_of_a_group_on_all_options_or_on_none(form):
    few, many = [0.0] * 9, [20.0, 40.0] * 4
    second = [10.0, 90.0, 30.0] * 3 + [10.0, 30.0] * 4
    votes = ballots({"A": few + many, "B": second, "C": [100 - a - b for a, b in zip(few + many, second)]}, groups="l" * 4 + "s" * 5 + "p" * 8)

    found = rounds.by_group(votes, options(*"abc"), form=form, small_group=5)

    assert found.groupby("group")["hidden"].nunique().eq(1).all()
    assert found["hidden"].any() and found.loc[found["hidden"], ["n", "mean", "median"]].isna().all(axis=None)
    assert rounds.by_group(votes, options(*"abc"), form="scales", small_group=5).groupby("group")["hidden"].nunique().gt(1).any()
