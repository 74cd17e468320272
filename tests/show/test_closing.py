"""The closing table: the page's own findings by key area, and what is missing where there is none."""

from __future__ import annotations

import pytest

from planning.show import closing, language
from planning.show.records import Finding


@pytest.fixture(autouse=True)
def english() -> None:
    language.use("en", "USD")


GOOD, BAD, UNKNOWN = Finding("All is well.", "good"), Finding("Two are <overdue>.", "bad", "estimated", ("agreements",)), Finding("Nobody knows.", "unknown")


def test_each_area_shows_the_most_pressing_of_its_findings_and_the_decision() -> None:
    found = closing.summary(3, {"agreements": [GOOD, None, UNKNOWN, BAD], "fit": GOOD}, []).rows.set_index("area")

    assert found.loc["Agreements", ["tone", "standing", "finding", "grade"]].tolist() == ["bad", "To act on", "Two are <overdue>.", "estimated"]
    assert found.loc["Agreements", "decision"] == "Which agreement to complete, renew or end, by when, and who sees to it."
    assert found.loc["Fit with our goals", "finding"] == "All is well."


def test_all_areas_stand_in_their_order_whatever_was_found() -> None:
    assert closing.summary(3, {}, []).rows["area"].tolist() == ["Fit with our goals", "Fairness", "Agreements", "Whom partners reach", "Network", "Health", "Prospects"]


def test_an_area_without_a_finding_names_the_table_that_is_missing() -> None:
    found = closing.summary(3, {"network": None, "health": []}, ["partner_links"]).rows.set_index("area")

    assert found.loc["Network", "finding"] == (
        "partner_links.csv is empty or missing. With it, this section would say who bridges groups that do not meet, and whose departure would part them.")
    assert found.loc["Health", "finding"] == "Nothing can be said here: no row of these tables can be used for it: Reviews of partnerships."
    assert found["decision"].isna().all() and set(found["tone"]) == {"unknown"}


def test_the_table_has_two_columns_and_says_in_words_what_is_to_be_decided() -> None:
    code = closing.code(closing.summary(3, {"agreements": BAD}, []))

    assert code.count('scope="col"') == 2 and code.count('scope="row"') == 7
    assert '<div class="finding bad"><strong class="tone">To act on:</strong> Two are &lt;overdue&gt;. <span class="grade">(estimated)</span></div><p>To decide: Which agreement' in code
    assert code.count("To decide:") == 1 and "nan" not in code.replace("finance", "")


def test_an_area_that_the_step_does_not_have_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="found fitness. Step 3 has fit, fairness"):
        closing.summary(3, {"fitness": GOOD}, [])


def test_every_area_rests_on_tables_of_the_schema() -> None:
    from planning.model.schema import tables

    assert [name for areas in closing.AREAS.values() for area in areas for name in area.tables if name not in tables()] == []


def test_where_no_area_has_a_finding_one_line_says_so() -> None:
    code = closing.code(closing.summary(3, {}, ["partners", "agreements"]))

    assert code.startswith('<p class="missing">No key area can be judged yet') and "<table" not in code
