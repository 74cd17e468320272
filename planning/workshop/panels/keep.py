"""Keep this decision: what would change, what is wrong with it, why it was agreed, and the button that writes it into the plan."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from html import escape

import ipywidgets as widgets

from planning.analysis import kpis
from planning.model import keeping
from planning.model.drafts import Draft
from planning.model.errors import PlanningError, PlanProblems
from planning.model.renumbering import PERSONS
from planning.model.schema import tables as schema_tables
from planning.show import differences, rows
from planning.show.language import count, day, say
from planning.workshop.controls import tryit

WIDE = {"width": "min(44em, calc(100% - 4px))"}
PAUSE = 0.3
"""Seconds of rest before a draft is looked through as a whole, where a loop is running."""
ABOUT = {"goal": "goals", "service": "services", "kpi": "kpis", "revokes": "decisions", "mandate": "mandates"}
LEVELS = ("board", "management", "staff")


def decision(draft: Draft, *, step: int) -> None:
    """Show the panel that keeps a decision: the difference in words, the problems that the plan would have, the reason, and the buttons."""
    form, shown, wrong, note = _form(draft), widgets.HTML(), widgets.HTML(), widgets.HTML()
    buttons = _buttons()

    later = _rested(lambda: setattr(wrong, "value", _problems(draft)))

    def speak() -> None:
        shown.value = _changes(draft)
        _turned(draft, buttons)
        _offer(draft, form)
        later()

    def act(name: str) -> Callable[[object], None]:
        def click(_: object) -> None:
            note.value = _heard(_done(name, draft, form, buttons, step))
        return click

    for name, button in buttons.items():
        button.on_click(act(name))
    draft.observe(speak)
    speak()
    head = widgets.HTML(_head(""))
    draft.kept_told.append(lambda kept: setattr(head, "value", _head(kept.decision)))
    turning = [buttons[name] for name in ("undo", "redo", "forget", "newer")]
    tryit.show(widgets.VBox([head, shown, wrong, widgets.HBox(turning, layout={"flex_flow": "row wrap"}), *form.values(), buttons["keep"], note]))


def _head(decision: str) -> str:
    """What stands above all, with the decision kept last for the page, which asks before it is left while something tried is not kept."""
    return f'<p data-kept="{escape(decision)}">{escape(say("Nothing is written to the plan before the decision is kept."))}</p>'


def _buttons() -> dict[str, widgets.Button]:
    words = {"undo": say("Undo"), "redo": say("Redo"), "forget": say("Take everything back"), "newer": say("Take in the newer plan"), "keep": say("Keep this decision")}
    made = {name: widgets.Button(description=text, layout={"width": "max-content"}) for name, text in words.items()}
    made["newer"].tooltip = say("Reads the plan's folder again and puts what is tried here on top.")
    made["keep"].button_style = "primary"
    return made


def _turned(draft: Draft, buttons: dict[str, widgets.Button]) -> None:
    """Switch off what cannot be done now, and say what Undo would take back."""
    buttons["undo"].disabled, buttons["redo"].disabled = not draft.done, not draft.undone
    buttons["undo"].tooltip = say("Takes back: {step}", step=draft.steps[-1]) if draft.steps else say("There is nothing to take back.")


def _form(draft: Draft) -> dict[str, widgets.Widget]:
    """The fields of the reason, by the names that `Reason` gives them."""
    today = draft.library.as_of
    bodies = [str(draft.plan.facts["leadership"]), *draft.tables["roles"]["name"]]
    form = {
        "what": tryit.words(say("What was decided"), hint=say("In one sentence")),
        "why": widgets.Textarea(description=say("Why"), placeholder=say("The reason, as it was given"), continuous_update=False),
        "decided_by": widgets.Combobox(description=say("Decided by"), options=list(dict.fromkeys(bodies)), placeholder=say("A role or a body, never a person's name"), ensure_option=False),
        "date": widgets.DatePicker(description=say("Day"), value=today),
        "review": widgets.DatePicker(description=say("Look again on"), value=_year_later(today)),
        "moves_day": widgets.Checkbox(description=say("Move the plan's own day on to it, if later"), indent=False),
        "goal": widgets.Dropdown(description=say("About the goal")), "service": widgets.Dropdown(description=say("About the service")),
        "kpi": widgets.Dropdown(description=say("Resting on the KPI")), "revokes": widgets.Dropdown(description=say("Ends the earlier decision")),
        "mandate": widgets.Dropdown(description=say("Matter")),
        "body": widgets.Dropdown(description=say("Level"), options=[(say("not said"), ""), *((say(level), level) for level in LEVELS)], value=""),
    }
    for field in form.values():
        field.style, field.layout = tryit.WIDE, WIDE
    return form


def _year_later(today: dt.date) -> dt.date:
    return today.replace(year=today.year + 1, day=min(today.day, 28) if today.month == 2 else today.day)


def _offer(draft: Draft, form: dict[str, widgets.Widget]) -> None:
    """Put the rows of the draft into the lists, what is chosen staying chosen while it is there."""
    for field, table in ABOUT.items():
        own, kept = schema_tables()[table], form[field].value
        there = draft.sheet(table).rows
        options = [(say("none in particular"), ""), *((rows.row_name(own, row, {}).strip("“”"), row[own.id]) for row in there)]
        if tuple(form[field].options) != tuple(options):
            form[field].options = options
            form[field].value = kept if kept in {id for _, id in options} else ""


def _rested(look: Callable[[], None]) -> Callable[[], None]:
    """The same work after a short rest, once for many calls in a row; at once where no loop is running."""
    waiting: list[asyncio.TimerHandle] = []

    def later() -> None:
        for handle in waiting:
            handle.cancel()
        waiting.clear()
        try:
            waiting.append(asyncio.get_running_loop().call_later(PAUSE, look))
        except RuntimeError:
            look()

    return later


def _changes(draft: Draft) -> str:
    difference = draft.difference()
    if difference.empty:
        return _status(say("The draft changes nothing yet. A decision that changes no table, such as to leave something as it is, can be kept too."))
    said = differences.sentences(difference, names_of(draft))
    head = count("{n} change is in the draft:", "{n} changes are in the draft:", len(difference))
    return f"<div data-drafted>{_status(head, said)}</div>"


def names_of(draft: Draft) -> rows.Named:
    """What the rows of a draft's tables are called, with those that it takes out."""
    own = draft.base.keys() | draft.rows.keys()
    return rows.named({name: [*draft.base.get(name, []), *draft.rows.get(name, [])] for name in own})


def _problems(draft: Draft) -> str:
    problems = draft.problems() if draft.rows else []
    if not problems:
        return ""
    return _status(count("The plan would have {n} problem, and the decision cannot be kept before it is mended:", "The plan would have {n} problems, and the decision cannot be kept before they are mended:",
                         len(problems)), [problem.sentence() for problem in problems])


def _status(head: str, lines: list[str] | None = None) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines or [])
    return f'<div role="status" aria-live="polite"><p>{escape(head)}</p>{f"<ul>{items}</ul>" if items else ""}</div>'


def _heard(said: list[str]) -> str:
    return _status(said[0], said[1:]) if said else ""


def _done(name: str, draft: Draft, form: dict[str, widgets.Widget], buttons: dict[str, widgets.Button], step: int) -> list[str]:
    """Do what a button says; returns what came of it, the head first."""
    sure = buttons["forget"].description != say("Take everything back")
    buttons["forget"].description = say("Take everything back")
    try:
        if name == "undo":
            return [say("Taken back: {step}", step=draft.undo())]
        if name == "redo":
            return [say("Done again: {step}", step=draft.redo())]
        if name == "forget":
            return _forgotten(draft, buttons["forget"], sure)
        return _newer(draft) if name == "newer" else _kept(draft, form, step)
    except PlanProblems as error:
        return [say("Nothing was written:"), *(problem.sentence() for problem in error.problems)]
    except PlanningError as error:
        return str(error).splitlines()


def _forgotten(draft: Draft, button: widgets.Button, sure: bool) -> list[str]:
    if not sure:
        button.description = say("Really take everything back?")
        return [say("Press the button again to take back all changes of this draft. This cannot be undone.")]
    draft.forget()
    return [say("Everything was taken back. The plan is as it stands in its folder.")]


def _newer(draft: Draft) -> list[str]:
    names = names_of(draft)
    clashes = keeping.taken_in(draft)
    if not clashes:
        return [say("The plan was read again; what is tried here stands on top of it.")]
    head = say("The plan was read again. What others changed meanwhile stands here, and what you had put there is gone from the draft:")
    return [head, *(differences.clash(one, names_of(draft) | names) for one in clashes)]


def _kept(draft: Draft, form: dict[str, widgets.Widget], step: int) -> list[str]:
    given = {name: field.value for name, field in form.items()}
    before = names_of(draft)
    kept = keeping.keep(draft, keeping.Reason(**given, step=step, kpi_then=_value(draft, given["kpi"])))
    names = before | names_of(draft)
    for name in ("what", "why"):
        form[name].value = ""
    said = [say("Kept as {decision}. It is to be looked at again on {day}.", decision=kept.decision, day=day(given["review"])), *differences.sentences(kept.difference, names)]
    said += [say("{old} was taken meanwhile; the new row is {new}.", old=old, new=new) for (table, old), new in kept.renamed.items() if table not in PERSONS]
    if kept.joined:
        said += [say("Meanwhile others had changed the plan, and that stands too:"), *differences.sentences(kept.others, names)]
    return said


def _value(draft: Draft, kpi: str) -> float | None:
    """The newest value of the KPI that a decision rests on."""
    if not kpi:
        return None
    found = kpis.progress(draft.tables["kpis"], draft.tables["kpi_values"], as_of=draft.library.as_of, fiscal_year_start=int(draft.plan.facts["fiscal_year_start"]))
    own = found.loc[found["kpi"] == kpi, "value"].dropna()
    return None if own.empty else float(own.iloc[0])
