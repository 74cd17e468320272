"""Tables of step 4 about surveys."""

from __future__ import annotations

import pandas as pd

from planning.show.language import absent, between, count, listed, number, say, share, signed
from planning.show.records import Column, Table

CLAIMS = {"open": "whoever wanted to: no margin", "not told": "not put down how: no margin", "too many": "more answers than people: no margin", "no answers": "no answer names it"}
ROUNDED = "Points are taken before rounding."
CHOSEN = {"everyone": "everyone asked", "chance": "drawn by lot", "open": "open to all"}


def hidden_note(rows: pd.DataFrame) -> str:
    """How many rows are not shown because too few answered."""
    n = int(rows["hidden"].astype(bool).sum())
    return count("{n} row has too few answers and is not shown.", "{n} rows have too few answers, or would give away one that has, and are not shown.", n) if n else ""


def points(value: float) -> str | None:
    """A difference of shares in points.

    >>> points(0.157), points(-0.04)
    ('+16', '−4')
    """
    return None if absent(value) else signed(round(100 * value), 0)


def agreement(rows: pd.DataFrame) -> Table:
    """Every statement with its whole spread of answers."""
    columns = (Column("text", "Statement"), Column("who", "Asked of"), Column("n", "Answers", "whole"), Column("agree", "Agree", "share"), Column("interval", "95% interval", "points"),
               Column("strongly_agree", "Strongly", "share"), Column("neutral", "Neither", "share"), Column("disagree", "Disagree", "share"), Column("strongly_disagree", "Strongly", "share"),
               Column("median", "Median", "number"), Column("mean", "Mean", "number", 1))
    told = rows.assign(interval=[between(low, high, share) for low, high in zip(rows["low"], rows["high"])], who=[say(group) for group in rows["group"]])
    note = say("Median and mean are points from 1 to 5. The mean takes the steps between the answers as equal, which nobody knows; compare it only with itself.")
    return Table("survey_agreement", told, columns, say("Agreement with each statement, least first"), " ".join(part for part in (note, hidden_note(rows)) if part), most=40)


def response(rows: pd.DataFrame) -> Table:
    """Every survey with who was asked, who answered, and what that allows."""
    columns = (Column("survey_name", "Survey"), Column("end", "Until", "day"), Column("who", "Who was asked"), Column("people", "Speaks for", "whole"),
               Column("invited", "Asked", "whole"), Column("answered", "Answered", "whole"), Column("rate", "Response", "share"), Column("within", "Margin"))
    who = [say(row.group) if absent(row.chosen) else say("{group}, {how}", group=say(row.group), how=say(CHOSEN[row.chosen])) for row in rows.itertuples()]
    told = rows.assign(who=who, within=[_margin(row) for row in rows.itertuples()])
    note = say("The margin is that of a share of one half by chance alone, corrected for how many people there are. It knows nothing of those who did not answer.")
    return Table("survey_response", told, columns, say("Who was asked, and who answered"), note, most=12)


def _margin(row: object) -> str:
    if row.claim != "chance":
        return say(CLAIMS[row.claim])
    return say("everyone answered") if row.margin == 0 else say("±{n} points", n=number(100 * row.margin, 0 if row.margin >= 0.01 else 1))


def planner(rows: pd.DataFrame) -> Table:
    """How many answers each group's survey needs."""
    columns = (Column("survey_name", "Survey"), Column("people", "Speaks for", "whole"), Column("answered", "Answered", "whole"), Column("within_10", "For ±10 points", "whole"),
               Column("within_5", "For ±5 points", "whole"), Column("within_3", "For ±3 points", "whole"), Column("invite_5", "To ask for ±5", "whole"))
    note = say("Answers from people drawn by lot. To ask for ±5: at the response of the last time. A group that is to be read on its own needs as many again.")
    return Table("survey_planner", rows, columns, say("How many answers the next survey needs"), note)


def composition(rows: pd.DataFrame) -> Table:
    """Who answered beside who there is."""
    columns = (Column("trait", "Trait"), Column("value", "Group"), Column("n", "Answered", "whole"), Column("share", "Of answers", "share"), Column("known", "Of all", "share"),
               Column("apart", "Points", "points"), Column("beyond", "Beyond chance"), Column("source", "Known from"))
    out = hidden_note(rows)
    note = out and say("{hidden} Shares are then those among the groups that are shown.", hidden=out)
    told = rows.assign(apart=[points(gap) for gap in rows["gap"]], beyond=rows["clear"].where(~rows["hidden"].astype(bool), None))
    return Table("survey_composition", told, columns, say("Who answered, beside who there is"), note, most=20)


def weights(rows: pd.DataFrame, margins: pd.DataFrame) -> Table:
    """Shares as answered and as weighted."""
    columns = (Column("text", "Statement or question"), Column("n", "Answers", "whole"), Column("plain", "As answered", "share"), Column("span", "95% interval", "points"),
               Column("weighted", "Weighted", "share"), Column("weighted_span", "95% interval", "points"), Column("change", "Points", "points"), Column("effective_n", "Worth answers", "whole"))
    told = rows.assign(span=[between(row.plain_low, row.plain_high, share) for row in rows.itertuples()], weighted_span=[between(row.low, row.high, share) for row in rows.itertuples()],
                       change=[points(value) for value in rows["moved"]])
    used = listed(margins.loc[margins["status"] == "used", "trait"].unique())
    out = int((rows["status"] != "weighted").sum())
    note = say("Weighted to the known shares of: {traits}. Worth answers: how many answers without weights would be as sure. Groups too small to be shown weigh as one.", traits=used)
    note += " " + say(ROUNDED) + (" " + count("{n} row has too few answers, or nobody of a group, to be weighted.", "{n} rows have too few answers, or nobody of a group, to be weighted.", out) if out else "")
    return Table("survey_weights", told, columns, say("Shares as answered, and as if those who answered were like all"), note, most=12)


def differences(rows: pd.DataFrame) -> Table:
    """Groups compared on every statement, surest differences first."""
    columns = (Column("text", "Statement or question"), Column("trait", "Compared by"), Column("low", "Lowest"), Column("high", "Highest"), Column("n", "Answers", "whole"),
               Column("size_told", "Difference"), Column("clear", "Beyond chance"))
    shown = rows[~rows["hidden"].astype(bool)].reset_index(drop=True)
    told = shown.assign(low=[say("{value}, {share} of {n}", value=row.lowest, share=share(row.lowest_good), n=number(row.lowest_n)) for row in shown.itertuples()],
                        high=[say("{value}, {share} of {n}", value=row.highest, share=share(row.highest_good), n=number(row.highest_n)) for row in shown.itertuples()], size_told=[say(word) for word in shown["size"]])
    note = count("{n} comparison was made; a difference counts as beyond chance only after correction for that.", "{n} comparisons were made; a difference counts as beyond chance only after correction for that.", len(shown))
    return Table("survey_differences", told, columns, say("Groups compared, surest difference first"), note, most=8)


def shares(rows: pd.DataFrame) -> Table:
    """Questions answered by yes or no or in steps of words."""
    columns = (Column("text", "Question"), Column("who", "Asked of"), Column("n", "Answers", "whole"), Column("good", "Share", "share"), Column("span", "95% interval", "points"), Column("counted", "Who said"))
    told = rows.assign(who=[say(group) for group in rows["group"]], span=[between(low, high, share) for low, high in zip(rows["low"], rows["high"])],
                       counted=[say("yes") if row.scale == "yes no" else row.counts or None for row in rows.itertuples()])
    note = hidden_note(rows)
    if ((rows["scale"] == "steps") & (rows["counts"] == "")).any():
        note = (note + " " + say("A dash under share: no step is marked as good in question_options.csv.")).strip()
    return Table("survey_shares", told, columns, say("Questions answered by yes or no, or in steps of words"), note, most=12)


def ticked(rows: pd.DataFrame) -> Table:
    """What was ticked, most first."""
    columns = (Column("block", "Question"), Column("text", "Option"), Column("n", "Answered", "whole"), Column("share", "Ticked", "share"), Column("span", "95% interval", "points"))
    told = rows.assign(span=[between(low, high, share) for low, high in zip(rows["low"], rows["high"])])
    return Table("survey_ticked", told, columns, say("What was ticked, most first"), say("Several could be ticked, so the shares add up to more than 100%.") if (rows.groupby("block")["share"].sum() > 1).any() else "", most=15)
