"""The same attacker on feedback, consultations, ratings, reach and referrals: nothing that a few said can be worked out."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest
from conftest import SAMPLES
from disclosure_attack import Attack
from disclosure_plans import Sample, nasty_plan

from planning import consultations, expectations, feedback, interviews, needs, ratings, reach, referrals, themes, voice
from planning.methods import suppression

PLANS = [*SAMPLES, *range(24, 40)]
TONES = ("praise", "wish", "complaint", "not coded")


@cache
def made(which: str | int):
    return Sample(which) if isinstance(which, str) else nasty_plan(which)


class Log:
    """Unknown numbers of entries by channel, theme, tone and state, and what is shown of them."""

    def __init__(self, plan) -> None:
        self.names = dict(zip(plan.themes["theme"], plan.themes["name"]))
        own = plan.feedback.assign(theme=plan.feedback["theme"].map(self.names).fillna("Not coded"), tone=plan.feedback["tone"].fillna("not coded"))
        self.channels, self.themes = sorted(own["channel"].unique()), sorted(own["theme"].unique())
        self.tones = [tone for tone in TONES if (own["tone"] == tone).any()]
        self.states = [state for state in (True, False) if (own["closed"].notna() == state).any()]

    def cells(self, *, channel: str = "", theme: str = "", tones: tuple[str, ...] = (), closed: bool | None = None) -> dict[object, float]:
        return {(one, about, tone, state): 1.0 for one in self.channels for about in self.themes for tone in self.tones for state in self.states
                if channel in ("", one) and theme in ("", about) and (not tones or tone in tones) and closed in (None, state)}


def on_feedback(plan) -> Attack:
    """All tables of feedback: by channel, by theme, tones, ranks, severity, staff beside others, and the lists of entries."""
    attack, log, small = Attack(), Log(plan), plan.small
    terms = {"as_of": plan.as_of, "small_group": small}
    every = feedback.overall(plan.feedback, as_of=plan.as_of).iloc[0]
    attack.fact(log.cells(), every["entries"])
    attack.fact(log.cells(closed=True), every["closed"])
    said = feedback.severity(plan.feedback, as_of=plan.as_of)
    attack.fact(log.cells(tones=("wish", "complaint", "not coded")), said["entries"].sum())
    attack.fact(log.cells(tones=("wish", "complaint", "not coded"), closed=True), said["closed"].sum())
    told = voice.beside(plan.feedback, plan.themes, small_group=small)
    if len(told) and not told["hidden"].any():
        attack.fact(log.cells(tones=("complaint",)), told["complaints"].sum())
    for by in ("channel", "theme"):
        rows = feedback.closure(plan.feedback, plan.themes, by=by, **terms).merge(feedback.tones(plan.feedback, plan.themes, by=by, small_group=small), on=["part", "hidden", "entries"])
        assert len(rows) == len(log.channels if by == "channel" else log.themes), "both tables hide the same parts"
        for row in rows.to_dict("records"):
            part = {by: row["part"]}
            if row["hidden"]:
                attack.group((by, row["part"], "tone"), {tone: log.cells(**part, tones=(tone,)) for tone in log.tones})
                attack.group((by, row["part"], "state"), {state: log.cells(**part, closed=state) for state in log.states})
                continue
            attack.fact(log.cells(**part), row["entries"])
            attack.fact(log.cells(**part, closed=True), row["closed"])
            for tone in TONES:
                attack.fact(log.cells(**part, tones=(tone,)), row[tone])
    counted_in_lists(attack, log, plan)
    return attack


def counted_in_lists(attack: Attack, log: Log, plan) -> None:
    """What stands in a list row by row can be counted: at least so many."""
    rooms = {"small_group": plan.small, "consultations": plan.consultations}
    waiting = feedback.waiting(plan.feedback, plan.themes, plan.roles, as_of=plan.as_of, **rooms).assign(state=False)
    told = feedback.said_and_done(plan.feedback, plan.themes, **rooms).assign(state=True)
    for (channel, theme, tone, state), rows in pd.concat([waiting, told]).fillna({"tone": "not coded"}).groupby(["channel", "theme_name", "tone", "state"]):
        attack.fact(log.cells(channel=channel, theme=theme, tones=(tone,), closed=state), len(rows), np.inf)
    assert "channel" not in feedback.clearance(plan.feedback), "the list of comments to confirm would count a hidden channel"


@pytest.mark.parametrize("which", PLANS)
def test_no_hidden_channel_or_theme_of_feedback_can_be_worked_out(which):
    assert on_feedback(made(which)).found_out() == []


@pytest.mark.parametrize("which", PLANS)
def test_every_table_hides_the_same_themes(which):
    plan = made(which)
    unseen = set(feedback.tones(plan.feedback, plan.themes, small_group=plan.small).query("hidden")["part"])
    ranked = themes.ranked(plan.feedback, plan.themes, small_group=plan.small)
    growth = themes.growth(plan.feedback, plan.themes, as_of=plan.as_of, small_group=plan.small)
    evidence = consultations.evidence(plan.feedback, plan.consultations, plan.themes, small_group=plan.small)

    assert set(ranked.loc[ranked["hidden"], "theme_name"]) == unseen
    assert unseen.isdisjoint(growth.loc[~growth["hidden"], "theme_name"]) and unseen.isdisjoint(evidence.loc[~evidence["hidden"], "theme_name"])


@pytest.mark.parametrize("which", PLANS)
def test_what_came_up_in_a_small_talk_cannot_be_worked_out(which):
    plan = made(which)
    held = consultations.held(plan.consultations, plan.feedback, plan.segments, plan.themes, small_group=plan.small)
    evidence = consultations.evidence(plan.feedback, plan.consultations, plan.themes, small_group=plan.small)
    few = held.loc[held["hidden"], "consultation"].tolist()

    for row in evidence[~evidence["hidden"]].itertuples():
        seen = int(held["theme_names"].fillna("").map(lambda names: row.theme_name in names.split(", ")).sum())
        attack = Attack()
        attack.fact(dict.fromkeys(few, 1.0), row.consultations - seen, row.consultations - seen + (row.consultations - seen == max(len(few) - 1, 0)))
        for room in few:
            attack.fact({room: 1.0}, 0, 1)
            attack.secret(room, {room: 1.0})
        assert attack.found_out() == [], row.theme_name
        assert row.people == held.loc[held["theme_names"].fillna("").map(lambda names: row.theme_name in names.split(", ")), "people"].sum(), "people are those of talks that are shown"


@pytest.mark.parametrize("which", PLANS)
def test_no_entry_from_a_small_talk_or_a_hidden_part_stands_in_a_list(which):
    plan = made(which)
    rooms = {"small_group": plan.small, "consultations": plan.consultations}
    large = set(plan.consultations.loc[plan.consultations["people"] >= plan.small, "consultation"])
    from_few = plan.feedback[(plan.feedback["consultation"].notna() | (plan.feedback["channel"] == "interview")) & ~plan.feedback["consultation"].isin(large)]
    hidden = {by: set(feedback.closure(plan.feedback, plan.themes, by=by, as_of=plan.as_of, small_group=plan.small).query("hidden")["part"]) for by in ("channel", "theme")}
    for rows in (feedback.said_and_done(plan.feedback, plan.themes, **rooms), feedback.waiting(plan.feedback, plan.themes, plan.roles, as_of=plan.as_of, **rooms)):
        assert set(rows["feedback"]).isdisjoint(from_few["feedback"])
        assert hidden["channel"].isdisjoint(rows["channel"]) and hidden["theme"].isdisjoint(rows["theme_name"].dropna())
    quoted = set(feedback.quotes(plan.feedback, plan.themes, **rooms)["comment"]) | set(interviews.voices(plan.feedback, plan.consultations, plan.themes, small_group=plan.small)["comment"])
    assert quoted.isdisjoint(from_few["comment"]) or plan.feedback["comment"].duplicated().any()


@pytest.mark.parametrize("which", PLANS)
def test_two_means_of_ratings_never_tell_what_a_few_gave(which):
    plan = made(which)
    means = ratings.summary(plan.ratings, plan.services, small_group=plan.small)
    placed = ratings.importance_performance(plan.ratings, plan.services, small_group=plan.small, seed=1)
    for row in means.itertuples():
        own = plan.ratings[(plan.ratings["service"] == row.service) & (plan.ratings["group"] == row.group)].set_index("rater")[["quality", "relevance"]]
        both = set(own.dropna().index)
        shown = [both] if row.group == "patrons" and row.service in set(placed["service"]) else []
        for question in ("quality", "relevance"):
            if pd.notna(getattr(row, question)):
                answered = [set(own[question].dropna().index), both]
                shown.append(next(people for people in answered if people and getattr(row, question) == pytest.approx(own.loc[sorted(people), question].mean())))
        assert all(len(people) >= plan.small for people in shown)
        assert not any(suppression.apart_by_few(people, shown, plan.small) for people in shown if own.loc[sorted(people)].mean().tolist() != own.loc[sorted(both)].mean().tolist())


@pytest.mark.parametrize("which", PLANS)
def test_who_of_a_small_group_uses_the_library_cannot_be_worked_out_from_steps_1_and_4(which):
    plan = made(which)
    reached = reach.by_segment(plan.segments, small_group=plan.small)
    first = needs.by_segment(needs.unmet(plan.needs, plan.segments, small_group=plan.small), plan.segments, small_group=plan.small)
    attack = Attack()
    for row in reached.merge(first[["segment", "active_share"]], on="segment").itertuples():
        size = dict(zip(plan.segments["segment"], plan.segments["people"]))[row.segment]
        attack.fact({("active", row.segment): 1.0, ("idle", row.segment): 1.0}, size) if row.people == row.people else None
        share = row.share if row.share == row.share else row.active_share
        if share == share:
            attack.fact({("active", row.segment): 1.0}, round(share * size))
        elif row.hidden:
            attack.group(row.segment, {state: {(state, row.segment): 1.0} for state in ("active", "idle")}, size=size < plan.small)
    base = base_of(plan.segments)
    active = plan.segments.loc[base, "active"].sum()
    attack.fact({("active", segment): 1.0 for segment in plan.segments.loc[base, "segment"]}, active)

    assert attack.found_out() == []


def base_of(segments: pd.DataFrame) -> pd.Series:
    usable = (segments["people"] > 0) & (segments["active"] <= segments["people"])
    kind = next((kind for kind in reach.BASES if (usable & (segments["kind"] == kind)).sum() > 1), None)
    return usable & (segments["kind"] == kind)


@pytest.mark.parametrize("which", SAMPLES)
def test_no_partner_with_a_few_referrals_can_be_worked_out(which):
    plan = made(which)
    start = plan.facts["fiscal_year_start"]
    flows = referrals.flows(plan.referrals, plan.partners, as_of=plan.as_of, small_group=plan.small, fiscal_year_start=start)
    totals = referrals.totals(plan.referrals, flows, as_of=plan.as_of, small_group=plan.small, fiscal_year_start=start).set_index("direction")
    attack = Attack()
    for direction, rows in flows.groupby("direction"):
        if pd.notna(totals.loc[direction, "people"]):
            attack.fact({(direction, partner): 1.0 for partner in rows["partner"]}, totals.loc[direction, "people"])
        for row in rows.itertuples():
            if row.hidden:
                attack.secret((direction, row.partner), {(direction, row.partner): 1.0})
            else:
                attack.fact({(direction, row.partner): 1.0}, row.people)

    assert attack.found_out() == []


@pytest.mark.parametrize("which", SAMPLES)
def test_no_segment_with_few_expectations_can_be_worked_out(which):
    plan = made(which)
    rows = expectations.by_segment(plan.expectations, plan.segments, small_group=plan.small, seed=1)
    services = expectations.gaps(plan.expectations, plan.services, small_group=plan.small, seed=1)
    attack = Attack()
    attack.fact({("answers", row.segment_name): 1.0 for row in rows.itertuples()} | {("service", row.service): -1.0 for row in services.itertuples()}, 0)
    for kind, frame, name, number in (("answers", rows, "segment_name", "answers"), ("service", services, "service", "n")):
        for row in frame.to_dict("records"):
            if row["hidden"]:
                attack.secret((kind, row[name]), {(kind, row[name]): 1.0})
            else:
                attack.fact({(kind, row[name]): 1.0}, row[number])

    assert attack.found_out() == []


def test_the_attack_finds_each_kind_of_leak_when_its_rule_is_left_out(monkeypatch):
    plans, whole = [made(which) for which in PLANS[3:]], suppression.hidden

    with monkeypatch.context() as weaker:
        weaker.setattr(suppression, "hidden", lambda counts, smallest, answers=None: (np.asarray(counts) > 0) & (np.asarray(counts) < smallest))
        assert any(on_feedback(plan).found_out() for plan in plans[:4])
        with pytest.raises(AssertionError):
            for which in PLANS:
                test_who_of_a_small_group_uses_the_library_cannot_be_worked_out_from_steps_1_and_4(which)
    with monkeypatch.context() as weaker:
        weaker.setattr(suppression, "hidden", lambda counts, smallest, answers=None: whole(counts, smallest))
        assert any("all alike" in leak for plan in plans for leak in on_feedback(plan).found_out())
    with monkeypatch.context() as weaker:
        weaker.setattr(ratings, "_evened", lambda rows, small_group: rows)
        with pytest.raises(AssertionError):
            for which in PLANS:
                test_two_means_of_ratings_never_tell_what_a_few_gave(which)
