"""An attacker who has every published figure of steps 1 and 4, and tries to work out what a small group said."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
import scipy.linalg
from conftest import SAMPLES
from disclosure_attack import Attack
from disclosure_plans import Sample, nasty_plan

from planning import reach, surveys, traits, voice, waves
from planning.methods import disclosure, suppression

SEEDS = range(24)
AGREE, STEPS, RECOMMEND = "agree 1-5", "steps", "recommend 0-10"


def kinds_of(scale: str, rows: pd.DataFrame) -> dict[str, pd.Series]:
    """For each kind of answer that a page tells apart, which rows are of it."""
    good = rows["good"].fillna(False).astype(bool)
    if scale == AGREE:
        return {"agree": good, "neutral": rows["answer"] == 3, "disagree": rows["answer"] <= 2}
    return {"good": good, "not": ~good}


def published(plan):
    """The frames of step 4 about surveys, made as its notebook makes them."""
    counted = surveys.counted(plan.answers, plan.questions, plan.question_options, small_group=plan.small)
    return {
        "counted": counted, "segment": surveys.by_segment(plan.answers, plan.questions, plan.segments, small_group=plan.small),
        "trait": traits.by_trait(counted, plan.traits, small_group=plan.small), "composition": traits.composition(counted, plan.traits, plan.trait_shares, small_group=plan.small),
        "changes": waves.changes(counted, plan.surveys, small_group=plan.small), "pairs": waves.pairs(counted, small_group=plan.small),
        "voice": voice.answers(counted, plan.questions, small_group=plan.small),
        "heard": reach.voice(plan.segments, plan.answers, plan.feedback, ratings=plan.ratings, small_group=plan.small),
    }


def breakdowns(seen) -> pd.DataFrame:
    """Shares by segment and by trait in one frame: question, by, value, n, hidden and the shares."""
    by_segment = seen["segment"].rename(columns={"segment_name": "value", "agree": "good"}).assign(by="segment")
    by_trait = seen["trait"].rename(columns={"trait": "by"})
    by_trait["by"] = "trait " + by_trait["by"]
    columns = ["question", "by", "value", "n", "good", "disagree", "hidden"]
    return pd.concat([by_segment.reindex(columns=columns), by_trait.reindex(columns=columns)], ignore_index=True)


def from_figures(plan, seen) -> Attack:
    """The attacker knows figures only: totals, shown groups, sizes of the whole survey, and that counts are whole."""
    attack, counted = Attack(), seen["counted"]
    newest = counted[counted["newest"].astype(bool)]
    for (question, by), rows in breakdowns(seen).groupby(["question", "by"]):
        own = newest[newest["question"] == question]
        scale, total = own["scale"].iloc[0], len(own)
        if total < plan.small:
            assert rows["hidden"].all(), f"{question} has {total} answers"
        three = scale == AGREE and rows["disagree"].notna().any()
        all_kinds = {kind: int(which.sum()) for kind, which in kinds_of(scale, own).items()} if three else {"good": int(own["good"].sum()), "not": int((~own["good"].astype(bool)).sum())}
        kinds = {kind: number for kind, number in all_kinds.items() if number}
        shown = rows[~rows["hidden"].astype(bool)]
        share = {"agree": shown["good"], "good": shown["good"], "disagree": shown["disagree"], "neutral": 1 - shown["good"] - shown["disagree"], "not": 1 - shown["good"]}
        hidden = rows.loc[rows["hidden"].astype(bool), "value"].tolist()
        if total >= plan.small:
            for kind, number in kinds.items():
                left = number - (shown["n"] * share[kind]).sum()
                assert abs(left - round(left)) < 1e-6
                attack.fact({(question, by, value, kind): 1.0 for value in hidden}, round(left))
        for value in hidden:
            few = sizes_of(plan, by, own).get(value, 0) < plan.small
            attack.group((question, by, value), {kind: {(question, by, value, kind): 1.0} for kind in kinds}, size=few)
            if three and kinds.get("agree") and len(kinds) > 1:
                others = {(question, by, value, kind): 1.0 for kind in kinds if kind != "agree"}
                attack.group((question, by, value, "whether they agree"), {"agree": {(question, by, value, "agree"): 1.0}, "do not": others}, size=few)
    sizes(attack, seen)
    return attack


def sizes_of(plan, by: str, own: pd.DataFrame) -> dict[str, int]:
    """How many really answered, group by group: a hidden group that is not small only covers the others."""
    if by == "segment":
        return own["segment"].map(dict(zip(plan.segments["segment"], plan.segments["name"]))).fillna("Not stated").value_counts().to_dict()
    values = plan.traits[plan.traits["trait"] == by.removeprefix("trait ")].set_index("respondent")["value"]
    return own["respondent"].map(values).fillna("Not stated").value_counts().to_dict()


def sizes(attack: Attack, seen) -> None:
    """How many of each group answered any question at all is an upper bound of how many answered one."""
    rows = breakdowns(seen)
    rows = rows[rows["hidden"].astype(bool)]
    composition = seen["composition"].assign(by=lambda found: "trait " + found["trait"])
    heard = seen["heard"][seen["heard"]["source"] == "survey answers"].assign(by="segment", value=lambda found: found["segment_name"])
    whose = seen["counted"].drop_duplicates("question").set_index("question")["group"]
    for row in pd.concat([composition, heard])[["by", "value", "n", "group"]].dropna(subset=["n"]).itertuples():
        for question in rows.loc[(rows["by"] == row.by) & (rows["value"] == row.value), "question"]:
            if row.by == "segment" or whose[question] == row.group:
                attack.fact({name: 1.0 for name in attack.unknown if name[:3] == (question, row.by, row.value)}, 0, row.n)


def sets_of_people(plan, seen, question: str) -> tuple[dict[str, set], dict[str, set]]:
    """The sets of answers to a question whose figures are shown, and the hidden ones; an answer is a respondent in a wave."""
    own = seen["counted"][seen["counted"]["question"] == question].assign(who=lambda rows: list(zip(rows["respondent"], rows["wave"])))
    newest = own[own["newest"].astype(bool)]
    values = {"segment": newest["segment"].map(dict(zip(plan.segments["segment"], plan.segments["name"]))).fillna("Not stated")}
    for trait, part in plan.traits.groupby("trait"):
        values[f"trait {trait}"] = newest["respondent"].map(part.set_index("respondent")["value"]).fillna("Not stated")
    shown, hidden = ({"everyone": set(newest["who"])} if len(newest) >= plan.small else {}), {}
    rows = breakdowns(seen)
    for row in rows[rows["question"] == question].itertuples():
        people = set(newest.loc[values[row.by] == row.value, "who"])
        (hidden if row.hidden else shown)[f"{row.by} {row.value}"] = people
        assert row.hidden or len(people) == row.n, (question, row.by, row.value)
    return shown | waves_shown(seen, question, own) | pairs_shown(seen, question) | voice_shown(seen, question, newest), hidden


def waves_shown(seen, question: str, own: pd.DataFrame) -> dict[str, set]:
    found = {}
    for row in seen["changes"][(seen["changes"]["question"] == question) & ~seen["changes"]["hidden"].astype(bool)].itertuples():
        for wave, n in zip(own.groupby("wave")["date"].max().sort_values(kind="stable").index[-2:], (row.earlier_n, row.later_n)):
            found[f"survey {wave}"] = set(own.loc[own["wave"] == wave, "who"])
            assert len(found[f"survey {wave}"]) == n
    return found


def pairs_shown(seen, question: str) -> dict[str, set]:
    found, counted = {}, seen["counted"]
    for row in seen["pairs"][~seen["pairs"]["hidden"].astype(bool)].itertuples():
        after = counted[counted["question"] == row.question]
        before = counted[counted["question"] == after["before"].iloc[0]].drop_duplicates("respondent", keep="last")
        both = after[after["respondent"].isin(before["respondent"])]
        both = both[both["wave"] == both.loc[both["date"].idxmax(), "wave"]]
        sides = {row.question: both, before["question"].iloc[0]: before[before["respondent"].isin(both["respondent"])]}
        if question in sides:
            found[f"pairs of {row.question}"] = set(zip(sides[question]["respondent"], sides[question]["wave"]))
            assert len(found[f"pairs of {row.question}"]) == row.n
    return found


def voice_shown(seen, question: str, newest: pd.DataFrame) -> dict[str, set]:
    rows = seen["voice"][(seen["voice"]["question"] == question) & ~seen["voice"]["hidden"].astype(bool)]
    assert (rows["n"] == len(newest)).all()
    return {"voice": set(newest["who"])} if len(rows) else {}


def from_knowing_who_is_where(plan, seen) -> list[str]:
    """The attacker also knows who stands in which group: sets of a few people that are sums and differences of shown sets."""
    leaks = []
    for question in seen["counted"]["question"].unique():
        shown, hidden = sets_of_people(plan, seen, question)
        people = sorted(set().union(*shown.values(), *hidden.values()))
        known = np.array([[one in group for group in shown.values()] for one in people], dtype=float).reshape(len(people), len(shown))
        patterns = {}
        for one, row in zip(people, known):
            patterns.setdefault(row.tobytes(), set()).add(one)
        few = [group for group in patterns.values() if len(group) < plan.small]
        few += [one | other for one, other in combinations(few, 2) if len(one | other) < plan.small]
        named = [(name, group) for name, group in [*hidden.items(), *(("left over", group) for group in few)] if 0 < len(group) < plan.small]
        if shown and named:
            wanted = np.array([[one in group for _, group in named] for one in people], dtype=float)
            basis = scipy.linalg.orth(known)
            for place in np.flatnonzero(np.abs(basis @ (basis.T @ wanted) - wanted).max(axis=0) < 1e-6):
                rests = [name for name, part in zip(shown, np.linalg.lstsq(known, wanted[:, place], rcond=None)[0]) if abs(part) > 1e-6]
                leaks.append(f"{question}: {named[place][0]}, {len(named[place][1])} people, from {rests}")
    return leaks


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_hidden_about_surveys_can_be_worked_out_from_a_sample(name):
    plan = Sample(name)
    seen = published(plan)
    attack = from_figures(plan, seen)

    assert len(attack.secrets) > 20
    assert attack.found_out() == []
    assert from_knowing_who_is_where(plan, seen) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_hidden_about_surveys_can_be_worked_out_from_nasty_plans(seed):
    plan = nasty_plan(seed)
    seen = published(plan)

    assert from_figures(plan, seen).found_out() == []
    assert from_knowing_who_is_where(plan, seen) == []


@pytest.mark.parametrize("name", SAMPLES[:1])
def test_the_attack_finds_hidden_groups_where_only_small_groups_themselves_are_hidden(monkeypatch, name):
    plan = Sample(name)
    monkeypatch.setattr(disclosure, "_resting", lambda *given: [])
    monkeypatch.setattr(suppression, "hidden", lambda counts, smallest, answers=None: (np.asarray(counts) > 0) & (np.asarray(counts) < smallest))
    seen = published(plan)

    assert len(from_figures(plan, seen).found_out()) > 10
    assert len(from_knowing_who_is_where(plan, seen)) > 10


def test_the_attack_finds_each_kind_of_leak_in_nasty_plans_when_its_rule_is_left_out(monkeypatch):
    plans = [nasty_plan(seed) for seed in SEEDS]
    whole = suppression.hidden

    with monkeypatch.context() as weaker:
        weaker.setattr(suppression, "hidden", lambda counts, smallest, answers=None: whole(counts, smallest))
        assert any("all alike" in leak for plan in plans[:12] for leak in from_figures(plan, published(plan)).found_out())
    with monkeypatch.context() as weaker:
        weaker.setattr(disclosure, "_resting", lambda *given: [])
        assert any("left over" in leak for plan in plans[:12] for leak in from_knowing_who_is_where(plan, published(plan)))
    with monkeypatch.context() as weaker:
        weaker.setattr(suppression, "apart_by_few", lambda *given: False)
        assert any("pairs of" in leak for plan in plans for leak in from_knowing_who_is_where(plan, published(plan)))
