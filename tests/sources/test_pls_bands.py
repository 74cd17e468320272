"""Medians and quartiles by band of population."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from planning.analysis import peers
from planning.sources import pls, pls_bands

FULL = Path(__file__).parents[3] / "shared" / "data" / "pls" / "PLS_FY17_AE_pud17i.csv"


def _libraries(*rows):
    columns = ["key", "population", "meets_definition", "closed"]
    return pd.DataFrame(rows, columns=columns).assign(fiscal_year=2019)


def _ratios(**values):
    return pd.DataFrame({"key": list(values), "measure": "visits_per_head", "value": list(values.values())}).assign(
        fiscal_year=2019
    )


def test_a_band_runs_from_its_first_population_to_the_one_before_the_next():
    libraries = _libraries(("A", 999, "Y", False), ("B", 1000, "Y", False), ("C", 600_000, "Y", False))
    bands = pls_bands.bands(libraries, _ratios(A=1.0, B=2.0, C=3.0))
    assert bands["band"].tolist() == ["under 1,000", "1,000 to 2,499", "500,000 or more"]
    assert bands["population_to"].tolist()[:2] == [999, 2499]
    assert pd.isna(bands["population_to"].iloc[2])


def test_quartiles_are_taken_over_open_libraries_that_meet_the_definition():
    libraries = _libraries(
        ("A", 10, "Y", False), ("B", 20, "Y", False), ("C", 30, "Y", False),
        ("D", 40, "N", False), ("E", 50, "Y", True),
    )
    bands = pls_bands.bands(libraries, _ratios(A=1.0, B=2.0, C=9.0, D=99.0, E=99.0))
    assert bands[["n", "lower_quartile", "median", "upper_quartile"]].to_numpy().tolist() == [[3, 1.5, 2.0, 5.5]]


def test_a_ratio_that_most_libraries_of_a_band_lack_is_left_out():
    libraries = _libraries(*[(key, 10, "Y", False) for key in "ABC"])
    assert pls_bands.bands(libraries, _ratios(A=1.0, B=None, C=None)).empty
    assert len(pls_bands.bands(libraries, _ratios(A=1.0, B=2.0, C=None))) == 1


def test_shipped_bands_cover_every_population_without_gap():
    shipped = pls_bands.load_bands().drop_duplicates("band").reset_index(drop=True)
    assert shipped["population_from"].iloc[0] == 0
    assert (shipped["population_from"].iloc[1:].to_numpy() == shipped["population_to"].iloc[:-1] + 1).all()


def test_every_shipped_measure_is_a_ratio_that_peers_knows():
    assert set(pls_bands.load_bands()["measure"]) == {ratio.measure for ratio in peers.RATIOS}


@pytest.mark.skipif(not FULL.exists(), reason="the survey's files are not beside the project")
def test_shipped_bands_are_what_the_fy2017_file_gives():
    libraries = pls.read(FULL)
    derived = pls_bands.bands(libraries, peers.per_head(pls.figures(libraries)))
    pd.testing.assert_frame_equal(derived, pls_bands.load_bands(), check_dtype=False)
