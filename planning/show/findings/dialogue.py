"""Sentences of dialogue: how often staff, leadership and partners talk, what is kept of what was promised, and what staff say of their work."""

from __future__ import annotations

import pandas as pd

from planning.show.language import absent, count, day, inside, listed, number, quoted, say, share, signed
from planning.show.records import Finding

LOG = ("dialogues",)
VOICE = ("questions", "answers")
LONG = 92
"""A gap between two talks of more days than this, a quarter of a year, is called long."""
ENOUGH = 5
"""Fewer commitments than this are not called good news, however many were kept."""
SIDES = {"staff and leadership": "Staff and leadership", "library and partner": "The library and its partners"}


def rhythm(rows: pd.DataFrame, *, between: str) -> Finding | None:
    """How often two sides talk, and the longest time that they did not."""
    if rows.empty:
        return None
    every, formal, informal = (rows[rows["form"] == form].iloc[0] for form in ("all", "formal", "informal"))
    who = say(SIDES[between])
    text = count("{who} talked on {n} occasion since {first}, {formal} formal and {informal} informal.", "{who} talked on {n} occasions since {first}, {formal} formal and {informal} informal.",
                 int(every["talks"]), who=who, first=day(every["first"]), formal=number(formal["talks"]), informal=number(informal["talks"]))
    if every["gap"] == every["since"]:
        text += " " + count("The last time was {n} day ago.", "The last time was {n} days ago, the longest gap of all.", int(every["since"]))
    else:
        text += " " + say("The longest gap was {days} days, from {start} to {end}.", days=number(every["gap"]), start=day(every["gap_from"]), end=day(every["gap_to"]))
    return Finding(text, "bad" if every["since"] > LONG else "plain" if every["gap"] > LONG else "good", "counted", LOG)


def kept(rows: pd.DataFrame, *, between: str) -> Finding | None:
    """Which share of what was promised was kept."""
    if rows.empty:
        return None
    row, who = rows.iloc[0], say(SIDES[between])
    if row["no_day"] == row["promised"]:
        return Finding(count("{who}: {n} commitment was made, without a day, so it can never be late.", "{who}: {n} commitments were made, none with a day, so none can ever be late.", int(row["promised"]), who=who),
                       "bad", "counted", LOG)
    if not row["due"]:
        return Finding(count("{who}: {n} commitment was made, and its day has not come.", "{who}: {n} commitments were made, and the day of none has come.", int(row["promised"]), who=who), "unknown", "counted", LOG)
    done, time = count("{n} was kept", "{n} were kept", int(row["kept"])), number(round(row["in_time"] * row["due"]))
    text = count("{who}: of {n} commitment whose day has come, {done} ({share}, between {low} and {high}), {time} in time.",
                 "{who}: of {n} commitments whose day has come, {done} ({share}, between {low} and {high}), {time} of them in time.", int(row["due"]), who=who, done=done,
                 share=share(row["share"]), low=share(row["low"]), high=share(row["high"]), time=time)
    if row["no_day"]:
        text += " " + count("{n} more has no day, so it can never be late.", "{n} more have no day, so they can never be late.", int(row["no_day"]))
    return Finding(text, "good" if row["share"] >= 0.9 and row["due"] >= ENOUGH else "bad" if row["share"] < 0.75 else "plain", "estimated", LOG)


def overdue(promises: pd.DataFrame) -> Finding | None:
    """What was promised and is overdue, longest first."""
    late = promises[promises["state"] == "overdue"].sort_values(["late", "dialogue"], ascending=[False, True])
    if promises.empty or (promises["state"] == "no day set").all():
        return None
    if late.empty:
        return Finding(say("No commitment is overdue."), "good", "counted", LOG)
    first = late.iloc[0]
    who = say(" by the {name}", name=inside(first["owner_name"])) if not absent(first["owner_name"]) else say(" by {name}", name=first["with_name"]) if not absent(first["with_name"]) else say(" by leadership")
    text = count("{n} commitment is overdue: {name}, promised{who} for {due}.", "{n} commitments are overdue. The oldest is {name}, promised{who} for {due}.", len(late),
                 name=quoted([first["commitment"]]), who=who, due=day(first["due"]))
    return Finding(text, "bad", "counted", LOG)


def led(topics: pd.DataFrame) -> Finding | None:
    """What talks led to."""
    if topics.empty or not topics["topics"].sum():
        return None
    every, done, nothing = (int(topics[name].sum()) for name in ("topics", "led", "nothing"))
    text = count("Of {n} topic, {led} led to a decision or an initiative", "Of {n} topics, {led} led to a decision or an initiative", every, led=number(done))
    text += count("; from {n} nothing came at all.", "; from {n} nothing came at all.", nothing) if nothing else "."
    kinds = topics[topics["kind"].notna()]
    most, never = kinds[(kinds["topics"] == kinds["topics"].max()) & (kinds["topics"] > 0)], kinds[kinds["topics"] == 0]
    if 0 < len(most) < 4:
        text += " " + say("They talked most about {kinds}.", kinds=listed(say(kind) for kind in most["kind"]))
    if len(never) and len(most):
        text += " " + say("Never about {kinds}.", kinds=listed(say(kind) for kind in never["kind"]))
    return Finding(text, "plain", "counted", LOG)


def unspoken(rows: pd.DataFrame, *, between: str) -> Finding | None:
    """Which goals were never talked about."""
    if rows.empty:
        return None
    never, who = rows[rows["never"].astype(bool)], say(SIDES[between])
    if len(never) == len(rows):
        return Finding(say("No talk on record says on which goal in force it bears, so nobody can say which goals are left out."), "unknown", "counted", (*LOG, "goals"))
    if never.empty:
        return Finding(say("{who} have talked about every goal in force.", who=who), "good", "counted", (*LOG, "goals"))
    parts = [say("{goal} (weight {weight})", goal=quoted([row.goal_name]), weight=share(row.weight)) for row in never.itertuples()]
    text = count("{who} never talked about {n} goal in force: {names}.", "{who} never talked about {n} goals in force: {names}.", len(never), who=who, names=listed(parts, most=3))
    return Finding(text, "bad" if never["weight"].max() >= 0.1 else "plain", "counted", (*LOG, "goals"))


def voice(rows: pd.DataFrame) -> list[Finding]:
    """What staff agree with least and most of support, autonomy and service standards, and what has changed."""
    if rows.empty:
        return []
    shown = rows[~rows["hidden"].astype(bool)].sort_values(["agree", "question"])
    if shown.empty:
        return [Finding(say("Too few staff answered for their voice to be shown without pointing to a person."), "unknown", "estimated", VOICE)]
    low, top = shown.iloc[0], shown.iloc[-1]
    alike = len(shown) > 1 and share(low["agree"]) == share(top["agree"])
    text = (say("Staff agree alike with all {all} statements: {share}.", all=number(len(shown)), share=share(low["agree"])) if alike
            else say("Staff agree least with “{statement}” ({topic}): {share} of {n}, between {low} and {high}.", **_told(low)))
    if len(shown) > 1 and not alike:
        text += " " + say("They agree most with “{statement}” ({topic}): {share} of {n}, between {low} and {high}.", **_told(top))
    found = [Finding(text, "bad" if low["high"] < 0.5 else "good" if low["low"] > 0.5 else "plain", "estimated", VOICE)]
    asked = set(shown["topic"])
    missing = [topic for topic in ("support", "autonomy", "service standards") if topic not in asked]
    if missing:
        found.append(Finding(say("Nobody asked staff about {topics}, or too few answered.", topics=listed(say(topic) for topic in missing)), "unknown", "estimated", VOICE))
    return found + _changed(shown)


def _changed(shown: pd.DataFrame) -> list[Finding]:
    compared = shown[shown["before"].notna()]
    if compared.empty:
        return []
    clear = compared[compared["clear"].astype(bool)]
    if clear.empty:
        return [Finding(count("{n} statement was asked before; its share has not changed by more than chance.", "{n} statements were asked before; none of their shares has changed by more than chance.",
                              len(compared)), "plain", "estimated", VOICE)]
    parts = [say("“{statement}” ({change} percentage points, between {low} and {high})", statement=row.text.rstrip(".?! "), change=signed(round(100 * row.change), 0),
                 low=signed(round(100 * row.change_low), 0), high=signed(round(100 * row.change_high), 0)) for row in clear.itertuples()]
    text = count("Since the survey before, agreement has changed by more than chance on {n} statement: {names}.", "Since the survey before, agreement has changed by more than chance on {n} statements: {names}.",
                 len(clear), names=listed(parts, most=3))
    return [Finding(text, "bad" if (clear["change"] < 0).any() else "good", "estimated", VOICE)]


def _told(row: pd.Series) -> dict[str, str]:
    return {"topic": say(row["topic"]), "statement": str(row["text"]).rstrip(".?! "), "share": share(row["agree"]), "n": number(row["n"]), "low": share(row["low"]), "high": share(row["high"])}


def beside(rows: pd.DataFrame) -> Finding | None:
    """Whether staff's own feedback is answered as often as that of others."""
    if rows.empty or rows["hidden"].any():
        return None
    staff, others = rows.iloc[0], rows.iloc[1]
    text = count("Unasked, staff put down {n} entry of feedback, of which {done} ({share}) was answered; of the entries of all others, {other}.",
                 "Unasked, staff put down {n} entries of feedback, of which {done} ({share}) were answered; of the entries of all others, {other}.",
                 int(staff["entries"]), done=number(staff["closed"]), share=share(staff["share"]), other=share(others["share"]))
    if not absent(staff["theme_name"]):
        text += " " + say("They say most about {theme}.", theme=staff["theme_name"])
    apart = staff["high"] < others["low"] or others["high"] < staff["low"]
    text += "" if apart else " " + say("The gap is within chance.")
    return Finding(text, "bad" if staff["high"] < others["low"] else "plain", "estimated", ("feedback",))
