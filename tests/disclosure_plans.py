"""Plans made to give small groups away: tiny segments, traits that nest, skipped questions, two waves, pairs, few voices."""

from __future__ import annotations

import datetime as dt
import warnings
from types import SimpleNamespace

import numpy as np
import pandas as pd
from conftest import ROOT

from planning import open_plan

AS_OF = dt.date(2026, 6, 30)
SCALES = ("agree 1-5", "agree 1-5", "yes no", "steps", "recommend 0-10", "agree 1-5", "agree 1-5", "agree 1-5")


def nasty_plan(seed: int) -> SimpleNamespace:
    """All tables that steps 1 and 4 show figures of people from."""
    chance = np.random.default_rng(seed)
    plan = SimpleNamespace(small=int(chance.choice([3, 5])), as_of=AS_OF)
    for make in (_segments, _questions, _people, _answers, _feedback, _ratings):
        make(plan, chance)
    return plan


def _segments(plan: SimpleNamespace, chance: np.random.Generator) -> None:
    number = int(chance.integers(3, 7))
    people = chance.integers(2, 60, number)
    plan.segments = pd.DataFrame({"segment": [f"SEG{i}" for i in range(number)], "name": [f"Segment {i}" for i in range(number)], "kind": chance.choice(["age", "situation"], number),
                                  "people": people, "active": [int(chance.integers(0, size + 1)) for size in people], "inclusion": chance.random(number) < 0.4})


def _questions(plan: SimpleNamespace, chance: np.random.Generator) -> None:
    rows = [{"question": f"Q{i}", "text": f"Statement {i}", "scale": scale, "group": "staff" if i >= 6 else "patrons", "topic": "support" if i >= 6 else None} for i, scale in enumerate(SCALES)]
    rows[1]["before"], rows[7]["before"] = ("Q0" if chance.random() < 0.6 else None), ("Q6" if chance.random() < 0.5 else None)
    plan.questions = pd.DataFrame(rows).reindex(columns=["question", "text", "scale", "group", "service", "topic", "before", "block"])
    plan.question_options = pd.DataFrame({"question": "Q3", "code": [1, 2, 3], "label": ["no", "some", "much"], "good": [False, False, True]})
    plan.surveys = pd.DataFrame({"survey": ["SV1", "SV2"], "name": ["First", "Second"], "group": "patrons"})


def _people(plan: SimpleNamespace, chance: np.random.Generator) -> None:
    number = int(chance.integers(12, 70))
    sizes = chance.dirichlet(np.full(len(plan.segments), 0.6))
    segment = chance.choice(len(plan.segments), number, p=sizes)
    plan.people = pd.DataFrame({"respondent": [f"R{i:02d}" for i in range(number)], "segment": [f"SEG{one}" for one in segment]})
    plan.people.loc[chance.random(number) < 0.1, "segment"] = None
    nested = np.where(chance.random(number) < 0.9, segment // 2, 3)
    free = chance.choice(4, number, p=[0.6, 0.3, 0.06, 0.04])
    tables = [pd.DataFrame({"respondent": plan.people["respondent"], "trait": trait, "value": [f"{trait} {one}" for one in values]})
              for trait, values in (("Age", nested), ("Site", free), ("Alike", segment))[: int(chance.integers(1, 4))]]
    plan.traits = pd.concat(tables)[chance.random(number * len(tables)) > 0.05].reset_index(drop=True)
    known = plan.traits[["trait", "value"]].drop_duplicates()
    known["share"] = 1 / known.groupby("trait")["value"].transform("size")
    plan.trait_shares = known.assign(group="patrons", source="Register").reset_index(drop=True)


def _answers(plan: SimpleNamespace, chance: np.random.Generator) -> None:
    rows, top, named = [], {"agree 1-5": (1, 6), "yes no": (0, 2), "steps": (1, 4), "recommend 0-10": (0, 11)}, chance.random() < 0.7
    lean = {one: chance.random() for one in plan.segments["segment"]}
    for wave, day in (("SV1", "2025-05-04"), ("SV2", "2026-05-04")):
        there = plan.people[chance.random(len(plan.people)) < (0.95 if wave == "SV2" else 0.6)]
        for question in plan.questions.itertuples():
            skipped = chance.choice([0.0, 0.05, 0.3])
            low, high = top[question.scale]
            for person in there.itertuples():
                if chance.random() >= skipped:
                    answer = high - 1 if chance.random() < lean.get(person.segment, 0.5) else int(chance.integers(low, high))
                    rows.append([person.respondent, pd.Timestamp(day), person.segment, question.question, float(answer), wave if named else None])
    plan.answers = pd.DataFrame(rows, columns=["respondent", "date", "segment", "question", "answer", "survey"])


def _feedback(plan: SimpleNamespace, chance: np.random.Generator) -> None:
    number = int(chance.integers(8, 60))
    days = pd.Timestamp(AS_OF) - pd.to_timedelta(chance.integers(0, 360, number), unit="D")
    closed = (days + pd.to_timedelta(chance.integers(1, 60, number), unit="D")).where((chance.random(number) < 0.6))
    plan.themes = pd.DataFrame({"theme": [f"T{i}" for i in range(6)], "name": [f"Theme {i}" for i in range(6)], "definition": None})
    plan.feedback = pd.DataFrame({
        "feedback": [f"F{i:02d}" for i in range(number)], "date": days, "closed": closed.where(closed <= pd.Timestamp(AS_OF)),
        "channel": chance.choice(["online form", "in person", "staff", "interview", "suggestion box", "focus group"], number, p=[0.4, 0.3, 0.1, 0.1, 0.06, 0.04]),
        "theme": chance.choice([f"T{i}" for i in range(6)], number, p=[0.45, 0.25, 0.15, 0.07, 0.05, 0.03]), "tone": chance.choice(["praise", "wish", "complaint"], number, p=[0.2, 0.3, 0.5]),
        "group": chance.choice(["patrons", "staff", "partners"], number, p=[0.7, 0.2, 0.1]), "segment": chance.choice([*plan.segments["segment"], None], number),
        "comment": "Longer hours", "response": "Yes", "confirmed": True, "owner": None, "severity": chance.choice(["high", "low"], number), "consultation": None})
    plan.feedback.loc[chance.random(number) < 0.08, "theme"] = None
    rooms = [f"CN{i}" for i in range(int(chance.integers(1, 6)))]
    plan.consultations = pd.DataFrame({"consultation": rooms, "date": pd.Timestamp("2026-03-01"), "kind": "interview", "group": "patrons", "segment": None,
                                       "people": chance.choice([1.0, 1.0, 2.0, 6.0, 9.0], len(rooms)), "guide": "What brings you?", "notes": "Quiet"})
    seated = plan.feedback["channel"].isin(["interview", "focus group"]) | (chance.random(number) < 0.1)
    plan.feedback.loc[seated, "consultation"] = chance.choice([*rooms, None], seated.sum())
    plan.feedback.loc[plan.feedback["consultation"].notna(), "group"] = "patrons"
    plan.roles = pd.DataFrame({"role": [], "name": []})
    plan.needs = pd.DataFrame({"need": "N1", "name": "Evening help", "segment": plan.segments["segment"], "goal": "G1", "severity": 4, "reach": 0.4, "met": 0.5})


def _ratings(plan: SimpleNamespace, chance: np.random.Generator) -> None:
    plan.services = pd.DataFrame({"service": ["S1", "S2"], "name": ["Desk", "Study room"]})
    rows = [[f"P{i}", group, service, chance.choice(plan.segments["segment"]), pd.Timestamp("2026-04-01"), *(float(chance.integers(1, 6)) if chance.random() < 0.85 else None for _ in range(2))]
            for service in ("S1", "S2") for group in ("patrons", "leadership", "staff") for i in range(int(chance.integers(1, 14)))]
    plan.ratings = pd.DataFrame(rows, columns=["rater", "group", "service", "segment", "date", "quality", "relevance"])


class Sample:
    """A sample plan under the names that the attack uses."""

    def __init__(self, name: str) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.plan = open_plan(ROOT / "data" / name)
        self.small, self.as_of = self.plan.facts["small_group"], self.plan.as_of

    def __getattr__(self, name: str) -> object:
        return getattr(self.plan, name)
