"""The list of methods with their sources is made from docstrings and from what the notebooks call."""

from pathlib import Path

import nbformat
from conftest import ROOT

from planning.reports import literature

METHOD = '''"""Sums."""

def middle(values):
    """Return the middle value, in its unit: half lie below.

    Formula: sorted, then the one in the middle. Source: W.K. Tukey 1977; our
    own rule for ties. It misleads with few values.

    >>> middle([1])
    """
    return _sorted(values)

def plain(values):
    """Return a sum."""

def _sorted(values):
    """Return values in order. Source: Knuth 1973."""
'''
NOUN = "from planning.methods import sums as adding\n\ndef rows(goals):\n    return _inner(goals)\n\ndef _inner(goals):\n    return adding.middle(goals)\n"


def lines(root: Path, called: str) -> list[str]:
    for name, text in (("planning/methods/sums.py", METHOD), ("planning/analysis/goals.py", NOUN)):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    (root / "notebooks").mkdir()
    cells = [nbformat.v4.new_code_cell("from planning import goals"), nbformat.v4.new_code_cell(called)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), root / "notebooks" / "04_evaluation.ipynb")
    return [line for line in literature.text(root).splitlines() if line.startswith("| [")]


def test_a_method_is_listed_with_its_source_and_the_step_that_reaches_it_through_other_functions(tmp_path: Path) -> None:
    found = lines(tmp_path, "goals.rows(1)")

    assert found == ["| [`sums.middle`](../planning/methods/sums.py) | The middle value, in its unit | W.K. Tukey 1977; our own rule for ties | 4 |"]


def test_a_module_that_is_handed_over_as_a_whole_counts_with_all_that_it_holds(tmp_path: Path) -> None:
    assert lines(tmp_path, "print(chooser=goals)")[0].endswith("| 4 |")


def test_a_method_that_no_page_reaches_is_listed_without_a_step(tmp_path: Path) -> None:
    assert lines(tmp_path, "goals.other")[0].endswith("| – |")


def test_the_page_names_the_best_known_sources_with_their_steps() -> None:
    page = {line.split("`")[1]: line for line in literature.text(ROOT).splitlines() if line.startswith("| [")}

    assert page["agreement.kendalls_w"].endswith("| Kendall and Babington Smith 1939 | 1, 2, 3, 4, 5, 6, 7 |")
    assert page["portfolio.best_choice"].endswith("| 2, 5, 6 |")
    assert "Weihrich 1982" in page["swot.moves"]
