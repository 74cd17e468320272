"""The sentences of who decides, of the gate, of channels and of the seven key areas."""

from __future__ import annotations

import pandas as pd
import pytest

from planning.show import findings, language, tables


@pytest.fixture(autouse=True)
def english() -> None:
    language.use("en", "USD")


def taken(*verdicts: str) -> pd.DataFrame:
    return pd.DataFrame({"verdict": list(verdicts), "what": [f"Step {n}" for n in range(1, len(verdicts) + 1)]})


def test_decisions_taken_below_their_level_are_named() -> None:
    found = findings.governance.taken(taken("below its level", "as laid down", "above its level", "matter not named"), ruled=True)

    assert found.tone == "bad"
    assert found.text == ("1 of 4 decisions was taken as laid down. 1 was taken below the level that decides on it: “Step 1”. 1 was taken above it. "
                          "For 1 it is not written down whose it was.")


def test_all_as_laid_down_is_good_and_nothing_laid_down_says_nothing() -> None:
    assert findings.governance.taken(taken("as laid down", "as laid down"), ruled=True).text == "2 of 2 decisions were taken as laid down."
    assert findings.governance.taken(taken("as laid down"), ruled=True).tone == "good"
    assert findings.governance.taken(taken("matter not named"), ruled=False) is None
    assert findings.governance.unruled(pd.DataFrame({"kind": []})) is None
    assert findings.governance.unruled(pd.DataFrame({"kind": ["money", "public words"]})).text == "Nothing lays down who decides on money and what is said in public."


def gate(*rows: tuple[str, bool, str, str, str]) -> pd.DataFrame:
    found = pd.DataFrame(list(rows), columns=["text", "going", "fails", "why", "waits"])
    return found.assign(passes=(found["fails"] == "") & (found["waits"] == ""))


def test_the_gate_names_what_is_out_although_it_fails() -> None:
    rows = gate(("Come", True, "copyright", "Not our picture", ""), ("Stay", True, "", "", "privacy"), ("Go", True, "", "", ""), ("Draft", False, "privacy", "A name", ""))
    found = findings.governance.gate(rows)

    assert found.tone == "bad"
    assert found.text == ("1 of 4 messages and stories passes all four questions. 1 is approved, sent or told although it fails one: “Come”. "
                          "1 more is out or about to go out and was not looked at for all four.")
    assert [one.text for one in findings.governance.named(rows)] == ["“Come” fails copyright: Not our picture."]


def test_a_text_that_is_held_back_is_not_quoted() -> None:
    rows = gate(("Text held back: it could point to a person", True, "privacy", "Neighbours would know", ""))

    assert findings.governance.named(rows)[0].text == "A text that is held back fails privacy: Neighbours would know."


def test_a_failing_without_a_note_says_so_and_a_clean_gate_is_good() -> None:
    assert findings.governance.named(gate(("Come", True, "copyright", "", "")))[0].text == "“Come” fails copyright: nothing is written down about why."
    assert findings.governance.gate(gate(("Come", True, "", "", ""))).tone == "good"
    assert findings.governance.gate(gate()) is None


def channels(*rows: list[object]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["channel", "sent", "counted", "reached", "acted", "rate", "low", "high", "hours", "per_hour", "hidden"])


def test_channels_say_the_rate_with_its_range_and_what_nobody_counted() -> None:
    rows = channels(["word of mouth", 1, 1, 40, 20, 0.5, 0.35, 0.65, 2, 10.0, 0], ["press", 2, 1, 1000, 20, 0.02, 0.013, 0.031, None, None, 0])

    assert findings.governance.channels(rows).text == ("Word of mouth: 50% of the 40 people reached did what was asked (35% to 65%). The smallest share: press, 2% of 1,000. "
                                                       "For 1 message sent, nobody counted both.")
    assert tables.governance.channels(rows).rows["effort"].iloc[0] == "10 people"


def test_where_nothing_was_counted_that_is_said() -> None:
    assert findings.governance.channels(channels(["press", 2, 0, None, None, None, None, None, None, None, 1])).tone == "unknown"
    assert findings.governance.channels(channels()) is None


def area(step: int, **given: object) -> pd.DataFrame:
    row = {"step": step, "area": "x", "doing": "", "doing_count": 0, "decided": "", "decided_count": 0, "next": None, "next_day": pd.NaT}
    return pd.DataFrame([row | given])


def test_a_key_area_says_what_is_done_decided_and_next() -> None:
    row = area(7, doing="Families; Donors; Staff", doing_count=3, decided="Write monthly", decided_count=1, next="press", next_day=pd.Timestamp(2026, 8, 1))

    assert findings.governance.areas(row)[0].text == ("Told something: “Families”, “Donors” and “Staff”. Decided: “Write monthly”. "
                                                      "Next, on 1 August 2026: a message goes out (channel: press).")


def test_an_area_without_anything_is_unknown_beside_one_with_something() -> None:
    found = findings.governance.areas(pd.concat([area(5), area(6, doing="Learning", doing_count=1)]))[0]

    assert (found.tone, found.text) == ("unknown", "Nothing is under way, decided or planned that the plan speaks of.")


def test_a_plan_that_speaks_of_nothing_has_no_sentence_for_any_area() -> None:
    assert findings.governance.areas(pd.concat([area(5), area(6)])) == [None, None]


def test_what_comes_next_says_what_happens_on_that_day() -> None:
    rows = pd.concat([area(3, next="Shared desk"), area(6, next="Laptops")])

    assert [findings.governance.coming(row) for row in rows.itertuples()] == ["the agreement “Shared desk” is reviewed", "the grant application “Laptops” is due"]
