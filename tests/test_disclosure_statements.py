"""The attacker reads step 7: statements, messages, requests and files; nothing of a few answers or of a story without consent is in them."""

from __future__ import annotations

import re
from functools import cache

import pandas as pd
import pytest
from conftest import SAMPLES
from disclosure_plans import Sample, nasty_plan
from test_small_groups import published, sets_of_people

from planning import asks, backing, impact, initiatives, kpis, messages, surveys
from planning.methods import retold, suppression
from planning.show import findings, tables

PLANS = [*SAMPLES, *range(5)]
NO_EVENTS = pd.DataFrame({"event": [], "date": pd.to_datetime([]), "name": [], "kpi": [], "changes_process": pd.Series([], dtype=bool)})
NONE = {name: pd.DataFrame(columns=columns) for name, columns in {"objectives": ["objective", "goal"], "goals": ["goal", "name", "weight", "valid_from", "valid_to"], "services": ["service", "name"]}.items()}


@cache
def made(which: str | int):
    return Sample(which) if isinstance(which, str) else scant(nasty_plan(which))


def scant(plan):
    """The plan with one question that few answered last, one that few answered first, and one that few answered in each survey."""
    answers, last = plan.answers, plan.answers["date"] == plan.answers["date"].max()
    few = (("Q2", last), ("Q3", ~last), ("Q5", last), ("Q5", ~last))
    drop = [answers.index[(answers["question"] == question) & when][plan.small - 1:] for question, when in few]
    plan.answers = answers.drop(index=[one for part in drop for one in part]).reset_index(drop=True)
    return plan


def figures(plan, counted: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """KPIs and values as a library would write them that puts every survey, however small, into a KPI; for a month, and for the year."""
    rows, about = [], []
    for question, one in counted[counted["good"].notna()].groupby("question"):
        for form, frequency in (("%Y-%m", "monthly"), ("%Y", "yearly")):
            kpi = f"K {question} {frequency}"
            by = one.assign(period=one["date"].dt.strftime(form)).groupby("period")["good"].mean()
            rows += [[kpi, period, round(100 * float(share), 2), None] for period, share in by.items()]
            about.append([kpi, f"Share of {question}", None, None, "outcome", "% of those asked", "Counted", f"Question {question}", None, "up", frequency, float(100 * by.iloc[0]), by.index[0], None, None, None])
    columns = ["kpi", "name", "objective", "service", "level", "unit", "definition", "source", "limits", "direction", "frequency", "baseline", "baseline_period", "target", "target_low", "target_high"]
    return pd.DataFrame(about, columns=[*columns]).assign(due=pd.NaT, partial=None, timing=None, perspective=None, formula=None), pd.DataFrame(rows, columns=["kpi", "period", "value", "note"])


def page(plan):
    """Step 7 as its page makes it, with a KPI behind every question."""
    counted = surveys.counted(plan.answers, plan.questions, plan.question_options, small_group=plan.small)
    about, values = figures(plan, counted)
    known = backing.surveyed(about, values, counted, small_group=plan.small)
    shown = backing.shown_values(values, known)
    progress = kpis.progress(backing.shown_kpis(about, known), shown, as_of=plan.as_of)
    places = impact.places(about, NONE["objectives"], NONE["goals"], services=NONE["services"])
    return counted, values, known, progress, impact.statements(places, impact.changes(progress, shown, NO_EVENTS), known)


@pytest.mark.parametrize("which", PLANS)
def test_every_set_of_people_behind_a_statement_is_one_that_the_pages_of_surveys_show(which):
    plan = made(which)
    counted, values, known, *_ = page(plan)
    seen = published(plan)
    told = known[~known["hidden"]]

    assert len(told) or not isinstance(which, str)
    sets = {question: sets_of_people(plan, seen, question)[0] for question in told["question"].unique()}
    for row in told.itertuples():
        shown = sets[row.question]
        sizes = {len(people) for name, people in shown.items() if name == "everyone" or name.startswith("survey ")}
        assert row.n >= plan.small and row.n in sizes, (row.kpi, row.period, row.n, sizes)
        waves = {wave: set(part["respondent"]) for wave, part in counted[counted["question"] == row.question].groupby("wave")}
        own = next(people for wave, people in waves.items() if len(people) == row.n)
        assert not any(suppression.apart_by_few(own, [other], plan.small) for other in waves.values() if other is not own and other & own == own)


@pytest.mark.parametrize("which", PLANS)
def test_no_value_that_few_gave_is_left_in_any_table_or_sentence_of_step_7(which):
    plan = made(which)
    counted, values, known, progress, statements = page(plan)
    for row in values.itertuples():
        question = re.search(r"K (\S+) ", row.kpi)[1]
        moment = pd.Period(row.period)
        few = counted[(counted["question"] == question) & counted["date"].between(moment.start_time, moment.end_time)]
        if 0 < len(few) < plan.small:
            assert known.loc[(known["kpi"] == row.kpi) & (known["period"] == row.period), "hidden"].tolist() == [True], row
            assert not ((progress["kpi"] == row.kpi) & (progress["period"] == row.period)).any()
            told = statements[(statements["kpi"] == row.kpi) & (statements["period"] == row.period)]
            assert told["value"].isna().all() and told["n"].isna().all()


def test_few_answers_are_found_in_every_place_when_the_rule_is_left_out(monkeypatch):
    monkeypatch.setattr(backing, "shown_values", lambda values, surveyed: values)
    monkeypatch.setattr(backing, "surveyed", lambda kpis, values, counted, small_group, whole=backing.surveyed: whole(kpis, values, counted, small_group=1))
    with pytest.raises(AssertionError):
        for which in PLANS:
            test_no_value_that_few_gave_is_left_in_any_table_or_sentence_of_step_7(which)


def step(plan, *, stories: pd.DataFrame, words: pd.DataFrame, requests: pd.DataFrame) -> str:
    """All texts of step 7 and the files that it keeps, in one."""
    progress = kpis.progress(plan.kpis, plan.kpi_values, as_of=plan.as_of, fiscal_year_start=plan.facts["fiscal_year_start"])
    told = impact.stories(stories, plan.audiences, plan.goals, services=plan.services, as_of=plan.as_of)
    register = messages.register(words, plan.audiences, plan.goals, progress=progress, roles=plan.roles, told=told, as_of=plan.as_of, stories=stories)
    checks = messages.checks(register, progress, plan.kpi_values, events=plan.events, as_of=plan.as_of)
    known = pd.DataFrame(columns=backing.SURVEYED).astype({"hidden": bool, "newest": bool, "n": float, "low": float, "high": float})
    places = impact.places(plan.kpis, plan.objectives, plan.plan.goals_in_force, services=plan.services)
    statements = impact.statements(places, impact.changes(progress, plan.kpi_values, plan.events), known)
    valued = initiatives.values(plan.initiatives, plan.initiative_goals, plan.plan.goals_in_force)
    frames = {name: getattr(plan, name) for name in ("mandates", "initiatives", "services", "kpis")} | {"asks": requests, "stories": stories}
    brief = asks.brief(frames, plan.plan.goals_in_force, valued, limits=initiatives.ceilings(plan.facts, plan.roles), told=told, as_of=plan.as_of)
    bank, left = impact.bank(told, statements), impact.left_out(stories, as_of=plan.as_of)
    sentences = [*findings.communication.voices(told), findings.communication.bank(bank), findings.communication.stories(told, left), *findings.asks.cards(brief, statements), findings.asks.standing(brief)]
    shown = [tables.communication.checks(checks), tables.communication.stories(told, bank), tables.asks.brief(brief), tables.communication.calendar(messages.calendar(register, as_of=plan.as_of, ahead=9999))]
    return "\n".join([*(one.text for one in sentences if one), *(table.rows.to_csv() for table in shown), *(frame.to_csv() for frame in (register, checks, told, bank, left, brief))])


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("consent", ["asked", "refused", "withdrawn", "expired"])
def test_a_story_that_may_not_be_told_appears_nowhere_also_where_no_row_names_it(name, consent):
    plan = made(name)
    given = plan.stories[plan.stories["consent"] == "given"]
    story = given.iloc[0]
    changed = {"consent": "given" if consent == "expired" else consent} | ({"expires": pd.Timestamp("2020-01-01")} if consent == "expired" else {})
    stories = plan.stories.copy()
    for column, value in changed.items():
        stories.loc[stories["story"] == story["story"], column] = value
    words = plan.messages.copy()
    words.loc[words.index[0], ["text", "story"]] = [f"Read it: {story['text']}", None]
    words.loc[words.index[1], ["text", "story"]] = [f"{story['name']}, told by us", None]
    requests = plan.asks.copy()
    requests.loc[requests.index[0], ["otherwise", "option"]] = [story["text"], story["name"]]
    text = step(plan, stories=stories, words=words, requests=requests)

    assert story["text"] not in text and not retold.retells(text, "", story["text"])
    assert story["name"] not in text
    assert story["text"] in step(plan, stories=plan.stories, words=words, requests=requests)


@pytest.mark.parametrize("name", SAMPLES)
def test_stories_of_the_samples_without_consent_are_in_no_text_of_step_7(name):
    plan = made(name)
    text = step(plan, stories=plan.stories, words=plan.messages, requests=plan.asks)
    told = impact.stories(plan.stories, plan.audiences, plan.goals, services=plan.services, as_of=plan.as_of)
    for row in plan.stories[~plan.stories["story"].isin(told["story"])].itertuples():
        assert row.text not in text and row.name not in text
