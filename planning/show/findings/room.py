"""Sentences on a vote in the room: who voted, where people agree, what to talk about, what moved, and which opinions hang together."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from planning.show.language import absent, count, listed, number, quoted, say, share
from planning.show.records import Finding

BALLOTS = ("ballots",)
WORDS = ((0.7, "strongly"), (0.5, "moderately"), (0.3, "weakly"))
CHANCE = 0.05
NONE = {
    "few statements": "No groups of opinion are looked for: that takes three statements that people voted on.",
    "few people": "No groups of opinion are looked for: that takes {least} people who answered enough of the statements, so that each group holds at least {fewest}.",
    "no pattern": "No groups of opinion stand out: answers hang together no more than chance would have it ({n} people).",
}
GROUPS = {"patrons": "patrons", "leadership": "leadership", "staff": "staff", "partners": "partners", "": "those who did not say"}


def questioned(rows: pd.DataFrame, asked: Mapping[str, str]) -> pd.DataFrame:
    """The rows of an analysis with the question behind each name, where more than one was asked of each option."""
    if len(asked) < 2:
        return rows
    return rows.assign(name=[say("{name} – {question}", name=name, question=asked.get(one, one)) for name, one in zip(rows["name"], rows["asked"])])


def turnout(voters: int, *, small_group: int) -> Finding:
    """How many voted, and whether anything can be shown of it."""
    if not voters:
        return Finding(say("Nobody has voted yet."), "unknown", "counted", BALLOTS)
    if voters < small_group:
        return Finding(say("Fewer than {fewest} people voted, so nothing of it is shown.", fewest=number(small_group)), "unknown", "counted", BALLOTS)
    return Finding(count("{n} person voted.", "{n} people voted.", voters), "plain", "counted", BALLOTS)


def leads(summary: pd.DataFrame, *, form: str) -> Finding | None:
    """What was given most, or placed first: for points, dots, swings and ranks."""
    known = summary[~summary["hidden"]]
    if form not in ("points", "dots", "swing", "ranks") or len(known) < 2:
        return None
    means = (known["mean"] * (1 if form == "ranks" else -1)).round(9)
    order = known.loc[means.sort_values(kind="stable").index]
    first = order[means[order.index] == means.min()]
    told, n = amount(first["mean"].iloc[0], form), number(first["n"].iloc[0])
    if len(first) == len(known):
        return Finding(say("All options come out level, at {told} on average ({n} voters).", told=told, n=n), "plain", "counted", BALLOTS)
    if len(first) > 1:
        return Finding(say("{names} share the first place, with {told} on average ({n} voters).", names=quoted(first["name"], 3), told=told, n=n), "plain", "counted", BALLOTS)
    second = order.iloc[1]
    return Finding(say("“{name}” comes first with {told} on average, ahead of “{other}” with {less} ({n} voters).",
                       name=first["name"].iloc[0], told=told, other=second["name"], less=amount(second["mean"], form), n=n), "plain", "counted", BALLOTS)


def amount(value: float, form: str) -> str:
    """An answer in the words of its form.

    >>> amount(27.4, "points"), amount(1, "dots"), amount(2.5, "ranks"), amount(4, "scales")
    ('27.4 points', '1 dot', 'place 2.5', '4')
    """
    told = number(value, 0 if float(value).is_integer() else 1)
    one = told == "1"
    if form == "points":
        return say("{n} point", n=told) if one else say("{n} points", n=told)
    if form == "dots":
        return say("{n} dot", n=told) if one else say("{n} dots", n=told)
    return say("place {n}", n=told) if form == "ranks" else told


def together(summary: pd.DataFrame, *, form: str) -> Finding | None:
    """What the room agrees on most; only called agreement where the middle half of the answers spans a quarter of the scale or less."""
    known = summary[~summary["hidden"] & summary["spread"].notna()]
    if known.empty or form == "pairs":
        return None
    best = known.loc[known["spread"].round(9).idxmin()]
    n = number(best["n"])
    if best["spread"] < 1e-9:
        return Finding(say("On “{name}” all {n} answers are alike: {value}.", name=best["name"], n=n, value=_answer(best["median"], form)), "good", "counted", BALLOTS)
    if not best["settled"] or best["camps"]:
        return Finding(say("The room is of one mind on none of the options. It is closest on “{name}”, and there too {spread} ({n} answers).",
                           name=best["name"], spread=_half(best, form), n=n), "plain", "counted", BALLOTS)
    if form == "statements":
        return Finding(say("The room agrees most on “{name}”: {agree} of {n} agree and {against} disagree.", name=best["name"], agree=number(best["high_n"]), n=n,
                           against=number(best["low_n"])), "good", "counted", BALLOTS)
    measure = "" if absent(best["agreement"]) else say(" The agreement is {a}, where 1 is all alike, 0 as many on each step and {end} half on each end.",
                                                      a=number(best["agreement"], 2), end=number(-1))
    return Finding(say("The room agrees most on “{name}”: {spread} ({n} answers).{measure}", name=best["name"], spread=_half(best, form), n=n, measure=measure),
                   "good", "counted", BALLOTS)


def _answer(value: float, form: str) -> str:
    if form == "statements":
        return say("disagree") if value < 0 else say("agree") if value > 0 else say("pass")
    return amount(value, form)


def _half(row: pd.Series, form: str) -> str:
    if form == "statements":
        return say("{agree} agree and {against} disagree", agree=number(row["high_n"]), against=number(row["low_n"]))
    if row["low"] == row["high"]:
        return say("at least half of the answers are {value}", value=amount(row["low"], form))
    return say("the middle half of the answers runs from {low} to {high}", low=amount(row["low"], form if form == "ranks" else ""), high=amount(row["high"], form))


def ordered(w: float, chance: float, voters: int) -> Finding | None:
    """How far the voters agree on the order of the options, by Kendall's W; the words are those of Schmidt 1997 for Delphi studies."""
    if absent(w):
        return None
    if chance >= CHANCE:
        return Finding(say("On the order of the options the {n} voters agree no more than chance would have it (Kendall's W {w}, from 0 to 1).", n=number(voters), w=number(w, 2)),
                       "plain", "estimated", BALLOTS)
    word = next((word for least, word in WORDS if w >= least), "hardly")
    return Finding(say("On the order of the options the {n} voters agree {word} (Kendall's W {w}, from 0 to 1).", n=number(voters), word=say(word), w=number(w, 2)),
                   "good" if w >= WORDS[0][0] else "plain", "estimated", BALLOTS)


def talk(rows: pd.DataFrame, *, form: str, small_group: int, most: int = 4) -> list[Finding]:
    """What to talk about, in the order of `rounds.to_discuss`, one sentence each; a small minority is told without its number."""
    if rows.empty:
        return [Finding(say("Nothing stands out to talk about: answers lie close together on every option."), "good", "counted", BALLOTS)]
    if (rows["voters"] < small_group).all():
        return [Finding(say("Too few people answered to say what to talk about."), "unknown", "counted", BALLOTS)]
    found = [Finding(_talk(row, form, small_group), "unknown" if row["hidden"] else "plain", "estimated" if row["reason"] == "two camps" else "counted", BALLOTS)
             for row in rows.head(most).to_dict("records")]
    if len(rows) > most:
        found.append(Finding(count("{n} more option is in the table of what to talk about.", "{n} more options are in the table of what to talk about.", len(rows) - most),
                             "plain", "counted", BALLOTS))
    return found


def _talk(row: dict[str, object], form: str, small_group: int) -> str:
    name, n = row["name"], number(row["n"])
    if row["reason"] == "few votes":
        if row["hidden"]:
            return say("Fewer than {fewest} people answered “{name}”, so nothing of it is shown. Ask what kept people from answering.", fewest=number(small_group), name=name)
        return say("Only {n} of {voters} voters answered “{name}”. Ask what kept the others from it.", n=n, voters=number(row["voters"]), name=name)
    if row["reason"] == "two camps":
        if form == "pairs":
            return say("Talk about “{name}”: the room parts into two camps, {few} for the second and {many} for the first.", name=name, few=number(row["low_n"]), many=number(row["high_n"]))
        return say("Talk about “{name}”: the room parts into two camps, {low_n} people around {low} and {high_n} around {high}.", name=name, low_n=number(row["low_n"]),
                   low=amount(round(row["low_mean"], 1), form), high_n=number(row["high_n"]), high=amount(round(row["high_mean"], 1), form))
    if row["reason"] == "divided":
        return say("Talk about “{name}”: {agree} of {n} agree and {against} disagree.", name=name, agree=number(row["high_n"]), n=n, against=number(row["low_n"]))
    if row["reason"] == "wide spread":
        return say("Talk about “{name}”: people see it widely apart.", name=name) if form == "pairs" else say(
            "Talk about “{name}”: people see it widely apart; {half} ({n} answers).", name=name, half=_half(row, form), n=n)
    return _minority(row, form, small_group)


def _minority(row: dict[str, object], form: str, small_group: int) -> str:
    few = say("a few people") if row["minority_n"] < small_group else say("{k} of {n} people", k=number(row["minority_n"]), n=number(row["n"]))
    lower = row["minority_side"] == "lower"
    if form == "statements":
        return (say("Most of the room agrees on “{name}”, but {few} clearly disagree. Ask what they see.", name=row["name"], few=few) if lower else
                say("Most of the room disagrees on “{name}”, but {few} clearly agree. Ask what they see.", name=row["name"], few=few))
    if form == "pairs":
        return say("Most of the room is close on “{name}”, but {few} see it clearly otherwise. Ask what they see.", name=row["name"], few=few)
    side = {"ranks": (say("higher up"), say("lower down"))}.get(form, (say("lower"), say("higher")))[0 if lower else 1]
    return say("Most of the room is close on “{name}”, around {middle}, but {few} put it clearly {side}. Ask what they see.", name=row["name"],
               middle=amount(row["median"], form), few=few, side=side)


def apart(rows: pd.DataFrame, *, form: str) -> Finding | None:
    """Where two of the groups stand furthest apart."""
    known = rows[~rows["hidden"].astype(bool) & rows["apart"].notna()] if len(rows) else rows
    if known.empty:
        return None
    here = known[(known["option"] == known["option"].iloc[0]) & (known["asked"] == known["asked"].iloc[0])].sort_values("mean", kind="stable")
    if here["mean"].iloc[-1] - here["mean"].iloc[0] < 1e-9:
        return Finding(say("The groups shown give the same means on every option."), "plain", "counted", BALLOTS)
    low, high = here.iloc[0], here.iloc[-1]
    return Finding(say("On “{name}” {one} ({n}) and {other} ({m}) stand furthest apart: {high} against {low} on average.", one=_group(high["group"]), n=number(high["n"]),
                       other=_group(low["group"]), m=number(low["n"]), name=low["name"], high=amount(round(high["mean"], 1), form), low=amount(round(low["mean"], 1), form)),
                   "plain", "counted", BALLOTS)


def hidden_groups(rows: pd.DataFrame, *, small_group: int) -> Finding | None:
    """Which groups are not shown by themselves, and why."""
    names = [_group(group) for group in GROUPS if len(rows) and group in set(rows.loc[rows["hidden"].astype(bool), "group"])]
    if not names:
        return None
    return Finding(say("Hidden on some options or all: {names}. Fewer than {fewest} of them answered, or their answers could be worked out from what is shown.",
                       names=listed(names), fewest=number(small_group)), "unknown", "counted", BALLOTS)


def _group(group: str) -> str:
    return say(GROUPS.get(group, group))


def moved(rows: pd.DataFrame, *, form: str) -> Finding | None:
    """What changed between two votes on one question."""
    known = rows[~rows["hidden"].astype(bool)] if len(rows) else rows
    if known.empty:
        return None
    closer, wider = int((known["became"] == "closer").sum()), int((known["became"] == "wider").sum())
    parts = [count("closer on {n} option", "closer on {n} options", closer) if closer else "", count("further apart on {n}", "further apart on {n}", wider) if wider else ""]
    spread = say("answers came {parts}", parts=listed(part for part in parts if part)) if closer or wider else say("answers lie as close together as before")
    top, way = known.iloc[0], say("mean") if form in ("points", "dots", "statements") else say("middle")
    if form == "pairs" or abs(top["shift"]) < 1e-9:
        return Finding(say("Between the two votes no {way} moved, and {spread} (of {n}).", way=way, spread=spread, n=number(len(known))) if form != "pairs" else
                       say("Between the two votes {spread} (of {n}).", spread=spread, n=number(len(known))), "plain", "counted", BALLOTS)
    text = say("Between the two votes “{name}” moved most: its {way} went from {before} to {after}; {spread} (of {n}).", name=top["name"], way=way,
               before=amount(round(top["before"], 1), form), after=amount(round(top["after"], 1), form), spread=spread, n=number(len(known)))
    return Finding(text, "plain", "counted", BALLOTS)


def stays(*, small_group: int) -> Finding:
    """That the picture is the one from before, since so few answers are new that it would tell them."""
    return Finding(say("The picture is still the one from before: fewer than {fewest} people answered otherwise, some of them in one of the two votes only, and a new picture would tell what they said.",
                       fewest=number(small_group)), "unknown", "counted", BALLOTS)


def again(rows: pd.DataFrame) -> Finding | None:
    """Whether another vote on the same question is worth it."""
    known = rows[~rows["hidden"].astype(bool)] if len(rows) else rows
    if known.empty:
        return None
    worth, stuck = known[known["again"]], known[~known["again"] & ~known["settled"]]
    if len(worth):
        return Finding(count("Another vote is worth it on {names}: answers are not settled there and still moving.",
                             "Another vote is worth it on {names}: answers are not settled there and still moving.", len(worth), names=quoted(worth["name"], 3)), "plain", "counted", BALLOTS)
    if stuck.empty:
        return Finding(say("No further vote is needed: the answers are settled on every option shown."), "good", "counted", BALLOTS)
    return Finding(say("On {names} people differ and no longer move, so another vote promises little. Write down both views, and decide with them in mind.",
                       names=quoted(stuck["name"], 3)), "plain", "counted", BALLOTS)


def opinion_groups(groups: pd.DataFrame, *, small_group: int) -> Finding:
    """Which groups of opinion stand out, or why none are told."""
    facts = groups.attrs
    if facts["why"]:
        text = say(NONE[facts["why"]], least=number(max(3 * small_group, 4)), fewest=number(small_group), n=number(facts["voters"]))
        return Finding(text, "plain" if facts["why"] == "no pattern" else "unknown", "estimated", BALLOTS)
    sizes = groups[groups["group"] != ""].drop_duplicates("group").sort_values("group")
    parts = listed(say("{letter} with {n}", letter=row.group, n=number(row.people)) for row in sizes.itertuples())
    rest = facts["voters"] - facts["counted"]
    left = count(" {n} person answered too few statements to be placed.", " {n} people answered too few statements to be placed.", rest) if rest >= max(small_group, 1) else ""
    text = say("{n} groups of opinion stand out, {parts} people. They hold for these statements only; the same answers dealt out at random give groups as clear in at most 5 of 100 rooms.{left}",
               n=number(len(sizes)), parts=parts, left=left)
    return Finding(text, "plain", "estimated", BALLOTS)


def marks(divides: pd.DataFrame) -> list[Finding]:
    """What each group of opinion says that the others do not, one sentence a group."""
    found = []
    for (letter, people), rows in divides.groupby(["group", "people"], sort=True):
        told = [say("agree that “{name}” ({own}; of the others {others})" if row["side"] == "agree" else "disagree that “{name}” ({own}; of the others {others})",
                    name=_plain(row["name"]), own=share(row["share"]), others=share(row["others"])) for row in rows.head(2).to_dict("records")]
        found.append(Finding(say("What sets group {letter} ({n} people) apart: more of them {told}.", letter=letter, n=number(people), told=listed(told)), "plain", "estimated", BALLOTS))
    return found


def shared(consensus: pd.DataFrame) -> Finding | None:
    """What all groups of opinion, or without groups most of the room, agree or disagree on; only where 60 % of each do so."""
    known = consensus[~consensus["hidden"].astype(bool)] if len(consensus) else consensus
    if known.empty:
        return None
    several, held = known["groups"].iloc[0] > 1, known[known["holds"]]
    if held.empty:
        return Finding(say("No statement is shared: on none are at least 60% of every group of opinion on one side.") if several else
                       say("No statement is shared: on none are at least 60% of the room on one side."), "plain", "counted", BALLOTS)
    told = [say("agree that “{name}” (at least {lowest})" if row["side"] == "agree" else "disagree that “{name}” (at least {lowest})", name=_plain(row["name"]),
                lowest=share(row["lowest"])) if several else
            say("agree that “{name}” ({lowest} of {n})" if row["side"] == "agree" else "disagree that “{name}” ({lowest} of {n})", name=_plain(row["name"]),
                lowest=share(row["lowest"]), n=number(row["n"])) for row in held.head(3).to_dict("records")]
    more = count(" {n} more statement is shared.", " {n} more statements are shared.", len(held) - 3) if len(held) > 3 else ""
    head = say("In every group of opinion most people {told}.", told=listed(told)) if several else say("Most people in the room {told}.", told=listed(told))
    return Finding(say("{head}{more}", head=head, more=more), "good", "counted", BALLOTS)


def _plain(statement: str) -> str:
    """A statement without its full stop, as it stands inside a sentence."""
    return statement.rstrip(" .")


def ideas(rows: pd.DataFrame, *, voters: int, small_group: int) -> Finding:
    """How many ideas were written, and how many of them have like words."""
    if rows.empty:
        return turnout(voters, small_group=small_group)
    bundles = rows[rows["like"] > 1]["near"].nunique()
    like = count(" {n} bundle of them has like words.", " {n} bundles of them have like words.", bundles) if bundles else ""
    text = say("{ideas} by {people}.{like}", ideas=count("{n} idea", "{n} ideas", len(rows)), people=count("{n} person", "{n} people", voters), like=like)
    return Finding(text, "plain", "told", BALLOTS)
