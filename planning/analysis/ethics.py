"""Whether what goes out keeps to privacy, intellectual freedom, accessibility and copyright."""

from __future__ import annotations

import re

import pandas as pd

from planning.methods import redaction

SUBJECTS = ("privacy", "intellectual freedom", "accessibility", "copyright")
STATES = ("fails", "not looked at", "cleared")
HELD = "Text held back: it could point to a person"
LONG = 25
OUTPUTS = ["item", "kind", "text", "going", "date", "owner_name"]
LOOKS = ["item", "kind", "text", "going", "subject", "state", "why", "role_name", "date"]
GATE = ["item", "kind", "text", "going", "date", "owner_name", "fails", "why", "waits", "passes"]
FOLLOWED = re.compile(r"\b(?:borrow(?:ed|s)?|read|reads|searched|downloaded|watched)\b.*\b(?:this|that|one|a) (?:patron|person|student|pupil|child|man|woman|colleague)\b|"
                      r"\b(?:one|a) (?:patron|person|student|pupil|child|man|woman|colleague)\b.*\b(?:searched for|searches for|reads? about|borrow(?:s|ed)? books? (?:on|about))\b", re.IGNORECASE)
ACRONYM = 4
OF_A_PERSON = {"message": ("name", "date of birth")}
"""What points to a person in a message, which may well name the desk's own number and address; in a story everything that is found does."""


def tellable(told: pd.DataFrame, clearances: pd.DataFrame) -> pd.DataFrame:
    """The stories that may be told and in which nobody found anything against privacy; columns as in `impact.stories`.

    Consent is to the story, not to being recognised: what failed on privacy is told nowhere until it is told anew.

    >>> told = pd.DataFrame({"story": ["ST1", "ST2"]})
    >>> tellable(told, pd.DataFrame({"item": ["ST2"], "subject": ["privacy"], "cleared": [False]}))["story"].tolist()
    ['ST1']
    """
    failed = clearances.loc[(clearances["subject"] == "privacy") & ~clearances["cleared"].astype(bool), "item"]
    return told[~told["story"].isin(failed)].reset_index(drop=True)


def left_out(left_out: pd.DataFrame, consented: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """How many stories are left out and why, with those held back for privacy among them: reason, stories.

    Takes `impact.left_out`, `impact.stories` and `tellable`.

    >>> none = pd.DataFrame({"reason": [], "stories": []})
    >>> left_out(none, pd.DataFrame({"story": ["ST1"]}), pd.DataFrame({"story": []})).values.tolist()
    [['could point to a person', 1]]
    """
    held = len(consented) - len(told)
    more = pd.DataFrame({"reason": ["could point to a person"], "stories": [held]})
    return (pd.concat([left_out, more], ignore_index=True).astype({"stories": int}) if held else left_out)[["reason", "stories"]]


def pointing(messages: pd.DataFrame, clearances: pd.DataFrame, *, known: tuple[str, ...] = ()) -> set[str]:
    """The messages that could point to a person: those that failed on privacy, and those in whose text a name or a date of birth is found.

    Takes the tables of messages and clearances, and names of places and bodies that point to nobody (`known`).

    >>> messages = pd.DataFrame({"message": ["M1", "M2", "M3"], "text": ["Come", "Ask for Mrs Adamska", "Her blue gate"]})
    >>> sorted(pointing(messages, pd.DataFrame({"item": ["M3"], "subject": ["privacy"], "cleared": [False]})))
    ['M2', 'M3']
    """
    failed = set(clearances.loc[(clearances["subject"] == "privacy") & ~clearances["cleared"].astype(bool), "item"])
    texts = messages.rename(columns={"message": "item"}).assign(kind="message")
    return {row.item for row in texts.itertuples() if row.item in failed or _seen(row, "privacy", set(), known)}


def shown(rows: pd.DataFrame, gate: pd.DataFrame) -> pd.DataFrame:
    """Rows about messages (message, text) with the text held back that `gate` holds back, so that no table shows what another hides.

    >>> rows, gate = pd.DataFrame({"message": ["M1", "M2"], "text": ["Come", "Her blue gate"]}), pd.DataFrame({"item": ["M2"], "text": [HELD]})
    >>> shown(rows, gate)["text"].tolist()
    ['Come', 'Text held back: it could point to a person']
    """
    held = gate.loc[gate["text"] == HELD, "item"]
    return rows.assign(text=rows["text"].mask(rows["message"].isin(held), HELD))


def outputs(register: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """What is said in public: item (id), kind (message, story), text, going (approved or sent; a story that may be told is), date, owner_name.

    Takes `messages.register` and `impact.stories`: a story that may not be told is in neither, and the
    text of a message that tells it is held back.

    >>> register = pd.DataFrame({"message": ["M1"], "text": ["Come"], "going": [True], "date": [pd.NaT], "owner_name": ["Librarian"], "told": [None]})
    >>> told = pd.DataFrame({"story": ["ST1"], "text": ["A job"], "collected": [pd.Timestamp(2026, 1, 2)]})
    >>> outputs(register, told)["kind"].tolist()
    ['message', 'story']
    """
    messages = register.rename(columns={"message": "item"}).assign(kind="message")
    stories = told.rename(columns={"story": "item", "collected": "date"}).assign(kind="story", going=True, owner_name=None)
    return pd.concat([messages.reindex(columns=OUTPUTS).astype(object), stories.reindex(columns=OUTPUTS).astype(object)], ignore_index=True)


def looks(outputs: pd.DataFrame, clearances: pd.DataFrame, *, roles: pd.DataFrame, untold: pd.Series, known: tuple[str, ...] = ()) -> pd.DataFrame:
    """Each output against each of the four subjects: item, kind, text, going, subject, state (fails, not looked at, cleared), why,
    role_name (who looked), date (of the look).

    A person's look stands in clearances. Before it, four things are looked for in the text itself,
    and what is found fails whatever was cleared: its story may not be told (`untold` holds such
    items; privacy); what could point to a person, such as a name or an address (privacy); what one person
    read or searched for (intellectual freedom); a sentence of more than 25 words, or words in capitals only
    (accessibility). `known` holds names of places and bodies that point to nobody. These find some of what can be wrong and never all of it: nothing passes that no person has looked at.

    >>> outputs = pd.DataFrame([["M1", "message", "Ask for Mrs Adamska", True, None, None]], columns=OUTPUTS)
    >>> none = pd.DataFrame(columns=["item", "subject", "cleared", "date", "role", "note"])
    >>> looks(outputs, none, roles=pd.DataFrame(columns=["role", "name"]), untold=pd.Series([], dtype=object))[["subject", "state"]].values.tolist()
    [['privacy', 'fails'], ['intellectual freedom', 'not looked at'], ['accessibility', 'not looked at'], ['copyright', 'not looked at']]
    """
    given = {(row.item, row.subject): row for row in clearances.itertuples()}
    names, closed = dict(zip(roles["role"], roles["name"])), set(untold)
    rows = []
    for output in outputs.itertuples():
        for subject in SUBJECTS:
            look, seen = given.get((output.item, subject)), _seen(output, subject, closed, known)
            person = names.get(look.role) if look is not None else None
            state = "fails" if seen or (look is not None and not look.cleared) else "cleared" if look is not None else "not looked at"
            note = "" if look is None or look.cleared or pd.isna(look.note) else str(look.note)
            rows.append([output.item, output.kind, output.text, output.going, subject, state, seen or note, person, None if look is None else look.date])
    return pd.DataFrame(rows, columns=LOOKS)


def _seen(output: object, subject: str, closed: set[str], known: tuple[str, ...]) -> str:
    """What the text itself shows against one subject; empty for nothing."""
    if subject == "privacy":
        if output.item in closed:
            return "its story may not be told"
        kinds = {trace.kind for trace in redaction.cleaned(output.text, known).found}
        return "it could point to a person" if kinds & set(OF_A_PERSON.get(output.kind, kinds)) else ""
    if subject == "intellectual freedom":
        return "it says what one person read or searched for" if FOLLOWED.search(output.text) else ""
    if subject == "accessibility":
        if any(len(sentence.split()) > LONG for sentence in re.split(r"[.!?;:]\s", output.text)):
            return "a sentence of more than 25 words"
        shouted = [word for word in re.findall(r"[^\W\d_]+", output.text) if word.isupper() and len(word) > ACRONYM]
        return "words in capitals only" if shouted else ""
    return ""


def gate(outputs: pd.DataFrame, looks: pd.DataFrame) -> pd.DataFrame:
    """What passes, one row an output: item, kind, text, going, date, owner_name, fails (subjects, semicolons between), why (what was found,
    semicolons between), waits (subjects that nobody has looked at), passes (all four are cleared).

    The text of what fails on privacy is held back here too. What fails and goes out all the same comes first, then what goes out with a look missing, then what
    is not out yet, then what passes.
    """
    found = outputs.copy()
    for column, state, take in (("fails", "fails", "subject"), ("why", "fails", "why"), ("waits", "not looked at", "subject")):
        own = looks[(looks["state"] == state) & looks[take].ne("")]
        found[column] = found["item"].map(own.groupby("item")[take].agg("; ".join)).fillna("") if len(own) else ""
    found["text"] = found["text"].mask(found["fails"].str.split("; ").map(lambda subjects: "privacy" in subjects) & ~found["text"].str.startswith("Text held back"), HELD)
    found["passes"] = (found["fails"] == "") & (found["waits"] == "")
    found["order"] = [_place(row) for row in found.itertuples()]
    return found.sort_values(["order", "item"], ignore_index=True)[GATE]


def _place(row: object) -> int:
    if row.passes:
        return 4
    return (0 if row.fails else 1) if row.going else (2 if row.fails else 3)


def reconciled(outputs: pd.DataFrame, looks: pd.DataFrame) -> pd.DataFrame:
    """The sum that looks must have: check, expected, found; empty without outputs."""
    rows = [["Each output is looked at for each of four subjects", len(outputs) * len(SUBJECTS), len(looks)]] if len(outputs) else []
    return pd.DataFrame(rows, columns=["check", "expected", "found"])
