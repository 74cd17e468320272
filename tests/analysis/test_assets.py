"""What is there, what could start with it, and what it waits for."""

from __future__ import annotations

import pandas as pd

from planning.analysis import assets

NONE = float("nan")
ASSETS = pd.DataFrame({"asset": ["A1", "A2", "A3", "A4"], "name": ["Room", "Links", "Tablets", "Kitchen"], "kind": ["room", "link", "equipment", "room"],
                       "ready": [True, True, False, False], "role": ["R1", None, None, "R9"], "partner": [None, "P1", None, None], "note": ["Twelve seats", None, None, None]})
INITIATIVES = pd.DataFrame({
    "initiative": ["I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8"], "name": ["Hub", "Desk", "Video", "Circles", "Words", "Scan", "Old", "Open"],
    "status": ["candidate", "chosen", "candidate", "candidate", "candidate", "candidate", "done", "running"], "owner": ["R1", "R1", None, None, None, None, "R1", "R1"],
    "first_step": ["One morning", "One evening", "One call", "One talk", "Forty words", None, "Begun", "Begun"], "first_step_hours": [4.0, 4.0, 6.0, 2.0, NONE, 1.0, 1.0, 1.0]})
USED = pd.DataFrame({"initiative": ["I1", "I1", "I2", "I3", "I3", "I4", "I7"], "asset": ["A1", "A2", "A1", "A1", "A3", "A2", "A2"]})
ROLES = pd.DataFrame({"role": ["R1"], "name": ["Librarian"]})
PARTNERS = pd.DataFrame({"partner": ["P1"], "name": ["Job centre"]})
LINKS = pd.DataFrame({"initiative": ["I4", "I1", "I2"], "link": ["needs", "needs", "excludes"], "other": ["I2", "I7", "I3"]})
VALUED = pd.DataFrame({"initiative": ["I1", "I2"], "value": [0.1, 0.3]})


def there() -> pd.DataFrame:
    return assets.inventory(ASSETS, USED, INITIATIVES, roles=ROLES, partners=PARTNERS)


def starts(**changes: pd.DataFrame) -> pd.DataFrame:
    given = {"initiative_assets": USED, "inventory": there(), "links": LINKS} | changes
    return assets.starts(INITIATIVES, given["initiative_assets"], given["inventory"], links=given["links"], roles=ROLES, valued=VALUED)


def test_the_inventory_goes_by_kind_and_says_who_looks_after_what_and_what_uses_it() -> None:
    assert there()[["asset", "ready", "looked_after_by", "lent_by", "uses", "used_by"]].values.tolist() == [
        ["A2", True, "", "Job centre", 2, "Hub; Circles"], ["A1", True, "Librarian", "", 3, "Hub; Desk; Video"], ["A4", False, "", "", 0, ""], ["A3", False, "", "", 1, "Video"]]


def test_an_initiative_that_is_rejected_uses_nothing() -> None:
    rejected = INITIATIVES.assign(status=INITIATIVES["status"].mask(INITIATIVES["initiative"] == "I3", "rejected"))
    found = assets.inventory(ASSETS, USED, rejected, roles=ROLES, partners=PARTNERS).set_index("asset")

    assert found.loc[["A1", "A3"], ["uses", "used_by"]].values.tolist() == [[2, "Hub; Desk"], [0, ""]]


def test_the_smallest_start_has_few_hours_and_then_the_greater_value() -> None:
    found = starts()

    assert found["initiative"].tolist() == ["I2", "I1", "I4", "I3", "I5"]
    assert found.loc[0, ["role", "hours", "assets", "state"]].tolist() == ["Librarian", 4.0, "Room", "can start now"]


def test_a_need_that_is_done_or_running_holds_nothing_up_and_an_open_one_does() -> None:
    found = starts().set_index("initiative")

    assert found.loc["I1", "waits_for"] == "" and found.loc["I1", "state"] == "can start now"
    assert found.loc["I4", ["waits_for", "state"]].tolist() == ["Desk", "waits for another initiative"]
    running = LINKS.assign(other=["I8", "I7", "I3"])
    assert starts(links=running).set_index("initiative").loc["I4", "state"] == "can start now"


def test_an_asset_that_is_not_ready_is_named_and_one_that_is_not_listed_is_not_assumed() -> None:
    found = starts().set_index("initiative")

    assert found.loc["I3", ["assets", "missing", "state"]].tolist() == ["Room", "Tablets", "an asset is not ready"]
    assert found.loc["I5", "state"] == "its assets are not listed" and pd.isna(found.loc["I5", "hours"])


def test_a_step_that_waits_and_lacks_an_asset_is_said_to_wait_and_names_both() -> None:
    found = starts(links=pd.DataFrame({"initiative": ["I3"], "link": ["needs"], "other": ["I2"]})).set_index("initiative")

    assert found.loc["I3", ["state", "waits_for", "missing"]].tolist() == ["waits for another initiative", "Desk", "Tablets"]


def test_a_step_without_hours_comes_after_those_with_hours() -> None:
    used = pd.concat([USED, pd.DataFrame({"initiative": ["I5"], "asset": ["A1"]})])

    now = starts(initiative_assets=used).query("state == 'can start now'")

    assert now["initiative"].tolist() == ["I2", "I1", "I5"]


def test_without_assets_nothing_can_be_said_and_without_first_steps_there_is_nothing() -> None:
    empty = assets.inventory(ASSETS.head(0), USED.head(0), INITIATIVES, roles=ROLES, partners=PARTNERS)

    assert empty.empty and "used_by" in empty
    assert set(starts(inventory=empty, initiative_assets=USED.head(0), links=LINKS.head(0))["state"]) == {"its assets are not listed"}
    none = assets.starts(INITIATIVES.assign(first_step=None), USED, there(), links=LINKS, roles=ROLES, valued=VALUED)
    assert none.empty and "state" in none
