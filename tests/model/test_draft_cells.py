"""Texts that mean the same are no change."""

from __future__ import annotations

from planning.model.draft_cells import same
from planning.model.schema import Field


def test_a_spreadsheet_that_writes_numbers_and_truths_in_its_own_form_changes_nothing() -> None:
    weight, must = Field("weight", "Weight", "number", ""), Field("must_do", "Must do", "boolean", "")

    assert same(weight, "0.20", "0.2") and same(weight, "1e3", "1000") and same(must, "TRUE", "true")
    assert not same(weight, "0.2", "0.21") and not same(must, "true", "false") and not same(weight, "0", "")


def test_spaces_and_line_ends_are_no_change_and_letters_are() -> None:
    note = Field("note", "Note", "string", "")

    assert same(note, "two\r\nlines", "two lines")
    assert not same(note, "Two lines", "two lines")
