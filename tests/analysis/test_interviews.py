"""Interviews coded to themes: conversations are counted, and no single interview can be told from what is shown."""

from __future__ import annotations

import random
from itertools import combinations

import pandas as pd
import pytest

from planning.analysis import interviews

NAMES = pd.DataFrame({"theme": ["T1", "T2", "T3", "T4"], "name": ["Openness", "Hours", "Seats", "Help"]})


def held(sizes: dict[str, float | None], group: str = "partners") -> pd.DataFrame:
    rows = [(one, group, "interview" if (people or 1) < 5 else "forum", people, "2026-03-17") for one, people in sizes.items()]
    return pd.DataFrame(rows, columns=["consultation", "group", "kind", "people", "date"]).astype({"people": float}).assign(date=lambda rows: pd.to_datetime(rows["date"]))


def told(**themes: str) -> pd.DataFrame:
    rows = [(f"F{number}", one, theme) for number, (theme, one) in enumerate((theme, one) for theme, ones in themes.items() for one in ones.split())]
    return pd.DataFrame(rows, columns=["feedback", "consultation", "theme"]).assign(comment="…", confirmed=True)


def test_conversations_are_counted_and_not_sentences() -> None:
    found = interviews.themes(told(T1="C1 C1 C1 C2 C3", T2="C1"), held({"C1": 8, "C2": 2, "C3": 2, "C4": 2}), NAMES, small_group=5)

    assert found[["theme_name", "conversations", "of", "people", "strength"]].values.tolist()[1] == ["Hours", 1, 3, 5, "told in one conversation"]


def test_a_theme_of_too_few_people_has_no_name_and_no_figure() -> None:
    found = interviews.themes(told(T1="C1 C2", T2="C3", T3="C3 C4"), held({"C1": 9, "C2": 2, "C3": 1, "C4": 2}), NAMES, small_group=5)

    assert found["theme_name"].dropna().tolist() == ["Openness"]
    last = found.iloc[-1]
    assert (bool(last["hidden"]), last["held"]) == (True, 2)
    assert last[["theme", "theme_name", "conversations", "of", "people", "strength"]].isna().all()


def test_where_all_told_the_same_the_number_is_left_out() -> None:
    found = interviews.themes(told(T1="C1 C2 C3"), held({"C1": 6, "C2": 1, "C3": 1}), NAMES, small_group=5).iloc[0]

    assert (found["theme_name"], found["strength"]) == ("Openness", interviews.SEVERAL)
    assert pd.isna(found["conversations"]) and pd.isna(found["people"])


def test_where_even_the_name_would_tell_the_theme_is_held_back() -> None:
    five = {f"C{number}": 1.0 for number in range(5)}
    found = interviews.themes(told(T1=" ".join(five)), held(five), NAMES, small_group=5)

    assert found["theme_name"].isna().all() and found["held"].tolist() == [1]


def test_a_conversation_whose_people_nobody_counted_counts_as_one_person() -> None:
    found = interviews.themes(told(T1="C1 C2"), held({"C1": None, "C2": 3}), NAMES, small_group=5)

    assert found["held"].tolist() == [1]


def test_what_names_no_conversation_or_no_theme_does_not_count() -> None:
    rows = told(T1="C1 C2").assign(consultation=["C1", None])
    found = interviews.themes(rows, held({"C1": 7, "C2": 7}), NAMES, small_group=5)

    assert found[["conversations", "of"]].values.tolist() == [[1, 1]]


@pytest.mark.parametrize("seed", range(60))
def test_no_small_conversation_can_be_found_out_by_trying_every_set_that_fits_what_is_shown(seed: int) -> None:
    draw = random.Random(seed)
    sizes = {f"C{number}": float(draw.choice([1, 1, 1, 2, 3, 6, 9])) for number in range(draw.randint(2, 7))}
    themes = {theme: " ".join(draw.sample(sorted(sizes), draw.randint(1, len(sizes)))) for theme in ("T1", "T2")}
    found = interviews.themes(told(**themes), held(sizes), NAMES, small_group=5)

    known = {one: sizes[one] for ones in themes.values() for one in ones.split()}
    for row in found[~found["hidden"]].itertuples():
        fitting = [set(some) for many in range(1, len(known) + 1) for some in combinations(known, many) if fits(row, some, known)]
        assert set(themes[row.theme].split()) in fitting
        assert [one for one in set.intersection(*fitting) if known[one] < 5] == []


def fits(row: tuple, some: tuple[str, ...], sizes: dict[str, float]) -> bool:
    """Whether a set of conversations is in keeping with all that a row says."""
    people = sum(sizes[one] for one in some)
    least = {interviews.SEVERAL: 2}.get(row.strength, 1)
    return (people >= 5 and len(some) >= least and (pd.isna(row.conversations) or len(some) == row.conversations)
            and (pd.isna(row.people) or row.people <= people < row.people + 5))


def test_comments_of_small_conversations_and_unconfirmed_ones_are_not_shown() -> None:
    rows = told(T1="C1 C1 C1 C2").assign(comment=["said", "not read", "refused", "alone"], confirmed=[True, None, False, True])

    assert interviews.voices(rows, held({"C1": 5, "C2": 1}), NAMES, small_group=5)["comment"].tolist() == ["said"]


def test_a_confirmed_comment_that_still_names_somebody_is_not_shown() -> None:
    rows = told(T1="C1 C1 C1").assign(comment=["Ring 555 0142 first", "Mrs Adamska was kind", "The East Branch is cold"], confirmed=True)

    assert interviews.voices(rows, held({"C1": 5}), NAMES, small_group=5, known=["East Branch"])["comment"].tolist() == ["The East Branch is cold"]


def test_all_four_groups_are_listed_with_whom_nobody_talked() -> None:
    found = interviews.conversations(held({"C1": 6, "C2": None})).set_index("group")

    assert found.loc["partners", ["conversations", "interview", "forum", "people", "unrecorded"]].tolist() == [2, 1, 1, 6, 1]
    assert found.loc["leadership", "conversations"] == 0 and pd.isna(found.loc["leadership", "latest"])


def test_empty_tables_give_empty_results_with_their_columns() -> None:
    none = held({}).head(0)

    assert interviews.conversations(none).columns.tolist() == interviews.CONVERSATIONS
    assert interviews.themes(told().head(0), none, NAMES.head(0), small_group=5).columns.tolist() == interviews.THEMES
    assert interviews.voices(told().head(0), none, NAMES.head(0), small_group=5).columns.tolist() == interviews.VOICES
