"""Sentences of step 5 on pilots: what they showed, what was decided against their criteria, and whether it pays to try first."""

from __future__ import annotations

import pandas as pd

from planning.show.findings.flexibility import named
from planning.show.findings.futures import rounded
from planning.show.language import count, listed, money, number, quoted, say, share
from planning.show.records import Finding

CRITERIA = ("pilots", "pilot_criteria")


def shown(rows: pd.DataFrame) -> Finding | None:
    """How many pilots that ended passed, by the criteria alone."""
    if rows.empty:
        return None
    ended = rows[rows["status"] == "ended"]
    if ended.empty:
        return Finding(count("The one pilot has not ended yet, so it shows nothing yet.", "None of the {n} pilots has ended yet, so they show nothing yet.", len(rows)),
                       "plain", "counted", CRITERIA)
    passed, failed = (ended[ended["result"] == word] for word in ("passed", "failed"))
    open_ones = len(ended) - len(passed) - len(failed)
    parts = [count("{n} passed its criteria ({names})", "{n} passed their criteria ({names})", len(passed), names=named(passed["pilot_name"], 2)) if len(passed) else "",
             count("{n} failed ({names})", "{n} failed ({names})", len(failed), names=named(failed["pilot_name"], 2)) if len(failed) else "",
             count("{n} cannot be judged", "{n} cannot be judged", open_ones) if open_ones else ""]
    text = say("Of {all} that ended, {parts}.", all=count("{n} pilot", "{n} pilots", len(ended)), parts=listed(part for part in parts if part))
    return Finding(text, "good" if len(passed) == len(ended) else "plain", "counted", CRITERIA)


def against(rows: pd.DataFrame) -> Finding | None:
    """What was decided against the criteria that were set."""
    judged = rows[rows["verdict"].notna()]
    if judged.empty:
        return None
    odd = judged[judged["against"] != ""]
    if odd.empty:
        return Finding(count("The one pilot with a verdict was judged as its criteria say.", "All {n} pilots with a verdict were judged as their criteria say.", len(judged)),
                       "good", "counted", CRITERIA)
    parts = [say("“{name}” {what}{why}", name=row.pilot_name, what=say(row.against), why=_missed(row.missed_must)) for row in odd.itertuples()]
    more = count("{n} more was decided against its criteria", "{n} more were decided against their criteria", len(odd) - 2) if len(odd) > 2 else ""
    return Finding(say("{parts}.", parts="; ".join([*parts[:2], more] if more else parts)), "bad", "counted", CRITERIA)


def _missed(names: str) -> str:
    return say(": it had to reach its mark for {names}, and did not", names=quoted(names.split("; "), 2)) if names else ""


def overdue(rows: pd.DataFrame) -> Finding | None:
    """Pilots past their end without a verdict."""
    late = rows[rows["days_over"].notna()].sort_values(["days_over", "pilot"], ascending=[False, True])
    if late.empty:
        return None
    first = late.iloc[0]
    text = count("1 pilot is past its end without a verdict: “{name}”, for {days}.", "{n} pilots are past their end without a verdict, longest “{name}”, for {days}.",
                 len(late), name=first["pilot_name"], days=count("{n} day", "{n} days", int(first["days_over"])))
    return Finding(text, "bad", "counted", ("pilots",))


def late(rows: pd.DataFrame) -> Finding | None:
    """Pilots whose criteria were set after they began, or that have none."""
    live = rows[~rows["status"].isin(["planned", "dropped"])]
    drawn, bare = live[live["late"] > 0], live[live["criteria"] == 0]
    parts = [count("Criteria of {names} were set after it began, so they could be drawn around what was seen", "Criteria of {names} were set after they began, so they could be drawn around what was seen",
                   len(drawn), names=named(drawn["pilot_name"], 2)) if len(drawn) else "",
             count("{names} began without any criterion", "{names} began without any criterion", len(bare), names=named(bare["pilot_name"], 2)) if len(bare) else ""]
    text = say("; ").join(part for part in parts if part)
    return Finding(say("{text}.", text=text), "bad", "counted", CRITERIA) if text else None


def waited(rows: pd.DataFrame) -> Finding | None:
    """The planned pilot that is worth most, with its range; where none is planned, how many were worth their price."""
    known, rests_on = rows[rows["gain"].notna()], ("pilots", "initiatives")
    ahead = known[known["status"] == "planned"]
    paying = ahead[ahead["gain"] > 0]
    if len(known) and ahead.empty:
        paid = int((known["gain"] > 0).sum())
        text = count("Judged by the figures from before they began, trying first was worth its price for {n} pilot of {all}.",
                     "Judged by the figures from before they began, trying first was worth its price for {n} pilots of {all}.", paid, all=number(len(known)))
        return Finding(text, "plain", "estimated", rests_on)
    if ahead.empty:
        return None
    if paying.empty:
        return Finding(count("The one planned pilot is not worth its price.", "None of the {n} planned pilots is worth its price.", len(ahead)), "plain", "estimated", rests_on)
    first = paying.iloc[0]
    head = (say("The one planned pilot is worth its price") if len(ahead) == 1
            else count("Of {all} planned pilots, {n} is worth its price", "Of {all} planned pilots, {n} are worth their price", len(paying), all=number(len(ahead))))
    sums = {name: money(rounded(first[name]), 0) for name in ("gain", "gain_low", "gain_high")}
    text = say("{head}: “{name}” is expected to bring about {gain} more than deciding now, its own cost of {price} paid; between {gain_low} and {gain_high} if chance and worth are misjudged.",
               head=head, name=first["pilot_name"], price=money(first["price"]), **sums)
    return Finding(text, "good" if first["firm"] else "plain", "estimated", rests_on)


def dear(rows: pd.DataFrame) -> Finding | None:
    """Planned pilots that cost more than they can bring."""
    found = rows[(rows["gain"] <= 0) & (rows["status"] == "planned")].sort_values(["gain", "pilot"])
    if found.empty:
        return None
    first, rest = found.iloc[0], len(found) - 1
    why = (say("even a pilot that told everything would be worth only {perfect}", perfect=money(first["perfect"])) if first["perfect"] < first["price"]
           else say("what it could tell is not worth that much"))
    also = count(" The same holds for {n} other.", " The same holds for {n} others.", rest) if rest else ""
    text = say("To try “{name}” costs {price}, and {why}: {best}.{also}", name=first["pilot_name"], price=money(first["price"]), why=why,
               best=say("commit to the whole at once") if first["best"] == "commit at once" else say("leave it"), also=also)
    return Finding(text, "bad", "estimated", ("pilots", "initiatives"))


def lacking(rows: pd.DataFrame) -> Finding | None:
    """Pilots of which nobody judged what the value of waiting rests on."""
    found = rows[rows["lacks"] != ""]
    if found.empty:
        return None
    first = found.iloc[0]
    text = count("What trying first is worth cannot be said of {names}: nobody put down {lacks}.", "What trying first is worth cannot be said of {names}; of the first, nobody put down {lacks}.", len(found),
                 names=named(found["pilot_name"], 2), lacks=listed(say(word) for word in first["lacks"].split("; ")))
    return Finding(text, "unknown", "counted", ("pilots",))


def between(low: float, high: float) -> str:
    """The chances between which trying pays."""
    return say("{low} to {high}", low=share(low), high=share(high)) if pd.notna(low) else say("never")


def value(amount: float, unit: str) -> str:
    """A mark or a result with its unit."""
    if unit == "%":
        return say("{amount}{unit}", amount=number(amount), unit="%")
    return say("{amount} person", amount=number(amount)) if unit == "people" and amount == 1 else say("{amount} {unit}", amount=number(amount), unit=unit)
