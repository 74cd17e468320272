"""Tables of a vote in the room."""

from __future__ import annotations

import pandas as pd

from planning.show.language import between, number, say
from planning.show.records import Column, Table

GROUPS = {"patrons": "Patrons", "leadership": "Leadership", "staff": "Staff", "partners": "Partners", "": "Did not say"}
REASONS = {"two camps": "Two camps", "divided": "Divided", "wide spread": "Wide spread", "minority": "A few see it otherwise", "few votes": "Few answers"}
SIDES = {"agree": "Agree", "disagree": "Disagree"}
MIDDLE = Column("median", "Middle", "number", 1)
MEAN = Column("mean", "Mean", "number", 1)


def summary(rows: pd.DataFrame, *, form: str, asked: dict[str, str] | None = None) -> Table:
    """Each option with the middle of the answers, the middle half and how far people lie apart."""
    shown = _asked(rows, asked).assign(half=[between(row.low, row.high, lambda value: number(value, 1)) for row in rows.itertuples()])
    measure = (Column("agreement", "Agreement (−1 to 1)", "number", 2),) if form in ("scales", "statements") else ()
    sides = (Column("high_n", "Agree", "whole"), Column("low_n", "Disagree", "whole")) if form == "statements" else (MEAN, MIDDLE, Column("half", "Middle half"))
    columns = (Column("name", "Option"), *_question(asked), Column("n", "People", "whole"), *sides, Column("spread", "Apart (0 to 1)", "number", 2), *measure)
    note = "Apart: how far two people lie apart on average, 0 all alike, 1 half of them on each end. An empty line had too few answers to be shown."
    if form in ("scales", "statements"):
        note += " Agreement: 1 all on one step, 0 as many on each step, −1 half on each end (van der Eijk)."
    return Table("room_summary", shown, columns, say("What the room said"), note, most=40)


def talk(rows: pd.DataFrame, *, asked: dict[str, str] | None = None) -> Table:
    """What to talk about, in order, with the reason."""
    shown = _asked(rows, asked).assign(why=[say(REASONS[reason]) for reason in rows["reason"]])
    columns = (Column("name", "Option"), *_question(asked), Column("why", "Why"), Column("n", "People", "whole"), MIDDLE, Column("spread", "Apart (0 to 1)", "number", 2))
    return Table("room_talk", shown, columns, say("What to talk about, in this order"), "Two camps are only told where answers at random would seldom part so clearly.", most=40)


def by_group(rows: pd.DataFrame, *, asked: dict[str, str] | None = None) -> Table:
    """What those said who speak as patrons, leadership, staff or partners."""
    shown = _asked(rows, asked).assign(who=[say(GROUPS.get(group, group)) for group in rows["group"]])
    columns = (Column("name", "Option"), *_question(asked), Column("who", "Speak as"), Column("n", "People", "whole"), MEAN, MIDDLE)
    return Table("room_groups", shown, columns, say("The same by whom people speak as"), "Small groups are hidden, and others with them where theirs could be worked out.", most=60)


def moved(rows: pd.DataFrame, *, asked: dict[str, str] | None = None) -> Table:
    """What changed between two votes."""
    words = {"closer": say("closer"), "wider": say("further apart"), "as before": say("as before"), "": None}
    shown = _asked(rows, asked).assign(became=[words[became] for became in rows["became"]])
    columns = (Column("name", "Option"), *_question(asked), Column("before", "First vote", "number", 1), Column("after", "Second vote", "number", 1),
               Column("shift", "Moved by", "signed", 1), Column("became", "People lie"), Column("settled", "Settled"), Column("again", "Vote again"))
    note = "Settled: the middle half spans a quarter of the scale or less. Vote again: not settled and still moving."
    return Table("room_moved", shown, columns, say("What moved between the two votes"), note, most=40)


def divides(rows: pd.DataFrame) -> Table:
    """What each group of opinion says that the others do not."""
    shown = rows.assign(view=[say(SIDES[side]) for side in rows["side"]])
    columns = (Column("group", "Group"), Column("people", "People", "whole"), Column("name", "Statement"), Column("view", "View"), Column("share", "Of the group", "share"),
               Column("others", "Of the others", "share"))
    return Table("room_divides", shown, columns, say("What sets the groups of opinion apart"), "The groups were found from these answers, so this describes them and proves nothing.")


def shared(rows: pd.DataFrame) -> Table:
    """How far each statement is shared by all groups of opinion."""
    columns = (Column("name", "Statement"), Column("n", "People", "whole"), Column("agree", "Agree", "share"), Column("disagree", "Disagree", "share"),
               Column("lowest", "Least in any group", "share"), Column("shared", "Shared (0 to 1)", "number", 2), Column("holds", "Holds in all"))
    note = ("Shared: the shares of all groups multiplied, so that a large group does not outvote a small one; of the side, agree or disagree, that is shared more. "
            "Holds: in each group at least 60% are on that side, counted with one more answer for each.")
    return Table("room_shared", rows, columns, say("What all groups of opinion share"), note, most=40)


def ideas(rows: pd.DataFrame) -> Table:
    """The ideas as they were written, like ones beside each other."""
    return Table("room_ideas", rows, (Column("text", "Idea"), Column("kind", "Kind"), Column("near", "Bundle", "whole")), say("The ideas, as they were written"), most=200)


def _asked(rows: pd.DataFrame, asked: dict[str, str] | None) -> pd.DataFrame:
    return rows.assign(question=[(asked or {}).get(one, one) for one in rows["asked"]])


def _question(asked: dict[str, str] | None) -> tuple[Column, ...]:
    return (Column("question", "Question"),) if asked and len(asked) > 1 else ()
