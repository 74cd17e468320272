"""The notebooks as the app serves them: copies with the plan filled in, in parts, in the language in use.

The notebooks themselves stay the only source and are never written to.
"""

from __future__ import annotations

import json
from pathlib import Path

from planning.model.files import write_together
from planning.show.language import say

BRIEF = "## In brief"
WORKSHOP = ("## Try it", "## Decide")
UNSERVED = ("## Keep the results",)


def written(notebooks: list[Path], folder: Path, plan: Path) -> list[Path]:
    """Copies of the notebooks in a folder, with the plan's place filled in; returns their paths."""
    made = {}
    for path in notebooks:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        notebook["cells"] = served(notebook["cells"], plan)
        made[folder / path.name] = json.dumps(notebook, ensure_ascii=False).encode()
    write_together(made)
    return list(made)


def served(cells: list[dict], plan: Path) -> list[dict]:
    """The cells of a notebook as the app runs and shows them, each with the part of the page in which it stands.

    Parts: `title`, `brief` (what was found), `workshop` (every section with a control) and `whole` (all else).
    What only speaks of code, and the section that keeps files, is left out.

    >>> cells = [{"cell_type": "markdown", "source": "# Which?", "metadata": {}},
    ...          {"cell_type": "code", "source": "plan = ''", "metadata": {"tags": ["parameters"]}},
    ...          {"cell_type": "markdown", "source": "## Try it", "metadata": {}}]
    >>> [(cell["source"], cell["metadata"]["part"]) for cell in served(cells, Path("my-plan"))]
    [('# Which?', 'title'), ("plan = ''", 'title'), ("plan = 'my-plan'\\noutput = ''", 'title'), ('## Try it', 'workshop')]
    """
    found = []
    for section in _sections(cells):
        heading, part = _source(section[0]), _part(section)
        if heading.startswith(UNSERVED):
            continue
        for cell in section:
            if part == "workshop" or not (cell["cell_type"] == "markdown" and "live" in _tags(cell)):
                found.append(_cell(cell, part))
            if "parameters" in _tags(cell):
                found.append(_filled(cell, plan))
    return found


def _sections(cells: list[dict]) -> list[list[dict]]:
    sections: list[list[dict]] = []
    for cell in cells:
        if not sections or (cell["cell_type"] == "markdown" and _source(cell).startswith(("# ", "## "))):
            sections.append([])
        sections[-1].append(cell)
    return sections


def _part(section: list[dict]) -> str:
    heading = _source(section[0])
    if heading.startswith("# "):
        return "title"
    if heading.startswith(BRIEF):
        return "brief"
    controls = any("interactive" in _tags(cell) for cell in section)
    return "workshop" if controls or heading.startswith(WORKSHOP) else "whole"


def _cell(cell: dict, part: str) -> dict:
    source = _source(cell)
    text = say(source) if cell["cell_type"] == "markdown" else source
    return {**cell, "source": text, "metadata": {**cell["metadata"], "part": part}}


def _filled(cell: dict, plan: Path) -> dict:
    return {**cell, "id": "plan-filled-in", "source": f"plan = {str(plan)!r}\noutput = ''", "metadata": {"tags": ["injected-parameters"], "part": "title"}}


def _source(cell: dict) -> str:
    return "".join(cell["source"])


def _tags(cell: dict) -> list[str]:
    return cell["metadata"].get("tags", [])
