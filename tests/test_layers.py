"""The rooms: imports run downwards, each tool lives in one room, and every room is small."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

import planning

ROOMS = ["methods", "model", "sources", "analysis", "show", "workshop", "reports", "begin", "cli", "__main__"]
ONLY_IN = {"matplotlib": "show/charts", "seaborn": "show/charts", "PIL": "show/charts", "ipywidgets": "workshop", "papermill": "reports",
           "nbconvert": "reports", "nbclient": "reports", "nbformat": "reports", "frictionless": "model", "openpyxl": "sources", "typer": "cli"}
MODULES = sorted((ROOT / "planning").rglob("*.py"))


def room(path: Path) -> str:
    inside = path.relative_to(ROOT / "planning")
    return inside.parts[0].removesuffix(".py")


def imported(path: Path) -> list[str]:
    names = []
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING" for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", [path for path in MODULES if room(path) != "__init__"], ids=named)
def test_imports_run_downwards(path: Path) -> None:
    below = ROOMS.index(room(path))
    wrong = [name for name in imported(path) if name.startswith("planning.") and name.split(".")[1] in ROOMS and ROOMS.index(name.split(".")[1]) > below]

    assert wrong == []


@pytest.mark.parametrize("path", [path for path in MODULES if room(path) == "analysis"], ids=named)
def test_analysis_is_pure(path: Path) -> None:
    names = imported(path)
    others = [name for name in names if name.startswith(("planning.analysis", "planning.model", "planning.sources"))]
    outside = [name for name in names if name.split(".")[0] in ("os", "pathlib", "io", "csv", "json", "sqlite3", "IPython", "requests")]

    assert others == [] or path.stem == "chain" or path.parent.name == "compare"
    assert outside == []
    assert "open(" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [path for path in MODULES if room(path) == "methods"], ids=named)
def test_methods_know_nothing_of_libraries(path: Path) -> None:
    text = path.read_text(encoding="utf-8").lower()

    assert [word for word in ("patron", "librar", "planning.model", "planning.analysis") if word in text] == []


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_each_tool_lives_in_one_room(path: Path) -> None:
    inside = path.relative_to(ROOT / "planning").as_posix()
    wrong = [name for name in imported(path) for tool, home in ONLY_IN.items() if name.split(".")[0] == tool and not inside.startswith(home)]

    assert wrong == []


def calls(path: Path) -> set[str]:
    nodes = (node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    return {node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "") for node in nodes}


def test_only_the_model_pages_reports_and_begin_write_files() -> None:
    writing = {"write_text", "write_bytes", "to_csv", "copyfile", "copytree", "mkdir", "replace_file"}

    assert {room(path) for path in MODULES if calls(path) & writing} <= {"model", "reports", "begin", "show"}


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_modules_and_functions_are_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    long = [f"{node.name}: {size} lines" for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef) and (size := body_lines(node)) > 25]

    assert text.count("\n") <= 340
    assert long == []


def body_lines(node: ast.FunctionDef) -> int:
    has_text = isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant)
    body = node.body[1:] if has_text else node.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_every_module_and_public_function_has_a_docstring(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = [node.name for node in ast.iter_child_nodes(tree)
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node)]

    assert ast.get_docstring(tree)
    assert bare == []


@pytest.mark.parametrize("path", [path for path in MODULES if room(path) == "methods" and path.stem != "__init__"], ids=named)
def test_every_public_method_has_an_example(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    without = [node.name for node in ast.iter_child_nodes(tree)
               if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and ">>>" not in ast.get_docstring(node)]

    assert without == []


def test_importing_the_package_is_silent_and_light() -> None:
    code = "import sys, planning; print(sorted(name for name in ('pandas', 'matplotlib', 'papermill', 'ipywidgets') if name in sys.modules))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_every_exported_name_is_there() -> None:
    assert [name for name in planning.__all__ if getattr(planning, name, None) is None] == []


def test_tests_mirror_the_package() -> None:
    missing = [f"tests/{room(path)}/test_{path.stem}.py" for path in MODULES
               if room(path) in ("methods", "analysis") and path.stem != "__init__" and not (ROOT / "tests" / room(path) / f"test_{path.stem}.py").exists()]

    assert missing == []
