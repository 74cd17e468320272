"""The gate: privacy, intellectual freedom, accessibility and copyright, before anything goes out."""

from __future__ import annotations

import pandas as pd
import pytest

from planning.analysis import ethics

ROLES = pd.DataFrame({"role": ["R1"], "name": ["Editor"]})
NOBODY = pd.Series([], dtype=object)


def outputs(*texts: str, kind: str = "message", going: bool = True) -> pd.DataFrame:
    return pd.DataFrame([[f"M{n}", kind, text, going, None, None] for n, text in enumerate(texts, start=1)], columns=ethics.OUTPUTS)


def clearances(*rows: tuple[str, str, bool, str | None]) -> pd.DataFrame:
    found = pd.DataFrame(list(rows), columns=["item", "subject", "cleared", "note"]).astype({"note": object, "item": object, "subject": object})
    return found.assign(date=pd.Timestamp(2026, 5, 1), role="R1")


def every(item: str) -> list[tuple[str, str, bool, None]]:
    return [(item, subject, True, None) for subject in ethics.SUBJECTS]


def failing(text: str, kind: str = "message", known: tuple[str, ...] = ()) -> list[str]:
    found = ethics.looks(outputs(text, kind=kind), clearances(*every("M1")), roles=ROLES, untold=NOBODY, known=known)
    return found.loc[found["state"] == "fails", "subject"].tolist()


@pytest.mark.parametrize(("text", "subjects"), [
    ("Storytime is on Saturdays at ten", []),
    ("Ask for Mrs Adamska at the desk", ["privacy"]),
    ("One patron searched for help with debt and now teaches others", ["intellectual freedom"]),
    ("COMPLETELY free for everybody", ["accessibility"]),
    ("The NASA exhibition opens", []),
    (" ".join(["word"] * 26), ["accessibility"]),
    (" ".join(["word"] * 25), []),
    (" ".join(["word"] * 20) + ". " + " ".join(["word"] * 20), []),
])
def test_the_text_itself_fails_whatever_was_cleared(text: str, subjects: list[str]) -> None:
    assert failing(text) == subjects


def test_a_desk_may_give_its_number_in_a_message_and_a_story_may_not() -> None:
    assert failing("Call the desk: 555 0142") == []
    assert failing("Call me: 555 0142", kind="story") == ["privacy"]


def test_names_of_partners_point_to_nobody() -> None:
    assert failing("Come to Rosa Lindqvist on Monday") == ["privacy"]
    assert failing("Come to Rosa Lindqvist on Monday", known=("Rosa Lindqvist",)) == []


def test_nothing_passes_that_no_person_has_looked_at() -> None:
    seen = ethics.looks(outputs("Come", "Stay"), clearances(*every("M1"), *every("M2")[:3]), roles=ROLES, untold=NOBODY)
    found = ethics.gate(outputs("Come", "Stay"), seen).set_index("item")

    assert found["passes"].to_dict() == {"M1": True, "M2": False}
    assert found.loc["M2", "waits"] == "copyright"


def test_a_message_whose_story_may_not_be_told_fails_on_privacy() -> None:
    seen = ethics.looks(outputs("Text held back: its story may not be told"), clearances(*every("M1")), roles=ROLES, untold=pd.Series(["M1"]))

    assert seen.loc[seen["state"] == "fails", ["subject", "why"]].values.tolist() == [["privacy", "its story may not be told"]]


def test_what_fails_on_privacy_is_held_back_in_the_gate_and_as_a_story_is_told_nowhere() -> None:
    looked = clearances(("M1", "privacy", False, "Neighbours would know"))
    found = ethics.gate(outputs("A person in the last house"), ethics.looks(outputs("A person in the last house"), looked, roles=ROLES, untold=NOBODY))

    assert found["text"].tolist() == [ethics.HELD]
    assert found["why"].tolist() == ["Neighbours would know"]
    assert ethics.tellable(pd.DataFrame({"story": ["M1", "ST2"]}), looked)["story"].tolist() == ["ST2"]


def test_what_fails_and_goes_out_all_the_same_comes_first_and_what_passes_last() -> None:
    rows = pd.concat([outputs("Passes"), outputs("Draft", "Fails out", "Waits out").assign(item=["M2", "M3", "M4"])], ignore_index=True)
    rows["going"] = rows["item"].ne("M2")
    seen = ethics.looks(rows, clearances(*every("M1"), ("M3", "copyright", False, "Not ours")), roles=ROLES, untold=NOBODY)

    assert ethics.gate(rows, seen)["item"].tolist() == ["M3", "M4", "M2", "M1"]


def test_without_messages_and_stories_there_is_nothing_to_look_at() -> None:
    seen = ethics.looks(outputs(), clearances(), roles=ROLES, untold=NOBODY)

    assert seen.empty and ethics.gate(outputs(), seen).empty and ethics.reconciled(outputs(), seen).empty
