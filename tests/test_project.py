"""The project's own papers agree with one another: lock, environment, citation, licence, change log."""

import ast
import json
import os
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
NAMED = [
    requirement
    for line in PROJECT["dependencies"] + sum(PROJECT["optional-dependencies"].values(), [])
    if (requirement := Requirement(line)).name != PROJECT["name"]
]


def pins() -> list[Requirement]:
    lines = [line.rstrip(" \\") for line in LOCK.splitlines() if re.match(r"[A-Za-z0-9]", line)]
    return [Requirement(line) for line in lines]


def pinned_versions(name: str) -> list[str]:
    return [next(iter(pin.specifier)).version for pin in pins() if canonicalize_name(pin.name) == canonicalize_name(name)]


def test_the_lock_holds_no_address_and_no_path():
    assert "://" not in LOCK
    assert not re.search(r"^\s*(-[a-z]|--(?!hash=))", LOCK, re.MULTILINE)
    assert not re.search(r"(^|\s)[./]\S*/", LOCK)


def test_each_pin_in_the_lock_is_exact_and_has_hashes():
    for block in re.split(r"\n(?=[A-Za-z0-9])", LOCK.strip()):
        assert re.match(r"[\w.-]+==\S+", block), block
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block.splitlines()[0]


@pytest.mark.parametrize("requirement", NAMED, ids=lambda requirement: requirement.name)
def test_the_lock_holds_each_package_that_the_project_names_within_its_bounds(requirement):
    versions = pinned_versions(requirement.name)
    assert versions, f"{requirement.name} is missing: refresh the lock as CONTRIBUTING.md says"
    assert [version for version in versions if not requirement.specifier.contains(version)] == []


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize(("platform", "system"), [("linux", "posix"), ("darwin", "posix"), ("win32", "nt")])
def test_the_lock_gives_one_version_for_each_python_and_system(python, platform, system):
    place = default_environment() | {
        "python_version": python, "python_full_version": f"{python}.9", "sys_platform": platform, "os_name": system,
    }
    names = [canonicalize_name(pin.name) for pin in pins() if pin.marker is None or pin.marker.evaluate(place)]
    assert sorted(names) == sorted(set(names))
    assert {canonicalize_name(requirement.name) for requirement in NAMED} <= set(names)


def test_the_lock_holds_what_setting_up_needs():
    assert pinned_versions("uv")
    assert pinned_versions("hatchling")


def test_the_extra_called_all_names_every_other_extra():
    extras = PROJECT["optional-dependencies"]
    named = {extra for line in extras["all"] for extra in Requirement(line).extras}
    assert named == set(extras) - {"all"}


def test_the_environment_file_holds_python_pip_and_the_project_and_nothing_else():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert environment["name"] == "planning"
    assert environment["dependencies"] == [f"python{PROJECT['requires-python']}", "pip", {"pip": ["-e .[all]"]}]


def test_the_citation_states_the_version_and_licence_of_the_project():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert str(citation["version"]) == PROJECT["version"]
    assert citation["license"] == PROJECT["license"] == "MIT"
    assert citation["abstract"] == PROJECT["description"] + "."


def test_the_citation_has_the_keys_that_its_format_asks_for():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert all(author["name"] for author in citation["authors"])


def test_the_licence_is_mit_and_ours():
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert licence.startswith("MIT License\n\nCopyright (c) 2026 The planning suite's authors\n")


def test_the_change_log_has_an_unreleased_part_whose_lines_say_what_was_there_before():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    unreleased = text.split("## [Unreleased]")[1].split("\n## ")[0]
    entries = re.split(r"\n- ", unreleased)[1:]
    assert entries
    assert [entry for entry in entries if "Before:" not in entry] == []


def test_contributing_names_the_commands_that_refresh_the_lock_and_the_notebooks():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert "uv pip compile pyproject.toml --all-extras --universal" in text
    assert "--generate-hashes --no-emit-index-url" in text
    assert "python -m planning.reports.refresh" in text


def test_the_build_machine_runs_what_everyone_runs():
    script = ROOT / ".ci" / "run"
    lines = script.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#!/usr/bin/env bash"
    assert "set -euo pipefail" in lines
    assert lines[-1] == 'exec python3 start.py test "$@"'


def test_each_long_file_that_begins_early_is_there_once():
    tree = ast.parse((ROOT / "conftest.py").read_text(encoding="utf-8"))
    long = next(ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.Assign) and node.targets[0].id == "LONG")
    assert [name for name in long if len(list((ROOT / "tests").rglob(name))) != 1] == []


def test_no_width_of_a_terminal_reaches_a_test():
    assert not {"COLUMNS", "LINES"} & set(os.environ)


def test_tests_skip_only_where_a_browser_an_office_or_the_survey_files_are_absent():
    dodge = re.compile(r"pytest\.(skip|xfail|importorskip)\(|mark\.(skip|xfail)|unittest\.skip")
    honest = re.compile(r"(pytest\.skip|skipif)\(.*(beside this checkout|beside the project|on the path)")
    dodging = [
        f"{path.relative_to(ROOT)}, line {number}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if path != Path(__file__).resolve() and dodge.search(line) and not honest.search(line) and "sys.platform" not in line
    ]
    assert dodging == []


def test_no_notebook_cell_is_left_out_of_the_run():
    leaving_out = [
        (path.name, tag)
        for path in sorted((ROOT / "notebooks").glob("*.ipynb"))
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        for tag in cell["metadata"].get("tags", [])
        if tag in ("nbval-skip", "skip-execution")
    ]
    assert leaving_out == []
