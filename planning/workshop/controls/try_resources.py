"""Step 6's controls for money: next year's planned amount of each service under a live meter, and a part of one service's money moved to another."""

from __future__ import annotations

import ipywidgets as widgets
import pandas as pd

from planning.analysis import budget, envelopes, initiatives, options
from planning.model.drafts import Draft
from planning.model.errors import Problem, Words
from planning.show import findings, tables
from planning.show.findings import envelopes as said
from planning.show.language import money, say
from planning.show.meters import meter
from planning.show.records import Finding, Table
from planning.show.tables import envelopes as shown
from planning.workshop.controls import try_services, tryit
from planning.workshop.controls.following import Built, Once, answer, beside, button, fields, filled, following

RESTS_ON = ("budget", "services", "goals", "alignment", "initiatives", "initiative_goals", "initiative_links", "initiative_hours", "roles")
MOST = 1e12
WIDE = {"style": tryit.WIDE, "layout": {"width": "auto"}}
base_choice = Once(RESTS_ON, lambda draft: initiatives.choice(*_asked(draft, short=_short(draft.tables["services"], draft.tables["budget"]))))


def budgets(draft: Draft) -> None:
    """Show one amount for each service in the year to be planned, with what is left of the total, where the goals then stand, and what falls first."""
    tryit.show(following(draft, RESTS_ON, lambda: _listed(draft), lambda: _budgets(draft)))


def _standing(draft: Draft, year: int) -> pd.DataFrame:
    return envelopes.standing(draft.tables["budget"], draft.tables["services"], fiscal_year=year)


def _years(draft: Draft) -> list[int]:
    """The years to plan, the one first that the folder has no plan for."""
    return envelopes.years(draft.plan.tables["budget"], last_full_year=draft.plan.last_full_year)


def _listed(draft: Draft) -> tuple[object, ...]:
    return tuple(tuple(sorted(_standing(draft, year)[["service", "service_name"]].itertuples(index=False, name=None))) for year in _years(draft))


def _budgets(draft: Draft) -> Built:
    if _standing(draft, max(_years(draft))).empty:
        return [widgets.HTML(say("There is nothing to plan yet: it takes a budget line (budget.csv) with what was planned or spent."))], lambda: None
    form = Budgets(draft)
    return form.parts, form.speak


def _short(services: pd.DataFrame, lines: pd.DataFrame) -> float:
    return float(options.floors(services, lines)["short"].sum())


def _asked(draft: Draft, *, short: float, money: float = -1.0) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    question = try_services.asked(draft)
    return question.valued, question.links, initiatives.ceilings(draft.plan.facts, draft.tables["roles"], money=money, set_aside=short)


class Budgets:
    """The amounts of one year that are typed and not in the draft yet; those that are not typed follow the draft."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.typed, self.quiet = draft, set(), False
        self.place, note = widgets.HTML(), widgets.HTML()
        years = _years(draft)
        self.year = widgets.Dropdown(description=say("Fiscal year"), options=[(str(year), year) for year in sorted(years)], value=years[0], **WIDE)
        self.total = widgets.BoundedFloatText(description=say("Money that there is"), min=0, max=MOST, step=1000, **WIDE)
        rows = _standing(draft, max(years))
        self.amount = {service: widgets.BoundedFloatText(description=say(name), min=0, max=MOST, step=_step(planned), **WIDE)
                       for service, name, planned in rows[["service", "service_name", "planned"]].itertuples(index=False, name=None)}
        self.slide = {service: tryit.slider(field.description, 0, max(2 * round(planned), 1), _step(planned), 0) for (service, field), planned in zip(self.amount.items(), rows["planned"])}
        self.year.observe(lambda _: self.look(), "value")
        self.total.observe(self.speak, "value")
        for service, field in self.amount.items():
            field.observe(lambda _, service=service: self.type(service), "value")
            self.slide[service].readout_format = ",.0f"
            self.slide[service].observe(lambda change, service=service: self.slid(service, change["new"]), "value")
        buttons = [button(say("Bring all to the total by the same share"), self.fit), button(say("Begin again with the year before"), self.look)]
        self.parts = [fields([self.year, self.total]), fields(self.amount.values(), least="26em"), widgets.HBox(buttons, layout={"flex_flow": "row wrap"}), tryit.taken(self.take, note), note,
                      self.place, *beside(say("The same amounts as sliders"), fields(self.slide.values(), least="26em"))]
        self.look()

    @property
    def standing(self) -> pd.DataFrame:
        """What the draft plans for the chosen year, or else the year before it."""
        return _standing(self.draft, self.year.value)

    @property
    def wanted(self) -> dict[str, float]:
        """The amounts in the fields."""
        return {service: float(field.value) for service, field in self.amount.items()}

    def look(self) -> None:
        """Put what stands for the chosen year into the fields, and what the year before had altogether."""
        self.typed.clear()
        rows = self.standing
        before = float(rows["before"].sum()) if rows["before"].notna().any() else float(rows["planned"].sum())
        filled({"total": self.total}, {"total": before}, self.speak)

    def type(self, service: str) -> None:
        """Remember that an amount was typed."""
        if not self.quiet:
            self.typed.add(service)
            self.speak()

    def slid(self, service: str, value: float) -> None:
        """Take the amount of a slider."""
        if not self.quiet:
            self.amount[service].value = value

    def put(self, amounts: dict[str, float]) -> None:
        """Show amounts in the fields and on the sliders, without an answer."""
        self.quiet = True
        for service, value in amounts.items():
            if service in self.amount and self.amount[service].value != value:
                self.amount[service].value = value
        for service, slider in self.slide.items():
            slider.value = min(self.amount[service].value, slider.max)
        self.quiet = False

    def fit(self) -> None:
        """Make all amounts larger or smaller by the same share, to the total."""
        self.typed |= set(self.amount)
        self.put(envelopes.fitted(envelopes.tried(self.standing, self.wanted), total=self.total.value))
        self.speak()

    def speak(self, *_: object) -> None:
        """Say what is left, what changes, where the goals then stand, and what falls first."""
        rows = self.standing
        self.put({service: planned for service, planned in zip(rows["service"], rows["planned"]) if service not in self.typed})
        tried = envelopes.tried(rows, self.wanted)
        room = envelopes.room(tried, total=self.total.value, ceiling=float(self.draft.plan.facts.get("money_ceiling") or "nan"))
        answer(self.place, [said.left(room, year=self.year.value), *self.told(tried, room)], folded=[shown.plan(tried, year=self.year.value)],
               above=meter(say("Money planned"), room["planned"].iloc[0], room["total"].iloc[0], said.used(room)))

    def told(self, tried: pd.DataFrame, room: pd.DataFrame) -> list[Finding | Table | None]:
        own, year = self.draft.tables, self.year.value
        lines = envelopes.merged(own["budget"], envelopes.rows(own["budget"], self.wanted, fiscal_year=year))
        by_goal = _by_goal(self.draft, lines, year)
        short = options.floors(own["services"], lines)
        now = base_choice(self.draft)
        even = pd.isna(room["initiatives"].iloc[0]) or abs(room["left"].iloc[0]) < 0.01 or now.empty
        then = now if even else initiatives.choice(*_asked(self.draft, short=float(short["short"].sum()), money=room["initiatives"].iloc[0]))
        return [said.changed(tried), said.floors(short), findings.resources.against_weights(by_goal, year=year), said.falls(envelopes.fallen(now, then), room),
                tables.resources.by_goal(by_goal) if len(by_goal) else None]

    def take(self) -> list[Problem]:
        """Put the year's lines into the draft."""
        return _put(self.draft, self.wanted, self.year.value, self.typed.clear)


def _step(planned: float) -> float:
    """A step of about a hundredth of an amount: 1, 10, 100, 1,000 …"""
    return float(10 ** max(len(str(int(planned))) - 3, 0))


def _by_goal(draft: Draft, lines: pd.DataFrame, year: int) -> pd.DataFrame:
    """The planned money of a year by goal."""
    own = draft.tables
    spending = budget.by_service(budget.amounts(lines, last_full_year=year - 1), own["services"])
    return budget.by_goal(spending, draft.library.goals_in_force, own["alignment"], fiscal_year=year)


def _put(draft: Draft, wanted: dict[str, float], year: int, done: object = None) -> list[Problem]:
    rows = envelopes.rows(draft.tables["budget"], wanted, fiscal_year=year)
    if rows.empty:
        return [Problem(Words("Budget"), None, None, Words("found the amounts that stand in the draft already"), Words("another amount"), Words("Change an amount first."))]
    problems = draft.put("budget", rows, say("Budget of fiscal year {year}", year=year))
    if not problems and done:
        done()
    return problems


def moved_money(draft: Draft) -> None:
    """Show a control that moves a part of one service's planned money to another in the year to be planned, and tells which goals it then reaches."""
    tryit.show(following(draft, RESTS_ON[:4], lambda: _listed(draft), lambda: _moved_money(draft)))


def _moved_money(draft: Draft) -> Built:
    year = _years(draft)[0]
    rows = _standing(draft, year)
    choices = [(say(name), service) for service, name, planned in rows[["service", "service_name", "planned"]].itertuples(index=False, name=None) if service and planned > 0]
    if len(choices) < 2 or _by_goal(draft, _lines(draft, year, {}), year).empty:
        return [widgets.HTML(say("There is nothing to move yet: it takes two services with money of their own (budget.csv), and services that support goals in force (alignment.csv)."))], lambda: None
    source, target = (widgets.Dropdown(description=label, options=choices, **WIDE) for label in (say("Money from"), say("To")))
    target.value, part = choices[-1][1], tryit.slider(say("Part of its money"), 0, 1, 0.05, 0.2)
    part.readout_format, place, note = ".0%", widgets.HTML(), widgets.HTML()

    def wanted() -> dict[str, float]:
        return envelopes.moved(_standing(draft, year), source=source.value, target=target.value, part=part.value)

    def speak(*_: object) -> None:
        answer(place, _moved(draft, year, wanted(), dict(map(reversed, choices)), source.value, target.value))

    def take() -> list[Problem]:
        return _put(draft, wanted(), year)

    for field in (source, target, part):
        field.observe(speak, "value")
    speak()
    return [fields([source, target, part]), tryit.taken(take, note), note, place], speak


def _lines(draft: Draft, year: int, wanted: dict[str, float]) -> pd.DataFrame:
    own = draft.tables["budget"]
    return envelopes.merged(own, envelopes.rows(own, wanted, fiscal_year=year))


def _moved(draft: Draft, year: int, wanted: dict[str, float], names: dict[str, str], source: str, target: str) -> list[Finding | Table | None]:
    rows = _by_goal(draft, _lines(draft, year, wanted), year)
    tried = envelopes.tried(_standing(draft, year), wanted).set_index("service")["planned"]
    amount = float(_standing(draft, year).set_index("service")["planned"][source] - tried[source])
    return [findings.resources.moved(amount, names[source], names[target], year=year), findings.resources.against_weights(rows, year=year), tables.resources.moved(rows)]
