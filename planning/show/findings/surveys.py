"""Sentences of step 4 about surveys: what was answered, what changed, and who differs."""

from __future__ import annotations

import pandas as pd

from planning.methods.reliability import ENOUGH
from planning.show.language import absent, count, inside, listed, number, quoted, say, share, signed
from planning.show.records import Finding

GROUPS = {"patrons": "Patrons", "leadership": "Members of leadership", "staff": "Staff", "partners": "Partners"}
ASKED = ("questions", "answers")
WAVES = (*ASKED, "surveys")
TRAITS = (*ASKED, "traits")
FEW = 20
"""Of fewer answers than this a share is told in numbers of people and not in per cent."""


def bare(text: str) -> str:
    """A question or statement as it stands within a sentence: without its own last stop.

    >>> bare("I found what I came for. ")
    'I found what I came for'
    """
    return str(text).rstrip(".?! ")


def agreed(agreement: pd.DataFrame, *, group: str = "") -> Finding | None:
    """What one group, or everyone asked, agrees with least and most."""
    shown = agreement[~agreement["hidden"].astype(bool)]
    shown = shown[shown["group"] == group] if group else shown
    if shown.empty:
        return None
    who = say(GROUPS[group]) if group else say("People")
    low, top = shown.iloc[0], shown.iloc[-1]
    if len(shown) == 1:
        few = say("“{statement}”: {share} {group} agree, between {low} and {high}.", group=say(low["group"]), statement=bare(low["text"]), **_interval(low))
        text = few if low["n"] < FEW else say("“{statement}”: {share} of {group} agree, between {low} and {high}.", group=say(low["group"]), statement=bare(low["text"]), **_interval(low))
    elif share(low["agree"]) == share(top["agree"]):
        text = (say("{who} agree alike with both statements: {share}.", who=who, share=share(low["agree"])) if len(shown) == 2
                else say("{who} agree alike with all {n} statements: {share}.", who=who, n=number(len(shown)), share=share(low["agree"])))
    else:
        text = say("{who} agree least with “{statement}”: {share}, between {low} and {high}.", who=who, statement=bare(low["text"]), **_interval(low))
        text += " " + say("They agree most with “{statement}”: {share}, between {low} and {high}.", statement=bare(top["text"]), **_interval(top))
    return Finding(text, "bad" if low["high"] < 0.5 else "good" if low["low"] > 0.5 else "plain", "estimated", ASKED)


def by_group(agreement: pd.DataFrame) -> list[Finding | None]:
    """What each group agrees with least and most, the group with most answers first."""
    sizes = agreement.groupby("group")["n"].max().dropna().sort_values(ascending=False, kind="stable")
    return [agreed(agreement, group=group) for group in sizes.index]


def _interval(row: pd.Series) -> dict[str, str]:
    return {"share": portion(row["agree"], row["n"]), "low": share(row["low"]), "high": share(row["high"])}


def portion(part: float, n: float) -> str:
    """A share in per cent, and of few answers in numbers.

    >>> portion(0.36, 218), portion(0.2222, 9)
    ('36%', '2 of 9')
    """
    return say("{part} of {n}", part=number(round(part * n)), n=number(n)) if n < FEW else share(part)


def divided(by_segment: pd.DataFrame, question: str) -> Finding | None:
    """Which segments clearly differ from everyone on one statement."""
    rows = by_segment[(by_segment["question"] == question) & ~by_segment["hidden"].astype(bool)]
    if rows.empty:
        return None
    clear = rows[rows["clear"]]
    if clear.empty:
        text = say("On “{statement}”, no segment differs from everyone by more than chance could explain.", statement=bare(rows.iloc[0]["text"]))
        return Finding(text, "plain", "estimated", (*ASKED, "segments"))
    parts = [say("{share} among {segment}", share=share(row.agree), segment=row.segment_name) for row in clear.itertuples()]
    text = say("On “{statement}”, agreement clearly differs from the {everyone} of all who answered: {parts}.", statement=bare(clear.iloc[0]["text"]),
               everyone=share(clear.iloc[0]["everyone"]), parts=listed(parts, most=4))
    return Finding(text, "bad" if (clear["agree"] < clear["everyone"]).any() else "plain", "estimated", (*ASKED, "segments"))


def recommended(scores: pd.DataFrame) -> list[Finding]:
    """The promoter score of each question on recommending."""
    shown = scores[~scores["hidden"].astype(bool)]
    return [_score(row) for row in shown.sort_values(["n", "question"], ascending=[False, True]).itertuples()]


def _score(row: object) -> Finding:
    text = say("{group} give a promoter score of {score} to “{statement}”; {n} answers put it between {low} and {high}.", statement=bare(row.text),
               group=say(GROUPS[row.group]), score=signed(round(row.score), 0), n=number(row.n),
               low=signed(round(row.low), 0), high=signed(round(row.high), 0))
    return Finding(text, "good" if row.low > 0 else "bad" if row.high < 0 else "plain", "estimated", ASKED)


def changed(changes: pd.DataFrame) -> Finding | None:
    """What changed since the survey before by more than chance could explain."""
    shown = changes[~changes["hidden"].astype(bool)]
    if shown.empty:
        return None
    clear = shown[shown["clear"]]
    if clear.empty:
        text = count("The one question that was asked again gave no other share than before, but for what chance can do.",
                     "None of the {n} shares that were asked about again has changed by more than chance could explain.", len(shown))
        return Finding(text, "plain", "estimated", WAVES)
    parts = [_way(row) for row in clear.head(3).to_dict("records")]
    more = count("; {n} more also changed", "; {n} more also changed", len(clear) - 3) if len(clear) > 3 else ""
    rest = len(shown) - len(clear)
    text = count("Since the survey before, {n} share has changed by more than chance: {parts}{more}.", "Since the survey before, {n} shares have changed by more than chance: {parts}{more}.",
                 len(clear), parts=listed(parts), more=more)
    if rest:
        text += " " + count("The other {n} has not.", "The other {n} have not.", rest)
    judged = clear[clear["scale"] != "yes no"]  # a yes can be good news or bad
    fell, rose = (judged["difference"] < 0).any(), (judged["difference"] > 0).any()
    return Finding(text, "plain" if fell == rose else "bad" if fell else "good", "estimated", WAVES)


def _way(row: dict[str, object]) -> str:
    said = {"statement": bare(row["text"]), "before": share(row["earlier_share"]), "after": share(row["later_share"])}
    return say("“{statement}” fell from {before} to {after}", **said) if row["difference"] < 0 else say("“{statement}” rose from {before} to {after}", **said)


def paired(pairs: pd.DataFrame) -> list[Finding]:
    """How the same people answered before and after, one sentence a question."""
    return [_pair(row) for row in pairs[~pairs["hidden"].astype(bool)].to_dict("records")]


def _pair(row: dict[str, object]) -> Finding:
    said = {"statement": bare(row["text"]), "rose": number(row["rose"]), "fell": number(row["fell"]), "stayed": number(row["stayed"])}
    text = count("“{statement}”: the one person asked twice cannot be shown.",
                 "“{statement}”: of {n} people who were asked before too, {rose} stood higher, {fell} lower and {stayed} the same.", int(row["n"]), **said)
    text += " " + (say("That is more than chance.") if row["clear"] else say("That is no more than chance can do."))
    if row["gap_days"] == 0:
        text += " " + say("Both were asked on one day, so the first is a memory.")
    better = row["difference"] > 0
    return Finding(text, "plain" if not row["clear"] else "good" if better else "bad", "estimated", ASKED)


def apart(differences: pd.DataFrame) -> Finding | None:
    """How many comparisons of groups show a difference beyond chance, and which besides the surest, of which `parted` tells."""
    shown = differences[~differences["hidden"].astype(bool)]
    if shown.empty:
        return None
    clear = shown[shown["clear"].astype(bool)]
    if clear.empty:
        return None
    text = count("Of {all} comparisons of groups, {n} shows a difference beyond chance.", "Of {all} comparisons of groups, {n} show a difference beyond chance.", len(clear), all=number(len(shown)))
    others = [_parting(row) for row in clear.iloc[1:3].to_dict("records")]
    if others:
        text += " " + count("Besides the surest there is one {parts}.", "Besides the surest there are those {parts}.", len(others), parts=say("; ").join(others))
    even = [inside(trait) for trait in dict.fromkeys(shown["trait"]) if trait not in set(clear["trait"])]
    if even:
        text += " " + say("By {traits} nothing differs clearly.", traits=listed(even))
    return Finding(text, "bad" if _low(clear) else "plain", "estimated", TRAITS)


def _low(rows: pd.DataFrame) -> bool:
    """Whether a group stands low on a statement; a yes or no can be either."""
    return bool(((rows["lowest_good"] < 0.5) & (rows["scale"] != "yes no")).any())


def _parting(row: dict[str, object]) -> str:
    said = {"trait": inside(row["trait"]), "statement": bare(row["text"])}
    if row["highest_good"] - row["lowest_good"] < 0.05:
        return say("by {trait} on “{statement}”, in how strongly people answered", **said)
    return say("by {trait} on “{statement}”, from {low} ({lowest}) to {high} ({highest})", **said, low=share(row["lowest_good"]), lowest=row["lowest"], high=share(row["highest_good"]), highest=row["highest"])


def parted(differences: pd.DataFrame) -> Finding | None:
    """The surest difference of all comparisons, and whether it is more than chance."""
    shown = differences[~differences["hidden"].astype(bool)]
    if shown.empty:
        return None
    row = shown.iloc[0]
    said = {"statement": bare(row["text"]), "trait": inside(row["trait"]), "low": share(row["lowest_good"]), "lowest": row["lowest"], "high": share(row["highest_good"]), "highest": row["highest"]}
    if row["clear"]:
        text = say("On “{statement}” groups differ most surely by {trait}: from {low} ({lowest}) to {high} ({highest}), which is more than chance.", **said)
    else:
        if share(row["highest_good"]) == share(row["lowest_good"]):
            text = count("In the one comparison of groups no difference shows beyond chance.", "In {n} comparisons of groups no difference shows beyond chance.", len(shown))
            return Finding(text, "plain", "estimated", TRAITS)
        text = count("The one comparison is by {trait} on “{statement}”, from {low} ({lowest}) to {high} ({highest}), and that is no more than chance can do.",
                     "The surest of {n} differences is by {trait} on “{statement}”, from {low} ({lowest}) to {high} ({highest}), and even that is no more than chance can do.", len(shown), **said)
    return Finding(text, "bad" if row["clear"] and _low(shown.head(1)) else "plain", "estimated", TRAITS)


def silent(unanswered: pd.DataFrame) -> Finding | None:
    """Which questions nobody has answered."""
    if unanswered.empty:
        return None
    text = count("Nobody has answered {names}. Ask it, or take it out of the form.", "Nobody has answered {n} questions: {names}. Ask them, or take them out of the form.",
                 len(unanswered), names=quoted([bare(text) for text in unanswered["text"]], most=3))
    return Finding(text, "unknown", "counted", ASKED)


def said_yes(shares: pd.DataFrame) -> Finding | None:
    """What fewest and most said yes to."""
    shown = shares[(shares["scale"] == "yes no") & ~shares["hidden"].astype(bool)]
    if shown.empty:
        return None
    low, top = shown.iloc[0], shown.iloc[-1]
    text = (say("“{question}”: {share} said yes, between {low} and {high}.", **_yes(low)) if len(shown) == 1
            else say("Of {n} questions none got more yes than another: {share} each.", n=number(len(shown)), share=share(low["good"])) if share(low["good"]) == share(top["good"])
            else say("Fewest said yes to “{question}”: {share}, between {low} and {high}.", **_yes(low)) + " " + say("Most said yes to “{question}”: {share}, between {low} and {high}.", **_yes(top)))
    return Finding(text, "plain", "estimated", ASKED)


def _yes(row: pd.Series) -> dict[str, str]:
    told = portion(row["good"], row["n"]) if row["n"] < FEW else say("{share} of {n}", share=share(row["good"]), n=number(row["n"]))
    return {"question": bare(row["text"]), "share": told, "low": share(row["low"]), "high": share(row["high"])}


def ticked(ticked: pd.DataFrame) -> list[Finding]:
    """What most and fewest ticked, one sentence a question with several options."""
    found = []
    for (block, group), rows in ticked[~ticked["hidden"].astype(bool)].groupby(["block", "group"], sort=False):
        first, last = rows.iloc[0], rows.iloc[-1]
        said = {"block": bare(block), "group": inside(say(GROUPS[group])), "n": number(first["n"]), "first": first["text"], "most": share(first["share"])}
        text = (say("“{block}”: of {n} {group}, {most} ticked “{first}”.", **said) if len(rows) == 1
                else say("“{block}”: of {n} {group}, {most} ticked each of the {all} options.", **said, all=number(len(rows))) if share(first["share"]) == share(last["share"])
                else say("“{block}”: of {n} {group}, most ticked “{first}” ({most}), fewest “{last}” ({least}).", **said, last=last["text"], least=share(last["share"])))
        found.append(Finding(text, "plain", "estimated", ASKED))
    return found


def together(together: pd.DataFrame) -> list[Finding]:
    """Whether the statements on a topic may be read as one figure."""
    return [_topic(row) for row in together[~together["hidden"].astype(bool)].to_dict("records")]


def _topic(row: dict[str, object]) -> Finding:
    said = {"group": say(GROUPS[row["group"]]), "topic": say(row["topic"]), "items": number(row["items"]), "n": number(row["n"]), "alpha": signed(row["alpha"], 2).removeprefix("+"),
            "weakest": bare(row["weakest"])}
    if absent(row["alpha"]):
        text = say("{group} on {topic}: all gave the same sum, so nobody can say whether the {items} statements measure one thing.", **said)
        return Finding(text, "unknown", "estimated", ASKED)
    if row["enough"]:
        text = say("{group} on {topic}: the {items} statements go together (alpha {alpha}, {n} people), so they may be read as one.", **said)
        return Finding(text, "good", "estimated", ASKED)
    if row["high"] >= ENOUGH:
        text = say("{group} on {topic}: whether the {items} statements measure one thing cannot be told from {n} people who answered them all (alpha {alpha}). Read them one by one.", **said)
        return Finding(text, "unknown", "estimated", ASKED)
    text = say("{group} on {topic}: the {items} statements do not measure one thing (alpha {alpha}, {n} people). Read them one by one; “{weakest}” goes least with the others.", **said)
    return Finding(text, "plain", "estimated", ASKED)
