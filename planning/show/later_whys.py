"""Why a result of steps 3 to 7 moved between two plans, as one sentence."""

from __future__ import annotations

from collections.abc import Callable

from planning.show.language import absent, count, day, inside, listed, money, number, period, quoted, say, share
from planning.show.whys import EARLY, Sides, Told, part, parts, sentence, strength

MOVED = {"value": "its latest value is {now} ({period}) instead of {then} ({period_then})", "target": "its target is {now} instead of {then}",
         "baseline": "its baseline is {now} instead of {then}", "due": "it is due on {now} instead of {then}",
         "target_low": "the lower end of its band is {now} instead of {then}", "target_high": "the upper end of its band is {now} instead of {then}"}


def _figure(found: object, unit: object = "") -> str:
    return say("not known") if absent(found) else f"{number(found)} {say(str(unit))}".strip() if unit else number(found)


def fit(told: Told, sides: Sides) -> str:
    """A partner's fit."""
    rows = [say("{criterion} is {now} instead of {then}", criterion=say(one["criterion"]), now=number(one["after"], 2), then=number(one["before"], 2)) for one in told["criteria"]]
    goal = told["goal"]
    if not goal:
        return sentence("; ".join(rows))
    if goal["strength"] != goal["strength_after"]:
        return sentence("; ".join(rows) + ": " + part(goal))
    words = {"goal": goal["goal"], "heaviest": goal["heaviest"], "before": goal["heaviest_before"], "now": share(goal["weight_after"]), "then": share(goal["weight"]),
             "strength": strength(goal["strength"])}
    if goal["heaviest"] == goal["heaviest_before"]:
        return sentence("; ".join(rows) + ": " + say("“{goal}” counts {now} of the heaviest goal (“{heaviest}”) instead of {then}, and it supports it with {strength}", **words))
    return sentence("; ".join(rows) + ": " + say("“{goal}” counts {now} of the heaviest goal, now “{heaviest}”, instead of {then} when that was “{before}”, and it supports it with {strength}", **words))


def _reasons(told: Told) -> list[str]:
    found = [say("new: {names}", names=listed(say(one) for one in told["new"]))] if told["new"] else []
    return found + ([say("no longer: {names}", names=listed(say(one) for one in told["gone"]))] if told["gone"] else [])


def course(told: Told, sides: Sides) -> str:
    """The course with a partner."""
    old, new = told["score"]
    return say("Of the rule's reasons, {reasons}. Its fit is {now} ({then} before); 0.4 and 0.6 are the lines of the rule.", reasons="; ".join(_reasons(told) or [say("none is new")]),
               now=number(new, 2), then=number(old, 2))


def goal(told: Told, sides: Sides) -> str:
    """The goal behind a KPI or an agreement."""
    if not told["goal"]:
        return say("No KPI leads from it to a goal; it rests on the goals that its service supports, and others are in force.")
    if absent(told["valid_to"]):
        return say("“{goal}” is in force from {start} on.", goal=told["goal"], start=day(told["valid_from"]))
    return say("“{goal}” is in force from {start} to {end}.", goal=told["goal"], start=day(told["valid_from"]), end=day(told["valid_to"]))


def terms(told: Told, sides: Sides) -> str:
    """The state of an agreement."""
    days = [say(text, day=day(told[name][1])) for name, text in (("start", "it begins on {day}"), ("review", "its review is set for {day}"), ("end", "it ends on {day}"))
            if not absent(told[name][1])]
    return sentence(say("looked at on {now} instead of {then}", now=day(told["day"][1]), then=day(told["day"][0])) + (": " + listed(days) if days else ""))


def way(told: Told, sides: Sides) -> str:
    """Where a KPI stands on its way."""
    names = ["value"] if {"value", "period"} & set(told["moved"]) else []
    names += [name for name in told["moved"] if name not in ("value", "period")]
    rows = [_moved(told, name) for name in names]
    if told["status"][1] == "stale" and not absent(told["days"][1]):
        rows.append(count("its latest value is {n} day old", "its latest value is {n} days old", int(told["days"][1])))
    elif not absent(told["expected"][1]) and not absent(told["share_done"][1]):
        rows.append(say("it has gone {done} of the way, where the straight line asks for {asked}", done=share(told["share_done"][1]), asked=share(told["expected"][1])))
    elif not absent(told["target_low"][1]):
        rows.append(say("its band is {low} to {high}", low=number(told["target_low"][1]), high=number(told["target_high"][1])))
    elif not absent(told["target"][1]) and "target" not in names:
        rows.append(say("its target is {target}", target=number(told["target"][1])))
    return sentence("; ".join(rows)) or say("It is the same figure, looked at on another day.")


def _moved(told: Told, name: str) -> str:
    old, new = told[name]
    if name == "due":
        return say(MOVED["due"], now=day(new), then=day(old))
    if name == "value" and old == new:
        return say("its latest value is again {now} ({period})", now=_figure(new, told["unit"]), period=period(told["period"][1]))
    return say(MOVED[name], now=_figure(new, told["unit"]), then=_figure(old), period=period(told["period"][1]), period_then=period(told["period"][0]))


def chance(told: Told, sides: Sides) -> str:
    """The chance of meeting a target."""
    if told["reason"][1]:
        return say("No forecast can be made now: {reason}.", reason=say(str(told["reason"][1])))
    if told["reason"][0]:
        text = say("A forecast can be made now: {now} is to be expected", now=_figure(told["expected"][1], told["unit"]))
        return sentence(text if absent(told["goal"][1]) else text + say(", where the target asks for {goal}", goal=_figure(told["goal"][1])))
    goal, rows = told["goal"], [say("{now} is to be expected instead of {then}", now=_figure(told["expected"][1], told["unit"]), then=_figure(told["expected"][0]))]
    if goal[0] != goal[1] and not (absent(goal[0]) and absent(goal[1])):
        rows.append(say("the target asks for {now} instead of {then}", now=_figure(goal[1]), then=_figure(goal[0])))
    elif not absent(goal[1]):
        rows.append(say("the target asks for {now}", now=_figure(goal[1])))
    if told["points"][0] != told["points"][1]:
        rows.append(say("{now} values speak instead of {then}", now=number(told["points"][1]), then=number(told["points"][0])))
    return sentence("; ".join(rows))


def proposal(told: Told, sides: Sides) -> str:
    """What the sunset review proposes."""
    rows, (old, new) = _reasons(told), told["fit"]
    if old != new and told["parts"]:
        rows.append(say("it carries {now} of the weighted goals instead of {then}, and a tenth is the line; {parts}", now=share(new, 1), then=share(old, 1), parts=parts(told["parts"])))
    return sentence("; ".join(rows)) or say("Its signs stay; whether it can be ended in this way has changed in exits.csv or partners.csv.")


def decision(told: Told, sides: Sides) -> str:
    """A past decision."""
    words = {"goal ended": ("its goal “{goal_name}” ended on {goal_ended}", {"goal_ended": day}), "series broken": ("“{broken_by}” changed how its figure is counted", {}),
             "evidence moved": ("its figure “{kpi_name}” went from {before} to {now}", {"before": number, "now": number}), "review is due": ("its review was set for {review}", {"review": day})}
    rows = []
    for reason in told["new"]:
        text, forms = words.get(reason, (reason, {}))
        rows.append(say(text, **{name: forms.get(name, str)(told[name]) for name in ("goal_name", "goal_ended", "broken_by", "kpi_name", "before", "now", "review") if f"{{{name}}}" in text}))
    if told["gone"]:
        rows.append(say("no longer: {names}", names=listed(say(one) for one in told["gone"])))
    return sentence("; ".join(rows))


def staying(told: Told, sides: Sides) -> str:
    """What today's choice would lose in a scenario."""
    if told["possible"][0] != told["possible"][1]:
        return say("A choice is possible in this scenario now, and was not before.") if told["possible"][1] else say("No choice is possible in this scenario any more.")
    now, then = (_there(told["comes_in"][side], told["drops_out"][side]) for side in (1, 0))
    if now == then:
        return say("In this scenario {now}, as before; their values moved.", now=now)
    return say("In this scenario {now}; before, {then}.", now=now, then=then)


def unusable(told: Told, sides: Sides) -> str:
    """A scenario that can be computed on one side only."""
    weights, unknown = (told[name][0 if told["usable"][1] else 1] for name in ("weights", "unknown"))
    if unknown:
        text = count("it changes {n} row that is not there", "it changes {n} rows that are not there", int(unknown))
    else:
        text = say("it sets some weights of goals and keeps the others, and then they add up to {sum}", sum=number(weights, 2))
    return sentence(say("it can be computed now; before, {why}", why=text) if told["usable"][1] else say("it cannot be computed any more: {why}", why=text))


def _there(come: list[str], go: list[str]) -> str:
    if not come and not go:
        return say("nothing gives more than the choice of the plan")
    words = "{come} would come in and {go} drop out" if come and go else "{come} would come in" if come else "{go} would drop out"
    return say(words, come=quoted(come, 3), go=quoted(go, 3))


def against_weight(told: Told, sides: Sides) -> str:
    """A goal's money against its weight."""
    (old, new), (light, heavy) = told["share"], told["weight"]
    words = {"share": share(new, 1), "share_then": share(old, 1), "weight": share(heavy, 1), "weight_then": share(light, 1)}
    year = say(" The money is that of {now} instead of {then}.", now=told["year"][1], then=told["year"][0]) if told["year"][0] != told["year"][1] else ""
    if absent(old) or absent(new):
        return say("Its share of the money is not known on one side.") + year
    if abs(new - old) < 1e-9:
        return say("Its weight went from {weight_then} to {weight}, and its money stays at {share} of what reaches goals.", **words) + year
    if abs(heavy - light) < 1e-9:
        return say("Its money went from {share_then} to {share} of what reaches goals, and its weight stays at {weight}.", **words) + year
    return say("Its weight went from {weight_then} to {weight}, and its money from {share_then} to {share} of what reaches goals.", **words) + year


def reaches(told: Told, sides: Sides) -> str:
    """Money that reaches a goal."""
    rows = [say("{now} through “{service}” instead of {then}", service=one["service"], now=money(one["after"]), then=money(one["before"])) for one in told["services"][:2]]
    rest = len(told["services"]) - 2
    text = "; ".join(rows) + (count("; and {n} more service", "; and {n} more services", rest) if rest > 0 else "")
    year = say(" The money is that of {now} instead of {then}.", now=told["year"][1], then=told["year"][0]) if told["year"][0] != told["year"][1] else ""
    return sentence(text) + year


def cost(told: Told, sides: Sides) -> str:
    """What one use costs."""
    (spent, spends), (used, uses) = told["spent"], told["uses"]
    rows = []
    if not absent(spends) and not absent(uses):
        rows.append(say("{now} for {uses} uses", now=money(spends), uses=number(uses)) if absent(spent) or absent(used) else
                    say("{now} for {uses} uses instead of {then} for {uses_then}", now=money(spends), uses=number(uses), then=money(spent), uses_then=number(used)))
    if told["year"][0] != told["year"][1]:
        rows.append(say("the year is {now} instead of {then}", now=told["year"][1], then=told["year"][0]))
    if told["state"][0] != told["state"][1]:
        rows.append(say("it is {now}, and was {then}", now=say(told["state"][1]), then=say(told["state"][0])))
    return sentence("; ".join(rows))


def needed(told: Told, sides: Sides) -> str:
    """A skill that the best choice needs; without levels, which would be those of single people."""
    first, last = told["in"]
    has = {True: say("some role has the level that it needs"), False: say("no role has the level that it needs"), None: say("nobody knows whether some role has the level that it needs")}[told["met"]]
    if first != last:
        words = "“{name}” comes into the best choice and needs the skill; {has}." if last else "“{name}” drops out of the best choice, which no longer needs the skill for it."
        found = say(words, name=told["initiative"], has=has)
        return found + (" " + say("A training reaches it: {names}.", names=quoted(told["trainings"], 2)) if last and told["trainings"] and not told["met"] else "")
    return say("Now {has}.", has=has)


def message(told: Told, sides: Sides) -> str:
    """What is the matter with a message."""
    rows = []
    for one in (told["after"] or told["before"],):
        if one["about"]:
            rows.append(say("it is about “{about}”", about=one["about"]))
    if "way" in told and (told["way"]["moved"] or told["way"]["status"][0] != told["way"]["status"][1]):
        rows.append(say("of its KPI “{kpi}”: {why}", kpi=told["kpi"], why=inside(way(told["way"], sides)).rstrip(".")))
    if told["after"] and told["after"]["to_do"]:
        rows.append(say("what to do: {to_do}", to_do=inside(say(told["after"]["to_do"]))))
    return sentence("; ".join(rows)) or say("Its day, its story or its goal is seen from another day.")


def statement(told: Told, sides: Sides) -> str:
    """Whether a statement stands."""
    (old, new), (then, now) = told["value"], told["value_from"]
    rows = [say("the latest value is {now} ({period}) instead of {then} ({period_then})", now=_figure(new, told["unit"]), then=_figure(old), period=period(told["period"][1]),
                period_then=period(told["period"][0]))] if (old, told["period"][0]) != (new, told["period"][1]) and not (absent(old) and absent(new)) else []
    if not absent(now):
        rows.append(say("it is set beside {now} ({period})", now=_figure(now), period=period(told["period_from"][1])))
    if not absent(told["measured"][1]):
        rows.append(say("{inside} of {measured} values of the past year lie in the band", inside=number(told["inside"][1]), measured=number(told["measured"][1])))
    rows.append(say("the verdict is “{now}” instead of “{then}”", now=say(str(told["verdict"][1])), then=say(str(told["verdict"][0]))))
    return sentence("; ".join(rows))


def heard(told: Told, sides: Sides) -> str:
    """Messages for a goal or an audience."""
    words = (("messages", "messages: {now} instead of {then}"), ("going", "approved or sent: {now} instead of {then}"), ("backed", "with a number behind them: {now} instead of {then}"))
    return sentence("; ".join(say(text, now=told[name][1], then=told[name][0]) for name, text in words if told[name][0] != told[name][1]))


WHYS: dict[str, Callable[[Told, Sides], str]] = EARLY | {
    "fit": fit, "course": course, "goal": goal, "terms": terms, "way": way, "chance": chance, "proposal": proposal, "decision": decision, "staying": staying, "unusable": unusable,
    "against_weight": against_weight, "money": reaches, "cost": cost, "needed": needed, "message": message, "statement": statement, "heard": heard}
