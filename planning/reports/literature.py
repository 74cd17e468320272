"""The methods that come from the literature: what each gives, its source, and the steps that use it, made from docstrings and calls."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat

import planning

ROOMS = ("methods", "analysis", "show", "workshop")
SOURCE = re.compile(r"Sources?: (.+?)(?<![A-Z])\.(?= |$)")
INTRODUCTION = """# Methods and their sources

Every method that rests on published work, with the steps whose pages use it. This page is made from the docstrings: there
each method also has its formula, its limits, when it misleads, and an example that runs. What is not listed is plain
arithmetic or a rule of this project, and is explained in the same place and on the page itself.

| Method | What it gives | Source | Steps |
|---|---|---|---|
"""


def text(root: Path) -> str:
    """The page as Markdown: one line for each function of `methods` and `analysis` whose docstring names a source."""
    nodes = _nodes(root / "planning")
    used = {path.stem[:2].lstrip("0"): _reached(_called(_code(path)), nodes) for path in sorted((root / "notebooks").glob("*.ipynb"))}
    lines = []
    for room in ROOMS[:2]:
        for path in sorted((root / "planning" / room).glob("*.py")):
            for name, told, source in _sourced(path):
                steps = ", ".join(step for step, reached in used.items() if f"{room}.{path.stem}.{name}" in reached)
                lines.append(f"| [`{path.stem}.{name}`](../planning/{room}/{path.name}) | {told} | {source} | {steps or '–'} |")
    return INTRODUCTION + "\n".join(lines) + "\n"


def _sourced(path: Path) -> Iterator[tuple[str, str, str]]:
    """Each public function of a module that names a source: its name, what comes back, the source."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", ast.get_docstring(node) or "")]
            found = [match[1] for part in paragraphs for match in SOURCE.finditer(part)]
            if found:
                told = re.split(r"(?<!\.)[.:;](?= |$)", paragraphs[0])[0].removeprefix("Return ").removeprefix("Yield ")
                yield node.name, (told[0].upper() + told[1:]).replace("|", "\\|"), "; ".join(found).replace("|", "\\|")


def _nodes(package: Path) -> dict[str, set[str]]:
    """Each name at the top of a module of the package, such as analysis.goals.matrix, and the names that it calls."""
    nodes: dict[str, set[str]] = {}
    for path in sorted(path for room in ROOMS for path in (package / room).rglob("*.py")):
        module = ".".join(path.relative_to(package).with_suffix("").parts)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        tops = {name: node for node in tree.body for name in _bound(node)}
        known = _imported(tree) | {name: f"{module}.{name}" for name in tops}
        nodes |= {f"{module}.{name}": set(_chains(node, known)) for name, node in tops.items()}
    return nodes


def _bound(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    return [one.id for one in getattr(node, "targets", []) if isinstance(one, ast.Name)]


def _imported(tree: ast.Module) -> dict[str, str]:
    """What each imported name of the package stands for: agreeing for methods.agreement."""
    found = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "planning":
            for alias in node.names:
                shown = getattr(planning, alias.name) if node.module == "planning" else None
                home = getattr(shown, "__module__", node.module if shown is None else None)
                found[alias.asname or alias.name] = (f"{home}.{alias.name}" if home else shown.__name__).removeprefix("planning.")
    return found


def _code(path: Path) -> ast.Module:
    return ast.parse("\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"))


def _called(tree: ast.Module) -> set[str]:
    return set(_chains(tree, _imported(tree)))


def _chains(node: ast.AST, known: dict[str, str]) -> Iterator[str]:
    """Every dotted name below a node, whole, with its first part spelled out: charts.needs.goals as show.charts.needs.goals."""
    parts, inner = [], node
    while isinstance(inner, ast.Attribute):
        parts.insert(0, inner.attr)
        inner = inner.value
    if isinstance(inner, ast.Name):
        if inner.id in known:
            yield ".".join([known[inner.id], *parts])
        return
    for child in ast.iter_child_nodes(inner):
        yield from _chains(child, known)


def _reached(names: set[str], nodes: dict[str, set[str]]) -> set[str]:
    """Everything that is called from these names on; a module that is handed over as a whole counts with all that it holds."""
    open_names, reached = set(names), set()
    while open_names:
        name = open_names.pop()
        for node in [name] if name in nodes else [one for one in nodes if one.startswith(name + ".") or name.startswith(one + ".")]:
            if node not in reached:
                reached.add(node)
                open_names |= nodes[node]
    return reached
