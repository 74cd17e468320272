"""One door for every text that people see: with another catalogue, no English is left but what the plan itself says."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT
from matplotlib.text import Text

from planning.model.plan import Plan, open_plan
from planning.show import language, page
from planning.show.records import Chart

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
UNITS = {"FTE", "KPI", "KPIs", "results", "csv", "Q", "USD"}


class Marked(gettext.NullTranslations):
    """A catalogue that puts every text it gives into brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, one: str, many: str, n: int) -> str:
        return f"⟦{one if n == 1 else many}⟧"


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Everything that pages show, as text, in the marked language."""
    shown: list[str] = []
    monkeypatch.setattr(language.gettext, "translation", lambda *_, **__: Marked())
    monkeypatch.setattr(page, "display", lambda data, **_: shown.append(data.get("text/html") or data["text/plain"]))
    monkeypatch.chdir(ROOT)
    return shown


def outside(text: str) -> str:
    """The text that stands in no bracket.

    >>> outside("a ⟦b ⟦c⟧ d⟧ e")
    'a  e'
    """
    before = None
    while before != text:
        before, text = text, re.sub(r"⟦[^⟦⟧]*⟧", "", text)
    return text


def of_the_plan(plan: Plan) -> set[str]:
    """Every word in the plan's own texts and in its numbers' forms."""
    cells = [str(value) for table in plan.tables.values() for column in table.select_dtypes(exclude="number") for value in table[column].dropna().unique()]
    return set(re.findall(r"[^\W\d_]+", " ".join([*cells, *map(str, plan.facts.values())])))


def words(texts: list[str], plan: Plan) -> set[str]:
    """Words outside the brackets that are not the plan's own, nor units or months."""
    plain = [re.sub(r"<[^>]+>|&\w+;", " ", re.sub(r'aria-label="([^"]*)"', r">\1<", text)) for text in texts]
    months = set(re.findall(r"[^\W\d_]+", " ".join(language.period(f"2026-{month:02}") for month in range(1, 13))))
    return {word for text in plain for word in re.findall(r"[^\W\d_]{2,}", outside(text))} - of_the_plan(plan) - UNITS - months


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_text_on_a_page_goes_through_the_language(path: Path, marked: list[str]) -> None:
    space: dict[str, object] = {}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code" and "interactive" not in cell.metadata.get("tags", []):
            exec(cell.source, space)  # noqa: S102 - the notebook's own cells, in order

    made = space["page"]
    charts = [item for item in made.shown.values() if isinstance(item, Chart)]
    drawn = [text.get_text().replace("\n", " ") for chart in charts for text in chart.figure.findobj(Text)]
    told = [part for chart in charts for part in (chart.alt, chart.unit, chart.basis)]

    assert words(marked + told, made.plan) == set()
    assert words(drawn, made.plan) == set()


def test_a_missing_table_is_named_through_the_language(marked: list[str], empty_plan: Path) -> None:
    plan = open_plan(empty_plan)
    made = page.open_page(plan, step=1)
    made.show(lambda rows: None, plan.goals, uses="goals")

    assert words(marked, plan) == set()
