"""Groups compared, composition, weights, and nothing that gives a small group away."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

from planning.analysis import surveys, traits

QUESTIONS = pd.DataFrame({"question": ["Q1", "Q2"], "text": ["I found it", "It opened"], "scale": ["agree 1-5", "yes no"], "group": "patrons"})
SEGMENTS = pd.DataFrame({"segment": ["A", "B", "C"], "name": ["Families", "Teens", "Seniors"]})


def counted(values, question="Q1", segment=None):
    rows = pd.DataFrame({"respondent": [f"P{i}" for i in range(len(values))], "date": pd.Timestamp("2026-05-04"), "segment": segment, "question": question, "answer": values, "survey": "SV1"})
    return surveys.counted(rows, QUESTIONS, small_group=5)


def known(**columns):
    """Traits of P0, P1, … from one list a trait."""
    rows = [(f"P{i}", trait, value) for trait, values in columns.items() for i, value in enumerate(values) if value]
    return pd.DataFrame(rows, columns=["respondent", "trait", "value"])


def shares(**traits_):
    rows = [("patrons", trait, value, share, "Register") for trait, values in traits_.items() for value, share in values.items()]
    return pd.DataFrame(rows, columns=["group", "trait", "value", "share", "source"])


def test_groups_have_their_share_and_everyones():
    found = traits.by_trait(counted([5] * 6 + [1] * 6), known(Age=["old"] * 6 + ["young"] * 6), small_group=5).set_index("value")

    assert found["good"].to_dict() == {"old": 1.0, "young": 0.0}
    assert found["everyone"].tolist() == [0.5, 0.5]


def test_a_group_of_one_is_hidden_with_the_next_smallest():
    found = traits.by_trait(counted([5, 1] * 15), known(Branch=["Van"] + ["East"] * 9 + ["Central"] * 20), small_group=5).set_index("value")

    assert found["hidden"].to_dict() == {"Central": False, "East": True, "Van": True}
    assert found.loc[["East", "Van"], ["n", "good", "low", "high"]].isna().all().all()


def test_two_groups_are_compared_by_ranks_and_yes_or_no_by_the_exact_test():
    both = known(Gender=["Woman"] * 10 + ["Man"] * 10)
    agree = traits.differences(counted([5, 4] * 5 + [2, 1] * 5), both, small_group=5).iloc[0]
    yes = traits.differences(counted([1] * 9 + [0] + [0] * 9 + [1], "Q2"), both, small_group=5).iloc[0]

    assert agree[["lowest", "highest", "effect", "size", "clear"]].tolist() == ["Man", "Woman", 1.0, "large", True]
    assert yes["chance"] == pytest.approx(0.00109, abs=1e-5)  # Fisher's exact test of 9, 1 against 1, 9


def test_chance_is_corrected_for_all_comparisons_made():
    half = ["Woman"] * 10 + ["Man"] * 10
    noise = {f"T{i}": [("x" if (place >> i) & 1 else "y") for place in range(20)] for i in range(3)}
    alone = traits.differences(counted([5, 4] * 5 + [4, 3] * 5), known(Gender=half), small_group=5)
    among = traits.differences(counted([5, 4] * 5 + [4, 3] * 5), known(Gender=half, **noise), small_group=5)

    assert alone["chance"].iloc[0] < among.set_index("trait").loc["Gender", "chance"]


def test_not_stated_is_a_group_to_show_and_not_to_compare():
    rows, who = counted([5] * 8 + [1] * 8), known(Age=["old"] * 8 + [None] * 8)

    assert set(traits.by_trait(rows, who, small_group=5)["value"]) == {"old", traits.NOT_STATED}
    assert traits.differences(rows, who, small_group=5)["hidden"].tolist() == [True]


def test_composition_stands_beside_known_shares_the_largest_gap_first():
    found = traits.composition(counted([4] * 100), known(Age=["old"] * 60 + ["young"] * 40), shares(Age={"old": 0.3, "young": 0.7}), small_group=5)

    assert found["gap"].tolist() == pytest.approx([0.3, -0.3])
    assert found["clear"].tolist() == [True, True]


def test_a_hidden_value_cannot_be_counted_from_the_shares_of_the_others():
    who = known(Branch=["Van"] + [None] * 6 + ["East"] * 43 + ["Central"] * 50)
    found = traits.composition(counted([4, 1] * 50), who, shares(Branch={"Van": 0.1, "East": 0.4, "Central": 0.5}), small_group=5).set_index("value")

    assert found["hidden"].to_dict() == {"East": False, "Central": False, "Van": True}
    assert found.loc["East", ["n", "of"]].tolist() == [43, 93]
    assert found.loc["East", "known"] == pytest.approx(0.4 / 0.9)


def test_weights_move_a_share_to_what_the_known_shares_make_of_it():
    # 60 old of whom all agree, 40 young of whom none: 60 %; with 30 % old it is 30 %.
    found = traits.weighted(counted([5] * 60 + [1] * 40), known(Age=["old"] * 60 + ["young"] * 40), shares(Age={"old": 0.3, "young": 0.7}), small_group=5).iloc[0]

    assert (found["plain"], found["status"]) == (0.6, "weighted")
    assert found["weighted"] == pytest.approx(0.3)
    # Weights 0.5 and 1.75: 100 (60 * 0.25 + 40 * 3.0625) / 100^2.
    assert found["design_effect"] == pytest.approx(1.375)
    assert found["effective_n"] == pytest.approx(100 / 1.375)


def test_those_without_a_value_keep_their_part():
    who = known(Age=["old"] * 60 + ["young"] * 20 + [None] * 20)
    found = traits.weighted(counted([5] * 60 + [1] * 20 + [5] * 20), who, shares(Age={"old": 0.5, "young": 0.5}), small_group=5).iloc[0]

    assert found["weighted"] == pytest.approx(0.8 * 0.5 + 0.2)


@pytest.mark.parametrize(("values", "register", "status", "about"), [
    (["old"] * 20 + ["young"] * 20, {"old": 0.5, "young": 0.4}, "sum", (None, 0.9)),
    (["old"] * 20 + ["young"] * 20, {"old": 0.5, "young": 0.3, "child": 0.2}, "empty cell", ("child", 0.2)),
    (["old"] * 20 + ["young"] * 20, {"old": 1.0}, "unknown value", ("young", None)),
    (["old"] * 20 + ["young"] * 20, {"old": 1.0, "young": 0.0}, "unknown value", ("young", None)),
    (["old"] * 15 + ["young"] * 10 + [traits.NOT_STATED] * 15, {"old": 0.5, "young": 0.5}, "hardly known", (None, 0.625)),
    ([None] * 40, {"old": 1.0}, "not asked", (None, None)),
    (["old"] * 15 + ["young"] * 10 + [None] * 15, {"old": 0.5, "young": 0.5}, "hardly known", (None, 0.625)),
    (["old"] * 10 + ["young"] * 10, {"old": 0.5, "young": 0.5}, "too few", (None, 20)),
])
def test_why_answers_cannot_be_weighted_by_a_trait(values, register, status, about):
    rows = counted([5, 1] * (len(values) // 2))
    found = traits.margins(rows, known(Age=values), shares(Age=register)).iloc[0]

    assert found["status"] == status
    assert [None if pd.isna(cell) else cell for cell in found[["value", "found"]]] == [None if cell is None else pytest.approx(cell) if isinstance(cell, float) else cell for cell in about]
    assert traits.weighted(rows, known(Age=values), shares(Age=register), small_group=5).empty


def test_what_is_wrong_with_one_trait_does_not_stop_the_other():
    rows, who = counted([5] * 20 + [1] * 20), known(Age=["old"] * 20 + ["young"] * 20, Town=["hill", "dale"] * 20)
    register = shares(Age={"old": 0.25, "young": 0.75}, Town={"hill": 0.5, "dale": 0.4})

    assert traits.margins(rows, who, register).set_index("trait")["status"].to_dict() == {"Age": "used", "Town": "sum"}
    assert traits.weighted(rows, who, register, small_group=5)["weighted"].iloc[0] == pytest.approx(0.25)
    assert set(traits.composition(rows, who, register, small_group=5)["trait"]) == {"Age"}


def test_a_few_answers_to_one_question_are_shown_without_weights():
    rows = pd.concat([counted([5] * 20 + [1] * 20), counted([1] * 10, "Q2")])
    found = traits.weighted(rows, known(Age=["old"] * 20 + ["young"] * 20), shares(Age={"old": 0.5, "young": 0.5}), small_group=5).set_index("question")

    assert found["status"].to_dict() == {"Q1": "weighted", "Q2": "too few"}
    assert pd.isna(found.loc["Q2", "weighted"]) and found.loc["Q2", "plain"] == 1


def test_hidden_values_weigh_as_one_so_that_two_sums_do_not_tell_them_apart():
    # Van (3) and Ferry (4) are hidden; whichever of the two agree, the weighted share is the same.
    who = known(Branch=["Van"] * 3 + ["Ferry"] * 4 + ["Central"] * 40)
    register = shares(Branch={"Van": 0.3, "Ferry": 0.1, "Central": 0.6})
    central = [5, 1] * 20
    found = [traits.weighted(counted(few + central), who, register, small_group=5)["weighted"].iloc[0] for few in ([5, 5, 5, 1, 1, 1, 1], [1, 1, 1, 5, 5, 5, 1])]

    assert found[0] == pytest.approx(found[1])


def published(rows, who, question, answers):
    """Everything that is published of one question as sums over respondents: (who is in the sum, how many of them agreed)."""
    one = rows[rows["question"] == question].set_index("respondent")
    parts = [(np.ones(len(one)), one["good"].sum())]
    segments = surveys.by_segment(answers, QUESTIONS, SEGMENTS, small_group=5)
    names = one["segment"].map(dict(zip(SEGMENTS["segment"], SEGMENTS["name"]))).fillna(surveys.NOT_STATED)
    for row in segments[(segments["question"] == question) & ~segments["hidden"]].itertuples():
        parts.append(((names == row.segment_name).to_numpy(float), row.agree * row.n))
    for row in traits.by_trait(rows, who, small_group=5).query("question == @question and not hidden").itertuples():
        own = who[who["trait"] == row.trait].set_index("respondent")["value"].reindex(one.index).fillna(traits.NOT_STATED)
        parts.append(((own == row.value).to_numpy(float), row.good * row.n))
    return one, names, np.array([part for part, _ in parts]), np.array([total for _, total in parts])


@pytest.mark.parametrize("seed", range(6))
def test_no_sum_of_a_few_people_can_be_solved_for_from_segments_and_traits_together(seed):
    chance = np.random.default_rng(seed)
    n = 60
    segment = chance.choice(["A", "B", "C", None], n, p=[0.6, 0.25, 0.06, 0.09])
    answers = pd.DataFrame({"respondent": [f"P{i}" for i in range(n)], "date": pd.Timestamp("2026-05-04"), "segment": segment, "question": "Q1", "answer": chance.integers(1, 6, n).astype(float), "survey": "SV1"})
    age = ["young" if one == "B" else "old" if one == "C" else str(chance.choice(["old", "middle", ""])) for one in segment]
    who = known(Age=age, Site=chance.choice(["North", "South", "Isle"], n, p=[0.5, 0.45, 0.05]))
    rows = surveys.counted(answers, QUESTIONS, small_group=5)
    one, names, sums, _ = published(rows, who, "Q1", answers)

    wide = who.pivot(index="respondent", columns="trait", values="value").reindex(one.index).fillna(traits.NOT_STATED).assign(segment=names)
    sets = [(wide[column] == value).to_numpy(float) for column in wide for value in wide[column].unique()]
    small = [part for left, right in product(sets, sets) for part in (left * right, left * (1 - right)) if 0 < part.sum() < 5]
    rank = np.linalg.matrix_rank(sums)

    assert len(small) > 3
    assert [part for part in small if np.linalg.matrix_rank(np.vstack([sums, part])) == rank] == []


def test_the_attack_would_find_what_is_hidden_if_it_were_shown():
    # The same attack, with the rule taken away, finds the group of one.
    answers = pd.DataFrame({"respondent": [f"P{i}" for i in range(20)], "date": pd.Timestamp("2026-05-04"), "segment": ["C"] + ["A"] * 19, "question": "Q1", "answer": 4.0, "survey": "SV1"})
    rows = surveys.counted(answers, QUESTIONS, small_group=5)
    one = rows.set_index("respondent")
    shown = np.array([np.ones(20), (one["segment"] == "A").to_numpy(float)])

    assert np.linalg.matrix_rank(np.vstack([shown, (one["segment"] == "C").to_numpy(float)])) == np.linalg.matrix_rank(shown)


def test_nothing_known_gives_tables_with_their_columns():
    rows, none = counted([4] * 8), known()
    empty = shares()

    assert list(traits.by_trait(rows, none, small_group=5).columns) == traits.BY_TRAIT
    assert list(traits.differences(rows, none, small_group=5).columns) == traits.DIFFERENCES
    assert list(traits.margins(rows, none, empty).columns) == traits.MARGINS
    assert list(traits.composition(rows, none, empty, small_group=5).columns) == traits.COMPOSITION
    assert list(traits.weighted(rows.iloc[:0], none, shares(Age={"old": 1.0}), small_group=5).columns) == traits.WEIGHTED


def test_the_check_finds_hidden_groups_that_follow_from_the_total():
    people = [f"R{place}" for place in range(20)]
    questions = pd.DataFrame({"question": ["Q1"], "text": ["It opened"], "scale": ["yes no"], "group": ["patrons"]})
    answers = pd.DataFrame({"respondent": people, "date": pd.Timestamp("2026-05-04"), "question": "Q1", "answer": [1.0] * 12 + [0.0] * 8, "segment": None})
    counted = surveys.counted(answers, questions, small_group=5)
    given = pd.DataFrame({"respondent": people, "trait": "Site", "value": ["A"] * 3 + ["B"] * 6 + ["C"] * 11})
    segments = pd.DataFrame(columns=surveys.SEGMENTS)
    rows = traits.by_trait(counted, given, small_group=5)
    all_but_one = rows.assign(n=[3.0, 6.0, 11.0], good=[1.0, 1.0, 3 / 11], hidden=[True, False, False])

    assert rows["hidden"].tolist() == [True, True, True], "A and B all said yes, so C is hidden with them"
    assert traits.undisclosed(counted, segments, rows)["found"].tolist() == [0]
    assert traits.undisclosed(counted, segments, all_but_one)["found"].tolist() == [1]
    alike = all_but_one.assign(hidden=[True, True, False])
    assert traits.undisclosed(counted, segments, alike)["found"].tolist() == [2], "nine people in both, all of whom said yes"
    assert traits.undisclosed(counted, segments, rows[~rows["hidden"]]).empty
