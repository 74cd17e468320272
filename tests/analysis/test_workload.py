"""Workload: hours asked of a role against those it has, what would have to wait, what is not known."""

from __future__ import annotations

import pandas as pd
import pytest

from planning.analysis import workload

ROLES = pd.DataFrame({"role": ["R1", "R2", "R3"], "name": ["Desk", "Van", "Head"], "fte": [1.0, 0.5, 1.0], "free_hours": [200.0, None, 100.0]})
GIVEN = pd.DataFrame([["R1", "S1", 900.0], ["R1", "S2", 700.0], ["R2", "S1", 600.0]], columns=["role", "service", "hours"])
STARTED = pd.DataFrame([["I1", "Signs", "chosen", False, 250.0], ["I2", "Entrance", "running", True, 100.0], ["I3", "Hub", "candidate", False, 400.0], ["I4", "Fair", "running", False, 60.0]],
                       columns=["initiative", "name", "status", "must_do", "hours"])
ASKED = pd.DataFrame([["I1", "R1", 200.0], ["I2", "R1", 100.0], ["I3", "R2", 400.0], ["I4", "R1", 60.0], ["I4", "R3", 10.0]], columns=["initiative", "role", "hours"])


def load(**changes: pd.DataFrame) -> pd.DataFrame:
    tables = {"roles": ROLES, "role_services": GIVEN, "initiatives": STARTED, "initiative_hours": ASKED} | changes
    return workload.by_role(*tables.values(), hours_per_fte=1600)


def test_services_and_started_initiatives_are_set_against_productive_hours():
    found = load().set_index("role_name")

    # Desk: 900 + 700 for services, 200 + 100 + 60 for initiatives, of 1,600 hours.
    assert found.loc["Desk", ["services", "initiatives", "asked", "over", "room"]].tolist() == [1600, 360, 1960, 360, 0]
    assert found.loc["Desk", "share"] == pytest.approx(1.225)
    assert found.loc["Desk", ["low", "high"]].astype(float).tolist() == pytest.approx([1.225 / 1.05, 1.225 / 0.95])
    assert found.loc["Van", ["asked", "room", "candidates", "state"]].tolist() == [600, 200, 400, "room"]


def test_a_role_whose_services_nobody_wrote_down_is_not_known_and_stands_last():
    found = load()

    assert found.iloc[-1][["role_name", "state"]].tolist() == ["Head", "not known"]
    assert found.iloc[-1][["services", "asked", "share", "over", "room"]].isna().all()


@pytest.mark.parametrize(("hours", "state"), [(1690.0, "over"), (1670.0, "full"), (1600.0, "full"), (1370.0, "full"), (1360.0, "room")])
def test_a_role_is_over_or_has_room_only_where_five_per_cent_more_or_less_would_not_change_it(hours, state):
    given = pd.DataFrame({"role": ["R1"], "service": ["S1"], "hours": [hours]})

    assert load(role_services=given, initiative_hours=ASKED.head(0)).iloc[0]["state"] == state


def test_what_one_role_has_to_spare_does_not_make_up_for_another():
    found = workload.total(load()).iloc[0]

    assert found[["roles", "hours", "asked", "over", "room", "unknown"]].tolist() == [2, 2400, 2560, 360, 200, 1]


def test_as_few_hours_as_possible_wait_and_never_a_must_do():
    found = workload.relief(load(), STARTED, ASKED).iloc[0]

    # Services and the must-do take 1,700 of 1,600 hours: both others wait, and 100 hours are still too many.
    assert found[["names", "freed", "left", "must"]].tolist() == ["Signs; Fair", 260, 100, 100]


def test_the_smaller_initiative_waits_when_that_is_enough():
    given = pd.DataFrame({"role": ["R1"], "service": ["S1"], "hours": [1340.0]})
    asked = pd.DataFrame([["I1", "R1", 260.0], ["I4", "R1", 120.0]], columns=ASKED.columns)

    assert workload.relief(load(role_services=given, initiative_hours=asked), STARTED, asked).iloc[0][["names", "freed", "left"]].tolist() == ["Fair", 120, 0]


def test_hours_of_initiatives_that_no_role_took_are_named():
    found = workload.unsplit(pd.concat([STARTED, pd.DataFrame([["I5", "Talks", "chosen", False, None]], columns=STARTED.columns)]), ASKED)

    assert found[["initiative_name", "given"]].values.tolist() == [["Talks", 0], ["Signs", 200]]
    assert found["open"].tolist()[1] == 50


def test_nothing_is_told_without_hours_by_service():
    empty = load(role_services=GIVEN.head(0))

    assert list(empty.columns) == workload.COLUMNS and empty.empty
    assert workload.total(empty).empty and workload.relief(empty, STARTED, ASKED).empty and workload.reconciled(empty, GIVEN).empty


def test_hours_by_role_and_by_service_agree():
    row = workload.reconciled(load(), GIVEN).iloc[0]

    assert row["expected"] == row["found"] == 2200


def test_a_role_without_filled_hours_has_no_share():
    found = load(roles=ROLES.assign(fte=[0.0, 0.5, 1.0])).set_index("role_name")

    assert pd.isna(found.loc["Desk", "share"]) and found.loc["Desk", "state"] == "not known"
