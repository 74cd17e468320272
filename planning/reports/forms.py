"""Survey and feedback forms of a plan, to be filled in on a screen or on paper, whose answers import straight back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment

from planning.model.catalogues import forms as ready_made
from planning.model.errors import PlanningError
from planning.model.files import write_together
from planning.model.plan import Plan
from planning.show import language
from planning.show.language import say
from planning.sources import form_sheet, survey_map

GROUPS = ("patrons", "staff", "leadership", "partners")
FEEDBACK = "feedback"
ABOUT, TOLD = "What is it about?", "What would you like to tell us? Please name nobody."
AGREE = ("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree")
YES_NO = (("1", "Yes"), ("0", "No"))
REST = "Something else"


@dataclass(frozen=True)
class Item:
    """One question of a form: its text, which heads its column of answers, its scale, the options (what is written down, what
    is shown), the question that it is one tick of, its topic, and its id in the plan. A comment has no options."""

    text: str
    scale: str
    options: tuple[tuple[str, str], ...] = ()
    block: str = ""
    topic: str = ""
    question: str = ""

    @property
    def ends(self) -> tuple[str, str] | None:
        """What the two ends of a scale of numbers mean."""
        return (say("Not at all likely"), say("Extremely likely")) if self.scale == "recommend 0-10" else None


def write(plan: Plan, folder: Path, *, groups: Iterable[str] = (*GROUPS, FEEDBACK), over: bool = False) -> list[Path]:
    """Write the files of each group into a folder: a form for a screen, one for paper, a sheet to type paper forms into, and what each column means.

    Returns the files written. Raises PlanningError, and writes nothing, when one of them is there and `over` is false.
    """
    made = {folder / name: data for group in groups for name, data in _files(plan, group).items()}
    taken = sorted(path.name for path in made if path.exists())
    if taken and not over:
        raise PlanningError("{folder} holds {files} already, and was left as it is. Choose another folder, or add --force to write over them.",
                            folder=folder, files=", ".join(taken))
    folder.mkdir(parents=True, exist_ok=True)
    write_together(made)
    return list(made)


def items(plan: Plan, group: str) -> list[Item]:
    """The questions of a group's form: the plan's own where it has some, ready-made ones otherwise; last come traits and a comment.

    A form of feedback asks only what the person wants to tell, and what it is about.
    """
    if group == FEEDBACK:
        services = plan.services[plan.services["status"] != "ended"]["name"] if "status" in plan.services else plan.services["name"]
        return [Item(say(TOLD), "comment"), Item(say(ABOUT), "service", tuple((name, name) for name in (*services, say(REST))))]
    asked = ready_made(str(plan.facts["kind"]))
    asked = asked[asked["form"] == group]
    own = [_own(plan, row) for row in plan.questions[plan.questions["group"] == group].to_dict("records")]
    if not own:
        return [_ready(row) for row in asked.to_dict("records")]
    closing = asked[asked["scale"] == "comment"].to_dict("records")
    return [*own, *_traits(plan, group), *map(_ready, closing)]


def _own(plan: Plan, row: dict[str, object]) -> Item:
    """A question of the plan as it stands on a form."""
    block = "" if language.absent(row["block"]) else str(row["block"])
    labels = plan.question_options[plan.question_options["question"] == row["question"]].sort_values("code")
    steps = tuple(zip(labels["code"].astype(str), labels["label"].astype(str)))
    return Item(str(row["text"]), str(row["scale"]), _options(str(row["scale"]), steps), block, question=str(row["question"]))


def _ready(row: dict[str, str]) -> Item:
    """A ready-made question as it stands on a form."""
    words = row["steps"].split("|") if row["steps"] else []
    coded = [(str(place) if row["scale"] == "steps" else word, say(word)) for place, word in enumerate(words, start=1)]
    return Item(say(row["text"]), row["scale"], _options(row["scale"], tuple(coded)), topic=row["topic"])


def _options(scale: str, named: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    if scale == "agree 1-5":
        return tuple((str(place), say(word)) for place, word in enumerate(AGREE, start=1))
    if scale == "recommend 0-10":
        return tuple((str(place), str(place)) for place in range(11))
    return tuple((code, say(word)) for code, word in YES_NO) if scale == "yes no" else named


def _traits(plan: Plan, group: str) -> list[Item]:
    """The traits of this group whose shares are known, so that its answers can be compared and weighted again."""
    known = plan.trait_shares[plan.trait_shares["group"] == group]
    return [Item(str(trait), "trait", tuple((str(value), str(value)) for value in rows["value"])) for trait, rows in known.groupby("trait", sort=False)]


def _files(plan: Plan, group: str) -> dict[str, bytes]:
    """The files of one form by name."""
    asked = items(plan, group)
    words = {"title": title(group, plan.library), "library": plan.library, "group": group, "items": blocks(asked), "lang": language.code(), "say": say}
    services = dict(zip(plan.services["name"], plan.services["service"]))
    online = _template("form_online.html.j2").render(**words, headings=[item.text for item in asked], key=f"planning-{plan.folder.name}-{group}")
    paper = _template("form_paper.html.j2").render(**words)
    return {f"{group}_online.html": online.encode("utf-8"), f"{group}_paper.html": paper.encode("utf-8"),
            f"{group}_entry.xlsx": form_sheet.book(title(group, plan.library), [(item.text, item.scale, item.options) for item in asked], day=plan.as_of),
            **{f"{name}.mapping.toml": text.encode("utf-8") for name, text in _mappings(asked, group, services).items()}}


def _mappings(asked: list[Item], group: str, services: dict[str, str]) -> dict[str, str]:
    """What each column of the answers becomes, by the name of the mapping: feedback from a screen and from paper come through two channels."""
    ways = {f"{FEEDBACK}_online": "online form", f"{FEEDBACK}_paper": "suggestion box"} if group == FEEDBACK else {group: "online form"}
    whom = GROUPS[0] if group == FEEDBACK else group
    day = survey_map.Column(form_sheet.DAY, "date", order="day first")
    return {name: survey_map.text([survey_map.Form((day, *[_column(item, channel, services) for item in asked]), whom)]) for name, channel in ways.items()}


def _column(item: Item, channel: str, services: dict[str, str]) -> survey_map.Column:
    """What one question's column becomes."""
    if item.scale == "comment":
        return survey_map.Column(item.text, "comment", channel=channel)
    if item.scale == "service":
        return survey_map.Column(item.text, "service", words={name: services.get(name, "") for name, _ in item.options})
    if item.scale == "trait":
        return survey_map.Column(item.text, "trait", trait=item.text)
    if item.block:
        return survey_map.Column(item.text, "option", text=item.text, block=item.block)
    steps = tuple(label for _, label in item.options) if item.scale == "steps" else ()
    codes = {code: int(code) for code, _ in item.options}
    return survey_map.Column(item.text, "question", text=item.text, question=item.question, scale=item.scale, topic=item.topic, steps=steps, words=codes)


def title(group: str, library: str) -> str:
    """The heading of a form."""
    texts = {"patrons": "{library}: how are we doing?", "staff": "{library}: a survey of staff", "leadership": "{library}: a survey of those who set its goals",
             "partners": "{library}: a survey of partners", FEEDBACK: "{library}: tell us"}
    return say(texts[group], library=library)


def blocks(asked: list[Item]) -> list[dict[str, object]]:
    """The questions as they stand on the page: statements on the same scale in one grid, ticks of one question together.

    >>> grid = [Item("I found it", "agree 1-5"), Item("I feel welcome", "agree 1-5"), Item("More", "comment")]
    >>> [(block["kind"], len(block["items"])) for block in blocks(grid)]
    [('agree 1-5', 2), ('comment', 1)]
    """
    found: list[dict[str, object]] = []
    for number, item in enumerate(asked):
        kind = "ticks" if item.block else item.scale
        joins = kind in ("agree 1-5", "ticks") and found and (found[-1]["kind"], found[-1]["block"]) == (kind, item.block)
        if not joins:
            found.append({"kind": kind, "block": item.block, "items": []})
        found[-1]["items"].append((number, item))
    return found


@cache
def _template(name: str):
    text = (files(__package__) / "template" / name).read_text(encoding="utf-8")
    return Environment(autoescape=True).from_string(text)
