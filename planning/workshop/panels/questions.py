"""Ready-made questions to a room, step by step: what is asked, in which form, over which rows of the plan, and where the votes can go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planning.model.ballots.forms import Option
from planning.model.plan import Plan
from planning.show.language import say
from planning.workshop import agenda

SWOT = ("strength", "weakness", "opportunity", "threat")
SURE = {"low": 1, "high": 5, "ends": ("Not at all sure", "Very sure")}
WELL = {"low": 1, "high": 5, "ends": ("Badly", "Very well")}
RATED = {"low": 1, "high": 5, "ends": ("Poor, or little", "Very good, or very much"), "asked": (("quality", "How good is it?"), ("relevance", "How much does it matter?"))}
STRENGTH = {"low": 0, "high": 3, "ends": ("Not at all", "It exists for this")}
NAMES = ("name", "text", "what", "statement")
"""Columns by which a row is called, the first one that its table has."""


@dataclass(frozen=True)
class Question:
    """A question that can be put to a room: `rows` is the table whose rows are its options (empty: they are typed, or there are none),
    `into` the table that its votes can be taken over into, `wording` what is said of each row in place of its name."""

    title: str
    form: str
    text: str
    rows: str = ""
    into: str = ""
    settings: Mapping[str, object] = field(default_factory=dict)
    wording: str = ""


OWN = (
    Question("Own statements: agree or disagree", "statements", "Do you agree?", into="answers"),
    Question("Own scale: how sure are we?", "scales", "How sure are you?", into="answers", settings=SURE),
    Question("Short ideas", "ideas", "What should we think of that is not on the list?"),
)
READY: dict[int, tuple[Question, ...]] = {
    1: (Question("Weights of the goals: points", "points", "Share out 100 points over the goals: how much should each count?", "goals", "goal_votes"),
        Question("Weights of the goals: swing", "swing", "What would matter most if it went from its worst to its best? Give that 100, and the others less or as much.", "goals", "goal_votes"),
        Question("Order of the goals", "ranks", "Put the goals in order: 1 for what should come first.", "goals", "goal_votes"),
        Question("Goals in pairs", "pairs", "Which of the two should count more, and how much more?", "goals", "goal_pairs"),
        Question("Ratings of the services", "scales", "How good is each service, and how much does it matter?", "services", "ratings", RATED),
        Question("Strengths, weaknesses, opportunities, threats", "ideas", "What helps us and what holds us back, inside and outside?", into="swot", settings={"kinds": SWOT}),
        Question("Needs that come first", "dots", "Which needs should we meet first? Place your dots.", "needs")),
    2: (Question("Initiatives: dots", "dots", "What should be done next? Place your dots.", "initiatives", "allocations"),
        Question("Initiatives: share out the money", "points", "If you had 100 to spend, what would you spend it on?", "initiatives", "allocations"),
        Question("Order of the initiatives", "ranks", "Put them in order: 1 for what should start first.", "initiatives", settings={"first": 3}),
        Question("How sure are we of the objectives?", "scales", "How sure are you that it will be met in time?", "objectives", "answers", SURE)),
    3: (Question("Partners: how well does it go?", "scales", "How well does working together go?", "partners", "answers", WELL),
        Question("Partners to talk with first", "dots", "With whom should we talk first? Place your dots.", "partners")),
    4: (Question("How sure are we of the targets?", "scales", "How sure are you that the target will be met in time?", "kpis", "answers", SURE),
        Question("Themes to act on", "dots", "Which theme should we act on first? Place your dots.", "themes")),
    5: (Question("Which future is most likely?", "ranks", "Put the futures in order: 1 for the most likely.", "scenarios"),
        Question("Services to end", "statements", "Do you agree?", "services", "answers", wording="“{name}” should end."),
        Question("Past decisions", "statements", "Do you agree?", "decisions", "answers", wording="This still holds: {name}.")),
    6: (Question("People's budget", "points", "If you had 100 to spend, what would you spend it on?", "initiatives", "allocations"),
        Question("Skills to learn first", "dots", "Which skills should we learn first? Place your dots.", "skills")),
    7: (Question("Messages: would you say it?", "scales", "Would you say this to a neighbour?", "messages", "answers", {"low": 1, "high": 5, "ends": ("Never", "At once")}),
        Question("What is asked of leadership", "statements", "Do you agree?", "asks", "answers", wording="We should ask for this: {name}.")),
}


def ready(plan: Plan, step: int) -> list[Question]:
    """The questions of a step whose tables the plan has rows in, and those that fit every step."""
    return [one for one in READY[step] if not one.rows or len(choices(plan, one))] + list(OWN)


def choices(plan: Plan, question: Question) -> list[Option]:
    """What is voted on: the rows of the question's table that still stand, each with what is said of it."""
    if not question.rows:
        return []
    rows = agenda.options(plan, question.rows)
    id, name = rows.columns[0], next(column for column in NAMES if column in rows)
    wording = say(question.wording) if question.wording else "{name}"
    return [Option(str(key), wording.replace("{name}", str(label).rstrip("."))) for key, label in zip(rows[id], rows[name])]


def settings(question: Question) -> dict[str, object]:
    """The question's settings in the words of the language in use."""
    found = dict(question.settings)
    if "ends" in found:
        found["ends"] = tuple(say(end) for end in found["ends"])
    if "asked" in found:
        found["asked"] = tuple((own, say(text)) for own, text in found["asked"])
    return found
