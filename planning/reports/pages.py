"""Executed notebooks as pages: self-contained, without code, readable by everybody and everything."""

from __future__ import annotations

import base64
import re
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path

import nbformat

from planning.show import language
from planning.show.language import say

DROPPED = ("parameters", "injected-parameters", "interactive", "session")
DROPPED_HEADINGS = ("## Try it", "## Keep the results")
ADVICE = ("**How to read this", "*Discuss")


def page(notebook: nbformat.NotebookNode, *, title: str, library: str, figures: Path, steps: list[dict[str, str]], here: str, footer: str) -> str:
    """One executed notebook as a whole HTML page.

    `figures` holds the SVG files that take the place of the notebook's pictures; `steps` lists
    every page (file, title) for the navigation; `here` is this page's file.
    """
    body, _ = _exporter().from_notebook_node(
        for_readers(notebook, figures),
        resources={"planning": {"title": title, "library": library, "steps": steps, "here": here, "footer": footer, "lang": language.code(),
                                "style": style(), "say": say}})
    return re.sub(r"\n{3,}", "\n\n", body)


def for_readers(notebook: nbformat.NotebookNode, figures: Path) -> nbformat.NotebookNode:
    """The notebook without code, without cells that only serve a live session, with sharp pictures.

    Where a section shows nothing but what is missing, its advice on how to read it is left out too.
    """
    kept, skipping, shows = [], False, True
    for cell in notebook.cells:
        heading = cell.cell_type == "markdown" and cell.source.startswith("#")
        if heading:
            skipping, shows = cell.source.startswith(DROPPED_HEADINGS), False
        if skipping or set(cell.metadata.get("tags", [])) & set(DROPPED):
            continue
        if cell.cell_type == "markdown" and (shows or heading or not cell.source.startswith(ADVICE)):
            kept.append(nbformat.v4.new_markdown_cell(say(cell.source)))
        elif cell.cell_type == "code" and cell.outputs:
            outputs = [_sharp(output, figures) for output in cell.outputs if output.output_type != "stream"]
            shows = shows or any('class="missing"' not in str(output.get("data", {}).get("text/html", "")) for output in outputs)
            kept.append(nbformat.v4.new_code_cell("", outputs=outputs))
    return nbformat.v4.new_notebook(cells=kept)


def _sharp(output: nbformat.NotebookNode, figures: Path) -> nbformat.NotebookNode:
    name = output.get("metadata", {}).get("planning", {}).get("figure")
    if not name or not (figures / f"{name}.svg").exists():
        return output
    picture = base64.b64encode((figures / f"{name}.svg").read_bytes()).decode("ascii")
    alt = escape(output.metadata["image/png"]["alt"], quote=True)
    code = f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(say("Chart"))}"><img class="chart" alt="{alt}" src="data:image/svg+xml;base64,{picture}"></div>'
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
