"""One door for every text that people see: with another catalogue, no English is left but what the plan itself says."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT
from matplotlib.text import Text

from planning.model import check
from planning.model.errors import PlanProblems
from planning.model.plan import Plan, open_plan
from planning.show import html, language, page
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
    texts = [text.replace(html.LIVE, "") for text in texts]
    plain = [re.sub(r"<[^>]+>|&\w+;", " ", re.sub(r'aria-label="([^"]*)"', r">\1<", text)) for text in texts]
    months = set(re.findall(r"[^\W\d_]+", " ".join(f"{language.period(f'2026-{month:02}')} {language.month(month)}" for month in range(1, 13))))
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


def test_every_problem_of_a_plan_is_told_through_the_language(monkeypatch: pytest.MonkeyPatch, empty_plan: Path) -> None:
    (empty_plan / "goals.csv").write_text("goal,name,weight,valid_from,valid_to\nG1,,1.5,1.1.2026,\nG1,b,0.2,2026-02-01,2026-01-01\n", encoding="utf-8")
    (empty_plan / "themes.csv").write_text("theme;name\n", encoding="utf-8")
    (empty_plan / "alignment.csv").write_text("service,goal,strength\nS1,G1,0.5,x\n", encoding="utf-8")
    (empty_plan / "events.csv").write_text("event,date,name,changes_proces\nE1,2027-01-01,x,y\n", encoding="utf-8")
    (empty_plan / "plan.toml").write_text('librry = "x"\nkind = "publik"\nas_of = 2026-06-30\ncurrency = "USD"\n', encoding="utf-8")
    problems = check.problems(empty_plan)
    names = {"goal", "goals", "csv", "themes", "alignment", "events", "plan", "toml", "librry", "library", "publik", "kind", "public", "academic", "corporate",
             "leadership", "valid_from", "valid_to", "changes_proces", "changes_process", "as_of", "strength", "weight", "name", "service", "services", "date"}

    monkeypatch.setattr(language.gettext, "translation", lambda *_, **__: Marked())
    language.use("en", "USD")
    told = str(PlanProblems("p", problems))

    assert len(problems) > 10
    assert {word for word in re.findall(r"[^\W\d]\w+", outside(told))} - names == set()
