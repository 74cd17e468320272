"""Tables of feedback: how it is answered, what it is about, and what may be shown of it."""

from __future__ import annotations

import pandas as pd

from planning.methods.redaction import MARKS
from planning.show.language import between, count, number, say, share
from planning.show.records import Column, Table

KINDS = {"focus group": "Focus group", "interview": "Interview", "forum": "Forum", "in person": "Talk in person"}
UNREAD = "Not shown: nobody has confirmed it yet"


def closure(rows: pd.DataFrame, *, by: str, days: int) -> Table:
    """How far the loop is closed, by channel or by theme."""
    columns = (Column("part", {"channel": "Channel", "theme": "Theme"}[by]), Column("entries", "Entries", "whole"), Column("share", "Answered", "share"),
               Column("in_time", say("Within {days} days", days=number(days)), "share"), Column("median_days", "Median days to answer", "number"),
               Column("half", "Half of all after (days)", "whole"), Column("interval", "95% interval", "points"),
               Column("old", say("Open over {days} days", days=number(days)), "whole"), Column("oldest", "Oldest waits (days)", "whole"))
    caption = {"channel": say("How far the loop is closed, by channel"), "theme": say("How far the loop is closed, by theme")}[by]
    note = say("Median: of what was answered. Half of all: with what still waits counted in; a dash where half are not answered yet.") + " " + _hidden(rows)
    shown = rows.assign(interval=[between(row.half_low, row.half_high) for row in rows.itertuples()])
    return Table(f"feedback_by_{by}", shown, columns, caption, note.strip())


def _hidden(rows: pd.DataFrame) -> str:
    n = int(rows["hidden"].sum())
    return count("{n} row has too few entries and is not shown.", "{n} rows have too few entries, or would give away one that has, and are not shown.", n) if n else ""


def severity(rows: pd.DataFrame, *, days: int) -> Table:
    """Wishes and complaints by how much they hinder people."""
    columns = (Column("severity", "Severity"), Column("entries", "Wishes and complaints", "whole"), Column("share", "Answered", "share"), Column("open", "Open", "whole"),
               Column("old", say("Open over {days} days", days=number(days)), "whole"), Column("oldest", "Oldest waits (days)", "whole"))
    return Table("feedback_severity", rows.assign(severity=rows["severity"].where(rows["severity"].notna(), say("not put down"))), columns,
                 say("Wishes and complaints by how much they hinder people"), "Severity was decided by a person who read the entry. Praise is left out.")


def load(rows: pd.DataFrame, *, days: int) -> Table:
    """What each role has to answer."""
    columns = (Column("owner_name", "Who should answer"), Column("entries", "Entries", "whole"), Column("open", "Open", "whole"),
               Column("old", say("Open over {days} days", days=number(days)), "whole"), Column("high", "Open, high severity", "whole"), Column("oldest", "Oldest waits (days)", "whole"))
    shown = rows.assign(owner_name=rows["owner_name"].where(rows["owner_name"].notna(), say("nobody named")))
    return Table("feedback_load", shown, columns, say("What each role has to answer, most open first"), most=8)


def tones(rows: pd.DataFrame) -> Table:
    """What people praise, wish and complain about."""
    columns = (Column("part", "Theme"), Column("entries", "Entries", "whole"), Column("praise", "Praise", "whole"), Column("wish", "Wishes", "whole"),
               Column("complaint", "Complaints", "whole"))
    note = "A dash: too few entries to be shown, or a group that would give them away. Entries whose tone was not put down count in the first column only."
    return Table("feedback_tones", rows, columns, say("What people talk about"), note)


def said_and_done(rows: pd.DataFrame) -> Table:
    """What people said, and what the library did."""
    columns = (Column("comment", "You said"), Column("response", "We did"), Column("theme_name", "Theme"), Column("closed", "Answered", "day"), Column("days", "After days", "whole"))
    note = "Wishes and complaints in the words of the log, read and confirmed by a person. Who said it is left out; a mark in brackets stands where something was cut."
    shown = rows.assign(comment=_marked(rows["comment"]), response=_marked(rows["response"]))
    return Table("you_said_we_did", shown, columns, say("You said, we did: newest answers first"), note, most=6)


def waiting(rows: pd.DataFrame) -> Table:
    """What nobody has answered yet."""
    columns = (Column("comment", "You said"), Column("severity", "Severity"), Column("theme_name", "Theme"), Column("channel", "Came in by"), Column("days", "Waiting days", "whole"),
               Column("owner_name", "Who should answer"))
    shown = rows.assign(comment=_marked(rows["comment"].where(rows["comment"].notna(), say(UNREAD))))
    return Table("feedback_waiting", shown, columns, say("Wishes and complaints without an answer: high severity first, then longest wait"), most=8)


def _marked(texts: pd.Series) -> list[str | None]:
    """The texts with the marks of what was cut in the language in use."""
    marks = {mark: say(mark) for mark in MARKS.values()}
    return [_in_language(text, marks) if isinstance(text, str) else None for text in texts]


def _in_language(text: str, marks: dict[str, str]) -> str:
    for mark, told in marks.items():
        text = text.replace(mark, told)
    return text


def clearance(rows: pd.DataFrame) -> Table:
    """Comments that a person should read before they are shown."""
    open_ones = rows[rows["state"] != "shown"]
    columns = (Column("feedback", "Entry", "id"), Column("date", "Came in", "day"), Column("state", "State"), Column("kinds", "Found in it"))
    kinds = [", ".join(say(kind) for kind in found.split(", ")) if found else None for found in open_ones["found"]]
    note = "The patterns miss much: first names alone, nicknames, names in small letters. A comment in which nothing was found has to be read all the same."
    return Table("feedback_to_confirm", open_ones.assign(kinds=kinds), columns, say("Comments to be read and confirmed in feedback.csv"), note, most=12)


def quotes(rows: pd.DataFrame) -> Table:
    """One comment a theme in the words that people use."""
    columns = (Column("theme_name", "Theme"), Column("comment", "In the words of one"), Column("tone", "Tone"), Column("comments", "Chosen from", "whole"))
    return Table("feedback_quotes", rows, columns, say("In their words: the comment of each theme that is most like the others"), "Chosen by shared words among confirmed comments; it shows how people speak, not how many think so.")


def by_theme(rows: pd.DataFrame) -> Table:
    """On which themes two readers agree least."""
    columns = (Column("theme_name", "Theme"), Column("used", "Times given", "whole"), Column("agreement", "Other reader agrees", "share"), Column("definition", "Definition"))
    return Table("theme_agreement", rows, columns, say("On which themes readers agree, least first"), "Times given: by both readers of a pair together. A dash: too few to be shown.")


def confused(rows: pd.DataFrame) -> Table:
    """Themes that readers take for each other."""
    columns = (Column("pair", "Taken for each other"), Column("times", "Times", "whole"), Column("share", "Of disagreements", "share"), Column("definitions", "Definitions"))
    shown = rows[~rows["hidden"].astype(bool)]
    pairs = [say("{one} and {other}", one=row.one_name, other=row.other_name) for row in shown.itertuples()]
    told = [" / ".join(str(text) for text in (row.one_definition, row.other_definition) if isinstance(text, str)) or None for row in shown.itertuples()]
    return Table("themes_confused", shown.assign(pair=pairs, definitions=told), columns, say("Themes that readers take for each other, most often first"), most=2)


def growth(rows: pd.DataFrame) -> Table:
    """Themes in this half-year and the one before."""
    columns = (Column("theme_name", "Theme"), Column("before", "Half-year before", "whole"), Column("now", "Last half-year", "whole"), Column("share_before", "Share before", "share"),
               Column("share_now", "Share now", "share"), Column("interval", "Change, 95% interval (points)", "points"), Column("verdict", "Beyond chance"))
    spans = [between(100 * row.low, 100 * row.high, _points) for row in rows.itertuples()]
    verdicts = [None if row.hidden else say("yes") if row.clear else say("too few") if row.few else say("no") for row in rows.itertuples()]
    return Table("theme_growth", rows.assign(interval=spans, verdict=verdicts), columns, say("Themes in the last half-year and the one before"),
                 "Entries and their share of all coded entries of that half-year. A dash: too few to be shown.")


def _points(value: float) -> str:
    return number(round(value), 0)


def proposals(rows: pd.DataFrame) -> Table:
    """Themes proposed for entries that nobody has coded."""
    columns = (Column("feedback", "Entry", "id"), Column("date", "Came in", "day"), Column("theme_name", "Proposed theme"), Column("sure", "How sure"), Column("words", "By the words"))
    shown = rows.assign(words=rows["words"].where(rows["words"] != "", None), sure=[say(word) for word in rows["sure"]])
    return Table("theme_proposals", shown, columns, say("Entries without a theme, and a proposal for each"),
                 "A proposal counts nowhere until a person writes the theme into feedback.csv. Only words that others use too are shown.", most=12)


def evidence(rows: pd.DataFrame) -> Table:
    """How strong the evidence behind each theme is."""
    columns = (Column("theme_name", "Theme"), Column("strength", "Evidence"), Column("consultations", "Consultations, at least", "whole"), Column("people", "People in the room", "whole"),
               Column("channels", "Channels, of six", "whole"))
    return Table("theme_evidence", rows, columns, say("How strong the evidence behind each theme is, from patrons and staff"),
                 "People in the room: all who sat there, not those who said it. A dash: too few entries to be shown.")


def held(rows: pd.DataFrame) -> Table:
    """The consultations, what was asked, and what came up."""
    columns = (Column("what", "Consultation"), Column("date", "Day", "day"), Column("people", "People", "whole"), Column("questions", "What was asked"), Column("theme_names", "What came up"), Column("notes", "To know"))
    names = [say("{kind} with {segment}", kind=say(KINDS[row.kind]), segment=row.segment_name) if isinstance(row.segment_name, str) else say("{kind} with {group}", kind=say(KINDS[row.kind]), group=say(row.group))
             for row in rows.itertuples()]
    n = int(rows["hidden"].sum())
    note = count("{n} talk with a few people is listed without its day and its content.", "{n} talks with a few people are listed without their days and their content.", n) if n else ""
    asked = [text.replace("\n", " ") if isinstance(text, str) else None for text in rows["questions"]]
    return Table("consultations", rows.assign(what=names, questions=asked, notes=_marked(rows["notes"])), columns, say("Where the library sat down with patrons and staff"), note, most=12)


def ranked(rows: pd.DataFrame) -> Table:
    """Themes by the number of entries about them."""
    columns = (Column("place", "Place", "whole"), Column("theme_name", "Theme"), Column("entries", "Entries", "whole"), Column("share", "Of those coded", "share"), Column("interval", "95% interval", "points"))
    spans = [between(row.low, row.high, share) for row in rows.itertuples()]
    return Table("themes_ranked", rows.assign(interval=spans), columns, say("Themes by the number of entries about them"), _hidden(rows))


def quarters(rows: pd.DataFrame, *, days: int) -> Table:
    """The loop quarter by quarter."""
    columns = (Column("period", "Quarter", "period"), Column("came_in", "Came in", "whole"), Column("answered", "Answered", "whole"), Column("open", "Open at its end", "whole"),
               Column("in_time", say("Answered within {days} days", days=number(days)), "share"))
    note = "" if rows["whole"].all() else say("The last quarter still runs.")
    return Table("feedback_quarters", rows, columns, say("What came in and what was answered, quarter by quarter"), note)
