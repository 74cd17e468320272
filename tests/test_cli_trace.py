"""The command that follows one thing of a plan up and down."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import ROOT

from planning import cli

PLAN = str(ROOT / "data" / "riverbend_public")


def test_a_message_is_followed_up_to_its_goals(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["trace", PLAN, "M04"]) == 0
    said = capsys.readouterr().out

    assert said.startswith("Of the desk patrons we reached, 38% had a job or an interview after three months (message M04)\n")
    assert "  KPI K07  Desk patrons with a job or an interview" in said and "goal G2  People find work and start businesses" in said
    assert "Below it, towards public sentences:\n  audience A11  City council and city manager" in said


@pytest.mark.parametrize("wanted", ["S03", "s03", "service:S03", "Storytime"])
def test_a_thing_is_meant_by_id_by_kind_and_id_or_by_name(wanted: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["trace", PLAN, wanted]) == 0
    assert capsys.readouterr().out.startswith("Storytime (service S03)\n")


def test_json_is_json_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["trace", PLAN, "G1", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)

    assert made["item"]["id"] == "G1" and made["item"]["part"] == pytest.approx(0.26)
    assert made["up"] == [] and {"service", "kpi", "message", "audience"} <= {one["kind"] for one in made["down"]}
    assert {one["side"] for one in made["links"]} == {"down"}
    assert "NaN" not in json.dumps(made)


def test_a_wide_chain_is_cut_and_the_rest_counted(capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["trace", PLAN, "G1"])
    short = capsys.readouterr().out.splitlines()
    cli.run(["trace", PLAN, "G1", "--all"])
    whole = capsys.readouterr().out.splitlines()

    assert len(short) <= 40 < len(whole)
    assert short[-1] == f"  and {len(whole) - len(short) + 1} more; --all shows them."


def test_an_unknown_id_leaves_with_2_and_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["trace", PLAN, "Storytimes"]) == 2
    assert capsys.readouterr().err == "Nothing in this plan has the id or the name Storytimes. Did you mean service:S03 “Storytime”?\n"


@pytest.mark.parametrize(("wanted", "near"), [("S3", "service:S03 “Storytime”?"), ("storyt", "“Storytime"), ("  ", "Name what to follow")])
def test_zeros_left_out_a_part_of_a_name_and_nothing_lead_to_what_was_meant(wanted: str, near: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["trace", PLAN, wanted]) == 2
    assert near in capsys.readouterr().err


def test_a_thing_that_hangs_on_nothing_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["trace", PLAN, "S10"]) == 0
    assert "No goal in force reaches “Local history room” (service)" in capsys.readouterr().out
    assert cli.run(["trace", PLAN, "S16"]) == 0
    assert "“Microfilm by post” (service) has ended, so it stands outside the chain." in capsys.readouterr().out


def test_a_story_that_may_not_be_told_is_not_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["trace", PLAN, "ST6"]) == 2
    assert "password" not in capsys.readouterr().err


def test_a_plan_without_goals_is_told_and_a_missing_folder_leaves_with_1(empty_plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (empty_plan / "services.csv").write_text("service,name,form,status,essential\nS1,Storytime,physical,running,false\n", encoding="utf-8")

    assert cli.run(["trace", str(empty_plan), "S1"]) == 0
    assert capsys.readouterr().out.endswith("No goal is in force in this plan, so there is no weight that could flow.\n")
    assert cli.run(["trace", str(tmp_path / "nowhere"), "S1"]) == 1
    assert "There is no folder" in capsys.readouterr().err
