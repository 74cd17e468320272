"""Step 7's controls on one message: written or changed under live checks, and held against the four questions before it goes out."""

from __future__ import annotations

import ipywidgets as widgets
import pandas as pd

from planning.analysis import ethics, messages
from planning.model.drafts import Draft
from planning.model.errors import Problem, Words
from planning.show.findings import message_plans as seen
from planning.show.language import say
from planning.workshop.controls import told, tryit
from planning.workshop.controls.following import Built, answer, fields, filled, following, names
from planning.workshop.controls.try_communication import allowed, no_audience

HELD = "Text held back"
CELLS = ("text", "channel", "goal", "kpi", "story", "owner", "date", "status")
WIDE = {"style": tryit.WIDE, "layout": {"width": "auto"}}


def message(draft: Draft) -> None:
    """Show the fields of a message to an audience, an own or a new one, with what is the matter with it as one types."""
    tryit.show(following(draft, told.RESTS_ON, lambda: _listed(draft), lambda: _message(draft)))


def _listed(draft: Draft) -> tuple[object, ...]:
    own = draft.tables
    return (*(tuple(names(own[name], id)) for name, id in (("audiences", "audience"), ("goals", "goal"), ("kpis", "kpi"), ("roles", "role"))), tuple(told.tellable(draft)["story"]))


def _message(draft: Draft) -> Built:
    if draft.tables["audiences"].empty:
        return no_audience()
    form = Form(draft)
    return form.parts, form.speak


def labels(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """Messages for a drop-down: the first words of each and where it stands; nothing of a text that is held back."""
    short = [text if len(text) <= 60 else text[:58].rsplit(" ", 1)[0] + " …" for text in map(str, rows["text"].map(lambda text: say(text) if text.startswith(HELD) else text))]
    named = [say("{text} ({status})", text=text, status=say(status)) for text, status in zip(short, rows["status"])]
    return names(pd.DataFrame({"message": list(rows["message"]), "name": named}), "message")


class Form:
    """The cells of one message that are typed and not in the draft yet."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.quiet, self.seen = draft, False, ""
        self.place, note = widgets.HTML(), widgets.HTML()
        own, none = draft.tables, [(say("nothing"), "")]
        self.audience = widgets.Dropdown(description=say("Audience"), options=names(own["audiences"], "audience"), **WIDE)
        self.message = widgets.Dropdown(description=say("Message"), **WIDE)
        self.field = {"text": tryit.words(say("What is said, in one sentence")), **{name: widgets.Dropdown(description=label, options=options, **WIDE) for name, label, options in (
            ("channel", say("Channel"), allowed("channel")), ("goal", say("Goal that it speaks for"), [*none, *names(draft.library.goals_in_force, "goal")]),
            ("kpi", say("KPI that backs it"), [*none, *names(own["kpis"], "kpi")]), ("story", say("Story that it tells"), [*none, *names(told.tellable(draft), "story")]),
            ("owner", say("Who sends it"), [(say("nobody yet"), ""), *names(own["roles"], "role")]), ("status", say("Where it stands"), allowed("status")))}}
        self.field["date"] = widgets.DatePicker(description=say("Day on which it goes out"), **WIDE)
        self.plain = {name: list(field.options) for name, field in self.field.items() if isinstance(field, widgets.Dropdown)}
        self.audience.observe(lambda _: self.list(new=True), "value")
        self.message.observe(lambda _: self.look(), "value")
        for field in self.field.values():
            field.observe(self.speak, "value")
        rest = [field for name, field in self.field.items() if name != "text"]
        self.field["text"].layout.width = "auto"
        self.parts = [fields([self.audience, self.message]), widgets.VBox([fields([self.field["text"]]), fields(rest)]), tryit.taken(self.take, note), note, self.place]
        self.list(new=True)

    def list(self, *, new: bool = False, chosen: str = "") -> None:
        """List the messages of the chosen audience as they may be shown, and put the chosen one into the fields."""
        rows = told.shown(self.draft)
        options = [(say("a new message"), ""), *labels(rows[rows["audience"] == self.audience.value])]
        before = chosen or ("" if new else self.message.value)
        if list(self.message.options) != options:
            self.quiet = True
            self.message.options = options
            self.message.value = before if before in [id for _, id in options] else ""
            self.quiet = False
        if new or chosen:
            self.look()

    @property
    def row(self) -> pd.Series | None:
        """The chosen message as it may be shown; nothing for a new one."""
        rows = told.shown(self.draft)
        own = rows[rows["message"] == self.message.value]
        return own.iloc[0] if len(own) else None

    def look(self) -> None:
        """Put the chosen message's cells into the fields; a text that is held back stays out."""
        if self.quiet:
            return
        row, values = self.row, {"text": "", "channel": self.plain["channel"][0][1], "goal": "", "kpi": "", "story": "", "owner": "", "date": None, "status": "idea"}
        if row is not None:
            values = {name: "" if pd.isna(row[name]) else row[name] for name in CELLS} | {"date": None if pd.isna(row["date"]) else row["date"].date()}
            values["text"] = "" if values["text"].startswith(HELD) else values["text"]
        self.quiet = True
        for name, options in self.plain.items():
            there = [id for _, id in options]
            self.field[name].options = options if values[name] in there else [*options, (_gone(name), values[name])]
        self.field["text"].placeholder = say("held back; what is typed here takes its place") if row is not None and row["text"].startswith(HELD) else ""
        self.quiet = False
        filled(self.field, values, self.speak)

    @property
    def cells(self) -> dict[str, object]:
        """The cells that the fields stand for; a text that is held back and was not typed anew stays as it is."""
        values = {name: field.value for name, field in self.field.items()} | {"text": " ".join(self.field["text"].value.split()), "audience": self.audience.value}
        row = self.row
        if row is not None and row["text"].startswith(HELD) and not values["text"]:
            del values["text"]
        return values

    @property
    def changed(self) -> bool:
        """Whether the words are other than those in the draft."""
        return "text" in self.cells and (self.row is None or self.cells["text"] != self.row["text"])

    def speak(self, *_: object) -> None:
        """Say what is the matter with the message as it is typed, and what its audience then hears."""
        if self.quiet:
            return
        self.list()
        cells, audiences = self.cells, self.draft.tables["audiences"]
        if cells.get("text") == "":
            return answer(self.place, [seen.heard(messages.coverage(audiences, told.shown(self.draft)), audience=self.audience.value)])
        found = told.looked_at(self.draft, {"message": self.message.value, **cells}, changed=self.changed)
        return answer(self.place, [seen.matters(found.checks), seen.four(found.gate), seen.heard(messages.coverage(audiences, found.register), audience=self.audience.value)])

    def take(self) -> list[Problem]:
        """Put the message into the draft; where its words changed, what was cleared of the old ones is taken out."""
        cells, label, changed, id = self.cells, say("Message"), self.changed, self.message.value
        if not id:
            id, problems = self.draft.add("messages", label, **cells)
        else:
            problems = self.draft.change("messages", id, label, **cells)
            for subject in _cleared(self.draft, id) if changed and not problems else []:
                self.draft.remove("clearances", (id, subject), say("Cleared for other words"))
        if not problems:
            self.list(chosen=id)
        return problems


def _gone(name: str) -> str:
    """What stands for a value that a list does not hold: a story that may not be told, or something that has ended."""
    return say("a story that may not be told") if name == "story" else say("one that is no longer in force")


def _cleared(draft: Draft, item: str) -> list[str]:
    rows = draft.tables["clearances"]
    return list(rows.loc[rows["item"] == item, "subject"])


def questions(draft: Draft) -> None:
    """Show the four questions for a message or a story: what was looked at, by whom, and what was found."""
    tryit.show(following(draft, told.RESTS_ON, lambda: (tuple(_items(draft)), tuple(names(draft.tables["roles"], "role"))), lambda: _questions(draft)))


def _items(draft: Draft) -> list[tuple[str, str]]:
    """Messages and stories that may be shown."""
    known, rows = told.tellable(draft), told.shown(draft)
    return [*labels(rows), *((say("Story: {name}", name=label), id) for label, id in names(known, "story"))]


def _questions(draft: Draft) -> Built:
    if not _items(draft):
        return [widgets.HTML(say("There is nothing to look at yet: it takes a message (messages.csv) or a story that may be told (stories.csv)."))], lambda: None
    form = Questions(draft)
    return form.parts, form.speak


class Questions:
    """The four answers for one message or story."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.place, note = draft, widgets.HTML(), widgets.HTML()
        self.item = widgets.Dropdown(description=say("Message or story"), options=_items(draft), **WIDE)
        steps = [(say("not looked at"), ""), (say("nothing speaks against it"), "true"), (say("something speaks against it"), "false")]
        self.look = {subject: widgets.Dropdown(description=say(subject).capitalize(), options=steps, **WIDE) for subject in ethics.SUBJECTS}
        self.role = widgets.Dropdown(description=say("Who looked"), options=[(say("nobody named"), ""), *names(draft.tables["roles"], "role")], **WIDE)
        self.note = tryit.words(say("What was found"))
        self.note.layout.width = "auto"
        self.item.observe(lambda _: self.fill(), "value")
        for field in self.look.values():
            field.observe(self.speak, "value")
        self.parts = [fields([self.item]), fields([*self.look.values(), self.role, self.note]), tryit.taken(self.take, note), note, self.place]
        self.fill()

    def fill(self) -> None:
        """Put what the draft says of the chosen one into the fields."""
        rows = self.draft.tables["clearances"]
        own = {row.subject: str(bool(row.cleared)).lower() for row in rows[rows["item"] == self.item.value].itertuples()}
        self.role.value = self.note.value = ""
        filled(self.look, {subject: own.get(subject, "") for subject in self.look}, self.speak)

    @property
    def rows(self) -> pd.DataFrame:
        """The rows of clearances that the fields change."""
        old = self.draft.tables["clearances"]
        stands = {row.subject: str(bool(row.cleared)).lower() for row in old[old["item"] == self.item.value].itertuples()}
        new = [[self.item.value, subject, field.value, self.draft.plan.as_of, self.role.value, self.note.value if field.value == "false" else ""]
               for subject, field in self.look.items() if field.value and field.value != stands.get(subject)]
        return pd.DataFrame(new, columns=["item", "subject", "cleared", "date", "role", "note"], dtype=object)

    def speak(self, *_: object) -> None:
        """Say how the chosen one fares with these answers."""
        told_, register, rows = told.tellable(self.draft), told.shown(self.draft), self.rows
        old = self.draft.tables["clearances"]
        dropped = [subject for subject, field in self.look.items() if not field.value] + list(rows["subject"])
        kept = old[~((old["item"] == self.item.value) & old["subject"].isin(dropped))]
        then = pd.concat([kept.astype(object), rows.assign(cleared=rows["cleared"] == "true")], ignore_index=True)
        gate = told.passing(self.draft, register[register["message"] == self.item.value], then, told_[told_["story"] == self.item.value])
        answer(self.place, [seen.four(gate)])

    def take(self) -> list[Problem]:
        """Put the answers into the draft; an answer that was taken back is taken out."""
        gone = [subject for subject in _cleared(self.draft, self.item.value) if not self.look[subject].value]
        if self.rows.empty and not gone:
            return [Problem(Words("Four questions"), None, None, Words("found the answers that stand in the draft already"), Words("another answer"), Words("Answer a question first."))]
        problems = self.draft.put("clearances", self.rows, say("Four questions")) if len(self.rows) else []
        for subject in gone if not problems else []:
            self.draft.remove("clearances", (self.item.value, subject), say("Four questions"))
        return problems
