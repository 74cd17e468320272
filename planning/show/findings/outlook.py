"""Sentences of step 1: strengths, weaknesses, opportunities, threats and moves; trends and cases from other libraries."""

from __future__ import annotations

import pandas as pd

from planning.analysis import swot
from planning.show.language import absent, count, listed, number, period, quoted, say, share
from planning.show.records import Finding

LISTS, MOVES = ("swot",), ("swot", "swot_moves", "roles", "initiatives")
TRENDS, CASES, SCAN = ("trends", "goals"), ("cases", "initiatives"), ("goals", "trends", "cases")
PAIRS = {"use": ("{n} uses a strength for an opportunity", "{n} use a strength for an opportunity"),
         "guard": ("{n} guards against a threat with a strength", "{n} guard against a threat with a strength"),
         "mend": ("{n} mends a weakness to take an opportunity", "{n} mend a weakness to take an opportunity"),
         "avoid": ("{n} keeps a weakness from meeting a threat", "{n} keep a weakness from meeting a threat")}
NONE = {"use": "No move uses a strength for an opportunity, though both lists hold items.",
        "guard": "No move guards against a threat with a strength, though both lists hold items.",
        "mend": "No move mends a weakness to take an opportunity, though both lists hold items.",
        "avoid": "No move keeps a weakness from meeting a threat, though both lists hold items."}
GAPS = {
    "not a pair": ("{names} does not pair an inner with an outer item. Name one strength or weakness, and one opportunity or threat.",
                   "{names} do not pair an inner with an outer item. Name one strength or weakness, and one opportunity or threat."),
    "heavy item without a move": ("{names} matters much (4 or 5 of 5), and no move takes it up.",
                                  "{names} matter much (4 or 5 of 5), and no move takes them up."),
}
KINDS = {"use": "a strength used for an opportunity", "guard": "a threat guarded against with a strength", "mend": "a weakness mended to take an opportunity",
         "avoid": "a weakness kept from meeting a threat"}
LATE = {
    "move without an owner": ("{n} move has no owner ({names})", "{n} moves have no owner ({names})"),
    "move without a date": ("{n} move has no date ({names})", "{n} moves have no date ({names})"),
    "move past its date": ("{n} move is past its day ({names})", "{n} moves are past their day ({names})"),
    "move on a rejected initiative": ("{n} move rests on an initiative that was rejected ({names})",
                                      "{n} moves rest on initiatives that were rejected ({names})"),
}
CERTAINTY = {1: "may come", 2: "is likely", 3: "under way"}


def weights(items: pd.DataFrame) -> Finding | None:
    """How many heavy items help and hinder, and on which goals those bear that hinder."""
    if items.empty:
        return None
    heavy = items[items["weight"] >= swot.HEAVY]
    if heavy.empty:
        text = count("The one item that is written down weighs less than 4 of 5, or has no weight.", "Of {n} items, none weighs 4 or 5 of 5.", len(items))
        return Finding(text, "plain", "told", LISTS)
    hindering = heavy[heavy["kind"].isin(["weakness", "threat"])]
    text = say("Of {items}, {heavy} 4 or 5 of 5: {help} and {hinder}.", items=count("{n} item", "{n} items", len(items)),
               heavy=count("{n} weighs", "{n} weigh", len(heavy)),
               help=_some(len(heavy) - len(hindering), "none helps", "{n} helps", "{n} help"),
               hinder=_some(len(hindering), "none hinders", "{n} hinders", "{n} hinder"))
    return Finding(text + _gathered(hindering), "plain", "told", (*LISTS, "goals"))


def _some(n: int, none: str, one: str, many: str) -> str:
    return count(one, many, n) if n else say(none)


def _gathered(hindering: pd.DataFrame) -> str:
    goals = hindering["goal_name"].value_counts()
    if goals.empty or goals.max() < 2:
        return ""
    most = goals[goals == goals.max()]
    return " " + count("Those that hinder bear most often on {goals} ({times}).", "Those that hinder bear most often on {goals} ({times} each).",
                       len(most), goals=quoted(sorted(most.index), most=3),
                       times=count("{n} time", "{n} times", int(goals.max())))


def lists(items: pd.DataFrame) -> list[Finding]:
    """What the four lists lack: a whole list, a weight, a basis."""
    if items.empty:
        return []
    found = []
    missing = [kind for kind in swot.KINDS if kind not in set(items["kind"])]
    if missing:
        text = say("There is {missing} on the lists, so no move can be paired with it. Ask people who see the library from another side.",
                   missing=listed(say("no {kind}", kind=say(kind)) for kind in missing))
        found.append(Finding(text, "unknown", "counted", LISTS))
    bare = items[items["weight"].isna()]
    if len(bare):
        text = count("{names} has no weight, so nobody can say how much it matters.",
                     "{n} items have no weight, so nobody can say how much they matter: {names}.",
                     len(bare), names=quoted(bare["item_name"], most=3))
        found.append(Finding(text, "unknown", "counted", LISTS))
    return [*found, _opinions(items)]


def _opinions(items: pd.DataFrame) -> Finding:
    opinions = items[items["opinion"].astype(bool)]
    if opinions.empty:
        return Finding(count("The one item says what it rests on.", "Each of the {n} items says what it rests on.", len(items)), "good", "counted", LISTS)
    text = count("{n} of {all} is an opinion, with nothing named that it rests on: {names}.",
                 "{n} of {all} are opinions, with nothing named that they rest on: {names}.",
                 len(opinions), all=count("{n} item", "{n} items", len(items)), names=quoted(opinions["item_name"], most=3))
    return Finding(text, "plain", "counted", LISTS)


def moves(cells: pd.DataFrame) -> Finding | None:
    """How many moves there are of each kind of pair, and how many have an owner and a date."""
    total = int(cells["moves"].sum()) if len(cells) else 0
    if not total:
        return None
    made = cells[cells["moves"] > 0]
    ready = int(cells["ready"].sum())
    if total == 1:
        text = say("There is one move: {part}. {ready}", part=say(PAIRS[made["pair"].iloc[0]][0], n=say("it")), ready=_ready(ready, total))
    else:
        text = say("Of {n} moves, {parts}. {ready}", n=number(total), parts=listed(count(*PAIRS[row.pair], row.moves) for row in made.itertuples()),
                   ready=_ready(ready, total))
    return Finding(text, "good" if ready == total else "plain", "counted", MOVES)


def _ready(ready: int, total: int) -> str:
    if ready == total:
        return count("It has an owner and a date.", "Each has an owner and a date.", total)
    return count("{n} has both an owner and a date.", "{n} have both an owner and a date.", ready) if ready else say("None has both an owner and a date.")


def gaps(gaps: pd.DataFrame, cells: pd.DataFrame) -> list[Finding]:
    """What the lists and the moves leave open: pairs and items in a sentence each, owners and dates in one."""
    if cells.empty:
        return []
    known = cells["moves"].sum() > 0
    empty = cells[(cells["moves"] == 0) & (cells["inner_items"] > 0) & (cells["outer_items"] > 0)] if known else cells.head(0)
    found = [Finding(count(*GAPS[gap], len(rows), names=quoted(rows["name"], most=2)), "bad", "counted", MOVES)
             for gap in GAPS if len(rows := gaps[gaps["gap"] == gap])]
    late = [*_late(gaps), *_held(gaps)]
    found += [Finding(say("{parts}.", parts="; ".join(late)), "bad", "counted", MOVES)] if late else []
    return [*found, *_unpaired(list(empty["pair"]))]


def _unpaired(pairs: list[str]) -> list[Finding]:
    """The kinds of pair that have items on both sides and no move."""
    if len(pairs) < 2:
        return [Finding(say(NONE[pair]), "plain", "counted", MOVES) for pair in pairs]
    text = say("{n} kinds of pair have no move, though both lists hold items: {kinds}.", n=number(len(pairs)), kinds=listed(say(KINDS[pair]) for pair in pairs))
    return [Finding(text, "plain", "counted", MOVES)]


def _late(gaps: pd.DataFrame) -> list[str]:
    """Moves that nobody can hold anyone to, one part of a sentence a kind."""
    return [count(*LATE[gap], len(rows), names=quoted(rows["name"], most=2)) for gap in LATE if len(rows := gaps[gaps["gap"] == gap])]


def _held(gaps: pd.DataFrame) -> list[str]:
    many = gaps[gaps["gap"] == "owner with many moves"]
    held = [say("{owner} ({n})", owner=row.name, n=number(row.figure)) for row in many[["name", "figure"]].itertuples(index=False)]
    return [count("{n} owner holds more than {most} moves: {held}", "{n} owners hold more than {most} moves: {held}", len(held), held=listed(held),
                  most=number(swot.MOST))] if held else []


def carried(moves: pd.DataFrame) -> Finding | None:
    """How many moves an initiative carries out."""
    if moves.empty:
        return None
    bare = moves[moves["initiative"].isna()]
    if bare.empty:
        return Finding(count("The one move is carried by an initiative.", "Each of the {n} moves is carried by an initiative.", len(moves)), "good",
                       "counted", MOVES)
    text = count("{n} of {all} has no initiative, so no money and no hours are set aside for it: {names}.",
                 "{n} of {all} have no initiative, so no money and no hours are set aside for them: {names}.",
                 len(bare), all=count("{n} move", "{n} moves", len(moves)), names=quoted(bare["move_name"], most=2))
    return Finding(text, "plain", "counted", MOVES)


def certainty(value: float) -> str:
    """How certain a change is, in words."""
    return say("certainty not given") if absent(value) else say(CERTAINTY[int(value)])


def felt(years: float) -> str:
    """When a change is felt, in words."""
    if absent(years):
        return say("not said when")
    if years < 1:
        return say("felt now") if years == 0 else say("felt within the year")
    return count("felt in {n} year", "felt in {n} years", 1 if years == 1 else years)


def trends(trends: pd.DataFrame) -> Finding | None:
    """The changes outside that count most, and how many are felt soon."""
    if trends.empty:
        return None
    first = trends[trends["score"].notna() & (trends["score"] == trends["score"].max())]
    if first.empty:
        text = count("The one change outside lacks impact or certainty, so it cannot be weighed.",
                     "None of the {n} changes outside has both impact and certainty, so they cannot be put in an order.", len(trends))
        return Finding(text, "unknown", "told", TRENDS)
    named = [say("“{name}” (impact {impact} of 5, {certainty}, {felt})", name=row.trend_name, impact=number(row.impact),
                 certainty=certainty(row.certainty), felt=felt(row.years))
             for row in first.itertuples()]
    soon = int((trends["years"] <= 1).sum())
    text = say("Of {all} outside, {first} first; {soon} felt within a year.", all=count("{n} change", "{n} changes", len(trends)),
               first=count("{names} comes", "{names} come", len(first), names=listed(named, most=2)),
               soon=count("{n} is", "{n} are", soon) if soon else say("none is"))
    return Finding(text, "plain", "told", TRENDS)


def trend_limits(trends: pd.DataFrame) -> list[Finding]:
    """Trends that were not looked at of late, that cannot be weighed, or that bear on no goal in force."""
    if trends.empty:
        return []
    old, undated = trends[trends["stale"].astype(bool)], trends[trends["date"].isna()]
    bare, loose = trends[trends["score"].isna()], trends[~trends["in_force"].astype(bool)]
    seen = listed(say("“{name}” (last in {month})", name=row.trend_name, month=period(f"{row.date:%Y-%m}")) for row in old.head(3).itertuples())
    sentences = [
        (old, "bad", count("{n} trend has not been looked at for more than a year: {seen}.",
                           "{n} trends have not been looked at for more than a year: {seen}.", len(old), seen=seen)),
        (undated, "unknown", count("{names} has no date, so nobody can tell whether it was looked at of late.",
                                   "{n} trends have no date, so nobody can tell whether they were looked at of late: {names}.",
                                   len(undated), names=quoted(undated["trend_name"], most=3))),
        (bare, "unknown", count("{names} cannot be weighed, because impact or certainty is missing.",
                                "{names} cannot be weighed, because impact or certainty is missing.",
                                len(bare), names=quoted(bare["trend_name"], most=3))),
        (loose, "plain", count("{names} is tied to no goal in force.", "{names} are tied to no goal in force.", len(loose),
                               names=quoted(loose["trend_name"], most=3)))]
    return [Finding(text, tone, "counted", TRENDS) for rows, tone, text in sentences if len(rows)]


def scanned(by_goal: pd.DataFrame) -> list[Finding]:
    """Goals for which nobody looked at trends or cases, and the goal against which most is set."""
    if by_goal.empty:
        return []
    blind = by_goal[(by_goal["trends"] == 0) & (by_goal["cases"] == 0)]
    trendless, caseless = by_goal[(by_goal["trends"] == 0) & (by_goal["cases"] > 0)], by_goal[(by_goal["cases"] == 0) & (by_goal["trends"] > 0)]
    sentences = [
        (blind, "bad", count("Nobody looked outside for {names}: it has no trend and no case.",
                             "Nobody looked outside for {names}: they have no trend and no case.", len(blind), names=quoted(blind["goal_name"]))),
        (trendless, "plain", count("For {names} nobody noted a trend, only what other libraries tried.",
                                   "For {names} nobody noted a trend, only what other libraries tried.",
                                   len(trendless), names=quoted(trendless["goal_name"], most=3))),
        (caseless, "plain", say("For {names} nobody asked what other libraries tried.", names=quoted(caseless["goal_name"], most=3)))]
    found = [Finding(text, tone, "counted", SCAN) for rows, tone, text in sentences if len(rows)]
    found = found or [Finding(say("Every goal in force has at least one trend and one case from another library."), "good", "counted", SCAN)]
    return [*found, *_against(by_goal)]


def _against(by_goal: pd.DataFrame) -> list[Finding]:
    hard = by_goal[(by_goal["hindering"] >= 2) & (by_goal["hindering"] > by_goal["helping"])]
    hard = hard[hard["hindering"] == hard["hindering"].max()]
    named = [say("“{goal}” ({hindering}, {helping})", goal=row.goal_name, hindering=count("{n} hinders", "{n} hinder", row.hindering),
                 helping=_some(row.helping, "none helps", "{n} helps", "{n} help")) for row in hard.itertuples()]
    text = say("Trends stand most against {goals}.", goals=listed(named, most=2))
    return [Finding(text, "plain", "told", SCAN)] if named else []


def failures(outcomes: pd.DataFrame) -> Finding | None:
    """How many of the cases that were written down failed."""
    if outcomes.empty:
        return None
    n, total = outcomes.set_index("outcome")["cases"], int(outcomes["cases"].sum())
    if not n["failed"] + n["mixed"]:
        text = count("The one case from another library worked. Failures are told less readily: ask for some.",
                     "All {n} cases from other libraries worked. Failures are told less readily: ask for some.", total)
        return Finding(text, "plain", "told", CASES)
    text = say("Of {all} from other libraries, {failed} failed ({share}) and {mixed}.", all=count("{n} case", "{n} cases", total),
               failed=number(n["failed"]) if n["failed"] else say("none"),
               share=share(n["failed"] / total), mixed=count("{n} was mixed", "{n} were mixed", int(n["mixed"])) if n["mixed"] else say("none was mixed"))
    return Finding(text, "plain", "told", CASES)


def warned(warnings: pd.DataFrame) -> Finding | None:
    """Which initiatives in play failed elsewhere, in one sentence."""
    names = warnings["initiative_name"].drop_duplicates()
    if names.empty:
        return None
    text = count("{n} initiative on the list failed in a like form in another library: {names}.",
                 "{n} initiatives on the list failed in a like form in other libraries: {names}.",
                 len(names), names=quoted(names, most=3))
    return Finding(text, "bad", "told", CASES)


def warnings(warnings: pd.DataFrame) -> list[Finding]:
    """What failed elsewhere of what is planned here, and why, one sentence a case, five at most."""
    return [Finding(_warning(row), "bad", "told", CASES) for row in warnings.head(5).to_dict("records")]


def _warning(row: dict[str, object]) -> str:
    why = say("Nobody noted why; ask them.") if absent(row["lesson"]) else say("The lesson noted: {lesson}.", lesson=str(row["lesson"]).rstrip("."))
    also = count("It also worked in {n} case.", "It also worked in {n} cases.", row["worked"]) if row["worked"] else ""
    text = say("The like of “{initiative}” failed elsewhere: “{case}” ({library}).", initiative=row["initiative_name"], case=row["case_name"],
               library=row["library"])
    return " ".join(part for part in (text, why, also) if part)
