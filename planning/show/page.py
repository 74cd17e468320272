"""One step's page: what it shows, in order, and what it keeps for the report."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path

import pandas as pd
from IPython.display import display

from planning.model.create import csv_of
from planning.model.errors import PlanningError, UsageError, nearest
from planning.model.files import write_text
from planning.model.plan import Plan
from planning.model.schema import tables as all_tables
from planning.show import closing, html, language
from planning.show.language import count, say
from planning.show.records import Chart, Column, Finding, Table

CHECKS = (Column("check", "Check"), Column("expected", "Expected", "number", 2), Column("found", "Found", "number", 2), Column("holds", "Holds"))
BRIEF = 6
BESIDE = ("events", "initiative_links")  # tables that sections look into but can do without
FINDINGS = ["step", "finding", "tone", "grade", "rests_on"]


class Page:
    """What one step shows about a plan, collected as it is shown."""

    def __init__(self, plan: Plan, step: int) -> None:
        self.plan = plan
        self.step = step
        self.shown: dict[str, Chart | Table] = {}
        self.said: list[Finding] = []
        self.absent: dict[str, str] = {}

    def parameter(self, name: str, value: object, *, allowed: tuple[object, ...] = (), low: float | None = None, high: float | None = None,
                  whole: bool = False) -> None:
        """Raise UsageError when a notebook's parameter is not one of the allowed words, or not a number (a whole one) from low to high."""
        if allowed and value not in allowed:
            close = nearest(value, [str(one) for one in allowed]) if isinstance(value, str) else None
            hint = say(" Did you mean {close}?", close=close) if close else ""
            raise UsageError("The parameter {name} is {value!r}. Allowed: {allowed}.{hint}", name=name, value=value, allowed=" or ".join(str(one) or say("nothing") for one in allowed), hint=hint)
        kinds = int if whole else int | float
        if not allowed and (isinstance(value, bool) or not isinstance(value, kinds) or not (low is None or value >= low) or not (high is None or value <= high)):
            reach = say("a number from {low} to {high}", low=low, high=high) if high is not None else say("a number of {low} or more", low=low)
            raise UsageError("The parameter {name} is {value!r}. Allowed: {reach}.", name=name, value=value, reach=say("{reach}, without a fraction", reach=reach) if whole else reach)

    def about(self) -> None:
        """Show which plan this is, as of when, and what it lacks."""
        rows = sum(len(table) for table in self.plan.tables.values())
        parts = [say("{library}, as of {day}.", library=self.plan.library, day=language.day(self.plan.as_of)),
                 say("{rows} rows in {tables}.", rows=language.number(rows),
                     tables=count("{n} table", "{n} tables", len(self.plan.tables) - len(self.plan.missing)))]
        if self.plan.facts["invented"]:
            parts.append(say("This library is invented; so is every figure about it."))
        if self.plan.facts["source"]:
            parts.append(say("Figures: {source}.", source=self.plan.facts["source"]))
        _put(f'{html.LIVE}<p class="about">{escape(" ".join(parts))}</p>', " ".join(parts))

    def foot(self) -> str:
        """What stands under a sheet that leaves the report: its day, where the rest is, and whether the library is invented."""
        parts = [say("As of {day}. The range, the limits and the source of each figure stand in the report.", day=language.day(self.plan.as_of))]
        if self.plan.facts["invented"]:
            parts.append(say("This library is invented; so is every figure about it."))
        return " ".join(parts)

    def brief(self, *findings: Finding | list[Finding] | None) -> None:
        """Show the findings that matter most, first on the page, six at most; those that have nothing to say are left out."""
        self.said = list(_flat(findings))
        if not self.said:
            self.said = [Finding(say("This plan does not hold what this step needs yet; each section of the page says what is missing."), "unknown")]
        text = "\n".join(f"{say(html.TONES[item.tone])}: {item.text}" for item in self.said[:BRIEF])
        _put(html.findings(self.said[:BRIEF]), text)

    def say(self, *findings: Finding | list[Finding] | None) -> None:
        """Show findings in the middle of the page."""
        found = list(_flat(findings))
        if found:
            self.said += [item for item in found if item not in self.said]
            _put(html.findings(found), "\n".join(item.text for item in found))

    def show(self, make: Callable[..., Chart | Table], rows: pd.DataFrame, *more: object, uses: str, **options: object) -> None:
        """Show a chart or a table of a result; where there is nothing to show, say what is missing.

        `make` is a function of planning.show.charts or planning.show.tables; `uses` names the
        plan's tables that the result was computed from, with spaces between.
        """
        names = uses.split()
        if rows.empty:
            self._say_missing(names)
            return
        item = self._numbered(make(rows, *more, **options))
        if isinstance(item, Chart) and item.finding is None:  # no row can be drawn, as where every group is hidden: the table says so
            item = item.table
        self._note(item)
        if isinstance(item, Chart):
            self._show_chart(item, names)
        else:
            _put(html.table(item), html.records(item.rows.head(item.most), item.columns))

    def also(self, make: Callable[..., Chart | Table], rows: pd.DataFrame, *more: object, uses: str, **options: object) -> None:
        """Show a further chart or table where there is something to show, and nothing where there is not."""
        if not rows.empty:
            self.show(make, rows, *more, uses=uses, **options)

    def fold(self, make: Callable[..., Table], rows: pd.DataFrame, *more: object, **options: object) -> None:
        """Keep a table folded away under its caption, for those who want the rows; nothing where there is nothing to show."""
        if rows.empty:
            return
        item = self._numbered(make(rows, *more, **options))
        self._note(item)
        _put(html.folded(item), f"{item.caption}\n{html.records(item.rows.head(item.most), item.columns)}")

    def closing(self, **findings: Finding | list[Finding] | None) -> None:
        """Show the step's key areas, each with the most pressing of the findings given for it and the decision it asks for.

        The areas are those of planning.show.closing; one without a finding says what is missing.
        """
        item = self._numbered(closing.summary(self.step, findings, self.plan.missing))
        self.said += [one for one in _flat(tuple(findings.values())) if one not in self.said]
        self._note(item)
        _put(closing.code(item), html.records(item.rows, item.columns))

    def _note(self, item: Chart | Table) -> None:
        """Keep what is shown by its name; raises ValueError for a chart and a table of one name, since one would be kept in place of the other."""
        before = self.shown.setdefault(item.name, item)
        if type(before) is not type(item):
            raise ValueError(f"{item.name}: a chart and a table bear this name. Give one of them another.")
        self.shown[item.name] = item

    def _numbered(self, item: Chart | Table) -> Chart | Table:
        if isinstance(item, Chart):
            return replace(item, table=self._numbered(item.table))
        return replace(item, name=f"{self.step}_{item.name}")

    def _show_chart(self, item: Chart, names: list[str]) -> None:
        from planning.show.charts import canvas

        day = language.day(self.plan.as_of)
        _put(f'<h3 class="chart">{escape(item.finding.text)}</h3>', item.finding.text)
        about = {"image/png": {"alt": item.alt}, "planning": {"figure": item.name}}
        picture = base64.b64encode(canvas.png(item.figure)).decode("ascii")
        display({"image/png": picture, "text/plain": item.alt}, metadata=about, raw=True)
        sources = ", ".join(say(all_tables()[name].title) for name in names)
        _put(html.under_chart(item, day, sources), html.facts(item, day, sources))

    def _say_missing(self, names: list[str]) -> None:
        missing = [name for name in names if name in self.plan.missing and name not in BESIDE]
        new = [name for name in missing if name not in self.absent]
        self.absent |= {name: say(all_tables()[name].adds) for name in new}
        lines = [say("{file} is empty or missing. With it, this section would say {adds}.", file=f"{name}.csv", adds=self.absent[name]) for name in new]
        if missing and not new:
            lines = [say("Not shown without {files}.", files=language.listed(f"{name}.csv" for name in missing))]
        if not missing and any(finding.conflict and set(names) <= set(finding.rests_on) for finding in self.said):
            lines = [say("Nothing can be shown here; the reason is named above.")]
        elif not missing:
            titles = language.listed(say(all_tables()[name].title) for name in names)
            lines = [say("There is nothing to show here: no row of these tables can be used for it: {tables}. Rows about what has ended or lies too far back do not count, nor do those whose cells are empty.", tables=titles)]
        _put(f'<p class="missing">{"<br>".join(escape(line) for line in lines)}</p>', "\n".join(lines))

    def checks(self, *checks: pd.DataFrame) -> None:
        """Show sums that must agree (check, expected, found); raises PlanningError when one does not."""
        rows = pd.concat([frame for frame in checks if not frame.empty] or [pd.DataFrame(columns=["check", "expected", "found"])], ignore_index=True)
        gap = (rows["expected"].astype(float) - rows["found"].astype(float)).abs()
        rows["holds"] = gap <= 1e-6 * rows["expected"].astype(float).abs().clip(lower=1)
        broken = rows.loc[~rows["holds"], "check"].tolist()
        if rows.empty:
            text = say("There is nothing to check yet.")
            _put(f"<p>{escape(text)}</p>", text)
            return
        item = Table("checks", rows, CHECKS, say("Sums that must agree"))
        _put(html.table(item), html.records(item.rows, item.columns))
        if broken:
            raise PlanningError("Sums on this page do not agree: {checks}. The page is not to be trusted; please report it.", checks=", ".join(broken))

    def keep(self, output: str | Path) -> None:
        """Keep every result and figure of the page under a folder; without a folder, keep nothing and say so."""
        if not output:
            text = say("Nothing was kept. Give the parameter output a folder to keep the tables and figures of this page.")
            _put(f"<p>{escape(text)}</p>", text)
            return
        kept = self._files()
        for name, text in kept.items():
            write_text(Path(output) / name, text)
        line = say("Kept: {names}.", names=", ".join(kept))
        _put(f"<p>{escape(line)}</p>", line)

    def _files(self) -> dict[str, str]:
        from planning.show.charts import canvas

        files = {}
        for name, item in self.shown.items():
            rows = item.table.rows if isinstance(item, Chart) else item.rows
            files[f"results/{name}.csv"] = csv_of(rows)
            if isinstance(item, Chart):
                files[f"figures/{name}.svg"] = canvas.svg(item.figure, item.finding.text, item.alt)
        files[f"results/{self.step}_findings.csv"] = csv_of(self.findings_table())
        files[f"record/{self.step}.json"] = json.dumps(self.record(), ensure_ascii=False, indent=1)
        return files

    def findings_table(self) -> pd.DataFrame:
        """Every finding of the page, one a row: step, finding, tone, grade, rests_on."""
        return pd.DataFrame([[self.step, f.text, f.tone, f.grade, " ".join(f.rests_on)] for f in self.said], columns=FINDINGS)

    def record(self) -> dict[str, object]:
        """The page in plain values, for the report's other forms."""
        items = [{"name": name, "form": "chart" if isinstance(item, Chart) else "table",
                  "title": item.finding.text if isinstance(item, Chart) else item.caption} for name, item in self.shown.items()]
        hidden = {name: int(rows["hidden"].sum()) for name, rows in self._results() if "hidden" in rows and rows["hidden"].any()}
        return {"step": self.step, "findings": self.findings_table().to_dict("records"), "items": items, "missing": self.absent, "hidden": hidden}

    def _results(self) -> list[tuple[str, pd.DataFrame]]:
        return [(name, item.table.rows if isinstance(item, Chart) else item.rows) for name, item in self.shown.items()]


def open_page(plan: Plan, step: int) -> Page:
    """A page for one step of a plan; from here on everything speaks the plan's language and currency."""
    language.use(str(plan.facts["language"]), str(plan.facts["currency"]))
    page = Page(plan, step)
    page.about()
    return page


def _flat(findings: tuple[Finding | list[Finding] | None, ...]):
    for item in findings:
        if isinstance(item, list):
            yield from (one for one in item if one)
        elif item:
            yield item


def _put(code: str, text: str) -> None:
    display({"text/html": code, "text/plain": text}, raw=True)
