"""Sentences of step 3: the register of partners, its growth, the health of each partnership, and whom to think of."""

from __future__ import annotations

import pandas as pd

from planning.show.language import count, day, listed, number, quoted, say, share
from planning.show.records import Finding

ROLES = {"mentor": "mentoring", "round table": "a round table", "referral": "referral", "delivers": "running a service together", "hosts": "giving a place",
         "promotes": "promoting", "funds": "funding", "advises": "advising"}
KINDS = 7


def stale(entries: pd.DataFrame) -> Finding | None:
    """Entries of the register that nobody checked, or not lately."""
    due = entries[entries["check"] != "ended"]
    if due.empty:
        return None
    every = count("{n} active partner or prospect", "{n} active partners and prospects", len(due))
    never, old = due[due["check"] == "never checked"], due[due["check"] == "stale"]
    parts = []
    if len(never):
        parts.append(count("the entry of {n} was never checked ({names})", "the entries of {n} were never checked ({names})", len(never), names=listed(never["partner_name"], most=3)))
    if len(old):
        first = old.iloc[0]
        parts.append(count("that of {n} was last checked too long ago ({name}, on {day})", "those of {n} were last checked too long ago (longest ago {name}, on {day})",
                           len(old), name=first["partner_name"], day=day(first["checked"])))
    if not parts:
        return Finding(say("The register is up to date: the entry of each of {partners} was checked lately.", partners=every), "good", "counted", ("partners",))
    return Finding(say("Of {partners}, {parts}.", partners=every, parts=listed(parts)), "bad", "counted", ("partners",))


def roles(roles: pd.DataFrame) -> Finding | None:
    """Roles that no active partner plays, and roles that rest on one."""
    if roles.empty:
        return None
    nobody, one = (roles[roles["rests"] == rests] for rests in ("nobody", "one partner"))
    parts = []
    if len(nobody):
        parts.append(count("{n} is played by no active partner ({names})", "{n} are played by no active partner ({names})", len(nobody), names=_roles(nobody)))
    if len(one):
        carried = [say("{roles} on {name}", roles=_roles(own), name=name) for name, own in one.groupby("names", sort=False)]
        parts.append(count("{n} rests on one partner alone ({names})", "{n} rest on one partner alone ({names})", len(one), names=say("; ").join(carried)))
    recorded, active = int(roles["recorded"].iloc[0]), int(roles["active"].iloc[0])
    more = "" if recorded == active else " " + say("Roles are recorded for {n} of {all} active partners.", n=number(recorded), all=number(active))
    if not parts:
        return Finding(say("Each of the {n} roles is played by two active partners or more.", n=len(roles)) + more, "good", "counted", ("partners", "partner_roles"))
    text = say("Of the {all} roles, {parts}.", all=len(roles), parts=listed(parts))
    return Finding(text + more, "bad" if len(nobody) else "plain", "counted", ("partners", "partner_roles"))


def _roles(rows: pd.DataFrame) -> str:
    return listed(say(ROLES[role]) for role in rows["role"])


def growth(growth: pd.DataFrame) -> Finding | None:
    """How the number of active partners moved over the last fiscal year and over all that are shown."""
    if growth.empty:
        return None
    open_ones = growth[growth["active"].isna()]
    if len(open_ones):
        names = listed(sorted({name for text in open_ones["unclear"] for name in text.split("; ")}), most=3)
        text = count("How many partners were active cannot be counted for {n} of {all} year-ends: a first or a last day is not recorded, or not possible, for {names}.",
                     "How many partners were active cannot be counted for {n} of {all} year-ends: a first or a last day is not recorded, or not possible, for {names}.",
                     len(open_ones), all=len(growth), names=names)
        return Finding(text, "unknown", "counted", ("partners",))
    last = growth.iloc[-1]
    when = say("At the end of fiscal year {year}", year=last["fiscal_year"]) if last["complete"] else say("On {day}, in fiscal year {year}", day=day(last["end"]), year=last["fiscal_year"])
    text = count("{when}, {n} partner was active", "{when}, {n} partners were active", int(last["active"]), when=when)
    if len(growth) == 1:
        return Finding(text + ".", "plain", "counted", ("partners",))
    return Finding(text + say(", {step}.", step=_step(last)) + " " + _since(growth), "good" if last["change"] > 0 else "bad" if last["change"] < 0 else "plain", "counted", ("partners",))


def _step(last: pd.Series) -> str:
    if not last["change"]:
        return say("as many as at the year-end before")
    size = number(abs(last["change"]))
    more = say("{n} more than at the year-end before", n=size) if last["change"] > 0 else say("{n} fewer than at the year-end before", n=size)
    return more if pd.isna(last["growth"]) else say("{more} ({share})", more=more, share=share(abs(last["growth"])))


def _since(growth: pd.DataFrame) -> str:
    first, after = growth.iloc[0], growth.iloc[1:]
    began = count("{n} partnership began", "{n} partnerships began", int(after["started"].sum()))
    return say("Since the end of fiscal year {year}, when there were {active}, {began} and {ended}.", year=first["fiscal_year"], active=number(first["active"]),
               began=began, ended=count("{n} ended", "{n} ended", int(after["ended"].sum())))


def health(standing: pd.DataFrame) -> Finding | None:
    """Partnerships that are rated worse or better than at first."""
    if not (standing["reviews"] > 0).any():
        return None
    seen = standing[standing["ours_change"].notna() | standing["theirs_change"].notna()]
    if seen.empty:
        return Finding(say("No partnership was rated in full twice by one side, so nobody can tell where any is heading."), "unknown", "counted", ("partner_reviews",))
    worse, better = (seen[seen["heading"] == heading] for heading in ("worse", "better"))
    every = count("{n} partnership that a side rated twice or more", "{n} partnerships that a side rated twice or more", len(seen))
    parts = []
    if len(worse):
        first = worse.loc[worse[["ours_change", "theirs_change"]].min(axis=1).sort_values(kind="stable").index[0]]
        parts.append(count("{n} is rated worse than at first ({name}, {moves})", "{n} are rated worse than at first (most of all {name}, {moves})",
                           len(worse), name=first["partner_name"], moves=_moves(first)))
    if len(better):
        parts.append(count("{n} better", "{n} better", len(better)) if parts else count("{n} is rated better than at first", "{n} are rated better than at first", len(better)))
    if not parts:
        parts.append(say("none is rated clearly better or worse than at first"))
    text = say("Of {partnerships}, {parts}.", partnerships=every, parts=listed(parts))
    weak = seen[seen["weak"]]
    if len(weak):
        text += " " + say("Rated by a side under 2.5 of 5 twice in a row: {names}.", names=listed(weak["partner_name"], most=2))
    return Finding(text, "bad" if len(worse) or len(weak) else "good" if len(better) else "plain", "estimated", ("partner_reviews", "partners"))


def _moves(row: pd.Series) -> str:
    sides = ((say("the library"), "ours"), (say("the partner"), "theirs"))
    return listed(say("from {first} to {last} by {side}", first=number(row[f"{name}_first"], 1), last=number(row[name], 1), side=side)
                  for side, name in sides if not pd.isna(row[f"{name}_change"]))


def sides(standing: pd.DataFrame) -> Finding | None:
    """Partnerships that the two sides see differently."""
    if not (standing["reviews"] > 0).any():
        return None
    both = standing[standing["apart"].notna()]
    if both.empty:
        return Finding(say("No partnership was rated in full by both sides within half a year, so nobody can tell whether they see it alike."), "unknown", "counted", ("partner_reviews",))
    apart = both[both["differ"]]
    every = count("{n} partnership that both sides rated", "{n} partnerships that both sides rated", len(both))
    if apart.empty:
        return Finding(say("Of {partnerships}, none is seen 2 points apart or more by its two sides.", partnerships=every), "good", "estimated", ("partner_reviews",))
    names = listed((_differs(row) for row in apart.itertuples()), most=3)
    text = count("Of {partnerships}, {n} is seen differently by its two sides, by 2 points or more: {names}.",
                 "Of {partnerships}, {n} are seen differently by their two sides, by 2 points or more: {names}.", len(apart), partnerships=every, names=names)
    return Finding(text, "bad", "estimated", ("partner_reviews",))


def _differs(row: object) -> str:
    lower = say("the library rates it lower") if row.gap < 0 else say("the partner rates it lower") if row.gap > 0 else say("equal on the whole")
    return say("{name} ({measure} by {points} points; {lower})", name=row.partner_name, measure=say(row.apart_on), points=number(row.apart), lower=lower)


def unreviewed(standing: pd.DataFrame) -> Finding | None:
    """Active partnerships that nobody reviewed, not lately, or only from one side."""
    if standing.empty:
        return None
    never, old = standing[standing["age"] == "never"], standing[standing["age"] == "old"]
    alone = standing[(standing["reviews"] > 0) & (standing["ours"].isna() ^ standing["theirs"].isna())]
    words = ((never, "{n} was never reviewed ({names})", "{n} were never reviewed ({names})"),
             (old, "the last review of {n} is too old ({names})", "the last reviews of {n} are too old ({names})"),
             (alone, "{n} was rated by one side alone ({names})", "{n} were rated by one side alone ({names})"))
    parts = [count(one, many, len(rows), names=listed(rows["partner_name"], most=3)) for rows, one, many in words if len(rows)]
    every = count("{n} active partnership", "{n} active partnerships", len(standing))
    if not parts:
        return Finding(say("Each of {partnerships} was reviewed by both sides lately.", partnerships=every), "good", "counted", ("partner_reviews", "partners"))
    return Finding(say("Of {partnerships}, {parts}.", partnerships=every, parts=listed(parts)), "bad" if len(never) or len(old) else "plain", "counted", ("partner_reviews", "partners"))


def depth(standing: pd.DataFrame) -> Finding | None:
    """How many partnerships plan together or more, as the less sure of the two sides sees it."""
    levels = standing[["ours_depth", "theirs_depth"]].astype(float)
    known = levels.min(axis=1).dropna()
    if known.empty:
        return None
    deep = int((known >= 3).sum())
    other = int((levels.dropna().nunique(axis=1) > 1).sum())
    every = count("{n} partnership with a level", "{n} partnerships with a level", len(known))
    text = count("Of {partnerships}, {n} has reached coordination, where both plan together, or more.", "Of {partnerships}, {n} have reached coordination, where both plan together, or more.",
                 deep, partnerships=every) if deep else say("Of {partnerships}, none has reached coordination, where both plan together.", partnerships=every)
    if other:
        text += " " + count("In {n} the two sides name different levels.", "In {n} the two sides name different levels.", other)
    return Finding(text, "plain", "estimated", ("partner_reviews",))


def lacks(lacks: pd.DataFrame, ideas: pd.DataFrame) -> Finding | None:
    """What today's active partners lack, and which kinds of organisation would bring it."""
    if lacks.empty:
        return None
    names = {lack: own["name"] for lack, own in lacks.groupby("lack")}
    words = (("partner kind", lambda own: say("none is of the kind {names}", names=_either(say(kind) for kind in own))),
             ("audience", lambda own: say("none reaches {names}", names=_either(own))),
             ("role", lambda own: say("none is there for {names}", names=_either(say(ROLES[role]) for role in own))),
             ("form", lambda own: say("none gave {names}", names=_either(say(form) for form in own))))
    parts = [phrase(names[lack]) for lack, phrase in words if lack in names]
    nobody = len(names.get("partner kind", ())) == KINDS
    text = say("No partner is active today.") if nobody else say("Of today's active partners, {parts}.", parts=listed(parts))
    if len(ideas):
        text += " " + say("Organisations to think of: {names}.", names=quoted(ideas["idea_name"], most=2))
    return Finding(text, "bad", "counted", ("partners", "partner_roles", "partner_audiences", "contributions"))


def _either(names: object) -> str:
    found = list(names)
    if len(found) > 4:
        found = [*found[:3], say("{n} more", n=len(found) - 3)]
    return found[0] if len(found) == 1 else say("{names} or {last}", names=", ".join(found[:-1]), last=found[-1])


def distances(distances: pd.DataFrame) -> Finding | None:
    """The prospect that is least like any active partner."""
    if distances.empty:
        return None
    first = distances.iloc[0]
    text = say("{name} is least like today's partners: {distance} of 1 away from the nearest, {nearest}.", name=first["partner_name"], distance=number(first["distance"], 2),
               nearest=first["nearest"])
    if first["ethics"] == "concern":
        text += " " + say("Its ethics raise a concern.")
    if first["known"] < 4:
        text += " " + count("Only {n} of its four traits is recorded.", "Only {n} of its four traits are recorded.", int(first["known"]))
    return Finding(text, "plain", "estimated", ("partners", "partner_audiences", "partner_goals", "partner_roles"))
