"""The suite's list of service options: whole, in plain words, and tied to its indicators."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT

from planning.model import catalogues

CARDS = catalogues.options()
COLUMNS = ["option", "name", "kinds", "what", "for_whom", "goals_it_serves", "first_step", "cost_drivers", "effort", "skills", "depends_on", "risks",
           "accessibility", "ethics", "measures"]
ASKED_FOR = {"digital_asset_curation", "information_experience_design", "community_data_literacy", "virtual_reference", "inclusive_metadata", "ai_cataloguing",
             "self_checkout", "business_career"}


def test_every_card_is_filled_in_and_has_an_id_and_a_name_of_its_own() -> None:
    assert list(CARDS.columns) == COLUMNS
    assert (CARDS != "").all().all()
    assert CARDS["option"].is_unique and CARDS["name"].is_unique
    assert CARDS["option"].str.fullmatch(r"[a-z_]+").all()


def test_there_are_at_least_sixteen_cards_with_the_eight_that_were_asked_for() -> None:
    assert len(CARDS) >= 16
    assert ASKED_FOR - set(CARDS["option"]) == set()


@pytest.mark.parametrize(("kind", "least"), [("public", 12), ("academic", 12), ("corporate", 8)])
def test_each_kind_of_library_gets_the_cards_meant_for_it(kind: str, least: int) -> None:
    found = catalogues.options(kind)

    assert len(found) >= least
    assert all(kind in kinds.split() for kinds in found["kinds"])
    assert list(found.index) == list(range(len(found)))


def test_kinds_and_effort_are_words_that_the_docs_define() -> None:
    text = (ROOT / "docs" / "catalogues.md").read_text(encoding="utf-8")

    assert {kind for kinds in CARDS["kinds"] for kind in kinds.split()} == {"public", "academic", "corporate"}
    assert set(CARDS["effort"]) <= {"small", "middle", "large"}
    assert [column for column in COLUMNS if f"| `{column}` |" not in text] == []
    assert all(f"**{effort}**" in text for effort in ("small", "middle", "large"))


def test_no_card_holds_a_price() -> None:
    prices = [(row["option"], text) for row in CARDS.to_dict("records") for text in row.values() if re.search(r"[$€£]|\d{3,}|\b(USD|EUR|GBP)\b", text)]

    assert prices == []


def test_every_measure_is_in_the_list_of_indicators_for_a_kind_that_the_card_is_meant_for() -> None:
    kinds = dict(zip(*(catalogues.indicators()[column] for column in ("indicator", "kinds"))))
    wrong = [(row.option, kind) for row in CARDS.itertuples() for kind in row.kinds.split()
             if not any(kind in kinds[measure].split() for measure in row.measures.split())]

    assert wrong == []


def test_every_card_that_a_sample_names_is_in_the_list(sample) -> None:
    from planning.model.plan import open_plan

    named = set(open_plan(sample).initiatives["option"].dropna())

    assert named and named - set(CARDS["option"]) == set()
