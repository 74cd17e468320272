"""The Public Libraries Survey: read right, or refused with a reason."""

from __future__ import annotations

import tomllib
import zipfile
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from planning.model.errors import PlanningError, PlanProblems
from planning.sources import pls, pls_columns, pls_files

PROJECT = Path(__file__).parents[2]
SURVEY = PROJECT.parent / "shared" / "data" / "pls"
FULL = SURVEY / "PLS_FY17_AE_pud17i.csv"
real = pytest.mark.skipif(not FULL.exists(), reason="the survey's files are not beside the project")

HEADING = (
    "STABR,FSCSKEY,LIBNAME,CITY,ZIP,ENDDATE,POPU_LSA,CENTLIB,BRANLIB,BKMOB,"
    "VISITS,F_VISITS,TOTSTAFF,SALARIES,LONGITUD"
)
ASH = "NJ,NJ0001,ASH LIBRARY,ASH,07001,06/30/2019,2000,1,2,0,0,R_19,0.67,-9,-74.5"
BIRCH = "NJ,NJ0002,BIRCH LIBRARY,BIRCH,07002,12/31/2019,900,1,0,0,450,IP19,0,-9,-74.6"
CLOSED = "NJ,NJ0003,CEDAR LIBRARY,CEDAR,07003,-3,-3,-3,-3,-3,-3,U_19,-3,-3,-74.7"


@pytest.fixture
def survey(tmp_path):
    """Writes lines as a survey file and gives its path."""

    def write(*lines, name="pls_fy2019_libraries.csv", heading=HEADING, encoding="utf-8"):
        path = tmp_path / name
        path.write_text("\n".join([heading, *lines]) + "\n", encoding=encoding)
        return path

    return write


def test_measures_are_the_words_of_the_statistics_table():
    schema = tomllib.loads((PROJECT / "planning/model/schema/1_needs.toml").read_text(encoding="utf-8"))
    measure = next(field for field in schema["statistics"]["fields"] if field["name"] == "measure")
    assert list(pls_columns.STATISTICS) == measure["constraints"]["enum"]


def test_codes_become_missing_and_zero_stays_zero(survey):
    libraries = pls.read(survey(ASH, CLOSED)).set_index("key")
    assert libraries.loc["NJ0001", "visits"] == 0
    assert pd.isna(libraries.loc["NJ0001", "spending_salaries"])
    assert pd.isna(libraries.loc["NJ0003", "population"])
    assert libraries["closed"].to_dict() == {"NJ0001": False, "NJ0003": True}


def test_leading_zeros_and_negative_longitudes_are_kept(survey):
    library = pls.read(survey(ASH)).iloc[0]
    assert (library["zip"], library["longitude"]) == ("07001", -74.5)


def test_outlets_are_central_libraries_branches_and_bookmobiles(survey):
    assert pls.read(survey(ASH))["outlets"].item() == 3


def test_each_missing_figure_has_its_reason(survey):
    blank = "NJ,NJ0004,DOGWOOD LIBRARY,M,07004,06/30/2019,-9,1,M,0,,R_19,-1,-4,-74.5"
    reasons = pls.missing_reasons(pls.read(survey(blank, CLOSED))).set_index(["key", "measure"])["reason"]
    expected = {
        "population": "suppressed",
        "outlets": "not reported",
        "visits": "left blank",
        "staff_fte": "not reported",
        "spending_salaries": "not applicable",
        "income_total": "not in this year's file",
    }
    assert reasons["NJ0004"][list(expected)].to_dict() == expected
    assert reasons["NJ0003"]["visits"] == "closed"


def test_a_text_cell_with_the_code_for_missing_is_missing(survey):
    library = "NJ,NJ0004,DOGWOOD LIBRARY,M,07004,06/30/2019,10,1,0,0,5,R_19,0,0,-74.5"
    assert pd.isna(pls.read(survey(library))["city"].item())


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_names_with_accents_are_read_in_each_encoding(survey, encoding):
    line = ASH.replace("ASH LIBRARY", "PEÑA LIBRARY – ASH")
    libraries = pls.read(survey(line, encoding=encoding))
    assert (libraries["key"].item(), libraries["name"].item()) == ("NJ0001", "PEÑA LIBRARY – ASH")


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("pls_fy2016_libraries.csv", 2016),
        ("PLS_FY17_AE_pud17i.csv", 2017),
        ("pupld09a.csv", 2009),
        ("PLS_FY2015_AE_pupld15a.csv", 2015),
        ("pls_fy18_ae_pud18i.csv", 2018),
        ("PLS_FY24_AE_pud24i.csv", 2024),
        ("pls_ae_pud17i.csv", 2017),
        ("pupld98a.csv", 1998),
    ],
)
def test_the_fiscal_year_is_read_from_the_name(name, year):
    assert pls_files.fiscal_year([name]) == year


def test_a_name_without_a_year_needs_the_year_given(survey):
    path = survey(ASH, name="libraries.csv")
    assert pls.read(path, 2019)["fiscal_year"].item() == 2019
    with pytest.raises(PlanningError, match=r"libraries\.csv: the name does not say which fiscal year"):
        pls.read(path)


def test_a_given_year_that_contradicts_the_name_is_refused(survey):
    with pytest.raises(PlanningError, match="the name says fiscal year 2019, but 2018 was given"):
        pls.read(survey(ASH), 2018)


def test_a_year_that_contradicts_the_reporting_periods_is_refused(survey):
    with pytest.raises(PlanningError, match="read as fiscal year 2014, but most fiscal years in it end in 2019"):
        pls.read(survey(ASH, name="x_fy14.csv"))


def test_programs_for_children_are_added_up_where_the_survey_split_them(survey):
    heading = "STABR,FSCSKEY,LIBNAME,POPU_LSA,K0_5PRO,K6_11PRO"
    split = survey("NJ,NJ0001,ASH,10,20,5", heading=heading, name="fy2022.csv")
    old = survey("NJ,NJ0001,ASH,10,31", heading="STABR,FSCSKEY,LIBNAME,POPU_LSA,KIDPRO", name="fy2018.csv")
    assert [pls.read(path)["children_programs"].item() for path in (split, old)] == [25, 31]


def test_every_year_has_the_same_columns(survey):
    small = survey("NJ,NJ0001,ASH,10", heading="STABR,FSCSKEY,LIBNAME,POPU_LSA", name="fy2024.csv")
    assert list(pls.read(small)) == list(pls.read(survey(ASH)))


def test_semicolons_are_understood(survey):
    path = survey(ASH.replace(",", ";"), heading=HEADING.replace(",", ";"))
    assert pls.read(path)["population"].item() == 2000


def test_all_wrong_cells_are_told_at_once(survey):
    wrong = BIRCH.replace("450", "4x").replace(",900,", ",-7,")
    with pytest.raises(PlanProblems) as problems:
        pls.read(survey(ASH, wrong, ASH))
    text = str(problems.value)
    assert "row 3, column VISITS: found 4x" in text
    assert "row 3, column POPU_LSA: found -7" in text
    assert "row 4, column FSCSKEY: found NJ0001 a second time" in text


def test_an_outlet_file_is_refused_by_name(survey):
    path = survey("NJ,NJ0001,002,ASH", heading="STABR,FSCSKEY,FSCS_SEQ,LIBNAME", name="PLS_FY19_Outlet.csv")
    with pytest.raises(PlanningError, match=r"PLS_FY19_Outlet\.csv is an outlet file .* Give that file"):
        pls.read(path)


def test_a_state_file_is_refused_by_name(survey):
    path = survey("NJ,2900", heading="STABR,POPU_LSA", name="PLS_FY19_State.csv")
    with pytest.raises(PlanningError, match=r"PLS_FY19_State\.csv is a state file"):
        pls.read(path)


def test_a_foreign_or_empty_or_absent_file_is_refused(survey, tmp_path):
    with pytest.raises(PlanningError, match="lacks FSCSKEY, LIBNAME or POPU_LSA"):
        pls.read(survey("1,2", heading="a,b", name="fy2019.csv"))
    (tmp_path / "empty.csv").write_bytes(b"")
    with pytest.raises(PlanningError, match=r"empty\.csv is not a library file"):
        pls.read(tmp_path / "empty.csv")
    with pytest.raises(PlanningError, match="There is no file"):
        pls.read(tmp_path / "absent.csv")


def _zip(path, **tables):
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in tables.items():
            archive.writestr(f"CSV/{name}.csv", text)
    return path


def test_the_library_file_is_picked_from_a_zip(tmp_path):
    outlets = "STABR,FSCSKEY,FSCS_SEQ,LIBNAME,POPU_LSA\nNJ,NJ0001,002,ASH,1\n"
    path = _zip(
        tmp_path / "pls_fy2019_csv.zip",
        PLS_FY19_Outlet_pud19i=outlets,
        PLS_FY19_AE_pud19=f"{HEADING}\n{ASH.replace('2000', '-1')}\n",
        PLS_FY19_AE_pud19i=f"{HEADING}\n{ASH}\n",
    )
    libraries = pls.read(path)
    assert (libraries["population"].item(), libraries["fiscal_year"].item()) == (2000, 2019)


def test_a_zip_without_a_library_file_is_refused(tmp_path):
    path = _zip(tmp_path / "fy2019.zip", states="STABR,POPU_LSA\nNJ,1\n")
    with pytest.raises(PlanningError, match=r"holds no library file .* found: CSV/states\.csv"):
        pls.read(path)


def test_a_zip_of_two_years_is_refused(tmp_path):
    path = _zip(tmp_path / "both.zip", pud18i=f"{HEADING}\n{ASH}\n", pud19i=f"{HEADING}\n{ASH}\n")
    with pytest.raises(PlanningError, match="holds 2 library files"):
        pls.read(path)


def test_a_library_has_its_figures_over_the_years_and_its_facts(survey):
    before = ASH.replace("2019", "2018").replace("2000", "1900")
    frames = [pls.read(survey(ASH)), pls.read(survey(before, BIRCH.replace("2019", "2018"), name="fy2018.csv"))]
    library = pls.library(frames, " nj0001 ")
    population = library.statistics[library.statistics["measure"] == "population"]
    assert list(library.statistics) == ["fiscal_year", "measure", "value", "source"]
    assert dict(zip(population["fiscal_year"], population["value"])) == {2018: 1900, 2019: 2000}
    assert library[:6] == ("NJ0001", "ASH LIBRARY", "NJ", "ASH", 2000, date(2019, 6, 30))
    assert pls.library(frames, "NJ0002").years_absent == (2019,)


def test_facts_are_those_of_the_latest_year_in_which_the_library_was_open(survey):
    gone = CLOSED.replace("NJ0003", "NJ0001")
    frames = [pls.read(survey(ASH)), pls.read(survey(gone, name="fy2020.csv"))]
    library = pls.library(frames, "NJ0001")
    assert (library.name, library.population) == ("ASH LIBRARY", 2000)
    assert set(library.missing.query("fiscal_year == 2020 and measure == 'visits'")["reason"]) == {"closed"}


def test_the_source_of_a_figure_names_its_column_and_says_when_it_was_estimated(survey):
    statistics = pls.library([pls.read(survey(BIRCH))], "NJ0002").statistics.set_index("measure")["source"]
    assert statistics["visits"] == "IMLS Public Libraries Survey FY2019, VISITS, estimated by the survey"
    assert statistics["outlets"] == "IMLS Public Libraries Survey FY2019, CENTLIB+BRANLIB+BKMOB"


def test_two_files_of_one_year_fill_each_others_gaps(survey):
    small = "STABR,FSCSKEY,LIBNAME,POPU_LSA,TOTPRO"
    frames = [pls.read(survey("NJ,NJ0001,ASH,1,12", heading=small, name="a_fy2019.csv")), pls.read(survey(ASH))]
    library = pls.library(frames, "NJ0001")
    values = library.statistics.set_index("measure")["value"]
    assert (values["population"], values["programs"]) == (2000, 12)
    assert library.missing.set_index("measure")["reason"]["spending_salaries"] == "suppressed"


def test_an_unknown_key_is_answered_with_the_nearest_keys(survey):
    with pytest.raises(PlanningError) as error:
        pls.library([pls.read(survey(ASH, BIRCH))], "NJ001")
    text = str(error.value)
    assert text.startswith("NJ001 is no key in these survey files. Allowed: a library's FSCSKEY")
    assert "The nearest keys: NJ0001 (ASH LIBRARY, ASH, NJ)" in text


def test_a_name_in_place_of_a_key_is_answered_with_the_libraries_of_that_name(survey):
    frames = [pls.read(survey(ASH, BIRCH))]
    with pytest.raises(PlanningError, match=r"Libraries of that name: NJ0002 \(BIRCH LIBRARY, BIRCH, NJ\)\. Give"):
        pls.library(frames, "Birch library")
    with pytest.raises(PlanningError, match=r"The nearest name: NJ0002 \(BIRCH LIBRARY"):
        pls.library(frames, "Brich library")
    with pytest.raises(PlanningError, match="No library of that name or key was found"):
        pls.library(frames, "")


def test_peer_rows_come_nearest_first_and_hold_only_known_figures(survey):
    frames = [pls.read(survey(ASH, BIRCH, CLOSED))]
    rows = pls.peer_rows(frames, ["NJ0002", "NJ0003", "NJ0001"], [0.1, 0.2, 0.3])
    assert list(rows) == ["peer", "name", "distance", "fiscal_year", "measure", "value"]
    assert rows["peer"].unique().tolist() == ["NJ0002", "NJ0001"]
    assert rows.query("measure == 'visits'")[["distance", "value"]].to_numpy().tolist() == [[0.1, 450], [0.3, 0]]
    assert rows["value"].notna().all()


def test_a_change_of_meaning_is_listed_only_when_the_years_cross_it():
    years = pd.DataFrame({"fiscal_year": [2019, 2020, 2022], "measure": ["programs", "visits", "programs"]})
    assert pls_columns.series_breaks(years)[["measure", "fiscal_year"]].to_numpy().tolist() == [["programs", 2021]]
    assert pls_columns.series_breaks(years[:2]).empty


@real
@pytest.mark.parametrize(
    ("measure", "column"),
    [
        ("visits", "VISITS"), ("circulation", "TOTCIR"), ("programs", "TOTPRO"), ("population", "POPU_LSA"),
        ("staff_fte", "TOTSTAFF"), ("wifi_sessions", "WIFISESS"), ("income_total", "TOTINCM"),
        ("ebooks", "EBOOK"), ("computers", "GPTERMS"), ("hours_open", "HRS_OPEN"),
    ],
)
def test_libraries_add_up_to_the_published_state_rows_of_fy2017(measure, column, fy2017):
    published = pd.read_csv(SURVEY / "PLS_FY17_State_pud17i.csv", encoding="cp1252").set_index("STABR")[column]
    sums = fy2017.groupby("state")[measure].sum()
    assert len(published) == 54
    pd.testing.assert_series_equal(sums, published, check_names=False, check_dtype=False, rtol=1e-9)


@pytest.fixture(scope="module")
def fy2017():
    return pls.read(FULL)


@real
def test_the_real_file_has_29_closed_libraries_and_3232_suppressed_salaries(fy2017):
    open_ones = fy2017[~fy2017["closed"]]
    assert (len(fy2017), len(open_ones)) == (9245, 9216)
    assert open_ones["missing"].str.contains("spending_salaries: suppressed").sum() == 3232
    assert (open_ones["staff_fte"] == 0).sum() == 125


@real
def test_the_small_and_the_full_file_of_fy2017_agree(fy2017):
    small = pls.read(SURVEY / "pls_fy2017_libraries.csv")
    shared = ["key", "zip", "fiscal_year_end", "closed", "population", "visits", "circulation", "staff_fte", "outlets"]
    pd.testing.assert_frame_equal(small[shared], fy2017[shared])


@real
def test_the_law_libraries_of_fy2018_have_a_suppressed_population():
    libraries = pls.read(SURVEY / "pls_fy2018_libraries.csv")
    hidden = libraries[libraries["missing"].str.contains("population: suppressed")]
    assert (len(hidden), set(hidden["state"])) == (35, {"CA"})


@real
@pytest.mark.parametrize(
    ("name", "kind"),
    [("PLS_FY17_Outlet_pud17i.csv", "an outlet file"), ("PLS_FY17_State_pud17i.csv", "a state file")],
)
def test_the_real_outlet_and_state_files_are_refused(name, kind):
    with pytest.raises(PlanningError, match=f"{name} is {kind}"):
        pls.read(SURVEY / name)
