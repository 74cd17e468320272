"""One plan as the seven steps see it: the results that the pages show, computed as the pages compute them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from typing import Protocol

import pandas as pd

from planning.analysis import (
    agreements,
    alignment,
    audiences,
    backing,
    budget,
    contributions,
    decisions,
    ethics,
    forecasts,
    futures,
    health,
    impact,
    initiatives,
    kpis,
    messages,
    needs,
    options,
    partners,
    peers,
    ratings,
    reviews,
    roadmap,
    scenarios,
    skills,
    surveys,
    usage,
)


class Plan(Protocol):
    """A plan: planning.model.plan.Plan."""

    facts: Mapping[str, object]
    tables: Mapping[str, pd.DataFrame]

    @property
    def as_of(self) -> dt.date: ...

    @property
    def fiscal_year(self) -> int: ...

    @property
    def last_full_year(self) -> int: ...

    @property
    def goals_in_force(self) -> pd.DataFrame: ...


class Reading:
    """What each step finds in one plan; each result is computed when it is first asked for.

    `beside` is the reading of the other plan: a forecast that rests on the same rows is taken over from it.
    """

    def __init__(self, plan: Plan, beside: Reading | None = None) -> None:
        self.plan, self.beside = plan, beside
        self.facts, self.as_of, self.goals = plan.facts, plan.as_of, plan.goals_in_force
        self.start, self.small = int(plan.facts["fiscal_year_start"]), int(plan.facts["small_group"])

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.plan.tables[table]

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """Every service against every goal in force (page 1)."""
        return alignment.matrix(self.goals, self["services"], self["alignment"])

    @cached_property
    def support(self) -> pd.DataFrame:
        """What each service gives to the goals (page 1)."""
        return alignment.contribution(self.pairs)

    @cached_property
    def coverage(self) -> pd.DataFrame:
        """How well each goal is carried (page 1)."""
        return alignment.coverage(self.pairs)

    @cached_property
    def unmet(self) -> pd.DataFrame:
        """Needs with what is still missing (page 1)."""
        return needs.unmet(self["needs"], self["segments"], small_group=self.small)

    @cached_property
    def standing(self) -> pd.DataFrame:
        """Where the library stands among its peers (page 1)."""
        return peers.standing(self["statistics"], self["peers"])

    @cached_property
    def limits(self) -> pd.DataFrame:
        """Ceilings of the choice, less what essential services need to keep their floors (page 2)."""
        return initiatives.ceilings(self.facts, self["roles"], set_aside=self.set_aside)

    @cached_property
    def set_aside(self) -> float:
        """Money that essential services need to keep their floors (page 2)."""
        return float(options.floors(self["services"], self["budget"])["short"].sum())

    @cached_property
    def valued(self) -> pd.DataFrame:
        """What each initiative would give to the goals (page 2)."""
        return initiatives.values(self["initiatives"], self["initiative_goals"], self.goals, by_role=self["initiative_hours"])

    @cached_property
    def chosen(self) -> pd.DataFrame:
        """The best choice of initiatives (page 2)."""
        return initiatives.choice(self.valued, self["initiative_links"], self.limits)

    @cached_property
    def taken(self) -> list[str]:
        """Ids of the initiatives in the best choice."""
        return sorted(self.chosen.loc[self.chosen["chosen"].astype(bool), "initiative"]) if len(self.chosen) else []

    @cached_property
    def used(self) -> pd.DataFrame:
        """What the choice uses of each ceiling, and which binds (page 2)."""
        return initiatives.use(self.chosen, self["initiative_links"], self.limits)

    @cached_property
    def planned(self) -> pd.DataFrame:
        """In which year each initiative starts (page 2)."""
        ahead = roadmap.ceilings(self.limits, self["ceilings"], fiscal_year=self.plan.fiscal_year + 1, hours_per_fte=self.facts["hours_per_fte"])
        return roadmap.spread(self.valued, self["initiative_links"], ahead)

    @cached_property
    def overlap(self) -> pd.DataFrame:
        """How far each partner supports the goals in force (page 3)."""
        return partners.support(self.goals, self["partner_goals"])

    @cached_property
    def fitting(self) -> pd.DataFrame:
        """How well each partner fits (page 3)."""
        return partners.fit(self["partners"], self.overlap, self["partner_audiences"])

    @cached_property
    def terms(self) -> pd.DataFrame:
        """Each agreement as it stands on the day (page 3)."""
        return agreements.register(self["agreements"], self["partners"], as_of=self.as_of, tasks=self["agreement_tasks"])

    @cached_property
    def courses(self) -> pd.DataFrame:
        """What the figures suggest for each partner (page 3)."""
        reach = self["audiences"], self["partner_audiences"], self["partners"]
        given = contributions.balance(self["contributions"], self["partners"], last_year=self.plan.last_full_year)
        standing = health.standing(health.reviews(self["partner_reviews"], self["partners"]), self["partners"], as_of=self.as_of)
        return partners.courses(self.fitting, given, self.terms, additions=audiences.additions(*reach), coverage=audiences.coverage(*reach), health=standing)

    @cached_property
    def surveyed(self) -> pd.DataFrame:
        """How many answers stand behind the KPI values that come from surveys: those on which too few answered are shown nowhere (page 7)."""
        counted = surveys.counted(self["answers"], self["questions"], self["question_options"], small_group=self.small)
        return backing.surveyed(self["kpis"], self["kpi_values"], counted, small_group=self.small)

    @cached_property
    def kpis(self) -> pd.DataFrame:
        """The KPIs, without baselines that may not be shown."""
        return backing.shown_kpis(self["kpis"], self.surveyed)

    @cached_property
    def values(self) -> pd.DataFrame:
        """The KPI values that may be shown."""
        return backing.shown_values(self["kpi_values"], self.surveyed)

    @cached_property
    def progress(self) -> pd.DataFrame:
        """Where each KPI stands on the way to its target (page 4)."""
        return kpis.progress(self.kpis, self.values, as_of=self.as_of, fiscal_year_start=self.start)

    @cached_property
    def forecast(self) -> pd.DataFrame:
        """What to expect of each KPI when its target is due (page 4)."""
        if self.beside and self._forecasts_from(self.beside):
            return self.beside.forecast
        return forecasts.outlook(self.progress, self.values, self["events"], as_of=self.as_of, fiscal_year_start=self.start, seed=int(self.facts["seed"]))

    def _forecasts_from(self, other: Reading) -> bool:
        """Whether the other plan holds the same rows for a forecast, and looks from the same day."""
        same = self.kpis.equals(other.kpis) and self.values.equals(other.values) and self["events"].equals(other["events"])
        return same and (self.as_of, self.start, self.facts["seed"]) == (other.as_of, other.start, other.facts["seed"])

    @cached_property
    def world(self) -> scenarios.World:
        """The plan as a future among others (page 5)."""
        return scenarios.World("", scenarios.TODAY, "today", self.plan.tables | {"goals": self.goals}, self.facts | {"set_aside": self.set_aside})

    @cached_property
    def scenarios(self) -> pd.DataFrame:
        """The named futures, and whether each can be computed (page 5)."""
        return scenarios.register(self["scenarios"], self["scenario_changes"], self.world.tables)

    @cached_property
    def outlook(self) -> pd.DataFrame:
        """The named futures side by side (page 5)."""
        worlds = scenarios.worlds(self.scenarios, self["scenario_changes"], self.world.tables, self.world.facts)
        return futures.outlook(worlds, fiscal_year=self.plan.fiscal_year, chooser=initiatives)

    @cached_property
    def yearly(self) -> pd.DataFrame:
        """Uses by fiscal year (pages 5 and 6)."""
        return usage.yearly(self["usage"], fiscal_year_start=self.start)

    @cached_property
    def sunset(self) -> pd.DataFrame:
        """What the sunset review proposes (page 5)."""
        window = {"last_year": self.plan.last_full_year}
        used = reviews.window(self.yearly, **window)
        spent = reviews.window(budget.by_service(budget.amounts(self["budget"]), self["services"]), **window)
        return reviews.sunset(reviews.dossier(
            self["services"], self["exits"], contribution=self.support, trend=usage.trend(used), costs=reviews.costs(spent, used, self["roles"]),
            ratings=ratings.summary(self["ratings"], self["services"], small_group=self.small), segments=self["segments"], partners=self["partners"]))

    @cached_property
    def past(self) -> pd.DataFrame:
        """Which past decisions still hold (page 5)."""
        taken = backing.shown_tables(self.plan.tables, self.surveyed)["decisions"]
        evidence = decisions.evidence(taken, self.progress, self.values, events=self["events"])
        return decisions.revalidated(self["decisions"], self["goals"], evidence, services=self["services"], as_of=self.as_of)

    @cached_property
    def year(self) -> int:
        """The fiscal year whose money is looked at (page 6)."""
        return budget.year_of(self["budget"], last_full_year=self.plan.last_full_year)

    @cached_property
    def spending(self) -> pd.DataFrame:
        """Money of each service in each year (page 6)."""
        return budget.by_service(budget.amounts(self["budget"], last_full_year=self.plan.last_full_year), self["services"])

    @cached_property
    def money(self) -> pd.DataFrame:
        """Money by goal against the goal's weight (page 6)."""
        return budget.by_goal(self.spending, self.goals, self["alignment"], fiscal_year=self.year)

    @cached_property
    def costs(self) -> pd.DataFrame:
        """What one use of each service cost (page 6)."""
        return usage.cost_per_use(self.spending, self.yearly, self["services"], fiscal_year=self.year)

    @cached_property
    def gaps(self) -> pd.DataFrame:
        """Needed against present level of each role's skills (page 6)."""
        return skills.gaps(self["role_skills"], self["skills"], self["roles"])

    @cached_property
    def held(self) -> pd.DataFrame:
        """How many people can do what is needed (page 6)."""
        return skills.coverage(self.gaps, self["skills"])

    @cached_property
    def staffed(self) -> pd.DataFrame:
        """Skills that the best choice of initiatives needs, with the rule of page 6."""
        best = self["initiatives"].assign(status=["chosen" if one in self.taken else "candidate" for one in self["initiatives"]["initiative"]])
        return skills.initiative_needs(best, self["initiative_skills"], self.held)

    @cached_property
    def booked(self) -> pd.DataFrame:
        """The cheapest training for each gap that one closes, by training: training, training_name, cost for all who are short (page 6)."""
        closed = skills.closures(self.gaps, self["trainings"]).query("covered == 'closed'")
        return closed.groupby(["training", "training_name"])["cost_all"].sum(min_count=1).rename("cost").reset_index()

    @cached_property
    def told(self) -> pd.DataFrame:
        """Stories that may be told (page 7)."""
        allowed = impact.stories(self["stories"], self["audiences"], self["goals"], services=self["services"], as_of=self.as_of)
        return ethics.tellable(allowed, self["clearances"])

    @cached_property
    def said(self) -> pd.DataFrame:
        """Every message with its names, without a text that could point to a person (page 7)."""
        rows, known = self.register, (str(self.facts.get("library", "")), *self["partners"]["name"])
        pointing = ethics.pointing(self["messages"], self["clearances"], known=known)
        return rows.assign(text=rows["text"].mask(rows["message"].isin(pointing) & ~rows["text"].str.startswith("Text held back"), ethics.HELD))

    @cached_property
    def register(self) -> pd.DataFrame:
        """Every message with its names (page 7)."""
        return messages.register(self["messages"], self["audiences"], self["goals"], progress=self.progress, roles=self["roles"], told=self.told, as_of=self.as_of,
                                 stories=self["stories"], surveyed=self.surveyed)

    @cached_property
    def matters(self) -> pd.DataFrame:
        """What is the matter with which message (page 7)."""
        return messages.checks(self.register, self.progress, self.values, events=self["events"], as_of=self.as_of)

    @cached_property
    def statements(self) -> pd.DataFrame:
        """Which statements stand (page 7)."""
        places = impact.places(self["kpis"], self["objectives"], self.goals, services=self["services"])
        return impact.statements(places, impact.changes(self.progress, self.values, self["events"]), self.surveyed)
