"""Sentences of step 6 about what things cost: full costs, subscriptions, real terms, print against digital, possible savings."""

from __future__ import annotations

import pandas as pd

from planning.show.language import count, day, listed, money, number, quoted, say, share
from planning.show.records import Finding

COSTING = ("budget", "services", "shared_keys", "role_services")
HELD = ("subscriptions", "subscription_values")
YEARS = ("budget", "statistics", "prices")
FORMATS = ("formats",)
SAVED = ("budget", "subscriptions", "subscription_values", "services", "exits", "shared_costs")
APART, LEVEL = 0.01, 0.0005
WHY = {"no key": "has no key", "kept together": "is kept together on purpose", "no hours known": "has hours as its key (no hours are known)",
       "no floor area known": "has floor area as its key (none is known)", "no uses known": "has uses as its key (none were counted)", "no service runs": "has no running service to go to"}


def shared(full: pd.DataFrame, left: pd.DataFrame, *, year: int) -> Finding | None:
    """How much money is shared, how much of it is spread, and what stays."""
    if full.empty and left.empty:
        return None
    if full.empty:
        text = say("No budget line of fiscal year {year} names a service, and none is spread, so nothing can be said of what a service costs. Name the service of each line in budget.csv, and a key for the others in shared_keys.csv.", year=year)
        return Finding(text, "unknown", "counted", COSTING)
    over, stays, total = full["shared"].sum(), left["amount"].sum(), full["total"].sum()
    if over + stays == 0:
        return Finding(say("Every budget line of fiscal year {year} names a service, so nothing has to be spread.", year=year), "good", "counted", COSTING)
    text = say("In fiscal year {year} all services share {shared}, {share} of the money.", year=year, shared=money(over + stays, 0), share=share((over + stays) / total))
    if over == 0:
        return Finding(text + " " + say("None of it is spread over services, since {why}. Name a key for each such line in shared_keys.csv.", why=_why(left)), "unknown", "counted", COSTING)
    rest = say("All of it is spread by its keys.") if stays == 0 else say("By its keys {over} is spread; {stays} stays shared: {why}.", over=money(over, 0), stays=money(stays, 0), why=_why(left))
    return Finding(text + " " + rest, "plain", "estimated", COSTING)


def _why(left: pd.DataFrame) -> str:
    return listed((say("{line} {why}", line=quoted([row.line_name]), why=say(WHY[row.why])) for row in left.itertuples()), most=3)


def hidden(full: pd.DataFrame) -> Finding | None:
    """Which services look cheaper than they are."""
    known = full[(full["shared"] > 0) & (full["more"] > 0)].sort_values(["more", "service"], ascending=[False, True]) if len(full) else full
    if known.empty:
        return None
    top, more = known.iloc[0], known.iloc[1:3]
    use = "" if pd.isna(top["per_use"]) or pd.isna(top["per_use_own"]) else say(", or from {own} to {full} a use", full=money(top["per_use"]), own=money(top["per_use_own"]))
    text = say("Once shared money is spread, the cost of {name} grows most: from {own} by its own lines to {total}{use}.", name=top["service_name"], own=money(top["own"], 0), total=money(top["total"], 0), use=use)
    if len(more):
        text += " " + count("Next comes {names}.", "Next come {names}.", len(more), names=listed(say("{name} ({more} more)", name=row.service_name, more=share(row.more)) for row in more.itertuples()))
    return Finding(text, "bad" if top["more"] >= 0.5 else "plain", "estimated", COSTING)


def dearest(full: pd.DataFrame, *, year: int) -> Finding | None:
    """Which service takes most of the money."""
    services = full[full["service"].notna()] if len(full) else full
    if services.empty:
        return None
    top = services.iloc[0]
    text = say("Of the money of fiscal year {year}, {name} takes most: {total}, {share} of it.", year=year, name=top["service_name"], total=money(top["total"], 0), share=share(top["share"]))
    return Finding(text, "plain", "estimated", COSTING)


def clock(by_time: pd.DataFrame) -> Finding | None:
    """Where people work otherwise than their pay is booked."""
    if by_time.empty:
        return None
    over, under = by_time.iloc[0], by_time.iloc[-1]
    rests_on = ("role_services", "roles", "budget")
    if over["difference"] < APART:
        return Finding(say("Pay is booked where people work: no service's share of staff time lies more than {one} above its share of pay.", one=_points(APART)), "good", "estimated", rests_on)
    booked = say("no pay is booked on it") if over["pay"] == 0 else say("{pay} of the pay is booked on it", pay=share(over["pay_share"], 1))
    text = say("The staff time of {name} lies furthest above its booked pay: {time} of the time goes there, and {booked}.", name=over["service_name"], time=share(over["time_share"], 1), booked=booked)
    if under["difference"] <= -APART:
        text += " " + say("The other way round, {pay} of the pay and {time} of the time go to {name}.", name=under["service_name"], pay=share(under["pay_share"], 1), time=share(under["time_share"], 1))
    return Finding(text, "plain", "estimated", rests_on)


def _points(value: float) -> str:
    return count("{n} percentage point", "{n} percentage points", int(round(value * 100)))


def subscriptions(by_use: pd.DataFrame, *, year: int) -> Finding | None:
    """How many subscriptions are worth their price, and which are not."""
    if by_use.empty:
        return None
    judged = by_use[by_use["verdict"].isin(["not used", "dearer", "about even", "pays"])]
    if judged.empty:
        return Finding(say("No subscription can be set against its uses in fiscal year {year}: that takes a price, a count of uses, and what one use would cost elsewhere.", year=year), "unknown", "counted", HELD)
    good, dear = judged["verdict"].eq("pays").sum(), judged[judged["verdict"] == "dearer"]
    poor, kept = dear[~dear["must_keep"]], dear.loc[dear["must_keep"], "name"]
    text = count("In fiscal year {year}, {good} of {all} subscriptions that can be judged costs less than its uses would if paid one by one.",
                 "In fiscal year {year}, {good} of {all} subscriptions that can be judged cost less than their uses would if paid one by one.", int(good), all=number(len(judged)), good=number(good) if good else say("none"), year=year)
    if len(judged) == 1:
        text = say("In fiscal year {year}, the one subscription that can be judged costs less than its uses would if paid one by one.", year=year) if good else \
            say("In fiscal year {year}, the one subscription that can be judged does not cost less than its uses would if paid one by one.", year=year)
    told = listed((say("{name} ({cost} a use, {elsewhere} elsewhere; it needs {needed} uses and has {uses})", name=row.name_of, cost=money(row.per_use), elsewhere=money(row.elsewhere),
                       needed=number(-(-row.needed // 1), 0), uses=number(row.uses, 0)) for row in poor.rename(columns={"name": "name_of"}).itertuples()), most=2)
    parts = [text, say("Dearer than one by one: {told}.", told=told) if len(poor) else "", say("Dearer too, but to be kept: {names}.", names=listed(kept, most=3)) if len(kept) else ""]
    return Finding(" ".join(filter(None, parts)), "bad" if len(poor) else "good" if good == len(judged) else "plain", "estimated", HELD)


def unused(by_use: pd.DataFrame, *, year: int) -> Finding | None:
    """Subscriptions that nobody used and that were paid for."""
    found = by_use[(by_use["verdict"] == "not used") & (by_use["cost"] > 0)] if len(by_use) else by_use
    if found.empty:
        return None
    text = say("Paid for in fiscal year {year} ({money}) and not used once: {names}.", names=listed(found["name"], most=3), year=year, money=money(found["cost"].sum(), 0))
    kept = found[found["must_keep"]]
    if len(kept):
        text += " " + say("To be kept all the same: {names}.", names=listed(kept["name"], most=3))
    return Finding(text, "bad", "counted", HELD)


def uncounted(by_use: pd.DataFrame, *, year: int) -> list[Finding]:
    """Subscriptions that cannot be judged, and what would help."""
    names = {verdict: rows for verdict, rows in by_use.groupby("verdict")} if len(by_use) else {}
    found = []
    if "uses not counted" in names:
        rows = names["uses not counted"]
        found.append(Finding(say("Uses of {names} ({money}) were not counted in fiscal year {year}; that is not the same as no use. Ask the provider for the report that is named in the plan.",
                                 names=listed(rows["name"], most=3), money=money(rows["cost"].sum(), 0), year=year), "unknown", "counted", HELD))
    if "no price elsewhere" in names:
        found.append(Finding(say("What one use would cost elsewhere is not known for {names}, so no break-even can be given.", names=listed(names["no price elsewhere"]["name"], most=3)), "unknown", "counted", HELD))
    if "price not known" in names:
        found.append(Finding(say("No price of fiscal year {year} is known for {names}.", year=year, names=listed(names["price not known"]["name"], most=3)), "unknown", "counted", HELD))
    return found


def renewals(due: pd.DataFrame) -> Finding | None:
    """Which renewals have to be decided soon, and what the figures say to them."""
    if due.empty:
        return None
    words = {"not used": say("not used"), "dearer": say("dearer than one by one"), "about even": say("about even"), "pays": say("worth its price"), "uses not counted": say("uses not counted"),
             "no price elsewhere": say("no price elsewhere"), "price not known": say("price not known")}
    told = listed((say("{name} by {day} ({verdict})", name=row.name_of, day=day(row.renews), verdict=say("must be kept") if row.must_keep else words[row.verdict])
                   for row in due.rename(columns={"name": "name_of"}).itertuples()), most=3)
    weak = due["verdict"].isin(["not used", "dearer"]) & ~due["must_keep"]
    return Finding(count("{n} renewal has to be decided within 90 days: {told}.", "{n} renewals have to be decided within 90 days: {told}.", len(due), told=told), "bad" if weak.any() else "plain", "counted", HELD)


def rising(history: pd.DataFrame) -> Finding | None:
    """Whose cost of one use rose fastest, and why."""
    found = history[history["yearly_change"] >= 0.10] if len(history) else history
    if found.empty:
        return None
    told = listed((say("{name} ({first} to {last})", name=row.name_of, first=money(row.first), last=money(row.last)) for row in found.rename(columns={"name": "name_of"}).itertuples()), most=3)
    fewer = int((found["uses_change"] < 0).sum())
    why = say("Each of them is used less than at first.") if fewer == len(found) and fewer > 1 else say("It is used less than at first.") if fewer == len(found) else count("In {n} of them use falls.", "In {n} of them use falls.", fewer) if fewer else say("Prices rose faster than use.")
    return Finding(say("The cost of one use rises by a tenth a year or more for {told}.", told=told) + " " + why, "bad", "counted", HELD)


def growth(growth: pd.DataFrame) -> Finding | None:
    """How spending moved as paid, and at the prices of one year."""
    if growth.empty:
        return None
    paid = growth[growth["kind"] == "as paid"].iloc[0]
    first = say("From fiscal year {first} to {last} spending {way} as paid", first=int(paid["first_year"]), last=int(paid["last_year"]), way=_way(paid["rate"]))
    if len(growth) == 1:
        return Finding(say("{told}. What of it is the rise in prices cannot be said without prices.csv.", told=first), "plain", "counted", YEARS)
    real = growth[growth["kind"] == "in real terms"].iloc[0]
    if min(abs(paid["rate"]), abs(real["rate"])) >= LEVEL and (paid["rate"] > 0) == (real["rate"] > 0):
        text = say("{told}, and by {rate} a year at the prices of {base}.", told=first, rate=share(abs(real["rate"]), 1), base=int(real["base_year"]))
    else:
        change = real["last"] / real["first"] - 1
        buys = say("{share} less", share=share(-change)) if change < 0 else say("{share} more", share=share(change))
        text = say("{told}, but {way} at the prices of {base}: the money buys {buys} than at the start.", told=first, way=_way(real["rate"]), base=int(real["base_year"]), buys=buys)
    return Finding(text, "bad" if real["rate"] <= -LEVEL else "plain", "estimated", YEARS)


def _way(rate: float) -> str:
    if abs(rate) < LEVEL:
        return say("stayed level")
    return say("rose by {rate} a year", rate=share(rate, 1)) if rate > 0 else say("fell by {rate} a year", rate=share(-rate, 1))


def one_year(years: pd.DataFrame) -> Finding | None:
    """What the only known year cost, where no other stands beside it."""
    known = years[years["amount"].notna()] if len(years) else years
    if len(known) != 1:
        return None
    row = known.iloc[-1]
    text = say("In fiscal year {year} the library spent {money}; with a second year in budget.csv or statistics.csv, this section would say how spending moves.", year=int(row["fiscal_year"]), money=money(row["amount"], 0))
    return Finding(text, "unknown", "counted", YEARS)


def broken(years: pd.DataFrame) -> list[Finding]:
    """Years without a figure, which break the series."""
    found = []
    for state, one, many in (("missing", "No spending is known for fiscal year {years}; what came before is not set beside what came after.", "No spending is known for fiscal years {years}; what came before is not set beside what came after."),
                             ("partly known", "For some lines of fiscal year {years} no spending is known, so the year is left out.", "For some lines of fiscal years {years} no spending is known, so these years are left out.")):
        rows = years[years["source"] == state] if len(years) else years
        if len(rows):
            found.append(Finding(count(one, many, len(rows), years=listed(str(int(year)) for year in rows["fiscal_year"])), "unknown", "counted", YEARS))
    return found


def categories(by_category: pd.DataFrame) -> Finding | None:
    """Which category grew fastest and which slowest, in real terms where prices are known."""
    known = by_category[by_category["rate"].notna()] if len(by_category) else by_category
    if len(known) < 2:
        return None
    real = known["real_rate"].notna().all()
    rate = "real_rate" if real else "rate"
    top, low = known.loc[known[rate].idxmax()], known.loc[known[rate].idxmin()]
    terms = say("at the prices of {year}", year=int(top["last_year"])) if real else say("as paid")
    text = say("From fiscal year {first} to {last}, {terms}, money for {top} {up} and money for {low} {down}.", first=int(top["first_year"]), last=int(top["last_year"]), terms=terms,
               top=_bought(top["category"]), up=_way(top[rate]), low=_bought(low["category"]), down=_way(low[rate]))
    return Finding(text, "plain", "counted", ("budget", "prices"))


def _bought(category: str) -> str:
    return say("all else") if category == "other" else say(category)


def rounded(value: float) -> str:
    """An amount with three figures, as far as a forecast carries.

    >>> rounded(2945306.0)
    '$2,950,000'
    """
    return money(float(f"{value:.3g}"), 0)


def ahead(ahead: pd.DataFrame) -> Finding | None:
    """What the next year would cost if all went on."""
    if ahead.empty:
        return None
    row = ahead.iloc[0]
    if row["method"] == "range of past changes":
        text = say("If all went on as it has, fiscal year {year} would cost {low} to {high}: the range of the yearly changes of {n} years, too few for a forecast.",
                   year=int(row["fiscal_year"]), low=rounded(row["low"]), high=rounded(row["high"]), n=number(row["years"]))
    else:
        text = say("If all went on as it has, fiscal year {year} would cost about {expected}, with a chance of 80% between {low} and {high} ({method}, {n} years).",
                   year=int(row["fiscal_year"]), expected=rounded(row["expected"]), low=rounded(row["low"]), high=rounded(row["high"]), method=say(row["method"]), n=number(row["years"]))
    return Finding(text, "plain", "estimated", ("budget", "statistics"))


def split(split: pd.DataFrame) -> Finding | None:
    """Which materials should get another split of print and digital, and where it depends on what counts."""
    known = split[split["state"] != "not known"] if len(split) else split
    if known.empty:
        return None
    clear = known[known["state"].isin(["more digital", "more print"])]
    parts = [say("for {name} digital has {now} of the money and {proposed} is proposed ({low} to {high})", name=row.material, now=share(row.money), proposed=share(row.proposed), low=share(row.low), high=share(row.high)) for row in clear.itertuples()]
    depends = known.loc[known["state"] == "depends", "material"]
    rest = count("For {names} it depends on which measure counts.", "For {names} it depends on which measure counts.", len(depends), names=listed(depends, most=3)) if len(depends) else ""
    if clear.empty:
        text = say("No material calls clearly for another split of print and digital.")
        return Finding(f"{text} {rest}".strip(), "plain" if rest else "good", "estimated", FORMATS)
    text = count("{n} of {all} materials calls for another split, and no measure speaks against it: {parts}.", "{n} of {all} materials call for another split, and no measure speaks against it: {parts}.",
                 len(clear), all=number(len(known)), parts=listed(parts, most=2))
    return Finding(f"{text} {rest}".strip(), "bad", "estimated", FORMATS)


def bound(split: pd.DataFrame) -> list[Finding]:
    """Where a floor holds the split, and where too few were asked."""
    held, few, found = split[split["binds"] != ""], split[split["hidden"].eq(True)], []
    if len(held):
        told = listed((say("{name} ({form} keeps {floor})", name=row.material, form=say(row.binds), floor=share(row.proposed if row.binds == "digital" else 1 - row.proposed)) for row in held.itertuples()), most=3)
        found.append(Finding(say("A floor holds the proposal for {told}; without it, more would move.", told=told), "plain", "estimated", FORMATS))
    if len(few):
        found.append(Finding(say("Too few people were asked about {names} to show what they prefer.", names=listed(few["material"], most=3)), "unknown", "counted", FORMATS))
    return found


def savings(candidates: pd.DataFrame, by_sureness: pd.DataFrame) -> Finding | None:
    """How much could be freed, how sure that is, and where most of it lies."""
    if candidates.empty:
        return None
    sums = by_sureness.set_index("sure")["money"]
    told = listed(say("{money} {sure}", money=money(sums[sure], 0), sure=say(sure)) for sure in sums.index)
    stands = candidates[candidates["counted"]]
    firmer = stands[stands["sure"] != "open"]
    first = (firmer if len(firmer) else stands).iloc[0]
    text = count("{n} possibility to free money is on the table, {told} a year.", "{n} possibilities to free money are on the table, {told} a year.", int(by_sureness["candidates"].sum()), told=told)
    text += " " + say("The largest of the surer ones: {name} ({kind}, {money}, {sure}).", name=first["name"], kind=say(KINDS[first["kind"]]), money=money(first["money"], 0), sure=say(first["sure"]))
    doubles = int((~candidates["counted"]).sum())
    if doubles:
        text += " " + count("{n} more lies within one of these and is not added.", "{n} more lie within these and are not added.", doubles)
    return Finding(text, "plain", "estimated", SAVED)


KINDS = {"unused": "subscription not used", "dearer than one by one": "subscription dearer than one by one", "under plan": "plan never used up", "ending": "end or hand over the service",
         "grown dearer": "one use has grown dearer", "shared dearer": "shared purchase dearer than alone"}
