"""Sentences of who decides, of the ethics gate, of what came of messages, and of the seven key areas."""

from __future__ import annotations

import pandas as pd

from planning.show.language import absent, between, count, day, listed, number, quoted, say, share
from planning.show.records import Finding

RULED = ("mandates", "decisions")
KIND = {"direction": "goals and their weights", "policy": "policies", "service": "services", "public words": "what is said in public"}
HELD = "Text held back"
GATED = ("messages", "stories", "clearances")
COUNTED = ("messages", "message_results")
AREA_TABLES = (("goals",), ("initiatives",), ("agreements",), ("surveys", "consultations"), ("changes", "decisions"), ("trainings", "training_results", "learning_log"),
               ("messages", "audiences"))


def taken(rows: pd.DataFrame, *, ruled: bool) -> Finding | None:
    """Whether decisions were taken by those who may take them; `ruled` is true when the plan lays down who decides what."""
    if rows.empty or not ruled:
        return None
    below, above = rows[rows["verdict"] == "below its level"], int((rows["verdict"] == "above its level").sum())
    unnamed, unknown = (int((rows["verdict"] == verdict).sum()) for verdict in ("matter not named", "level not written down"))
    kept = int((rows["verdict"] == "as laid down").sum())
    parts = [count("{n} of {all} decisions was taken as laid down.", "{n} of {all} decisions were taken as laid down.", kept, all=number(len(rows)))]
    if len(below):
        parts.append(count("{n} was taken below the level that decides on it: {names}.", "{n} were taken below the level that decides on them: {names}.",
                           len(below), names=quoted(below["what"], 3)))
    if above:
        parts.append(count("{n} was taken above it.", "{n} were taken above it.", above))
    if unnamed + unknown:
        parts.append(count("For {n} it is not written down whose it was.", "For {n} it is not written down whose they were.", unnamed + unknown))
    return Finding(" ".join(parts), "bad" if len(below) else "good" if kept == len(rows) else "plain", "counted", RULED)


def unruled(rows: pd.DataFrame) -> Finding | None:
    """Of which kinds of decision nothing says who takes them."""
    if rows.empty:
        return None
    return Finding(say("Nothing lays down who decides on {kinds}.", kinds=listed(say(KIND.get(kind, kind)) for kind in rows["kind"])), "bad", "counted", ("mandates",))


def gate(rows: pd.DataFrame) -> Finding | None:
    """What goes out although it fails, and what goes out without having been looked at."""
    if rows.empty:
        return None
    out = rows[rows["going"].astype(bool)]
    failing, waiting, passing = out[out["fails"] != ""], out[(out["fails"] == "") & (out["waits"] != "")], int(rows["passes"].sum())
    parts = [count("{n} of {all} messages and stories passes all four questions.", "{n} of {all} messages and stories pass all four questions.", passing, all=number(len(rows)))]
    if len(failing):
        parts.append(count("{n} is approved, sent or told although it fails one: {names}.", "{n} are approved, sent or told although they fail one: {names}.",
                           len(failing), names=listed((_text(text) for text in failing["text"]), 2)))
    if len(waiting):
        parts.append(count("{n} more is out or about to go out and was not looked at for all four.",
                           "{n} more are out or about to go out and were not looked at for all four.", len(waiting)))
    tone = "bad" if len(failing) else "unknown" if len(waiting) else "good"
    return Finding(" ".join(parts), tone, "counted", GATED)


def named(rows: pd.DataFrame) -> list[Finding]:
    """Each message or story that goes out although it fails, with what it fails; three at most in words."""
    failing = rows[rows["going"].astype(bool) & (rows["fails"] != "")].head(3)
    return [Finding(say("{text} fails {subjects}: {why}.", text=_capital(_text(row.text)), subjects=listed(say(one) for one in row.fails.split("; ")), why=_why(row.why)), "bad", "counted", GATED)
            for row in failing.itertuples()]


def _text(text: str) -> str:
    return say("a text that is held back") if text.startswith(HELD) else quoted([text])


def _why(text: str) -> str:
    return say("nothing is written down about why") if absent(text) or not text else "; ".join(say(part) for part in text.split("; "))


def channels(rows: pd.DataFrame) -> Finding | None:
    """Which channel got most of those reached to do what was asked, and how much of what was sent was counted at all."""
    if rows.empty or not rows["sent"].sum() and rows["rate"].isna().all():
        return None
    known = rows[rows["rate"].notna()]
    uncounted = int(rows["sent"].sum()) - int(known["counted"].sum())
    if known.empty:
        return Finding(say("Of no message are there both counts, how many it reached and how many did what it asked, that may be shown."), "unknown", "counted", COUNTED)
    best = known.iloc[0]
    text = say("{channel}: {rate} of the {reached} reached did what was asked ({range}).", channel=_capital(say(best["channel"])), rate=share(best["rate"]),
               reached=count("{n} person", "{n} people", int(best["reached"])), range=between(best["low"], best["high"], share))
    if len(known) > 1:
        least = known.iloc[-1]
        text += " " + say("The smallest share: {channel}, {rate} of {reached}.", channel=say(least["channel"]), rate=share(least["rate"]), reached=number(least["reached"]))
    if uncounted > 0:
        text += " " + count("For {n} message sent, nobody counted both.", "For {n} messages sent, nobody counted both.", uncounted)
    return Finding(text, "plain", "estimated", COUNTED)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def areas(rows: pd.DataFrame) -> list[Finding | None]:
    """What the library itself does in each of the seven key areas: one finding an area, in their order; none at all where the plan speaks of nothing."""
    silent = not rows[["doing_count", "decided_count"]].to_numpy().any() and rows["next"].isna().all()
    return [None if silent else _area(row) for row in rows.itertuples()]


def _area(row: object) -> Finding:
    rests, parts = AREA_TABLES[row.step - 1], []
    if row.doing_count:
        parts.append(say("{what}: {names}.", what=say(DOING[row.step - 1]), names=_names(row.doing)))
    if row.decided_count:
        parts.append(say("Decided: {names}.", names=_names(row.decided)))
    if not absent(row.next):
        parts.append(say("Next, on {day}: {what}.", day=day(row.next_day), what=coming(row)))
    if not parts:
        return Finding(say("Nothing is under way, decided or planned that the plan speaks of."), "unknown", "counted", rests)
    return Finding(" ".join(parts), "plain" if row.doing_count else "unknown", "counted", rests)


def coming(row: object) -> str:
    """What the next day of a key area brings, in words. Takes a row of `areas.strategies`."""
    return say(NEXT[row.step - 1], name=say(row.next) if row.step == len(NEXT) else row.next)


NEXT = ("the goal “{name}” is due", "“{name}” begins", "the agreement “{name}” is reviewed", "the survey “{name}” begins", "the change “{name}” is due",
        "the grant application “{name}” is due", "a message goes out (channel: {name})")
DOING = ("Goals in force", "Chosen or running", "Agreements in force", "Asked in the last year", "Being changed", "Learnt in the last year", "Told something")


def _names(joined: str) -> str:
    return quoted(joined.split("; "), 2)
