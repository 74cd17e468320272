"""Messages as they are tried: one changed row, and which goals each audience hears of."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd


def grid(audiences: pd.DataFrame, goals: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """Every audience against every goal: audience, audience_name, goal, goal_name, messages, going (approved or sent).

    Takes the goals in force and `messages.register`. Audiences keep the order of their table, goals theirs. Not every audience needs to hear of every goal.

    >>> audiences, goals = pd.DataFrame({"audience": ["A1"], "name": ["Readers"]}), pd.DataFrame({"goal": ["G1", "G2"], "name": ["Read", "Work"]})
    >>> grid(audiences, goals, pd.DataFrame({"message": ["M1"], "audience": ["A1"], "goal": ["G1"], "going": [True]}))[["goal_name", "messages", "going"]].values.tolist()
    [['Read', 1, 1], ['Work', 0, 0]]
    """
    pairs = audiences[["audience", "name"]].rename(columns={"name": "audience_name"}).merge(goals[["goal", "name"]].rename(columns={"name": "goal_name"}), how="cross")
    counts = register.groupby(["audience", "goal"]).agg(messages=("message", "size"), going=("going", "sum")).reset_index()
    found = pairs.merge(counts, on=["audience", "goal"], how="left")
    return found.fillna({"messages": 0, "going": 0}).astype({"messages": int, "going": int})


def typed(messages: pd.DataFrame, cells: Mapping[str, object]) -> pd.DataFrame:
    """One row of the messages table as it is typed: that of `cells["message"]` with the other cells put in, or a new one; in the columns and types of the table.

    >>> messages = pd.DataFrame({"message": ["M1"], "text": ["Come"], "status": ["draft"], "date": [pd.NaT]})
    >>> typed(messages, {"message": "M1", "status": "sent"})[["message", "text", "status"]].values.tolist()
    [['M1', 'Come', 'sent']]
    """
    own = messages[messages["message"] == cells["message"]]
    row = (own.iloc[0].to_dict() if len(own) else dict.fromkeys(messages.columns)) | {name: value if value != "" else None for name, value in cells.items()}
    found = pd.DataFrame([row], columns=messages.columns).astype(object)
    return found.assign(date=pd.to_datetime(found["date"]), **({} if "text" not in found else {"text": found["text"].fillna("").astype(str)}))


def with_row(messages: pd.DataFrame, row: pd.DataFrame) -> pd.DataFrame:
    """The messages with one row of `typed` in its place, a new one last.

    >>> messages = pd.DataFrame({"message": ["M1", "M2"], "text": ["Come", "Go"]})
    >>> with_row(messages, pd.DataFrame({"message": ["M1"], "text": ["Stay"]}))["text"].tolist()
    ['Stay', 'Go']
    """
    id = row["message"].iloc[0]
    if id not in set(messages["message"]):
        return pd.concat([messages.astype(object), row.astype(object)], ignore_index=True)
    return pd.concat([row if own == id else messages[messages["message"] == own] for own in messages["message"]], ignore_index=True)


def still(clearances: pd.DataFrame, *, message: str, changed: bool) -> pd.DataFrame:
    """The clearances that still count: those of a message whose words were changed were given to other words, and count no more.

    >>> still(pd.DataFrame({"item": ["M1", "M2"]}), message="M1", changed=True)["item"].tolist()
    ['M2']
    """
    return clearances[clearances["item"] != message].reset_index(drop=True) if changed else clearances
