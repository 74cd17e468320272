"""planning import survey: a proposal first, then answers; exit codes, what is told, and nothing half written."""

from __future__ import annotations

from pathlib import Path

import pytest

from planning import cli

ROWS = "Timestamp,Your e-mail,I found it,Mood before,Mood after\n5/13/2026 9:00,a@example.org,Agree,Calm,Very calm\n5/14/2026 9:00,b@example.org,N/A,Tense,Calm\n5/15/2026 9:00,c@example.org,Strongly agree,Tense,Very calm\n"
PLAIN = "Date,I found it\n2026-05-13,Agree\n2026-05-14,Neutral\n"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "spring poll.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    path = tmp_path / "plain.csv"
    path.write_text(PLAIN, encoding="utf-8")
    return path


def held(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != ".planning.lock"}


def given(plan: Path, *words: object) -> int:
    return cli.run(["import", "survey", *map(str, words), "--into", str(plan)])


def test_the_first_call_leaves_with_2_shows_a_proposal_and_writes_it_beside_the_export_only(empty_plan: Path, export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = held(empty_plan)

    assert given(empty_plan, export, "--group", "patrons") == 2
    said = capsys.readouterr()
    assert said.out == "" and "example.org" not in said.err
    assert "spring poll.csv: 3 rows, 5 columns. Proposed:" in said.err
    assert "  Your e-mail                     nothing    May point to a person, by its heading." in said.err
    assert "  I found it                      question   Agree 1-5 (Strongly agree 5, Agree 4, Neither agree nor disagree 3," in said.err
    assert "To be decided by you:\n  Mood before: steps: put them in order" in said.err
    assert f"planning import survey '{export}' --into {empty_plan} --mapping" in said.err and "--accept" not in said.err
    assert export.with_name("spring poll.mapping.toml").exists() and held(empty_plan) == before


def test_a_mapping_that_was_corrected_brings_the_answers_in_and_is_kept(empty_plan: Path, export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "mine.toml"
    assert given(empty_plan, export, "--mapping", mine) == 2
    text = mine.read_text(encoding="utf-8").replace('group = ""', 'group = "staff"')
    mine.write_text(text.replace('steps = ["Calm", "Tense", "Very calm"]\nordered = false', 'steps = ["Tense", "Calm", "Very calm"]', 1), encoding="utf-8")
    capsys.readouterr()

    assert given(empty_plan, export, "--mapping", mine, "--survey", "Spring poll", "--invited", 9, "--chosen", "everyone") == 0
    assert capsys.readouterr().out == (
        "SV1, Spring poll: 3 rows, 3 with answers.\nspring poll.csv: columns left out, since they may point to a person: Your e-mail.\n"
        "The file itself is not kept in the plan, since it may point to persons (Your e-mail); the receipt holds its fingerprint. "
        "Keep it where only those may read it who should. --keep-file puts it into evidence/.\n"
        "questions.csv: 3 rows new, 0 changed, 0 as they were.\nquestion_options.csv: 6 rows new, 0 changed, 0 as they were.\nsurveys.csv: 1 rows new, 0 changed, 0 as they were.\n"
        "answers.csv: 8 rows new, 0 changed, 0 as they were.\n")
    assert (empty_plan / "answers.csv").read_text(encoding="utf-8").splitlines()[1:4] == ["V001,2026-05-13,,Q01,4,SV1", "V001,2026-05-13,,Q02,2,SV1", "V001,2026-05-13,,Q03,3,SV1"]

    before = held(empty_plan)
    assert given(empty_plan, export) == 0
    assert "answers.csv: 0 rows new, 0 changed, 8 as they were." in capsys.readouterr().out
    assert held(empty_plan) == before
    assert cli.run(["check", str(empty_plan)]) == 0


def test_accept_takes_a_proposal_that_leaves_nothing_open(empty_plan: Path, plain: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert given(empty_plan, plain, "--accept", "--group", "partners") == 0
    said = capsys.readouterr().out
    assert "plain (2026-05): 2 rows, 2 with answers." in said and "Kept untouched: evidence/plain.csv." in said
    assert "The file in evidence/ holds each person's answers in one row." in said
    assert not plain.with_name("plain.mapping.toml").exists()


def test_accept_does_not_take_what_has_to_be_decided(empty_plan: Path, export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = held(empty_plan)

    assert given(empty_plan, export, "--accept", "--group", "patrons") == 2
    assert "Mood before: steps: put them in order" in capsys.readouterr().err
    assert held(empty_plan) == before


def test_a_proposal_that_was_edited_is_not_written_over(empty_plan: Path, export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = export.with_name("spring poll.mapping.toml")
    given(empty_plan, export)
    assert given(empty_plan, export) == 2
    place.write_text("# mine\n", encoding="utf-8")
    capsys.readouterr()

    assert given(empty_plan, export) == 2
    assert f"{place} is there already, and was left as it is. To use it, add --mapping {place}" in capsys.readouterr().err
    assert place.read_text(encoding="utf-8") == "# mine\n"


def test_a_mapping_that_is_not_there_is_not_passed_over_for_the_one_that_was_kept(empty_plan: Path, plain: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given(empty_plan, plain, "--accept", "--group", "patrons")

    assert given(empty_plan, plain, "--mapping", "mnie.toml") == 2
    assert "There is no file mnie.toml. Check the spelling" in capsys.readouterr().err


def test_the_file_is_kept_or_left_as_asked(empty_plan: Path, plain: Path) -> None:
    assert given(empty_plan, plain, "--accept", "--group", "patrons", "--leave-file") == 0
    assert not (empty_plan / "evidence" / "plain.csv").exists() and "plain.csv (not kept)" in (empty_plan / "evidence" / "receipts.csv").read_text(encoding="utf-8")
    assert given(empty_plan, plain, "--keep-file") == 0
    assert (empty_plan / "evidence" / "plain.csv").read_text(encoding="utf-8") == PLAIN


@pytest.mark.parametrize(("options", "code", "said"), [
    (["--accept"], 1, "nothing tells who was asked. Give --group"), (["--accept", "--group", "patron"], 2, "did you mean patrons?"), (["--accept", "--group", "patrons", "--date", "5 May"], 2, "--date 5 May: write year, month and day"),
    (["--accept", "--group", "patrons", "--chosen", "chanc"], 2, "did you mean chance?"), (["--grup", "patrons"], 2, "--group"), (["--accept", "--group", "patrons", "--survey", "a", "--survey", "b"], 2, "--survey is given 2 times for 1 files"),
])
def test_wrong_options_are_named_and_nothing_is_written(empty_plan: Path, plain: Path, options: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = held(empty_plan)

    assert given(empty_plan, plain, *options) == code
    assert said in capsys.readouterr().err
    assert held(empty_plan) == before


def test_one_wrong_file_among_several_keeps_all_of_them_out(empty_plan: Path, plain: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "paper.csv"
    wrong.write_bytes(b"%PDF-1.7 scanned")
    before = held(empty_plan)

    assert given(empty_plan, plain, wrong, "--accept", "--group", "patrons") == 1
    assert "paper.csv is not what its name says: it is a PDF" in capsys.readouterr().err
    assert held(empty_plan) == before


def test_an_export_of_the_kept_form_with_a_new_heading_is_asked_about(empty_plan: Path, plain: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given(empty_plan, plain, "--accept", "--group", "patrons")
    plain.write_text("Date,I found it,It was warm\n2026-05-13,Agree,Agree\n2026-05-14,Neutral,Disagree\n2026-05-15,Agree,Agree\n", encoding="utf-8")
    capsys.readouterr()

    assert given(empty_plan, plain) == 2
    assert "plain.csv is nearly the form of plain.csv, whose columns are taken over. New headings: It was warm." in capsys.readouterr().err
    assert given(empty_plan, plain, "--accept") == 0
    assert "SV1, plain (2026-05): 3 rows, 3 with answers; 2 of them brought in before, with the same numbers." in capsys.readouterr().out
