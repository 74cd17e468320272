"""Yearly figures over the years."""

from __future__ import annotations

import pandas as pd
from scipy import stats

from planning.analysis import history

NONE = pd.DataFrame(columns=["measure", "fiscal_year", "note"])


def table(*rows: tuple[str, int, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["measure", "fiscal_year", "value"])


def test_change_is_a_share_of_the_first_value_and_missing_where_that_is_zero() -> None:
    found = history.yearly(table(("visits", 2024, 200), ("visits", 2026, 150), ("circulation", 2024, 0), ("circulation", 2026, 9)), NONE)

    assert found.drop_duplicates("measure").set_index("measure")["change"].round(6).fillna(-9).to_dict() == {"visits": -0.25, "circulation": -9}


def test_a_measure_with_one_year_stays_without_a_change() -> None:
    found = history.yearly(table(("visits", 2024, 4), ("visits", 2026, 5), ("spending_total", 2026, 9)), NONE).set_index("measure")

    assert found.loc["spending_total", ["value", "first_year", "last_year"]].tolist() == [9, 2026, 2026]
    assert pd.isna(found.loc["spending_total", "change"]) and found.loc["visits", "change"].tolist() == [0.25, 0.25]


def test_a_changed_definition_is_said() -> None:
    breaks = pd.DataFrame([["visits", 2025, "Counted anew."]], columns=["measure", "fiscal_year", "note"])
    found = history.yearly(table(("visits", 2024, 2), ("visits", 2026, 1)), breaks)

    assert found["broken"].all() and set(found["note"]) == {"Counted anew."}


def test_no_figures_give_an_empty_table_with_its_columns() -> None:
    assert list(history.yearly(table(), NONE)) == history.COLUMNS


def ratios(measure: str, **values: list[float]) -> pd.DataFrame:
    """One ratio of some libraries, the first year 2024."""
    rows = [[peer, measure, 2024 + place, value] for peer, years in values.items() for place, value in enumerate(years)]
    return pd.DataFrame(rows, columns=["peer", "measure", "fiscal_year", "value"])


OWN = ratios("visits_per_head", own=[2.0, 3.0]).drop(columns="peer")
PEERS = ratios("visits_per_head", A=[1.0, 1.0], B=[2.0, 2.0], C=[4.0, 6.0])


def test_the_library_is_set_against_the_median_of_the_same_peers_in_every_year() -> None:
    late = pd.concat([PEERS, pd.DataFrame([["D", "visits_per_head", 2025, 90.0], ["E", "visits_per_head", 2025, 90.0]], columns=list(PEERS))])
    found = history.beside_peers(OWN, late)

    assert found[["fiscal_year", "median", "relative", "n"]].values.tolist() == [[2024, 2.0, 1.0, 3], [2025, 2.0, 1.5, 3]]
    assert found["below"].round(6).tolist() == [0.5, 0.666667]
    assert found["moved"].tolist() == [0.5, 0.5]


def test_the_measure_that_moved_furthest_comes_first_and_falls_count_as_moves() -> None:
    own = pd.concat([OWN, ratios("programs_per_1000", own=[4.0, 2.0]).drop(columns="peer")])
    peers = pd.concat([PEERS, ratios("programs_per_1000", A=[2.0, 2.0], B=[2.0, 2.0], C=[2.0, 2.0])])

    assert history.beside_peers(own, peers).drop_duplicates("measure")[["measure", "moved"]].values.tolist() == [["programs_per_1000", -1.0], ["visits_per_head", 0.5]]


def test_one_year_too_few_peers_or_a_median_of_0_tell_no_move() -> None:
    assert history.beside_peers(OWN[:1], PEERS).empty
    assert history.beside_peers(OWN, PEERS[PEERS["peer"] != "A"]).empty
    assert history.beside_peers(OWN, PEERS.assign(value=[1.0, 1.0, 0.0, 2.0, 0.0, 2.0])).empty
    assert list(history.beside_peers(OWN, PEERS.iloc[:0])) == history.BESIDE


def used(*measures: str, years: int = 2, **levels: float) -> pd.DataFrame:
    return pd.concat([ratios(measure, **{peer: [level] * years for peer, level in levels.items()}) for measure in measures])


def test_the_index_is_the_mean_of_the_standard_scores() -> None:
    own = used(*history.USE[:3], own=4.0).drop(columns="peer")
    peers = used(*history.USE[:3], A=1.0, B=2.0, C=5.0)
    found = history.use_among_peers(own, peers)

    scores = stats.zscore([4.0, 1.0, 2.0, 5.0])
    assert found[["fiscal_year", "place", "libraries"]].values.tolist() == [[2024, 2, 4], [2025, 2, 4]]
    assert found["index"].round(9).tolist() == [round(float(scores[0]), 9)] * 2


def test_equal_libraries_share_the_better_place() -> None:
    own, peers = used(*history.USE[:3], own=4.0).drop(columns="peer"), used(*history.USE[:3], A=4.0, B=2.0, C=5.0)

    assert history.use_among_peers(own, peers)["place"].tolist() == [2, 2]


def test_a_measure_that_one_year_lacks_is_left_out_of_every_year() -> None:
    short = used(history.USE[3], years=1, own=9.0)
    own = pd.concat([used(*history.USE[:3], own=4.0), short]).drop(columns="peer")
    peers = pd.concat([used(*history.USE[:3], A=1.0, B=2.0, C=5.0), used(history.USE[3], years=1, A=1.0, B=2.0, C=5.0)])

    assert set(history.use_among_peers(own, peers)["measures"]) == {", ".join(history.USE[:3])}


def test_the_latest_year_stands_alone_where_the_years_share_too_few_measures() -> None:
    own = pd.concat([used(history.USE[0], own=4.0), used(*history.USE[1:], years=1, own=4.0).assign(fiscal_year=2025)]).drop(columns="peer")
    peers = pd.concat([used(history.USE[0], A=1.0, B=2.0, C=5.0), used(*history.USE[1:], years=1, A=1.0, B=2.0, C=5.0).assign(fiscal_year=2025)])

    assert history.use_among_peers(own, peers)[["fiscal_year", "place"]].values.tolist() == [[2025, 2]]


def test_two_measures_two_peers_or_none_make_no_index() -> None:
    own, peers = used(*history.USE[:3], own=4.0).drop(columns="peer"), used(*history.USE[:3], A=1.0, B=2.0, C=5.0)

    assert history.use_among_peers(own[own["measure"] != history.USE[0]], peers).empty
    assert history.use_among_peers(own, peers[peers["peer"] != "A"]).empty
    assert list(history.use_among_peers(own, peers.iloc[:0])) == history.IN_USE
    assert list(history.use_among_peers(own.iloc[:0], peers)) == history.IN_USE
