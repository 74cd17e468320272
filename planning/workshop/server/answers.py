"""Between the fields of a ballot's form and the content of a vote, both ways; whether it is allowed is the store's business."""

from __future__ import annotations

import re
from collections.abc import Mapping

from planning.model.ballots.forms import BallotRefused

NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,12})?", re.ASCII)
LONGEST = 2000
"""Characters of one field that are looked at; the page and the store allow far less."""


def content(form: str, fields: Mapping[str, str]) -> dict[str, float] | list[dict[str, str]]:
    """What was filled in, as the content of a vote: by option for most forms, a list for ideas.

    Fields are called `v:` and the option's key (`v:G1`, `v:G1|G2`, `v:S03|quality`), or `t:1` and `k:1` for an
    idea's text and kind. Blank fields are left out; a blank in points, swing and dots is 0.

    >>> content("dots", {"v:S1": "2", "v:S2": "", "round": "R1"})
    {'S1': 2, 'S2': 0}
    >>> content("ideas", {"t:1": " Longer hours ", "k:1": "strength", "t:2": ""})
    [{'text': 'Longer hours', 'kind': 'strength'}]
    """
    if any(len(value) > LONGEST for value in fields.values()):
        raise BallotRefused("A text is far too long. Shorten it and send it again.")
    if form == "ideas":
        return _ideas(fields)
    given = {name[2:]: value.strip() for name, value in fields.items() if name.startswith("v:")}
    if form in ("points", "swing", "dots"):
        return {key: _number(value or "0") for key, value in given.items()}
    return {key: _number(value) for key, value in given.items() if value}


def _ideas(fields: Mapping[str, str]) -> list[dict[str, str]]:
    ideas = []
    for name in sorted((name for name in fields if re.fullmatch(r"t:\d{1,2}", name)), key=lambda name: int(name[2:])):
        text, kind = " ".join(fields[name].split()), fields.get("k:" + name[2:], "")
        if text:
            ideas.append({"text": text, "kind": kind} if kind else {"text": text})
    return ideas


def _number(text: str) -> float:
    if not NUMBER.fullmatch(text):
        raise BallotRefused("One of the answers is not a number. Use figures only, such as 20.")
    return float(text) if "." in text else int(text)


def fields(form: str, given: object) -> dict[str, str]:
    """A vote's content as the fields of its form, to show it again.

    >>> fields("pairs", {"G1|G2": 1 / 3}), fields("scales", {"S1|": 4.0})
    ({'v:G1|G2': '0.3333'}, {'v:S1|': '4'})
    >>> fields("ideas", [{"text": "Longer hours", "kind": "strength"}])
    {'t:1': 'Longer hours', 'k:1': 'strength'}
    """
    if form == "ideas":
        pairs = enumerate(given or [], 1)
        return {name: text for n, idea in pairs for name, text in ((f"t:{n}", idea["text"]), (f"k:{n}", idea.get("kind", ""))) if text}
    return {f"v:{key}": ratio(value) for key, value in dict(given or {}).items()}


def ratio(value: float) -> str:
    """A number as a form's field holds it: whole where it is whole, else four decimals.

    >>> ratio(3.0), ratio(1 / 9)
    ('3', '0.1111')
    """
    return str(int(value)) if float(value).is_integer() else f"{float(value):.4f}"
