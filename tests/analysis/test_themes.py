"""Themes: agreement of readers, what they confuse, what grows, and proposals by words."""

import datetime as dt

import pandas as pd
import pytest

from planning.analysis import themes

DAY = dt.date(2026, 6, 30)
BOOK = pd.DataFrame({"theme": ["T1", "T2", "T3"], "name": ["Seats", "Hours", "Books"], "definition": ["chairs and noise", "when it is open", None]})


def codes(**readers):
    return pd.DataFrame([[f"F{place:02}", coder, f"T{code}" if code != "." else None] for coder, row in readers.items() for place, code in enumerate(row)],
                        columns=["feedback", "coder", "theme"])


def log(*rows):
    return pd.DataFrame([[f"F{place:02}", pd.Timestamp(day), theme, comment] for place, (day, theme, comment) in enumerate(rows)], columns=["feedback", "date", "theme", "comment"]).astype({"date": "datetime64[us]"})


LOG = log(*[("2026-06-01", f"T{code}", None) for code in "111111222222333333"])


def test_agreement_by_hand_leaves_out_entries_that_one_reader_did_not_code():
    row = themes.agreement(codes(A="1111122222.", B="11112222211")).iloc[0]

    assert (row["one"], row["other"], row["entries"], row["agreed"]) == ("A", "B", 10, 0.8)
    assert row["kappa"] == pytest.approx((0.8 - 0.5) / 0.5)
    assert row["few"]


def test_three_readers_give_three_pairs_the_one_with_most_entries_first():
    found = themes.agreement(codes(A="111222", B="111222", C="11...."))

    assert found[["one", "other", "entries"]].values.tolist() == [["A", "B", 6], ["A", "C", 2], ["B", "C", 2]]
    assert found["alpha"].nunique() == 1 and found["readers"].tolist() == [3, 3, 3]


def test_confused_pairs_are_counted_whichever_way_round_with_both_definitions():
    found = themes.confused(codes(A="1111222233", B="1122112233"), BOOK, LOG, small_group=1)

    assert found[["one_name", "other_name", "times", "share"]].values.tolist() == [["Seats", "Hours", 4, 1.0]]
    assert found.loc[0, "one_definition"] == "chairs and noise"


def test_a_theme_hidden_elsewhere_is_hidden_in_agreement_and_in_confusions():
    few = pd.concat([LOG.iloc[:12], LOG.iloc[12:14]], ignore_index=True)
    by_theme = themes.by_theme(codes(A="1111222233", B="1111222331"), BOOK, few, small_group=4).set_index("theme")

    assert by_theme["hidden"].to_dict() == {"T2": False, "T1": True, "T3": True}
    assert by_theme.loc["T2", "agreement"] == pytest.approx(6 / 7)
    assert themes.confused(codes(A="1111222233", B="1111222331"), BOOK, few, small_group=4)["times"].isna().all()


def test_ranks_have_shares_of_coded_entries_with_wilson_intervals_and_ties_share_a_place():
    found = themes.ranked(pd.concat([LOG, log(("2026-06-01", None, None))]), BOOK, small_group=1)

    assert found["place"].tolist() == [1, 1, 1]
    assert found["share"].tolist() == pytest.approx([1 / 3] * 3)
    assert found.loc[0, ["low", "high"]].tolist() == pytest.approx([0.163, 0.563], abs=0.001)


def test_a_theme_grows_only_beyond_chance_and_few_entries_are_marked():
    rows = log(*[("2026-05-01", "T1", None)] * 20, *[("2026-05-01", "T2", None)] * 5, *[("2025-10-01", "T1", None)] * 3, *[("2025-10-01", "T2", None)] * 22, ("2025-10-01", "T3", None))
    found = themes.growth(rows, BOOK, as_of=DAY, small_group=1).set_index("theme")

    assert found.index.tolist() == ["T1", "T3", "T2"]
    assert found.loc["T1", ["before", "now"]].tolist() == [3, 20]
    assert found["clear"].to_dict() == {"T1": True, "T3": False, "T2": True}
    assert found["few"].to_dict() == {"T1": False, "T3": True, "T2": False}
    assert themes.growth(rows[rows["date"] > "2026-01-01"], BOOK, as_of=DAY, small_group=1).empty, "nothing to set it beside"


def test_proposals_name_the_words_and_are_only_for_uncoded_comments():
    rows = log(("2026-06-01", "T1", "The chair is hard"), ("2026-06-01", "T1", "No chair is free"), ("2026-06-02", None, "More chairs please"), ("2026-06-02", None, "Zzz"), ("2026-06-02", None, None))
    found = themes.proposals(rows, BOOK)

    assert found[["feedback", "theme_name", "sure", "words"]].fillna("").values.tolist() == [["F02", "Seats", "fairly sure", "chairs"], ["F03", "", "nothing to go by", ""]]
    assert "comment" not in found


def test_proposals_are_tried_on_each_coded_comment_with_the_others():
    rows = log(*[("2026-06-01", "T1", "hard chair")] * 6, *[("2026-06-01", "T2", "open late")] * 5, ("2026-06-01", "T2", "hard chair"))
    row = themes.tried(rows, BOOK).iloc[0]

    assert row[["tried", "proposed", "agreed", "most_used"]].tolist() == [12, 12, 11, 0.5]
    assert row["low"] == pytest.approx(0.646, abs=0.001)
    assert themes.tried(rows.head(9), BOOK).empty


def test_empty_tables_give_empty_results_with_their_columns():
    none, nothing = codes(), log()

    assert list(themes.agreement(none).columns) == themes.AGREEMENT
    assert list(themes.by_theme(none, BOOK, nothing, small_group=5).columns) == themes.BY_THEME
    assert list(themes.confused(none, BOOK, nothing, small_group=5).columns) == themes.CONFUSED
    assert list(themes.ranked(nothing, BOOK, small_group=5).columns) == themes.RANKED
    assert list(themes.growth(nothing, BOOK, as_of=DAY, small_group=5).columns) == themes.GROWTH
    assert list(themes.proposals(nothing, BOOK).columns) == themes.PROPOSALS
    assert list(themes.tried(nothing, BOOK).columns) == themes.TRIED
    assert themes.agreement(codes(A="123")).empty, "one reader agrees with nobody"


def test_a_theme_with_few_entries_this_year_is_hidden_with_what_would_give_it_away():
    rows = log(*[("2024-06-01", "T1", None)] * 9, *[("2026-06-01", "T1", None)] * 2, *[("2026-06-01", "T2", None), ("2025-10-01", "T2", None)] * 3, *[("2025-10-01", "T3", None)] * 9)

    assert themes.growth(rows, BOOK, as_of=DAY, small_group=5).set_index("theme")["hidden"].to_dict() == {"T1": True, "T2": True, "T3": False}
    assert themes.ranked(rows, BOOK, small_group=5)["hidden"].sum() == 0
