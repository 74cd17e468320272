"""Strengths, weaknesses, opportunities and threats as cards in four lists."""

from __future__ import annotations

from html import escape

import pandas as pd

from planning.show.language import absent, number, say

TITLES = {"strength": "Strengths", "weakness": "Weaknesses", "opportunity": "Opportunities", "threat": "Threats"}
LIST = "flex:1 1 26em;min-width:min(18em,100%);border:1px solid #7d8a96;border-radius:4px;padding:0.2em 0.8em"


def swot(items: pd.DataFrame, moves: pd.DataFrame) -> str:
    """The items of `swot.items` as four lists of cards; each says its weight, what it rests on, and how many moves take it up.

    >>> items = pd.DataFrame({"item": ["SW1"], "item_name": ["Kind <staff>"], "kind": ["strength"], "goal_name": [None], "weight": [4.0], "basis": [None], "opinion": [True]})
    >>> shown = swot(items, pd.DataFrame({"inside": [], "outside": []}))
    >>> "Kind &lt;staff&gt;" in shown, "4 of 5; an opinion; no move" in shown
    (True, True)
    """
    held = pd.concat([moves["inside"], moves["outside"]]).value_counts()
    return '<div style="display:flex;flex-wrap:wrap;gap:0.8em;max-width:70em">' + "".join(_list(kind, items[items["kind"] == kind], held) for kind in TITLES) + "</div>"


def _list(kind: str, own: pd.DataFrame, held: pd.Series) -> str:
    cards = "".join(f"<li style='margin:0.4em 0'><strong>{escape(row['item_name'])}</strong><br>{escape(_about(row, int(held.get(row['item'], 0))))}</li>" for row in own.to_dict("records"))
    body = f"<ul style='padding-left:1.2em'>{cards}</ul>" if cards else f"<p>{escape(say('No card yet.'))}</p>"
    return f'<section style="{LIST}"><h4 style="margin:0.4em 0">{escape(say(TITLES[kind]))}</h4>{body}</section>'


def _about(row: dict[str, object], moves: int) -> str:
    weight = say("no weight") if absent(row["weight"]) else say("{weight} of 5", weight=number(row["weight"]))
    basis = say("an opinion") if row["opinion"] else say("rests on: {basis}", basis=row["basis"])
    taken = say("no move") if not moves else say("one move") if moves == 1 else say("{n} moves", n=number(moves))
    goal = "" if absent(row["goal_name"]) else say("; for “{goal}”", goal=row["goal_name"])
    return say("{weight}; {basis}; {moves}{goal}", weight=weight, basis=basis, moves=taken, goal=goal)
