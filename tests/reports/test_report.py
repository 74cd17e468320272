"""The report folder: everything in it, the same bytes from the same inputs, and the last good one kept when a run fails."""

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from conftest import ROOT

from planning import cli
from planning.model.plan import open_plan
from planning.reports import report, run

STEPS = 7


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole report of the public sample."""
    plan = open_plan(ROOT / "data" / "riverbend_public")
    return report.write(plan, given="data/riverbend_public", out=tmp_path_factory.mktemp("reports"))


def pages(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.html"))


class Shape(HTMLParser):
    """What an HTML page is made of, as far as these tests look."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_the_folder_holds_seven_pages_seven_notebooks_results_figures_and_a_manifest(made: Path) -> None:
    assert made.name == "2026-06-30" and made.parent.name == "riverbend_public"
    assert len(pages(made)) == STEPS + 1
    assert len(list(made.glob("*.ipynb"))) == STEPS
    assert sorted(path.name for path in made.iterdir() if path.suffix not in (".html", ".ipynb")) == ["figures", "manifest.json", "one_page.svg", "results"]
    assert '<a href="one_page.svg">' in (made / "index.html").read_text(encoding="utf-8")
    assert len(list((made / "figures").glob("*.svg"))) >= 2 * STEPS
    assert [path.name for path in made.parent.iterdir()] == ["2026-06-30"]


def test_the_manifest_tells_inputs_parameters_versions_seed_and_what_is_missing(made: Path) -> None:
    told = json.loads((made / "manifest.json").read_text(encoding="utf-8"))

    assert told["plan"] == "data/riverbend_public" and told["as_of"] == "2026-06-30" and told["seed"] == 2026
    assert re.fullmatch(r"[0-9a-f]{64}", told["inputs"]["goals.csv"])
    assert told["missing_tables"] == ["peers"]
    assert set(told["results"]) == {path.name for path in (made / "results").iterdir()}
    assert len(told["seconds"]) == STEPS
    assert "planning" in told["versions"]


def test_results_are_the_same_byte_for_byte(made: Path, tmp_path: Path) -> None:
    again = report.write(open_plan(ROOT / "data" / "riverbend_public"), given="data/riverbend_public", out=tmp_path)

    for path in (made / "results").iterdir():
        assert (again / "results" / path.name).read_bytes() == path.read_bytes(), path.name
    for path in (made / "figures").iterdir():
        assert (again / "figures" / path.name).read_bytes() == path.read_bytes(), path.name


def test_pages_have_landmarks_one_title_and_a_language(made: Path) -> None:
    for path in pages(made):
        shape = Shape(path.read_text(encoding="utf-8"))
        assert shape.all("html")[0]["lang"] == "en"
        assert [len(shape.all(tag)) for tag in ("main", "header", "footer", "h1")] == [1, 1, 1, 1], path.name


def test_headings_never_skip_a_level(made: Path) -> None:
    for path in pages(made):
        levels = [int(tag[1]) for tag, _ in Shape(path.read_text(encoding="utf-8")).tags if re.fullmatch("h[1-6]", tag)]
        assert all(after - before <= 1 for before, after in zip(levels, levels[1:])), (path.name, levels)


def test_every_picture_says_in_words_what_it_shows_with_a_number(made: Path) -> None:
    for path in pages(made)[:STEPS]:
        pictures = Shape(path.read_text(encoding="utf-8")).all("img")
        assert pictures, path.name
        assert [one["alt"] for one in pictures if not re.search(r"\d", one["alt"] or "") or len(one["alt"]) < 40] == []


def test_every_table_has_a_caption_and_headings_with_a_scope(made: Path) -> None:
    for path in pages(made):
        shape = Shape(path.read_text(encoding="utf-8"))
        assert len(shape.all("caption")) == len(shape.all("table"))
        assert [one for one in shape.all("th") if one.get("scope") not in ("col", "row")] == []


def test_ids_on_a_page_are_unique(made: Path) -> None:
    for path in pages(made):
        found = [attributes["id"] for _, attributes in Shape(path.read_text(encoding="utf-8")).tags if "id" in attributes]
        assert len(found) == len(set(found)), path.name


def test_every_page_lists_its_sections_and_each_link_leads_to_one(made: Path) -> None:
    for path in [path for path in pages(made) if path.name != "index.html"]:
        shape = Shape(path.read_text(encoding="utf-8"))
        ids = {attributes["id"] for _, attributes in shape.tags if "id" in attributes}
        links = [unquote(one["href"])[1:] for one in shape.all("a") if (one.get("href") or "").startswith("#")]
        assert [link for link in links if link not in ids] == [], path.name
        assert len(links) - 1 == len(shape.all("h2")) - 1, path.name


def test_pages_ask_for_nothing_from_outside(made: Path) -> None:
    for path in pages(made):
        shape = Shape(path.read_text(encoding="utf-8"))
        asked = [value for _, attributes in shape.tags for name, value in attributes.items() if name in ("src", "href") and value]
        assert [one for one in asked if not one.startswith(("data:", "#")) and not (made / one.split("#")[0]).exists()] == []
        assert shape.all("script") == [] and shape.all("link") == []


def test_pages_show_no_code_no_raw_id_and_no_figure_that_is_not_one(made: Path) -> None:
    ids = re.compile(r">\s*(?:[GSKIPRADNOLTCV]\d{1,2}|SEG\d+|SC\d|ST\d+|TR\d+|SK\d+|AG\d+|SW\d+|MV\d+|AS\d+)\s*<")
    for path in pages(made):
        text = re.sub(r"(?s)<style>.*?</style>|data:image[^\"]*", "", path.read_text(encoding="utf-8"))
        assert "import " not in text and "page.show" not in text
        assert ids.findall(text) == [], path.name
        assert re.findall(r">\s*(?:nan|NaN|None|NaT|inf|&lt;NA&gt;)\s*<", text) == [], path.name


def test_kept_notebooks_name_the_plan_as_it_was_given(made: Path, tmp_path: Path) -> None:
    for path in made.glob("*.ipynb"):
        text = path.read_text(encoding="utf-8")
        assert "plan = 'data/riverbend_public'" in text
        assert str(ROOT) not in text and str(made.parent) not in text


def test_text_out_of_the_plan_is_escaped(tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    shutil.copytree(ROOT / "data" / "riverbend_public", plan)
    goals = (plan / "goals.csv").read_text(encoding="utf-8")
    name = open_plan(plan).goals_in_force.iloc[0]["name"]
    (plan / "goals.csv").write_text(goals.replace(name, "<script>alert(1)</script> $x$ {y} & co"), encoding="utf-8")

    report.write(open_plan(plan), given="plan", out=tmp_path / "out", steps=[1])
    text = (tmp_path / "out" / "plan" / "2026-06-30" / "01_needs_assessment.html").read_text(encoding="utf-8")

    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; $x$ {y} &amp; co" in text


def test_a_failed_run_leaves_the_last_good_report_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    good = tmp_path / "riverbend_public" / "2026-06-30"
    good.mkdir(parents=True)
    (good / "index.html").write_text("the last good one", encoding="utf-8")
    monkeypatch.setattr(run, "unfinished", lambda notebook: "page.brief(")

    assert cli.run(["report", str(ROOT / "data" / "riverbend_public"), "--steps", "1", "--out", str(tmp_path)]) == 1

    assert "page.brief(" in capsys.readouterr().err
    assert (good / "index.html").read_text(encoding="utf-8") == "the last good one"
    assert [path.name for path in (tmp_path / "riverbend_public").iterdir()] == ["2026-06-30"]


def test_a_parameter_that_does_not_suit_stops_the_run_with_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["report", str(ROOT / "data" / "riverbend_public"), "--steps", "1", "--out", str(tmp_path), "-p", "rated=speed"]

    assert cli.run(words) == 2

    said = capsys.readouterr().err
    assert "relevance or quality" in said and "Traceback" not in said
    assert list(tmp_path.rglob("*.html")) == []


def test_without_out_the_report_lands_in_reports_where_the_command_was_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert cli.run(["report", str(ROOT / "data" / "calder_research"), "--steps", "7"]) == 0

    assert (tmp_path / "reports" / "calder_research" / "2026-06-30" / "index.html").is_file()
    assert list((tmp_path / "reports" / "calder_research" / "2026-06-30" / "results").iterdir()) != []


def test_a_failed_run_leaves_no_empty_folders(tmp_path: Path) -> None:
    assert cli.run(["report", str(ROOT / "data" / "calder_research"), "--steps", "1", "--out", str(tmp_path / "new" / "out"), "-p", "rated=speed"]) == 2

    assert list(tmp_path.iterdir()) == []


def test_a_place_where_no_report_can_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "note").write_text("a file", encoding="utf-8")
    (tmp_path / "out" / "calder_research").mkdir(parents=True)
    (tmp_path / "out" / "calder_research" / "2026-06-30").write_text("a file", encoding="utf-8")
    plan = str(ROOT / "data" / "calder_research")

    assert cli.run(["report", plan, "--steps", "1", "--out", str(tmp_path / "note")]) == 1
    assert "name another folder with --out DIR" in capsys.readouterr().err
    assert cli.run(["report", plan, "--steps", "1", "--out", str(tmp_path / "out")]) == 1
    assert "2026-06-30 is a file" in capsys.readouterr().err


def test_a_report_takes_the_place_of_an_earlier_one_also_when_another_came_in_between(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    goal, work = tmp_path / "2026-06-30", tmp_path / ".work"
    for folder in (goal, work):
        folder.mkdir()
        (folder / "index.html").write_text(folder.name, encoding="utf-8")
    replace, others = Path.replace, iter([1])

    def replaced(path: Path, target: Path) -> Path:
        moved = replace(path, target)
        if path == goal and next(others, 0):
            goal.mkdir()
            (goal / "index.html").write_text("another", encoding="utf-8")
        return moved

    monkeypatch.setattr(Path, "replace", replaced)
    report._put_in_place(work, goal)

    assert (goal / "index.html").read_text(encoding="utf-8") == ".work"
    assert [path.name for path in tmp_path.iterdir()] == ["2026-06-30"]


def test_a_report_that_cannot_take_its_place_leaves_the_earlier_one(tmp_path: Path) -> None:
    goal = tmp_path / "2026-06-30"
    goal.mkdir()
    work = tmp_path / ".work"
    work.mkdir()

    def lost(path: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyboardInterrupt):
        replace = Path.replace
        patch.setattr(Path, "replace", lambda path, target: lost(path, target) if path == work else replace(path, target))
        report._put_in_place(work, goal)

    assert sorted(path.name for path in tmp_path.iterdir()) == [".work", "2026-06-30"]


def test_ratings_without_leadership_are_told_and_the_other_groups_are_still_shown(tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    shutil.copytree(ROOT / "data" / "riverbend_public", plan)
    lines = (plan / "ratings.csv").read_text(encoding="utf-8").splitlines()
    (plan / "ratings.csv").write_text("\n".join(line for line in lines if ",leadership," not in line) + "\n", encoding="utf-8")

    made = report.write(open_plan(plan), given="plan", out=tmp_path / "out", steps=[1])

    page = (made / "01_needs_assessment.html").read_text(encoding="utf-8")
    assert "There are no ratings by leadership, so nobody can say where they and the others differ." in page
    assert "The groups lie furthest apart on the relevance of Mobile library: patrons 4.4 and staff 3.2." in page
