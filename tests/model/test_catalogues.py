"""The suite's list of library KPIs: whole, in the plan's own words, and broad enough for each kind of library."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from conftest import ROOT

from planning.model import catalogues, schema

KPIS = catalogues.indicators()
COLUMNS = ["indicator", "name", "kinds", "family", "perspective", "level", "timing", "direction", "unit", "frequency", "definition", "formula", "source", "limits"]
FAMILIES = {"use", "reach", "satisfaction", "collection", "digital", "space", "speed", "staff", "money", "partnership", "learning", "impact"}


def test_every_kpi_of_the_list_is_filled_in_and_has_an_id_and_a_name_of_its_own() -> None:
    assert list(KPIS.columns) == COLUMNS
    assert (KPIS != "").all().all()
    assert KPIS["indicator"].is_unique and KPIS["name"].is_unique and KPIS["definition"].is_unique
    assert KPIS["indicator"].str.fullmatch(r"[a-z0-9_]+").all()


@pytest.mark.parametrize("column", ["perspective", "level", "timing", "direction", "frequency"])
def test_the_list_uses_the_words_that_a_plan_allows(column: str) -> None:
    field = next(field for field in schema.tables()["kpis"].fields if field.name == column)

    assert set(KPIS[column]) == set(field.constraints["enum"])


def test_the_list_uses_the_families_and_kinds_that_the_docs_name() -> None:
    text = (ROOT / "docs" / "catalogues.md").read_text(encoding="utf-8")

    assert set(KPIS["family"]) == FAMILIES
    assert {kind for kinds in KPIS["kinds"] for kind in kinds.split()} == {"public", "academic", "corporate"}
    assert [word for word in (*FAMILIES, "public", "academic", "corporate") if word not in text] == []


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "planning" / "model" / "catalogues").glob("*.csv")))
def test_the_docs_name_every_column_of_every_list(name: str) -> None:
    section = (ROOT / "docs" / "catalogues.md").read_text(encoding="utf-8").split(f"`{name}`\n")[1].split("\n## ")[0]
    header = (ROOT / "planning" / "model" / "catalogues" / name).read_text(encoding="utf-8").splitlines()[0]

    assert [column for column in header.split(",") if f"| `{column}` |" not in section] == []


def test_there_are_enough_kpis_for_a_start_and_enough_that_show_a_result() -> None:
    assert len(KPIS) >= 48
    assert KPIS["level"].isin(["outcome", "impact"]).sum() >= 10
    assert {"patron_engagement", "allocation_efficiency", "partnership_growth"} <= set(KPIS["indicator"])


@pytest.mark.parametrize("kind", ["public", "academic", "corporate"])
def test_each_kind_of_library_finds_kpis_for_every_side_leading_and_lagging(kind: str) -> None:
    found = catalogues.indicators(kind)

    assert len(found) >= 20
    assert all(kind in kinds.split() for kinds in found["kinds"])
    assert found.groupby(["perspective", "timing"]).ngroups == 8
    assert found["level"].isin(["outcome", "impact"]).sum() >= 10


def test_a_kind_that_nobody_knows_finds_nothing() -> None:
    found = catalogues.indicators("school")

    assert list(found.columns) == COLUMNS and found.empty


def test_people_served_are_patrons_throughout() -> None:
    text = " ".join(KPIS.astype(str).to_numpy().ravel()).lower()

    assert re.findall(r"\b(?:users?|customers?|clients?|visitors?)\b", text) == []


IDEAS = catalogues.partner_ideas()


def words(table: str, column: str) -> set[str]:
    return set(next(field for field in schema.tables()[table].fields if field.name == column).constraints["enum"])


def listed(rows: pd.DataFrame, column: str) -> set[str]:
    return set(rows[column].str.split("; ").explode())


def test_every_partner_idea_is_filled_in_and_has_an_id_a_name_and_a_question_of_its_own() -> None:
    assert (IDEAS.astype(str) != "").all().all()
    assert IDEAS["idea"].str.fullmatch(r"[a-z_]+").all()
    assert [IDEAS[column].is_unique for column in ("idea", "name", "brings", "first_question")] == [True] * 4
    assert IDEAS["first_question"].str.endswith("?").all()


def test_partner_ideas_use_the_words_of_a_plan() -> None:
    assert set(IDEAS["partner_kind"]) == words("partners", "kind")
    assert listed(IDEAS, "audiences") == words("audiences", "kind")
    assert listed(IDEAS, "roles") == words("partner_roles", "role")
    assert listed(IDEAS, "gives") == words("contributions", "kind")


@pytest.mark.parametrize("kind", ["public", "academic", "corporate"])
def test_each_kind_of_library_finds_ideas_for_whatever_its_partners_may_lack(kind: str) -> None:
    found = catalogues.partner_ideas(kind)

    assert len(found) >= 25
    assert all(kind in kinds.split() for kinds in found["kinds"])
    assert set(found["partner_kind"]) == words("partners", "kind")
    assert listed(found, "audiences") == words("audiences", "kind")
    assert listed(found, "roles") == words("partner_roles", "role")
    assert listed(found, "gives") == words("contributions", "kind")
    assert found.groupby("partner_kind").size().min() >= 2
    assert found["inclusion"].sum() >= 8


def test_the_docs_say_how_many_partner_ideas_there_are() -> None:
    assert f"{len(IDEAS)} partner ideas" in (ROOT / "docs" / "catalogues.md").read_text(encoding="utf-8")
