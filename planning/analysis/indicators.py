"""KPIs as instruments: what each one is, on which sides of the library they look, which targets are met, what is missing among them."""

from __future__ import annotations

import datetime as dt
import re

import pandas as pd

from planning.methods import progress as way

PERSPECTIVES = ("patrons", "process", "finance", "learning")
SHEET = ("definition", "formula", "source", "limits", "baseline", "due")
RESULTS = ("outcome", "impact")
WORDS = {way.MET: "met", way.PARTLY: "partly", way.MISSED: "missed", way.UNMEASURED: "unmeasured", way.AIMLESS: "aimless"}
GAPS = ["kind", "id", "name", "above", "perspective", "family", "level", "timing"]
SUGGESTED = ["indicator", "name", "kind", "id", "about", "definition", "formula", "unit", "frequency", "source", "limits", "family", "perspective",
             "level", "timing",
             "direction", "fit"]
NEAR = 0.25
COMMON = (
    "about above after again all and any are asked away been before best between both but can count cut day down during each end every first for "
    "four from full further group half "
    "has have here hold hour into its kind last least left less library long lower make many matter mean median month more most much need new nine "
    "not number one only open other out "
    "over own part patron people per percent person place plan point post put quarter raise reach record same say set share shorten six some staff "
    "still such take ten than that the their "
    "them then there these they this three time two under until use used usual very want was way week well were what when where which while who "
    "whom whose will with within work "
    "year"
)


def perspectives(kpis: pd.DataFrame) -> pd.DataFrame:
    """On which side of the library the KPIs look: perspective, kpis (number), share (0-1 of those with a perspective).

    The four sides of a balanced scorecard in their order: patrons, process, finance, learning.
    Source: Kaplan and Norton 1992. The numbers need not be equal; an empty side is a blind spot.

    >>> perspectives(pd.DataFrame({"perspective": ["patrons", "patrons", "finance", None]}))[["kpis", "share"]].round(2).values.tolist()
    [[2.0, 0.67], [0.0, 0.0], [1.0, 0.33], [0.0, 0.0]]
    """
    known = kpis["perspective"].dropna()
    if known.empty:
        return pd.DataFrame(columns=["perspective", "kpis", "share"])
    counted = known.value_counts().reindex(list(PERSPECTIVES), fill_value=0)
    return pd.DataFrame({"perspective": list(PERSPECTIVES), "kpis": counted.to_numpy(), "share": (counted / counted.sum()).to_numpy()})


def sheet(kpis: pd.DataFrame, services: pd.DataFrame) -> pd.DataFrame:
    """One row a KPI with what a reader needs to trust it: kpi, kpi_name, service_name, definition, formula, source, limits,
    unit, level, timing, perspective, direction, frequency, baseline, baseline_period, target, partial, target_low,
    target_high, due, missing (number of entries that lack), lacks (their names).

    Counted as lacking when empty: definition, formula, source, limits, baseline, due, and the target (for a
    band, either end of it). Those that lack most come first, then by id. Form after ISO 11620, which
    asks of each indicator what it is, how it is worked out, where it comes from and what it cannot show.
    """
    named = services[["service", "name"]].rename(columns={"name": "service_name"})
    found = kpis.rename(columns={"name": "kpi_name"}).merge(named, on="service", how="left")
    band = found["direction"] == "band"
    empty = {name: found[name].isna() for name in SHEET}
    empty["target"] = found["target"].isna() & ~band | band & (found["target_low"].isna() | found["target_high"].isna())
    lacks = pd.DataFrame(empty)
    found["missing"] = lacks.sum(axis=1)
    found["lacks"] = [", ".join(name for name in lacks if row[name]) for _, row in lacks.iterrows()]
    columns = ["kpi", "kpi_name", "service_name", "definition", "formula", "source", "limits", "unit", "level", "timing", "perspective", "direction",
               "frequency",
               "baseline", "baseline_period", "target", "partial", "target_low", "target_high", "due", "missing", "lacks"]
    return found[columns].sort_values(["missing", "kpi"], ascending=[False, True], ignore_index=True)


def scorecard(progress: pd.DataFrame, *, as_of: dt.date) -> pd.DataFrame:
    """How many targets are met, one row for all KPIs and one a side of the library that has any: perspective (all, then
    patrons, process, finance, learning, and none named), kpis, met, partly, missed, unmeasured, aimless (without a target),
    measured (met + partly + missed), early (missed, but due after as_of; all of these are numbers), composite (−1 to 1).

    Takes `kpis.progress`. composite = (met − missed) ÷ measured, missing where nothing was measured. Empty when no KPI has
    both a value and a target. Source: the balanced scorecard of the University of Virginia Library (Self 2003); the formula
    is inferred from the rows that it published. Misleads before targets are due, and when they are set low.

    >>> rows = pd.DataFrame({"perspective": ["patrons"] * 3, "met": ["met", "partly met", "not met"], "due": pd.to_datetime(["2027-06-30"] * 3)})
    >>> scorecard(rows, as_of=dt.date(2026, 6, 30))[["perspective", "met", "partly", "missed", "early", "composite"]].values.tolist()
    [['all', 1, 1, 1, 1, 0.0], ['patrons', 1, 1, 1, 1, 0.0]]
    """
    columns = ["perspective", "kpis", *WORDS.values(), "measured", "early", "composite"]
    groups = [("all", progress), *((side, progress[progress["perspective"] == side]) for side in PERSPECTIVES),
              ("none named", progress[progress["perspective"].isna()])]
    rows = []
    for side, own in groups:
        counted = [int((own["met"] == word).sum()) for word in WORDS]
        early = int(((own["met"] == way.MISSED) & (own["due"] > pd.Timestamp(as_of))).sum())
        rows += [[side, len(own), *counted, sum(counted[:3]), early, way.composite(own["met"])]] if len(own) else []
    found = pd.DataFrame(rows, columns=columns)
    return found if len(found) and found["measured"].iloc[0] else found.head(0)


def gaps(kpis: pd.DataFrame, objectives: pd.DataFrame, goals: pd.DataFrame) -> pd.DataFrame:
    """What the KPIs leave out, most pressing first: kind, id (of the goal or objective), name (of it, or the side), above
    (an objective's goal), perspective, family, level, timing (what a KPI must be to fill it). What does not apply is empty.

    Takes the goals in force; heaviest goal and objective under it first. Kinds in their order: *goal without an
    objective*, *objective without a KPI*, *side without a KPI* (of the four of `perspectives`), *no
    result* (no KPI of the plan is an outcome or impact), *no impact*, *no partners* (no KPI whose name or definition speaks
    of partners), *objective without a result*, *objective without a leading KPI*, *objective without a lagging KPI*,
    *objective with one KPI*, *side with one KPI*. Not every gap must be filled: an objective with one good KPI can be
    better off than one with five. Where a KPI's level or timing is left open, its objective has no gap of that kind.

    >>> kpis = pd.DataFrame({"name": ["Loans"], "definition": ["Items lent"], "objective": ["O1"], "level": ["output"], "timing": ["lagging"],
    ...                      "perspective": ["patrons"]})
    >>> objectives = pd.DataFrame({"objective": ["O1"], "goal": ["G1"], "statement": ["Raise loans"]})
    >>> gaps(kpis, objectives, pd.DataFrame({"goal": ["G1"], "name": ["Read"], "weight": [1.0]}))[["kind", "name"]].values.tolist()[:2]
    [['side without a KPI', 'process'], ['side without a KPI', 'finance']]
    """
    ranked = goals[["goal", "name", "weight"]].rename(columns={"name": "goal_name"}).sort_values(["weight", "goal"], ascending=[False, True])
    under = objectives.merge(ranked, on="goal", how="left").sort_values(["weight", "objective"], ascending=[False, True]).fillna({"goal_name": ""})
    own = {objective: kpis[kpis["objective"] == objective] for objective in under["objective"]}
    rows = [["goal without an objective", row.goal, row.goal_name, "", "", "", "", ""] for row in ranked.itertuples() if row.goal not in set(under["goal"])]
    rows += [[kind, row["objective"], row["statement"], row["goal_name"], "", "", *needed]
             for kind, (asked, *needed) in OF_OBJECTIVES.items() for row in under.to_dict("records") if asked(own[row["objective"]])]
    sides = kpis["perspective"].value_counts().reindex(list(PERSPECTIVES), fill_value=0)
    rows += [[SIDES[number], "", side, "", side, "", "", ""] for side, number in sides.items() if number in SIDES]
    rows += [[kind, "", "", "", "", *needed] for kind, (met, *needed) in OF_PLANS.items() if not met(kpis)]
    return pd.DataFrame(sorted(rows, key=lambda row: KINDS.index(row[0])), columns=GAPS)


KINDS = ("goal without an objective", "objective without a KPI", "side without a KPI", "no result", "no impact", "no partners", "objective without a result",
         "objective without a leading KPI", "objective without a lagging KPI", "objective with one KPI", "side with one KPI")
SIDES = {0: "side without a KPI", 1: "side with one KPI"}
OF_OBJECTIVES = {
    "objective without a KPI": (lambda own: own.empty, "", ""),
    "objective without a result": (lambda own: len(own) and own["level"].notna().all() and not own["level"].isin(RESULTS).any(), "outcome impact", ""),
    "objective without a leading KPI": (lambda own: len(own) and own["timing"].notna().all() and not (own["timing"] == "leading").any(), "", "leading"),
    "objective without a lagging KPI": (lambda own: len(own) and own["timing"].notna().all() and not (own["timing"] == "lagging").any(), "", "lagging"),
    "objective with one KPI": (lambda own: len(own) == 1, "", ""),
}
OF_PLANS = {
    "no result": (lambda kpis: kpis["level"].isin(RESULTS).any(), "", "outcome impact", ""),
    "no impact": (lambda kpis: (kpis["level"] == "impact").any() or not kpis["level"].isin(RESULTS).any(), "", "impact", ""),
    "no partners": (lambda kpis: (kpis["name"].fillna("") + " " + kpis["definition"].fillna("")).str.contains("partner", case=False).any(),
                    "partnership", "", ""),
}


def suggested(gaps: pd.DataFrame, indicators: pd.DataFrame, kpis: pd.DataFrame) -> pd.DataFrame:
    """Library KPIs that would fill the gaps, each once: indicator, name, kind and about (of the gap it fills, with its name),
    id, definition, formula, unit, frequency, source, limits, family, perspective, level, timing, direction, fit (0 or more).

    Takes `gaps` and the catalogue for this kind of library. A KPI fits a side, or a lack of results or partners, when it is of
    that side, level or family; it fits a goal or an objective when they share words, too, one of them in the KPI's name. fit
    adds up, over the words shared, 1 ÷ the number of KPIs in the catalogue that use the word, so that rare words count more;
    a word of the objective's goal counts half; below 0.25 it is left out. What the plan measures already, by name, is left
    out: the same words, or two and more in common that make up half of the words of both names. Gaps take turns in their
    order, each with the KPI that fits best (for goals and objectives results before outputs, then in the order of the
    catalogue), so that the first rows serve many gaps.

    Misleads where words agree and meanings do not: a hint for a talk. Empty without gaps or without a catalogue.

    >>> gap = pd.DataFrame([["objective without a KPI", "O1", "Raise loans", "Read", "", "", "", ""]], columns=GAPS)
    >>> listed = pd.DataFrame({"indicator": ["loans", "seats"], "name": ["Loans per person", "Seats taken"], "definition": ["Items lent", "Seats in use"]})
    >>> rows = listed.reindex(columns=[name for name in SUGGESTED if name not in ("kind", "id", "about", "fit")])
    >>> suggested(gap, rows, pd.DataFrame({"name": ["Visits"]}))[["name", "kind", "about", "fit"]].values.tolist()
    [['Loans per person', 'objective without a KPI', 'Raise loans', 1.0]]
    """
    stems = {row.indicator: (_stems(row.name), _stems(f"{row.name} {row.definition}")) for row in indicators.itertuples(index=False)}
    taken = _taken(indicators, kpis)
    queues = [_queue(gap, indicators[~indicators["indicator"].isin(taken)], stems) for gap in gaps.to_dict("records")]
    rows, used = [], set()
    while any(queues):
        for queue in queues:
            first = next((row for row in queue if row["indicator"] not in used), None)
            queue[:] = [row for row in queue if row["indicator"] not in used and row is not first]
            if first:
                used.add(first["indicator"])
                rows.append(first)
    return pd.DataFrame(rows, columns=SUGGESTED)


def _queue(gap: dict[str, object], rows: pd.DataFrame, stems: dict[str, tuple[frozenset[str], frozenset[str]]]) -> list[dict[str, object]]:
    """The catalogue's rows that fit one gap, best first."""
    for column in ("perspective", "family", "level", "timing"):
        rows = rows[rows[column].isin(gap[column].split())] if gap[column] else rows
    told, above = _stems(gap["name"]) if gap["id"] else frozenset(), _stems(gap["above"])
    spread = {word: sum(word in words for _, words in stems.values()) for word in told | above}
    fits = [sum((1.0 if word in told else 0.5) / spread[word] for word in stems[id][1] & (told | above)) if stems[id][0] & told else 0.0
            for id in rows["indicator"]]
    found = rows.assign(fit=fits, kind=gap["kind"], id=gap["id"], about=gap["name"])
    found = found[found["fit"] >= NEAR] if gap["id"] else found
    results_first = ~found["level"].isin(RESULTS) & (found["id"] != "")
    return found.assign(late=results_first).sort_values(["fit", "late"], ascending=[False, True], kind="stable")[SUGGESTED].to_dict("records")


def _taken(indicators: pd.DataFrame, kpis: pd.DataFrame) -> set[str]:
    """Ids of the catalogue that the plan measures already, by name."""
    plan = [(str(name).casefold(), _stems(name)) for name in kpis["name"].dropna()]
    named = [(row.indicator, row.name.casefold(), _stems(row.name)) for row in indicators.itertuples(index=False)]
    return {id for id, name, words in named for other, theirs in plan
            if name == other or words and (words == theirs or len(words & theirs) > 1 and 2 * len(words & theirs) >= len(words | theirs))}


def _stems(text: object) -> frozenset[str]:
    """The words of a text that say what it is about, without their endings: readers and reading become read."""
    return frozenset(_stem(word) for word in re.findall(r"[^\W\d_]{3,}", str(text).casefold())) - FILLERS


def _stem(word: str) -> str:
    return re.sub(r"^(.{3,}?)(ings?|ers?|ed|es|e|ren|s)*$", r"\1", word)


FILLERS = frozenset(_stem(word) for word in COMMON.split())
