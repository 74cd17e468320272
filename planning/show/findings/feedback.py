"""Sentences of feedback: whether it is answered, what it is about, how far that can be trusted, and what may be shown of it."""

from __future__ import annotations

import pandas as pd

from planning.analysis.feedback import UNCODED
from planning.show.language import absent, count, day, listed, number, period, quoted, say, share
from planning.show.records import Finding

LOG, CODED = ("feedback",), ("feedback", "themes")
READERS = ("codings", "themes")
ROOMS = ("feedback", "consultations", "themes")
CHANNELS = {"suggestion box": "in the suggestion box", "online form": "through the online form", "in person": "in person", "focus group": "in focus groups",
            "interview": "in interviews", "staff": "by staff"}
FEW_WAITS = 10
GOOD, FAIR = 0.8, 0.6
"""From these on, readers are said to agree well, and fairly well."""


def answered(overall: pd.DataFrame, by_channel: pd.DataFrame) -> Finding | None:
    """How much of the feedback was answered, how fast, and through which channel least."""
    if overall.empty:
        return None
    every, shown = overall.iloc[0], by_channel[~by_channel["hidden"].astype(bool)]
    speed = "" if absent(every["median_days"]) else count(", half of those within {n} day", ", half of those within {n} days", round(every["median_days"]))
    text = count("Of {n} entry of feedback, {share} was answered{speed}.", "Of {n} entries of feedback, {share} were answered{speed}.",
                 int(every["entries"]), share=share(every["share"]), speed=speed)
    least = shown.iloc[0] if len(shown) > 1 else None
    if least is not None and least["share"] < every["share"]:
        text += " " + say("Least often answered is what was said {where}: {done} of {n}.", where=say(CHANNELS[least["part"]]), done=number(round(least["share"] * least["entries"])),
                          n=number(least["entries"]))
    weak = every["share"] < 0.5 or (least is not None and least["share"] < 0.5)
    return Finding(text, "bad" if weak else "good" if every["share"] >= 0.9 else "plain", "counted", LOG)


def neglected(by_theme: pd.DataFrame) -> Finding | None:
    """Which theme is answered least."""
    shown = by_theme[~by_theme["hidden"].astype(bool) & (by_theme["part"] != UNCODED)]
    if len(shown) < 2 or shown["share"].min() == shown["share"].max():
        return None
    least = shown[shown["share"] == shown["share"].min()]
    parts = [say("“{theme}” ({done} of {n})", theme=row.part, done=number(row.closed), n=number(row.entries)) for row in least.itertuples()]
    return Finding(count("The theme answered least is {themes}.", "The themes answered least are {themes}.", len(parts), themes=listed(parts, most=3)),
                   "bad" if least.iloc[0]["share"] < 0.5 else "plain", "counted", CODED)


def overdue(overall: pd.DataFrame, *, days: int) -> Finding | None:
    """How many entries have waited too long."""
    if overall.empty:
        return None
    row = overall.iloc[0]
    if not row["old"]:
        return Finding(say("No entry has waited for an answer for more than {days} days.", days=number(days)), "good", "counted", LOG)
    text = count("{n} entry has waited for an answer for more than {days} days, namely for {oldest}.",
                 "{n} entries have waited for an answer for more than {days} days, the oldest for {oldest}.", int(row["old"]), days=number(days), oldest=number(row["oldest"]))
    return Finding(text, "bad", "counted", LOG)


def half(overall: pd.DataFrame) -> Finding | None:
    """After how many days half of all entries are answered, those that still wait among them."""
    if overall.empty:
        return None
    row = overall.iloc[0]
    if absent(row["half"]):
        return Finding(say("Half of all entries have not been answered yet, so nobody can say how long an answer usually takes."), "unknown", "estimated", LOG)
    if row["entries"] < FEW_WAITS:
        text = count("With those that still wait counted in, half of all entries are answered after {n} day; so few say little of the next.",
                     "With those that still wait counted in, half of all entries are answered after {n} days; so few say little of the next.", round(row["half"]))
        return Finding(text, "plain", "counted", LOG)
    ends = (say("95% interval from {low} on, without an upper end", low=number(row["half_low"])) if absent(row["half_high"])
            else say("95% interval {low} to {high}", low=number(row["half_low"]), high=number(row["half_high"])))
    text = count("With those that still wait counted in, half of all entries are answered after {n} day ({ends}).",
                 "With those that still wait counted in, half of all entries are answered after {n} days ({ends}).", round(row["half"]), ends=ends)
    return Finding(text, "plain", "estimated", LOG)


def hindering(severity: pd.DataFrame) -> Finding | None:
    """How many entries of high severity are still open."""
    if severity.empty or severity["severity"].isna().all():
        return None if severity.empty else Finding(say("Nobody put down how much each wish or complaint hinders people, so the gravest cannot be answered first."), "unknown", "counted", LOG)
    high = severity[severity["severity"] == "high"]
    if high.empty:
        return None
    row = high.iloc[0]
    if not row["open"]:
        return Finding(count("The one entry of high severity is answered.", "All {n} entries of high severity are answered.", int(row["entries"])), "good", "counted", LOG)
    text = count("{n} of {all} entries that hinder people most is still open, for {oldest} days.", "{n} of {all} entries that hinder people most are still open, the oldest for {oldest} days.",
                 int(row["open"]), all=number(row["entries"]), oldest=number(row["oldest"]))
    return Finding(text, "bad", "counted", LOG)


def over_time(quarters: pd.DataFrame) -> Finding | None:
    """Whether answers keep up with what comes in."""
    whole = quarters[quarters["whole"].astype(bool)]
    if len(whole) < 2:
        return None
    last, before = whole.iloc[-1], whole.iloc[-min(len(whole), 5)]
    text = say("In {period}, {came} and {done}; {open} at its end, after {earlier} at the end of {then}.", period=period(last["period"]), earlier=number(before["open"]), then=period(before["period"]),
               came=count("{n} entry came in", "{n} entries came in", int(last["came_in"])), done=count("{n} was answered", "{n} were answered", int(last["answered"])),
               open=count("{n} was open", "{n} were open", int(last["open"])))
    change = last["open"] - before["open"]
    return Finding(text, "bad" if change > 0 else "good" if change < 0 else "plain", "counted", LOG)


def silent(channels: pd.DataFrame) -> Finding | None:
    """Which channels have brought nothing for half a year."""
    quiet = channels[channels["silent"].astype(bool)]
    if channels.empty:
        return None
    if quiet.empty:
        return Finding(say("All six channels brought something in the last half-year."), "good", "counted", LOG)
    parts = [say("{channel} (never)", channel=say(row.channel)) if absent(row.last) else say("{channel} (last on {day})", channel=say(row.channel), day=day(row.last)) for row in quiet.itertuples()]
    return Finding(count("{n} of 6 channels has brought nothing for half a year: {names}.", "{n} of 6 channels have brought nothing for half a year: {names}.", len(parts), names=listed(parts)),
                   "bad", "counted", LOG)


def load(rows: pd.DataFrame) -> list[Finding]:
    """Which role has most to answer, and what has no owner."""
    found, open_ones = [], rows[rows["open"] > 0]
    owned = open_ones[open_ones["owner_name"].notna()]
    if len(owned):
        most, every = owned[owned["open"] == owned["open"].max()], int(open_ones["open"].sum())
        text = count("{n} entry is open.", "{n} entries are open.", every) + " "
        high = int(most["high"].sum())
        text += count("The longest list is that of {names}: {open}{high}.", "The longest lists are those of {names}: {open} each{high}.", len(most), names=listed(most["owner_name"], most=3),
                      open=number(most.iloc[0]["open"]), high=say(", {n} of them of high severity", n=number(high)) if high else "")
        found.append(Finding(text, "plain", "counted", (*LOG, "roles")))
    loose = int(open_ones.loc[open_ones["owner_name"].isna(), "open"].sum())
    if loose:
        found.append(Finding(count("{n} open entry has no owner.", "{n} open entries have no owner.", loose), "bad", "counted", (*LOG, "roles")))
    return found


def cleared(clearance: pd.DataFrame) -> list[Finding]:
    """Which comments are not shown since nobody has confirmed them, and which confirmed ones should be looked at again."""
    waiting, again = clearance[clearance["state"] == "not confirmed"], clearance[clearance["state"] == "look again"]
    found = []
    if len(waiting):
        marked = waiting[waiting["found"] != ""]
        text = count("{n} comment is not shown yet: somebody has to read it first and confirm that it points to no person.",
                     "{n} comments are not shown yet: somebody has to read them first and confirm that they point to no person.", len(waiting))
        if len(marked):
            text += " " + count("In {n} of them something was found that could: {rows}.", "In {n} of them something was found that could: {rows}.", len(marked), rows=_rows(marked))
        found.append(Finding(text, "unknown", "counted", LOG))
    if len(again):
        text = count("{n} confirmed comment still holds what could point to a person, so it is shown with a mark in its place; somebody should read it again: {rows}.",
                     "{n} confirmed comments still hold what could point to a person, so they are shown with marks in its place; somebody should read them again: {rows}.",
                     len(again), rows=_rows(again))
        found.append(Finding(text, "bad", "counted", LOG))
    return found


def _rows(rows: pd.DataFrame) -> str:
    return listed((say("{entry} ({found})", entry=row.feedback, found=listed(say(kind) for kind in row.found.split(", "))) for row in rows.itertuples()), most=5)


def loudest(tones: pd.DataFrame) -> Finding | None:
    """What people complain of most, and what they praise most."""
    shown = tones[~tones["hidden"].astype(bool) & (tones["part"] != UNCODED)]
    told = [_tone(shown, "complaint"), _tone(shown, "praise")]
    text = " ".join(part for part in told if part)
    return Finding(text, "plain", "counted", CODED) if text else None


def _tone(shown: pd.DataFrame, tone: str) -> str:
    top = shown[(shown[tone] == shown[tone].max()) & (shown[tone] > 0)]
    if top.empty:
        return ""
    parts = listed([say("“{theme}” ({n} of {all} entries)", theme=row["part"], n=number(row[tone]), all=number(row["entries"])) for row in top.to_dict("records")], most=3)
    return say("People complain most about {themes}.", themes=parts) if tone == "complaint" else say("They praise most what concerns {themes}.", themes=parts)


def told_back(said: pd.DataFrame) -> Finding | None:
    """How many wishes and complaints led to something that can be told."""
    if said.empty:
        return None
    return Finding(count("{n} wish or complaint has an answer that can be told in public.",
                         "{n} wishes and complaints have an answer that can be told in public.", len(said)), "good", "counted", LOG)


def ranked(rows: pd.DataFrame) -> Finding | None:
    """Which theme is the largest, and whether that is sure."""
    shown = rows[~rows["hidden"].astype(bool)]
    if shown.empty:
        return None
    first, top = shown.iloc[0], shown[shown["entries"] == shown["entries"].max()]
    text = count("The theme with most entries is {theme}: {share} of those coded, between {low} and {high}.", "The themes with most entries are {theme}: {share} of those coded each, between {low} and {high}.", len(top),
                 theme=quoted(top["theme_name"], most=3), share=share(first["share"]), low=share(first["low"]), high=share(first["high"]))
    near = int((shown["high"].iloc[len(top):] > first["low"]).sum())
    if near:
        text += " " + count("{n} more theme comes so near that its place could be another one by chance.", "{n} more themes come so near that their order could be another one by chance.", near)
    return Finding(text, "plain", "estimated", CODED)


def growing(rows: pd.DataFrame) -> Finding | None:
    """Which themes take a larger share than half a year before."""
    shown = rows[~rows["hidden"].astype(bool)]
    if shown.empty:
        return None
    clear = shown[shown["clear"].astype(bool) & (shown["difference"] > 0)]
    if len(clear):
        parts = [say("{theme} (from {before} to {now} of entries)", theme=row.theme_name, before=share(row.share_before), now=share(row.share_now)) for row in clear.itertuples()]
        return Finding(count("{n} theme has grown by more than chance in half a year: {names}.", "{n} themes have grown by more than chance in half a year: {names}.", len(parts), names=listed(parts, most=3)),
                       "plain", "estimated", CODED)
    few = int(shown["few"].sum())
    text = say("No theme has grown by more than chance against the half-year before.")
    if few:
        text += " " + count("{n} of {all} themes has fewer than ten entries in both together, too few to tell.", "{n} of {all} themes have fewer than ten entries in both together, too few to tell.", few, all=len(shown))
    return Finding(text, "unknown" if few == len(shown) else "plain", "estimated", CODED)


def readers(agreement: pd.DataFrame, codings: pd.DataFrame) -> Finding | None:
    """How far readers agree on themes beyond chance; where no entry has been coded by two of them, that."""
    if agreement.empty and codings["theme"].notna().any():
        text = say("No entry has been coded by two readers, so nobody can say whether they would agree. Let a second reader code thirty of the same entries without seeing the first one's themes.")
        return Finding(text, "unknown", "counted", READERS)
    if agreement.empty:
        return None
    row = agreement.iloc[0]
    if absent(row["kappa"]):
        return Finding(count("Both readers put the one entry under one theme, which says nothing of the codebook.", "Both readers put all {n} entries under one theme, which says nothing of the codebook.",
                             int(row["entries"])), "unknown", "estimated", READERS)
    words = say("well") if row["kappa"] >= GOOD else say("fairly well") if row["kappa"] >= FAIR else say("poorly")
    text = say("Two readers who coded {n} on their own agree {words}: on {share} of them, kappa {kappa}, between {low} and {high}.",
               n=count("{n} entry", "{n} entries", int(row["entries"])), words=words, share=share(row["agreed"]), kappa=number(row["kappa"], 2), low=number(row["low"], 2), high=number(row["high"], 2))
    if row["readers"] > 2:
        text += " " + say("For all {n} readers together, alpha is {alpha}.", n=number(row["readers"]), alpha=number(row["alpha"], 2))
    if row["few"]:
        text += " " + say("Under thirty entries, the interval is rough.")
    return Finding(text, "good" if row["kappa"] >= GOOD else "plain" if row["kappa"] >= FAIR else "bad", "estimated", READERS)


def sharpen(confused: pd.DataFrame) -> Finding | None:
    """Which two themes are taken for each other most, so that their definitions need work."""
    shown = confused[~confused["hidden"].astype(bool)]
    if shown.empty or shown.iloc[0]["times"] < 2:
        return None
    row = shown.iloc[0]
    text = say("Readers take {pair} for each other most often: in {times} of {all} disagreements. Say in both definitions where a comment on both belongs.",
               pair=quoted([row["one_name"], row["other_name"]]), times=number(row["times"]), all=number(round(row["times"] / row["share"])))
    without = [name for name, definition in ((row["one_name"], row["one_definition"]), (row["other_name"], row["other_definition"])) if absent(definition)]
    if without:
        text += " " + count("{names} has no definition yet.", "{names} have no definition yet.", len(without), names=quoted(without))
    return Finding(text, "bad", "counted", READERS)


def assisted(tried: pd.DataFrame) -> Finding | None:
    """What proposals by words are worth."""
    if tried.empty or absent(tried.iloc[0]["share"]):
        return None
    every, sure = tried.iloc[0], tried.iloc[1]
    text = say("Tried on {n} that a person has coded, the proposal by words was the same in {share}, between {low} and {high}; always naming the largest theme would be right in {most}.",
               n=count("{n} comment", "{n} comments", int(every["tried"])), share=share(every["share"]), low=share(every["low"]), high=share(every["high"]), most=share(every["most_used"]))
    if not absent(sure["share"]):
        text += " " + say("Where it was fairly sure, in {share}.", share=share(sure["share"]))
    return Finding(text, "plain" if every["low"] > every["most_used"] else "bad", "estimated", CODED)


def evidence(rows: pd.DataFrame) -> Finding | None:
    """Behind which themes the evidence is strong, and behind which it is thin."""
    shown = rows[~rows["hidden"].astype(bool)]
    if shown.empty:
        return None
    strong, thin = shown[shown["strength"] == "strong"], shown[shown["strength"] == "thin"]
    parts = [say("The evidence is strong for {names}.", names=quoted(strong["theme_name"], most=3)) if len(strong) else say("For no theme is the evidence strong.")]
    if len(thin):
        parts.append(say("It is thin for {names}.", names=quoted(thin["theme_name"], most=3)))
    return Finding(" ".join(parts), "plain", "counted", ROOMS)


def unlinked(rows: pd.DataFrame) -> list[Finding]:
    """Which entries name no consultation, and which consultations left no entry."""
    found = []
    if rows.empty:
        return found
    row = rows.iloc[0]
    if row["loose"]:
        found.append(Finding(count("{n} entry from a focus group or an interview names no consultation, so it cannot be counted as evidence from a room.",
                                   "{n} entries from focus groups and interviews name no consultation, so they cannot be counted as evidence from a room.", int(row["loose"])), "unknown", "counted", ROOMS[:2]))
    if row["silent"]:
        found.append(Finding(count("{n} consultation was held of which nothing was put down in the log.", "{n} consultations were held of which nothing was put down in the log.",
                                   int(row["silent"])), "bad", "counted", ROOMS[:2]))
    return found
