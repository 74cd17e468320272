"""Whether decisions were taken by those who may take them."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from planning.analysis import governance

MANDATES = pd.DataFrame({"mandate": ["MA1", "MA2"], "name": ["Money", "Rotas"], "kind": ["money", "staff"], "decides": ["board", "management"],
                         "prepares": ["management", None], "heard": [None, None], "told": [None, None], "policy": ["PO1", None]})


def decisions(*rows: list[object]) -> pd.DataFrame:
    found = pd.DataFrame(list(rows), columns=["decision", "date", "what", "decided_by", "mandate", "body"]).astype({"mandate": object, "body": object})
    return found.assign(date=pd.to_datetime(found["date"]))


@pytest.mark.parametrize(("mandate", "body", "verdict"), [
    ("MA1", "board", "as laid down"), ("MA1", "management", "below its level"), ("MA1", "staff", "below its level"), ("MA2", "board", "above its level"),
    (None, "board", "matter not named"), ("MA1", None, "level not written down"), (None, None, "matter not named")])
def test_the_level_that_took_a_decision_is_held_against_the_level_that_may(mandate: str | None, body: str | None, verdict: str) -> None:
    assert governance.taken(decisions(["D1", "2026-01-05", "A", "Head", mandate, body]), MANDATES)["verdict"].tolist() == [verdict]


def test_what_was_taken_below_its_level_comes_first_and_then_the_newest() -> None:
    found = governance.taken(decisions(["D1", "2026-05-05", "New", "Board", "MA1", "board"], ["D2", "2024-05-05", "Old", "Board", "MA1", "board"],
                                       ["D3", "2020-05-05", "Below", "Head", "MA1", "management"]), MANDATES)

    assert found["what"].tolist() == ["Below", "New", "Old"]


def test_a_matter_says_how_often_it_was_decided_and_whether_its_policy_is_due() -> None:
    policies = pd.DataFrame({"policy": ["PO1"], "name": ["Purchasing"], "review": [pd.Timestamp(2026, 1, 31)]})
    found = governance.matters(MANDATES, decisions(["D1", "2026-05-05", "A", "B", "MA1", "board"], ["D2", "2025-05-05", "A", "B", "MA1", "board"]), policies, as_of=dt.date(2026, 6, 30))

    assert found[["matter", "policy_name", "decisions"]].values.tolist()[0] == ["Money", "Purchasing", 2]
    assert found["policy_due"].tolist() == [True, pd.NA]
    assert found["last"].iloc[0] == pd.Timestamp(2026, 5, 5) and pd.isna(found["last"].iloc[1])


def test_kinds_without_a_mandate_are_named_only_where_mandates_exist() -> None:
    assert governance.unruled(MANDATES)["kind"].tolist() == ["direction", "policy", "service", "partners", "public words"]
    assert governance.unruled(MANDATES.head(0)).empty


def test_nothing_decided_and_nothing_laid_down_gives_empty_tables() -> None:
    nobody = pd.DataFrame(columns=["policy", "name", "review"])

    assert governance.taken(decisions(), MANDATES.head(0)).empty
    assert governance.matters(MANDATES.head(0), decisions(), nobody, as_of=dt.date(2026, 6, 30)).empty
    assert governance.taken(decisions(["D1", "2026-01-05", "A", "Head", None, None]), MANDATES.head(0))["verdict"].tolist() == ["matter not named"]
