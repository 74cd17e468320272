"""Executed notebooks as pages: self-contained, without code, readable by everybody and everything."""

from __future__ import annotations

import base64
import re
from functools import cache
from html import escape
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import nbformat

from planning.reports import contents
from planning.show import html, language
from planning.show.language import say

DROPPED = ("parameters", "injected-parameters", "interactive", "live")
DROPPED_HEADINGS = ("## Try it", "## Decide together", "## Keep the results")
LAST_HEADINGS = ("## Checks", "## Where this leads")


def page(notebook: nbformat.NotebookNode, *, title: str, library: str, figures: Path, steps: list[dict[str, str]], here: str, footer: str) -> str:
    """One executed notebook as a whole HTML page.

    `figures` holds the SVG files that take the place of the notebook's pictures; `steps` lists
    every page (file, title) for the navigation; `here` is this page's file.
    """
    body, _ = _exporter().from_notebook_node(
        for_readers(notebook, figures),
        resources={"planning": {"title": title, "library": library, "steps": steps, "here": here, "footer": footer, "lang": language.code(),
                                "style": style(), "say": say}})
    return re.sub(r"\n{3,}", "\n\n", contents.inserted(body))


def for_readers(notebook: nbformat.NotebookNode, figures: Path) -> nbformat.NotebookNode:
    """The notebook without code, without cells that only serve a live notebook, with sharp pictures.

    Sections that only say what is missing come after those that show something, as their question
    alone: neither the rule nor how to read what is not there.
    """
    sections = [section for section in _sections(notebook.cells) if not section[0].source.startswith(DROPPED_HEADINGS)]
    empty = [section for section in sections if _shows_nothing(section)]
    order = [section for section in sections if section not in empty]
    place = next((place for place, section in enumerate(order) if section[0].source.startswith(LAST_HEADINGS)), len(order))
    kept = [made for section in [*order[:place], *empty, *order[place:]] for cell in _with_something(section) if (made := _kept(cell, section in empty, figures))]
    return nbformat.v4.new_notebook(cells=kept)


def _sections(cells: list[nbformat.NotebookNode]) -> list[list[nbformat.NotebookNode]]:
    """The cells in groups, each beginning with its heading."""
    sections: list[list[nbformat.NotebookNode]] = []
    for cell in cells:
        if not sections or (cell.cell_type == "markdown" and cell.source.startswith(("# ", "## "))):
            sections.append([])
        sections[-1].append(cell)
    return sections


def _shows_nothing(section: list[nbformat.NotebookNode]) -> bool:
    """Whether a section has outputs, and all of them only say what is missing."""
    shown = [str(output.get("data", {}).get("text/html", "")) for cell in section if cell.cell_type == "code" for output in cell.outputs]
    return bool(shown) and all('class="missing"' in code for code in shown)


def _with_something(section: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """The section's cells without prose that leads to a cell which shows nothing; its heading stays."""
    leads = {place for place, (one, other) in enumerate(pairwise(section)) if place and one.cell_type == "markdown" and other.cell_type == "code" and not other.outputs}
    return [cell for place, cell in enumerate(section) if place not in leads]


def _kept(cell: nbformat.NotebookNode, empty: bool, figures: Path) -> nbformat.NotebookNode | None:
    """The cell as readers see it; None when they do not."""
    if set(cell.metadata.get("tags", [])) & set(DROPPED):
        return None
    if cell.cell_type == "markdown":
        if empty:  # the rule and the advice of a section without results would be about nothing
            return nbformat.v4.new_markdown_cell(say(cell.source).splitlines()[0]) if cell.source.startswith("#") else None
        return nbformat.v4.new_markdown_cell(say(cell.source))
    outputs = [_for_pages(output, figures) for output in cell.outputs if output.output_type != "stream"]
    return nbformat.v4.new_code_cell("", outputs=outputs) if outputs else None


def _for_pages(output: nbformat.NotebookNode, figures: Path) -> nbformat.NotebookNode:
    if html.LIVE in str(output.get("data", {}).get("text/html", "")):
        output.data["text/html"] = output.data["text/html"].replace(html.LIVE, "")
    name = output.get("metadata", {}).get("planning", {}).get("figure")
    if not name or not (figures / f"{name}.svg").exists():
        return output
    picture = base64.b64encode((figures / f"{name}.svg").read_bytes()).decode("ascii")
    alt = escape(output.metadata["image/png"]["alt"], quote=True)
    hint = f'<p class="swipe">{escape(say("Swipe sideways to see the whole chart."))}</p>'
    code = f'{hint}<div class="scroll" tabindex="0" role="region" aria-label="{escape(say("Chart"))}"><img class="chart" alt="{alt}" src="data:image/svg+xml;base64,{picture}"></div>'
    return nbformat.v4.new_output("display_data", data={"text/html": code})


@cache
def _exporter():
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(template_name="planning", extra_template_basedirs=[str(files(__package__) / "template")])
    exporter.exclude_anchor_links = True
    return exporter


def style() -> str:
    """The style sheet that every page carries within itself."""
    return (files(__package__) / "template" / "planning" / "page.css").read_text(encoding="utf-8")
