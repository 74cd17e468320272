"""Print against digital: shares, floors, and whether it matters which measure counts."""

from __future__ import annotations

import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from planning.analysis import formats

COLUMNS = ["material", "form", "spent", "uses", "holds", "copies", "prefer", "asked", "floor"]


def table(*rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS).astype({name: float for name in COLUMNS[2:]})


def shares(*rows: tuple[object, ...]) -> pd.DataFrame:
    return formats.shares(table(*rows), small_group=5)


NOVELS = (("Novels", "physical", 60, 50, 20, 100, 30, 120, None), ("Novels", "digital", 40, 150, 60, 30, 70, 120, None))


def test_each_share_is_digital_of_both_forms_and_waiting_is_told_a_copy() -> None:
    row = shares(*NOVELS).iloc[0]

    assert row[["money", "use", "waiting", "preference"]].tolist() == [0.4, 0.75, 0.75, 0.7]
    assert row[["per_use_physical", "waiting_physical", "waiting_digital"]].tolist() == [1.2, 0.2, 2]


def test_the_range_of_a_preference_is_that_of_statsmodels() -> None:
    row = shares(*NOVELS).iloc[0]

    assert row[["low", "high"]].tolist() == pytest.approx(proportion_confint(70, 100, method="wilson"))


def test_few_people_are_hidden_and_a_short_list_of_reservations_is_no_measure() -> None:
    row = shares(("Plays", "physical", 60, 50, 3, 100, 3, 4, None), ("Plays", "digital", 40, 50, 0, 30, 1, 4, None)).iloc[0]

    assert bool(row["hidden"]) and row[["preference", "low", "high", "asked", "waiting"]].isna().all()


def test_missing_figures_are_not_zero() -> None:
    row = shares(("Plays", "physical", 60, None, None, None, None, None, None), ("Plays", "digital", 40, 50, 40, None, None, None, None)).iloc[0]

    assert row[["use", "waiting", "preference", "per_use_physical"]].isna().all() and not row["hidden"]
    assert formats.split(shares(("Plays", "physical", 60, *[None] * 6), ("Plays", "digital", 40, *[None] * 6)))["state"].tolist() == ["not known"]


def test_the_proposal_is_the_mean_of_the_measures_and_moves_money() -> None:
    row = formats.split(shares(*NOVELS)).iloc[0]

    assert row["proposed"] == pytest.approx((0.75 + 0.75 + 0.7) / 3) and row["move"] == pytest.approx(100 * (row["proposed"] - 0.4))
    assert row[["low", "high", "state", "measures", "binds"]].tolist() == [0.7, 0.75, "more digital", 3, ""]
    assert formats.split(shares(*NOVELS), by="preference")["proposed"].tolist() == [0.7]


def test_a_floor_holds_the_proposal_and_says_whose_it_is() -> None:
    kept = [(*NOVELS[0][:-1], 0.5), NOVELS[1]]
    row = formats.split(shares(*kept)).iloc[0]

    assert row[["proposed", "low", "high", "binds"]].tolist() == [0.5, 0.5, 0.5, "print"]
    screen = formats.split(shares(NOVELS[0], (*NOVELS[1][:-1], 0.9))).iloc[0]
    assert screen[["proposed", "binds", "state"]].tolist() == [0.9, "digital", "more digital"]


def test_measures_on_both_sides_of_today_leave_it_open() -> None:
    rows = shares(("Novels", "physical", 50, 80, 10, 1, None, None, None), ("Novels", "digital", 50, 20, 90, 1, None, None, None))

    assert formats.split(rows)["state"].tolist() == ["depends"]
    moved = formats.sensitivity(rows).set_index("by")[["to_digital", "to_print"]].round(6)
    assert moved.loc["use"].tolist() == [0, 30] and moved.loc["waiting"].tolist() == [40, 0] and "preference" not in moved.index


def test_a_split_near_today_fits() -> None:
    rows = shares(("Novels", "physical", 50, 48, None, None, None, None, None), ("Novels", "digital", 50, 52, None, None, None, None, None))

    assert formats.split(rows)["state"].tolist() == ["fits"]


def test_another_measure_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match='The measure is "price". There are all, use, waiting, preference.'):
        formats.split(shares(*NOVELS), by="price")


def test_no_material_gives_empty_results_and_a_single_form_has_no_split() -> None:
    empty = formats.shares(table(), small_group=5)

    assert empty.empty and formats.split(empty).empty and formats.sensitivity(empty).empty and "binds" in formats.split(empty)
    assert formats.shares(table(NOVELS[0]), small_group=5).empty
