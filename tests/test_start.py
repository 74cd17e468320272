"""start.py: what it refuses, when it makes the environment, and what it leaves behind."""

import ast
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def start() -> ModuleType:
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "a project with spaces"
    root.mkdir()
    (root / "requirements.lock").write_text("babel==2.18.0 \\\n    --hash=sha256:aa\n", encoding="utf-8")
    (root / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    return root


def fake_build(start: ModuleType):
    """A build that makes an environment without installing anything."""

    def build(root: Path) -> None:
        python = start.python_of(root)
        python.parent.mkdir(parents=True)
        python.write_text("new", encoding="utf-8")

    return build


def half_build(start: ModuleType, problem: BaseException):
    """A build that stops in the middle."""

    def build(root: Path) -> None:
        (root / ".venv").mkdir()
        (root / ".venv" / start.STAMP).write_text(start.UNFINISHED, encoding="utf-8")
        raise problem

    return build


def never_build(root: Path) -> None:
    raise AssertionError("the environment was made again")


def typed(*words: str, **changes: str) -> subprocess.CompletedProcess:
    command = [sys.executable, str(ROOT / "start.py"), *words]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **changes}, check=False)


def test_an_old_python_can_read_start_py():
    ast.parse((ROOT / "start.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_start_py_imports_only_the_standard_library():
    tree = ast.parse((ROOT / "start.py").read_text(encoding="utf-8"))
    plain = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    whole = plain | {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in whole} <= set(sys.stdlib_module_names)


@pytest.mark.parametrize(
    ("system", "command"),
    [
        ("Windows", "py -3.13 start.py report"),
        ("Darwin", "brew install python@3.13"),
        ("Linux", "sudo apt install python3.11 python3.11-venv"),
        ("FreeBSD", "python3.11 start.py report"),
    ],
)
def test_an_old_python_is_told_what_to_install(start, system, command):
    with pytest.raises(start.Refusal) as refusal:
        start.refuse_unfit_python("report", (3, 9, 18), system)
    assert "needs Python 3.11 or newer; this is Python 3.9." in str(refusal.value)
    assert command in str(refusal.value)


def test_a_python_without_venv_is_told_which_package_holds_it(start):
    with pytest.raises(start.Refusal) as refusal:
        start.refuse_unfit_python("test", (3, 12, 1), "Linux", find=lambda part: part != "ensurepip" or None)
    assert "This Python 3.12 came without the part that makes environments" in str(refusal.value)
    assert "sudo apt install python3.12 python3.12-venv" in str(refusal.value)


def test_a_whole_python_from_3_11_on_is_not_refused(start):
    assert start.refuse_unfit_python("test", (3, 11, 0), "Linux", find=lambda part: True) is None


@pytest.mark.parametrize(("word", "near"), [("reprot", "report"), ("tests", "test"), ("LAB", "lab")])
def test_an_unknown_word_gets_the_nearest_right_one(word, near):
    done = typed(word)
    assert done.returncode == 2
    assert f"start.py does not know the word '{word}'. Did you mean {near}?" in done.stderr


def test_a_word_near_to_none_gets_the_whole_list():
    done = typed("xyzzy")
    assert done.returncode == 2
    assert "It knows: report, test, lab." in done.stderr
    assert "Did you mean" not in done.stderr


def test_no_word_at_all_shows_how_to_use_it_and_is_a_wrong_use():
    done = typed()
    assert (done.returncode, done.stdout) == (2, "")
    assert "python3 start.py report" in done.stderr


def test_asking_for_help_is_not_a_wrong_use():
    done = typed("--help")
    assert done.returncode == 0
    assert "python3 start.py lab" in done.stdout


def test_a_missing_environment_is_made_and_then_left_alone(start, project):
    start.prepare(project, fake_build(start))
    start.prepare(project, never_build)
    assert start.python_of(project).read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_a_changed_file_makes_the_environment_anew(start, project, name):
    start.prepare(project, fake_build(start))
    (project / name).write_text("changed", encoding="utf-8")
    with pytest.raises(AssertionError, match="made again"):
        start.prepare(project, never_build)


def test_another_python_or_another_place_changes_the_fingerprint(start, project, tmp_path):
    first = start.fingerprint(project, (3, 11, 7))
    assert start.fingerprint(project, (3, 11, 9)) == first
    assert start.fingerprint(project, (3, 12, 1)) != first
    moved = project.rename(tmp_path / "moved")
    assert start.fingerprint(moved, (3, 11, 7)) != first


def test_an_environment_whose_python_is_gone_is_made_anew(start, project):
    start.prepare(project, fake_build(start))
    start.python_of(project).unlink()
    start.prepare(project, fake_build(start))
    assert start.python_of(project).exists()


def test_a_half_made_environment_of_a_killed_run_is_repaired(start, project):
    (project / ".venv").mkdir()
    (project / ".venv" / start.STAMP).write_text(start.UNFINISHED, encoding="utf-8")
    (project / ".venv" / "leftover").touch()
    start.prepare(project, fake_build(start))
    assert start.python_of(project).exists()
    assert not (project / ".venv" / "leftover").exists()


@pytest.mark.parametrize("problem", [KeyboardInterrupt(), OSError("disk full")])
def test_nothing_half_made_stays_when_the_first_run_stops(start, project, problem):
    with pytest.raises(type(problem)):
        start.prepare(project, half_build(start, problem))
    assert sorted(path.name for path in project.iterdir()) == ["pyproject.toml", "requirements.lock"]


def test_the_earlier_environment_comes_back_when_a_new_one_cannot_be_made(start, project):
    start.prepare(project, fake_build(start))
    (project / "pyproject.toml").write_text("changed", encoding="utf-8")
    with pytest.raises(start.Refusal):
        start.prepare(project, half_build(start, start.Refusal("no network")))
    assert start.python_of(project).read_text(encoding="utf-8") == "new"
    assert not (project / ".venv.old").exists()


def test_the_earlier_environment_is_gone_once_the_new_one_is_whole(start, project):
    start.prepare(project, fake_build(start))
    (project / "pyproject.toml").write_text("changed", encoding="utf-8")
    start.prepare(project, fake_build(start))
    assert not (project / ".venv.old").exists()


def test_a_failed_installation_shows_the_last_words_and_what_to_do(start):
    chatter = "one\ntwo\nthree\n\nfour\nCould not find a version: connection refused\n"
    refusal = start.failed_installation(chatter)
    assert "  | two\n  | three\n  | four\n  | Could not find a version: connection refused\n" in refusal
    assert "| one" not in refusal
    assert "set HTTPS_PROXY or PIP_INDEX_URL" in refusal
    assert "Nothing was left half made." in refusal


def test_an_installer_that_fails_is_refused_in_its_own_words(start, project):
    with pytest.raises(start.Refusal, match="no wheel for this computer"):
        start.quietly([sys.executable, "-c", "raise SystemExit('no wheel for this computer')"], project)


def test_plain_pip_takes_over_where_uv_does_not_run(start, project, monkeypatch):
    seen = []

    def quietly(command: list[str], root: Path) -> None:
        seen.append(command[2])
        if command[2] == "uv":
            raise start.Refusal("uv does not run here")

    monkeypatch.setattr(start, "quietly", quietly)
    start.install(project, "uv==0.13.9 \\\n    --hash=sha256:aa\n")
    assert seen == ["pip", "uv", "pip", "pip"]


def test_only_uv_with_its_hashes_is_installed_first(start, project, monkeypatch):
    first = []

    def quietly(command: list[str], root: Path) -> None:
        if "--no-deps" in command and "-r" in command:
            first.append(Path(command[-1]).read_text(encoding="utf-8"))

    monkeypatch.setattr(start, "quietly", quietly)
    uv = "uv==0.13.9 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb"
    start.install(project, f"urllib3==2.8.0 \\\n    --hash=sha256:cc\n{uv}\nvalidators==0.36.0 \\\n    --hash=sha256:dd\n")
    assert first == [uv]


def test_children_run_without_what_slows_or_misleads_them(start, project):
    variables = start.child_environment(
        project, {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": "/elsewhere", "HOME": "", "PATH": "/bin", "LANG": "pl"}
    )
    assert not {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "HOME"} & set(variables)
    assert variables["PATH"] == os.pathsep.join([str(start.python_of(project).parent), "/bin"])
    assert variables["LANG"] == "pl"


def test_a_report_is_of_the_sample_unless_a_plan_is_named(start):
    here = Path("/home/ana") if os.name != "nt" else Path("C:/ana")
    sample = "data/riverbend_public"
    assert start.report_arguments([], here) == [sample]
    assert start.report_arguments(["--steps", "4"], here) == [sample, "--steps", "4"]
    assert start.report_arguments(["my-plan", "--steps", "4"], here) == [str(here / "my-plan"), "--steps", "4"]


def test_the_report_folder_is_read_from_where_the_command_was_typed(start):
    here = Path("/home/ana") if os.name != "nt" else Path("C:/ana")
    assert start.report_arguments(["my-plan", "--out=new"], here)[1:] == ["--out", str(here / "new")]
    assert start.report_arguments(["my-plan", "--out", "new"], here)[1:] == ["--out", str(here / "new")]


@pytest.mark.parametrize("code", [0, 1, 2])
def test_a_report_runs_from_the_project_and_leaves_with_the_code_of_the_command(start, monkeypatch, code):
    told = []
    monkeypatch.setattr(start, "run", lambda module, arguments, folder: told.append((module, arguments, folder)) or code)

    assert start.report(["--steps", "1"]) == code
    assert told == [("planning", ["report", "data/riverbend_public", "--steps", "1"], ROOT)]


def test_pytest_runs_everything_unless_a_path_is_named(start):
    always = ["--doctest-modules", "--nbval-lax"]
    shared = [*always, "-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]
    everything = ["tests", "planning", "notebooks"]
    assert start.test_arguments([], ROOT) == shared + everything
    assert start.test_arguments(["-q", "-k", "planning"], ROOT) == [*shared, "-q", "-k", "planning", *everything]
    named = ["-q", "tests/test_start.py::test_x"]
    assert start.test_arguments(named, ROOT) == always + named


@pytest.mark.parametrize("words", [["tests/analysis"], ["tests", "planning", "-x"], ["-k", "start.py"]])
def test_the_files_of_a_folder_are_shared_out_among_the_processors(start, words):
    assert start.test_arguments(words, ROOT)[2:6] == ["-n", "auto", "--dist", "loadfile"]


@pytest.mark.parametrize("words", [["tests/test_start.py"], ["tests/analysis", "tests/test_start.py::test_x"], ["-n", "3"], ["-n0"], ["-s"], ["--pdb"], ["--dist=no"], ["-p", "no:xdist"]])
def test_nothing_is_shared_out_where_a_file_is_named_or_the_caller_says_how(start, words):
    arguments = start.test_arguments(words, ROOT)
    assert arguments[2:2 + len(words)] == words
    assert "auto" not in arguments
