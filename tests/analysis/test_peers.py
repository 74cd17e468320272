"""Peers: who is alike, and who stands where."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.spatial.distance import cdist
from scipy.stats import zscore

from planning.analysis import peers


def _libraries(**columns):
    count = len(next(iter(columns.values())))
    keys = list("ABCDEFGH"[:count])
    facts = {"key": keys, "name": [f"Library {key}" for key in keys], "city": "X", "state": "NJ", "fiscal_year": 2019}
    return pd.DataFrame({**facts, "closed": False, **columns})


def _figures(year=2019, **values):
    return pd.DataFrame({"fiscal_year": year, "measure": list(values), "value": list(values.values())})


def _peer_figures(measure, values, year=2019):
    names = [f"P{place}" for place in range(len(values))]
    return pd.DataFrame({"peer": names, "fiscal_year": year, "measure": measure, "value": values})


# Populations whose log10(1 + x) is 1, 2, 3, 4: standard deviation 1.118 steps, so one step is 0.894.
STEPS = [9.0, 99.0, 999.0, 9999.0]


def test_distance_is_measured_in_standard_deviations_of_the_logs():
    nearest = peers.nearest(_libraries(population=STEPS), "A", measures=("population",))
    assert nearest["peer"].tolist() == ["B", "C", "D"]
    assert nearest["distance"].to_numpy() == pytest.approx(np.array([1, 2, 3]) / np.sqrt(1.25))


def test_weights_are_scaled_to_one_and_shown():
    libraries = _libraries(population=STEPS, outlets=[9.0, 9999.0, 99.0, 999.0])
    nearest = peers.nearest(
        libraries, "A", measures=("population", "outlets"), weights={"population": 3, "outlets": 1}
    )
    assert nearest["compared_on"].unique().tolist() == ["population 0.75, outlets 0.25"]
    one_and_three_steps = np.sqrt((0.75 * 1 + 0.25 * 9) / 1.25)
    assert nearest.set_index("peer")["distance"]["B"] == pytest.approx(one_and_three_steps)


def test_distances_agree_with_scipy_zscore_and_weighted_euclidean():
    table = np.random.default_rng(7).lognormal(8, 2, size=(8, 4)).round()
    libraries = _libraries(**dict(zip(peers.SIZE, table.T)))
    scores = zscore(np.log1p(table))
    expected = cdist(scores[:1], scores[1:], "euclidean", w=np.full(4, 0.25))[0]
    nearest = peers.nearest(libraries, "A").sort_values("peer")
    assert nearest["distance"].to_numpy() == pytest.approx(expected)


def test_a_variable_that_the_library_lacks_is_left_out_and_said():
    libraries = _libraries(population=STEPS, spending_total=[np.nan, 1.0, 2.0, 3.0])
    measures = ("population", "spending_total", "staff_fte")
    comparison = peers.comparison(libraries, "A", measures=measures)
    assert comparison["weight"].tolist() == [1.0, 0.0, 0.0]
    assert comparison["reason"].tolist() == ["", "no figure for the library", "no figure for the library"]
    assert len(peers.nearest(libraries, "A", measures=measures)) == 3


def test_itself_closed_libraries_and_missing_figures_are_no_peers():
    libraries = _libraries(population=[9.0, 99.0, np.nan, 9999.0])
    libraries["closed"] = [False, True, False, False]
    assert peers.nearest(libraries, "A", measures=("population",))["peer"].tolist() == ["D"]


def test_ties_go_by_key_whatever_the_order_of_rows():
    libraries = _libraries(population=[50.0, 70.0, 70.0, 70.0])
    shuffled = libraries.iloc[[2, 0, 3, 1]]
    for table in (libraries, shuffled):
        assert peers.nearest(table, "A", measures=("population",), k=2)["peer"].tolist() == ["B", "C"]


def test_only_the_latest_year_in_which_the_library_was_open_is_compared():
    now = _libraries(population=STEPS)
    later = now.assign(fiscal_year=2020, closed=[True, False, False, False])
    nearest = peers.nearest(pd.concat([now, later]), "A", measures=("population",))
    assert nearest["fiscal_year"].tolist() == [2019, 2019, 2019]


def test_a_variable_in_which_all_are_alike_adds_no_distance():
    libraries = _libraries(population=STEPS, outlets=[1.0] * 4)
    nearest = peers.nearest(libraries, "A", measures=("population", "outlets"))
    assert nearest["distance"].iloc[0] == pytest.approx(np.sqrt(0.5 / 1.25))


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"k": 0}, "k: found 0"),
        ({"weights": {"outlet": 1}}, "weights: found outlet"),
        ({"weights": {"outlets": -1}}, "weights: found -1 for outlets"),
        ({"weights": dict.fromkeys(peers.SIZE, 0)}, "all are 0"),
    ],
)
def test_wrong_wishes_are_refused(options, text):
    with pytest.raises(ValueError, match=text):
        peers.nearest(_libraries(population=STEPS), "A", **options)


def test_an_unknown_key_is_refused():
    with pytest.raises(ValueError, match="key: found Z, which no library has"):
        peers.nearest(_libraries(population=STEPS), "Z")


def test_a_library_without_any_size_has_no_peers():
    nearest = peers.nearest(_libraries(population=[np.nan, 9.0]), "A")
    assert nearest.empty
    assert list(nearest)[:7] == ["peer", "name", "city", "state", "fiscal_year", "distance", "compared_on"]


def test_ratios_are_worked_out_by_hand():
    figures = _figures(
        population=2000, visits=5000, circulation=8000, electronic_circulation=2000, programs=50, program_attendance=900,
        registered_patrons=1200, computer_sessions=600, staff_fte=1.5, hours_open=3000, outlets=2,
        spending_total=60_000, spending_collection=9000, spending_staff=36_000,
    )
    ratios = peers.per_head(figures).set_index("measure")["value"]
    assert ratios.to_dict() == pytest.approx({
        "visits_per_head": 2.5, "circulation_per_head": 4, "registered_share": 0.6, "programs_per_1000": 25,
        "attendance_per_1000": 450, "attendance_per_program": 18, "computer_sessions_per_head": 0.3,
        "electronic_share": 0.25, "hours_per_outlet": 1500, "staff_fte_per_10000": 7.5, "spending_per_head": 30,
        "collection_spending_per_head": 4.5, "collection_share": 0.15, "staff_share": 0.6, "cost_per_visit": 12,
    })


def test_a_ratio_is_missing_when_its_base_is_zero_or_missing_but_zero_above_is_zero():
    ratios = peers.per_head(_figures(visits=0, spending_total=900, population=30)).set_index("measure")["value"]
    assert np.isnan(ratios["cost_per_visit"])
    assert np.isnan(ratios["hours_per_outlet"])
    assert ratios["visits_per_head"] == 0


def test_ratios_keep_years_and_libraries_apart():
    figures = pd.concat([
        _peer_figures(measure, values, year)
        for year in (2018, 2019)
        for measure, values in {"visits": [10, 30], "population": [10, year - 2008]}.items()
    ])
    visits = peers.per_head(figures).query("measure == 'visits_per_head'")
    assert visits[["peer", "fiscal_year", "value"]].to_numpy().tolist() == [
        ["P0", 2018, 1.0], ["P0", 2019, 1.0], ["P1", 2018, 3.0], ["P1", 2019, pytest.approx(30 / 11)],
    ]


def test_percentile_counts_half_of_the_ties():
    row = peers.standing(_figures(visits=20), _peer_figures("visits", [10, 20, 20, 40, 50])).iloc[0]
    assert (row["n"], row["percentile"], row["median"], row["place"]) == (5, 0.4, 20, "at the median")
    assert (row["lower_quartile"], row["upper_quartile"]) == (20, 40)


@pytest.mark.parametrize(
    ("own", "place"),
    [
        (1, "lowest quarter"), (20, "below the middle"), (30, "at the median"),
        (40, "above the middle"), (41, "highest quarter"),
    ],
)
def test_place_names_the_quarter(own, place):
    assert peers.standing(_figures(visits=own), _peer_figures("visits", [10, 20, 30, 40, 50]))["place"].item() == place


def test_the_latest_shared_year_is_compared():
    own = pd.concat([_figures(2017, visits=5), _figures(2018, visits=7), _figures(2019, visits=9)])
    theirs = pd.concat([_peer_figures("visits", [6.0], 2017), _peer_figures("visits", [8.0], 2018)])
    row = peers.standing(own, theirs).iloc[0]
    assert (row["fiscal_year"], row["own"], row["median"]) == (2018, 7, 8)


def test_a_figure_without_peers_is_kept_and_has_no_percentile():
    row = peers.standing(_figures(visits=5), _peer_figures("programs", [3.0])).set_index("measure").loc["visits"]
    assert (row["own"], row["n"]) == (5, 0)
    assert pd.isna(row["median"]) and pd.isna(row["percentile"]) and pd.isna(row["place"])


def test_a_figure_that_only_peers_have_is_kept_without_own_value():
    row = peers.standing(_figures(visits=5), _peer_figures("programs", [3.0])).set_index("measure").loc["programs"]
    assert (row["n"], row["median"]) == (1, 3)
    assert pd.isna(row["own"]) and pd.isna(row["percentile"])


def test_missing_peer_figures_are_not_counted():
    row = peers.standing(_figures(visits=5), _peer_figures("visits", [np.nan, 4.0, 6.0])).iloc[0]
    assert (row["n"], row["median"]) == (2, 5)


def test_the_library_itself_stands_first_in_the_list_of_its_peers():
    theirs = _peer_figures("population", [900.0, 800.0]).assign(name=["Bay", "Ash"], distance=[0.2, 0.1])
    found = peers.listed(theirs, _figures(population=850.0, staff_fte=3.0))
    assert found["name"].fillna("itself").tolist() == ["itself", "Ash", "Bay"]
    assert found.loc[0, ["population", "staff_fte"]].tolist() == [850.0, 3.0]
    assert pd.isna(found.loc[0, "distance"]) and found["spending_total"].isna().all()
    assert peers.listed(theirs)["name"].tolist() == ["Ash", "Bay"]


def test_the_number_of_peers_can_be_chosen_and_more_than_there_are_gives_all():
    libraries = _libraries(population=STEPS)
    assert [len(peers.nearest(libraries, "A", measures=("population",), k=k)) for k in (1, 2, 9)] == [1, 2, 3]


def _bands():
    return pd.DataFrame({
        "fiscal_year": 2017, "source": "survey", "band": ["small", "large"], "population_from": [0, 1000],
        "population_to": [999, None], "measure": "visits_per_head", "n": [8, 9],
        "lower_quartile": [1.0, 2.0], "median": [2.0, 4.0], "upper_quartile": [3.0, 6.0],
    })


@pytest.mark.parametrize(("population", "band"), [(999, "small"), (1000, "large"), (5_000_000, "large")])
def test_the_band_is_that_of_the_population(population, band):
    own = _figures(population=population, visits=population * 7)
    row = peers.by_band(own, _bands()).iloc[0]
    assert (row["band"], row["own"], row["place"]) == (band, 7, "highest quarter")
    assert (row["fiscal_year"], row["bands_fiscal_year"]) == (2019, 2017)


def test_a_given_population_goes_before_the_librarys_own():
    assert peers.by_band(_figures(population=10, visits=5), _bands(), population=2000)["band"].item() == "large"


def test_empty_tables_give_empty_tables_with_their_columns():
    libraries, own = _libraries(population=STEPS), _figures(visits=5, population=3)
    nothing, nobody = own[:0], _peer_figures("visits", [1.0])[:0]
    assert list(peers.nearest(libraries[:0], "A")) == list(peers.nearest(libraries, "A"))
    assert list(peers.per_head(nothing)) == list(peers.per_head(own))
    assert list(peers.standing(nothing, nobody)) == list(peers.standing(own, nobody))
    assert len(peers.standing(nothing, nobody)) == 0
    assert list(peers.by_band(nothing, _bands())) == list(peers.by_band(own, _bands()))
    assert len(peers.by_band(own, _bands()[:0])) == 0


def test_tables_that_come_in_are_left_as_they_were():
    libraries, own, theirs = _libraries(population=STEPS), _figures(visits=5), _peer_figures("visits", [1.0])
    before = [table.copy() for table in (libraries, own, theirs)]
    peers.nearest(libraries, "A")
    peers.standing(own, theirs)
    peers.by_band(own, _bands())
    for table, copy in zip((libraries, own, theirs), before):
        pd.testing.assert_frame_equal(table, copy)
