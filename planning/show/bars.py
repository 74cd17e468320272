"""What the room said as bars: tables of HTML in which each bar has its number, for a notebook and for a wall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd

from planning.show.language import absent, count, number, say, share

STYLE = """
.room-bars {position: relative; overflow-x: auto; color: #1b242c; background: #ffffff; font-size: 1rem; line-height: 1.25}
.room-bars * {box-sizing: border-box}
.room-bars table {border-collapse: collapse; table-layout: fixed; width: 100%; min-width: 20em; background: #ffffff}
.room-bars caption {text-align: left; font-weight: bold; padding: 0 0 .5em; font-size: 1.15em; overflow-wrap: anywhere}
.room-bars th, .room-bars td {padding: .15em .3em; text-align: center; vertical-align: bottom; border-bottom: 1px solid #c9d1d8; font-weight: normal; white-space: normal}
.room-bars th[scope=col] {font-size: .85em; color: #3d4a55}
.room-bars th.option {text-align: left; vertical-align: middle; width: 30%; overflow-wrap: anywhere; white-space: normal}
.room-bars th.asked {text-align: left; font-weight: bold; padding-top: .8em}
.room-bars .middle {font-weight: bold; vertical-align: middle}
.room-bars .count {display: block; font-variant-numeric: tabular-nums}
.room-bars .step {display: none}
.room-bars .kept {text-align: left; vertical-align: middle; color: #3d4a55}
.room-bars svg {display: block; width: 100%; min-width: .8em; max-width: 8em; height: 1.9em; margin: 0 auto}
.room-bars .bar {fill: #2a5f8a}
.room-bars .foot {fill: #9aa7b2}
.room-bars .few {padding: .5em 0}
.room-bars ul {margin: .2em 0 1em; padding-left: 1.3em}
.room-bars li {margin: .25em 0; overflow-wrap: anywhere}
.room-bars li.alike {list-style: none; margin-left: -1.3em; padding: .2em .6em .2em 1.3em; border-left: .3em solid #2a5f8a}
.room-bars h3 {margin: .6em 0 .2em; font-size: 1.05em}
.room-bars .note, .room-meter .note {color: #3d4a55; font-size: .85em}
.room-meter progress {width: 100%; height: .9em; accent-color: #2a5f8a}
.wall .room-bars, .wall .room-meter {font-size: clamp(1.15rem, 2vw, 2rem)}
.wall .room-bars svg {height: 1.6em}
@media (max-width: 40rem) {
.room-bars table, .room-bars tbody, .room-bars caption {display: block; width: 100%; min-width: 0}
.room-bars thead {display: block; position: absolute; top: 0; left: 0; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)}
.room-bars tr {display: flex; flex-wrap: wrap; align-items: flex-end; border-bottom: 1px solid #c9d1d8; padding: .4em 0}
.room-bars th, .room-bars td {border: 0; flex: 1 1 1.75em; min-width: 0; padding: .1em .08em}
.room-bars th.option, .room-bars th.asked, .room-bars td.kept {flex: 1 0 100%; width: auto}
.room-bars td.middle {flex: 1 0 100%; text-align: left; font-size: .9em}
.room-bars .step {display: block; font-size: .72em; color: #3d4a55; line-height: 1.1; overflow-wrap: break-word}
.room-bars .middle .step {display: inline; font-size: 1em}
}
"""
"""How the bars look; `wall` on the page or around them makes them readable from the back of a room. No style stands in the HTML itself."""

PAIRED = ("Second much more", "Second more", "Alike", "First more", "First much more")
ANSWERS = ("Disagree", "Pass", "Agree")
TALL = 40


def distribution(rows: pd.DataFrame, *, form: str, caption: str, said: pd.DataFrame | None = None, ends: Sequence[str] = ("", ""), asked: Mapping[str, str] | None = None) -> str:
    """What each option was given, as a table: one row an option, one bar a step with the number of people on it, and the middle where `said` is given.

    `rows` are those of `rounds.distribution` and `said` of `rounds.summary`; `ends` are the labels of a scale's ends and `asked` the questions by
    their names. Bars of one table have one measure: the tallest is the largest number of people in it. Where there is nothing to show it says so.
    """
    if rows.empty or rows["hidden"].astype(bool).all():
        return f'<div class="room-bars"><p class="few"><strong>{escape(caption)}</strong><br>{escape(say("There are too few votes to show."))}</p></div>'
    labels = step_labels(rows, form=form, ends=ends)
    middles = {} if said is None else {(row.option, row.asked): _middle(row, form) for row in said.itertuples()}
    heads = [say("First / second") if form == "pairs" else say("Option"), *labels, *([_heading(form)] if middles else [])]
    titles = "".join(f'<th scope="col" role="columnheader"{_option(place)}>{escape(title)}</th>' for place, title in enumerate(heads))
    body, top = [], max(float(rows["votes"].max()), 1.0)
    for question in dict.fromkeys(rows["asked"]):
        if asked and len(asked) > 1:
            body.append(f'<tr role="row"><th scope="rowgroup" role="rowheader" class="asked" colspan="{len(heads)}">{escape(asked.get(question, question))}</th></tr>')
        own = rows[rows["asked"] == question]
        votes = own["votes"].to_numpy().reshape(-1, len(labels))
        for row, counts in zip(own.iloc[::len(labels)].itertuples(), votes):
            body.append(_row(row, counts, labels, top, middles.get((row.option, question)), heads))
    return (f'<div class="room-bars" tabindex="0" role="region" aria-label="{escape(caption)}"><table role="table"><caption>{escape(caption)}</caption>'
            f'<thead role="rowgroup"><tr role="row">{titles}</tr></thead><tbody role="rowgroup">{"".join(body)}</tbody></table>{_note(rows)}</div>')


def step_labels(rows: pd.DataFrame, *, form: str, ends: Sequence[str] = ("", "")) -> list[str]:
    """What stands over each step of `rounds.distribution`.

    >>> step_labels(pd.DataFrame({"option": ["G1"] * 3, "step": [0, 50, 100]}), form="points")
    ['0', '1 to 50', '51 and more']
    >>> step_labels(pd.DataFrame({"option": ["S1"] * 3, "step": [1, 2, 3]}), form="scales", ends=("poor", "good"))
    ['1 poor', '2', '3 good']
    >>> step_labels(pd.DataFrame({"option": [f"I{n}" for n in range(12)] * 2, "step": [2] * 12 + [3] * 12}), form="ranks")
    ['1 to 2', 'not placed']
    """
    steps = list(dict.fromkeys(rows["step"]))
    if form in ("statements", "pairs"):
        return [say(text) for text in (ANSWERS if form == "statements" else PAIRED)]
    starts = [{"swing": 0, "ranks": 1}.get(form, steps[0]), *(step + 1 for step in steps[:-1])]
    labels = [number(step, 0) if start == step else say("{low} to {high}", low=number(start, 0), high=number(step, 0)) for start, step in zip(starts, steps)]
    if form == "points" and len(steps) > 1:
        labels[-1] = say("{n} and more", n=number(starts[-1], 0))
    if form == "ranks" and steps[-1] < rows["option"].nunique():
        labels[-1] = say("not placed")
    if form == "scales":
        labels[0], labels[-1] = f"{labels[0]} {ends[0]}".strip(), f"{labels[-1]} {ends[1]}".strip()
    return labels


def meter(cast: int, shown: int, *, present: int = 0) -> str:
    """How many have voted and how many of them are in the picture; with `present`, the number of people in the room, as a bar.

    >>> print(meter(1, 0))
    <div class="room-meter"><strong>1 person has voted.</strong> <span class="note">The picture comes when more votes are in, so that it gives nobody away.</span></div>
    """
    voted = count("{n} person has voted.", "{n} people have voted.", cast)
    if present:
        voted = count("{n} of {all} people has voted.", "{n} of {all} people have voted.", cast, all=number(max(present, cast)))
    note = (say("All votes are in the picture.") if shown == cast else say("The picture holds {shown} votes; the newest come in together, so that it gives nobody away.", shown=number(shown))
            if shown else say("The picture comes when more votes are in, so that it gives nobody away."))
    bar = f'<progress max="{max(present, cast)}" value="{cast}" aria-label="{escape(voted)}"></progress>' if present else ""
    return f'<div class="room-meter"><strong>{escape(voted)}</strong> {bar}{f"""<span class="note">{escape(note)}</span>""" if cast else ""}</div>'


def ideas(rows: pd.DataFrame, *, caption: str, kinds: Mapping[str, str] | None = None) -> str:
    """Ideas as they were written, under their kinds, like ones in one bundle: the rows of `rounds.ideas`. `kinds` holds the titles of kinds, in their order."""
    if rows.empty:
        return f'<div class="room-bars"><p class="few"><strong>{escape(caption)}</strong><br>{escape(say("There are too few ideas to show."))}</p></div>'
    titles, parts = dict(kinds or {}) | {kind: kind for kind in rows["kind"] if kind not in (kinds or {})}, []
    for kind, title in titles.items():
        own = rows[rows["kind"] == kind]
        head = f"<h3>{escape(title)} ({escape(number(len(own)))})</h3>" if kind and len(own) else ""
        if len(own):
            parts.append(head + f'<ul>{"".join(_bundle(bundle) for _, bundle in own.groupby("near", sort=False))}</ul>')
    return f'<div class="room-bars" tabindex="0" role="region" aria-label="{escape(caption)}"><p><strong>{escape(caption)}</strong></p>{"".join(parts)}</div>'


def _bundle(rows: pd.DataFrame) -> str:
    texts = "".join(f"<li>{escape(text)}</li>" for text in rows["text"])
    if len(rows) == 1:
        return texts
    return f'<li class="alike"><span class="note">{escape(count("{n} with like words", "{n} with like words", len(rows)))}</span><ul>{texts}</ul></li>'


def _row(row: object, votes: Sequence[float], labels: list[str], top: float, middle: str | None, heads: list[str]) -> str:
    name = f'<th scope="row" role="rowheader" class="option">{escape(row.name)}</th>'
    if row.hidden:
        return f'<tr role="row">{name}<td role="cell" class="kept" colspan="{len(heads) - 1}">{escape(say("Too few answers to show."))}</td></tr>'
    cells = "".join(f'<td role="cell"><span class="step" aria-hidden="true">{escape(label)}</span>{_bar(here / top)}<span class="count">{here:.0f}</span></td>'
                    for label, here in zip(labels, votes))
    last = "" if middle is None else f'<td role="cell" class="middle"><span class="step" aria-hidden="true">{escape(heads[-1])}: </span>{escape(middle)}</td>'
    return f'<tr role="row">{name}{cells}{last}</tr>'


def _bar(part: float) -> str:
    tall = round(part * TALL, 1)
    return (f'<svg viewBox="0 0 20 {TALL + 2}" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="bar" x="1" y="{TALL - tall:g}" width="18" height="{tall:g}"/>'
            f'<rect class="foot" x="0" y="{TALL}" width="20" height="2"/></svg>')


def _note(rows: pd.DataFrame) -> str:
    n = rows.loc[~rows["hidden"].astype(bool), "n"]
    low, high = number(n.min(), 0), number(n.max(), 0)
    text = count("{n} person answered.", "{n} people answered.", int(n.max())) if low == high else say("From {low} to {high} people answered, by option.", low=low, high=high)
    return f'<p class="note">{escape(text)}</p>'


def _option(place: int) -> str:
    return "" if place else ' class="option"'


def _heading(form: str) -> str:
    return say("Agree") if form == "statements" else say("Dots") if form == "dots" else say("Mean") if form == "points" else say("Middle")


def _middle(row: object, form: str) -> str:
    value = row.mean * row.n if form == "dots" else row.mean if form == "points" else row.median
    if absent(value):
        return "–"
    if form == "statements":
        return share(row.high_n / row.n)
    if form == "pairs":
        return times(value)
    return number(value, 0 if float(value).is_integer() else 1)


def times(ratio: float) -> str:
    """Which one of a pair counts more, and how many times as much.

    >>> times(3), times(0.5), times(1)
    ('first, 3 times', 'second, 2 times', 'alike')
    """
    if abs(ratio - 1) < 0.05:
        return say("alike")
    size = max(ratio, 1 / ratio)
    told = number(size, 0 if abs(size - round(size)) < 0.05 else 1)
    return say("first, {n} times", n=told) if ratio > 1 else say("second, {n} times", n=told)
