"""Notebooks as pages: what readers see of their cells."""

from __future__ import annotations

from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from planning.reports import pages


def shown(text: str) -> list:
    return [new_output("display_data", data={"text/html": text})]


def sources(*cells) -> list[str]:
    kept = pages.for_readers(new_notebook(cells=list(cells)), Path("none")).cells
    return [cell.source or cell.outputs[0].data["text/html"] for cell in kept]


def test_prose_that_leads_to_a_cell_which_shows_nothing_is_left_out_and_the_heading_stays() -> None:
    kept = sources(new_markdown_cell("## Who?"), new_code_cell("a", outputs=shown("<p>one</p>")), new_markdown_cell("Then the second."),
                   new_code_cell("b"), new_markdown_cell("**How to read this.** Slowly."))

    assert kept == ["## Who?", "<p>one</p>", "**How to read this.** Slowly."]


def test_prose_that_leads_to_something_stays() -> None:
    kept = sources(new_markdown_cell("## Who?"), new_code_cell("a"), new_markdown_cell("Then the second."), new_code_cell("b", outputs=shown("<p>two</p>")))

    assert kept == ["## Who?", "Then the second.", "<p>two</p>"]


def test_a_section_that_only_says_what_is_missing_comes_before_the_end_without_its_advice() -> None:
    missing = shown('<p class="missing">votes.csv is empty</p>')
    kept = sources(new_markdown_cell("## Votes?"), new_code_cell("a", outputs=missing), new_markdown_cell("**How to read this.** Slowly."),
                   new_markdown_cell("## Needs?"), new_code_cell("b", outputs=shown("<p>need</p>")), new_markdown_cell("## Where this leads"))

    assert kept == ["## Needs?", "<p>need</p>", "## Votes?", '<p class="missing">votes.csv is empty</p>', "## Where this leads"]
