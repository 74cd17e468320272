"""Which groups of respondents differ, whom the answers over- and underrepresent, and what weighting changes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planning.methods import agreement, comparisons, disclosure, intervals, raking

NOT_STATED = "Not stated"
CHANCE, FEWEST, KNOWN, LITTLE = 0.05, 30, 0.8, 0.05
OWN = "\ue000"  # a character that no trait and no value in a plan bears
BY_TRAIT = ["question", "text", "group", "trait", "value", "n", "good", "low", "high", "everyone", "hidden"]
DIFFERENCES = ["question", "text", "group", "scale", "trait", "groups", "n", "lowest", "lowest_n", "lowest_good", "highest", "highest_n", "highest_good", "chance", "effect", "size", "clear", "hidden"]
MARGINS = ["group", "trait", "status", "value", "found", "people"]
COMPOSITION = ["group", "trait", "value", "n", "of", "share", "low", "high", "known", "gap", "clear", "source", "hidden"]
WEIGHTED = ["question", "text", "group", "n", "plain", "plain_low", "plain_high", "weighted", "low", "high", "moved", "design_effect", "effective_n", "status", "hidden"]


def by_trait(counted: pd.DataFrame, traits: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """Share whose answer counts as good, question by question and group by group: question, text, group, trait, value, n, good
    (share 0-1), low, high (95 % Wilson), everyone (the same share of all who answered), hidden.

    Takes `surveys.counted` (the newest answers count) and traits; who gave no value stands as "Not stated". Groups are hidden so that
    neither one trait, nor the traits together, nor with them the segments, let fewer than `small_group` people be worked
    out: segments first, then the traits with the fewest groups, lose least. Questions on recommending are left out.
    """
    rows = []
    for question, one in _questions(counted):
        wide, hide = _parted(one, traits, small_group)
        everyone = one["good"].mean() if len(one) >= small_group else np.nan
        for trait in wide.columns:
            for value, part in one.groupby(wide[trait], sort=True):
                n, hits = len(part), int(part["good"].sum())
                rows.append([question, *one[["text", "group"]].iloc[0], trait, value, float(n), hits / n, *intervals.wilson(hits, n), everyone, value in hide[trait]])
    found = pd.DataFrame(rows, columns=BY_TRAIT)
    hidden = found["hidden"].astype(bool)
    return found.assign(hidden=hidden, **{name: found[name].astype(float).mask(hidden) for name in ("n", "good", "low", "high")})


def _questions(counted: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    own = counted[counted["newest"].astype(bool) & (counted["scale"] != "recommend 0-10") & counted["good"].notna()]
    return [(question, one.set_index("respondent", drop=False).rename_axis(None)) for question, one in own.groupby("question", sort=True)]


def _wide(one: pd.DataFrame, traits: pd.DataFrame) -> pd.DataFrame:
    """Each respondent's value of each trait, the traits with fewest values first."""
    own = traits[traits["respondent"].isin(one["respondent"])]
    wide = own.pivot(index="respondent", columns="trait", values="value").reindex(one["respondent"]) if len(own) else pd.DataFrame(index=one["respondent"])
    wide = wide.rename_axis(index=None, columns=None).astype(object).fillna(NOT_STATED)
    return wide[sorted(wide.columns, key=lambda trait: (wide[trait].nunique(), trait))]


def _parted(one: pd.DataFrame, traits: pd.DataFrame, small_group: int) -> tuple[pd.DataFrame, dict[str, set[str]]]:
    """Each respondent's value of each trait, and the values to hide."""
    wide = _wide(one, traits)
    # The segments go first; a trait that is called segment stays its own.
    both = pd.concat([one["segment"].astype(object).fillna(NOT_STATED).rename(f"{OWN}segment"), wide], axis=1)
    good = one["good"].astype(bool) if "good" in one else None
    kinds = None if good is None else np.column_stack([np.where(good, 1, np.where((one["scale"] == "agree 1-5") & (one["answer"] == 3), 0, -1)), good])
    return wide, disclosure.hidden_groups(both, small_group, kinds=kinds)


def differences(counted: pd.DataFrame, traits: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """On which statements which trait parts people, clear ones first, the least likely chance first: question, text, group, scale, trait, groups (how many are
    compared), n, lowest and highest (the groups with the lowest and highest share), lowest_n, highest_n (answers), lowest_good, highest_good (shares 0-1), chance
    (0-1, corrected), effect (Cliff's delta of highest against lowest for two groups, -1 to 1; epsilon squared for more, 0 to 1), size
    (of the effect, in a word), clear, hidden.

    Takes `surveys.counted` and traits; only groups that `by_trait` shows are compared, without "Not stated". Two groups: Mann-Whitney,
    or Fisher's exact test for yes or no. More: Kruskal-Wallis. `chance` is corrected after Benjamini and Hochberg for all
    comparisons in the table, and `clear` means under 0.05: of the clear ones, one in twenty is expected to be chance. A row with
    fewer than two groups to compare is hidden. Groups can differ for reasons that have nothing to do with the trait.
    """
    shares = by_trait(counted, traits, small_group=small_group)
    rows = []
    for question, one in _questions(counted):
        wide = _wide(one, traits)
        for trait in wide.columns:
            here = shares[(shares["question"] == question) & (shares["trait"] == trait) & (shares["value"] != NOT_STATED) & ~shares["hidden"]]
            here = here.sort_values(["good", "value"])
            sides = [one.loc[(wide[trait] == value).to_numpy(), "answer"] for value in here["value"]]
            rows.append([question, *one[["text", "group", "scale"]].iloc[0], trait, len(here), *_difference(here, sides, one["scale"].iloc[0])])
    found = pd.DataFrame(rows, columns=[name for name in DIFFERENCES if name not in ("clear", "hidden")])
    found["hidden"] = found["groups"] < 2
    figures = ["n", "lowest_n", "lowest_good", "highest_n", "highest_good", "chance", "effect"]
    found = found.assign(**{name: found[name].astype(float) for name in figures})
    found["chance"] = comparisons.benjamini_hochberg(found["chance"])
    found["clear"] = found["chance"].fillna(1) < CHANCE
    gap = -(found["highest_good"] - found["lowest_good"])
    return found.assign(gap=gap).sort_values(["hidden", "chance", "gap", "question", "trait"], ignore_index=True)[DIFFERENCES]


def _difference(here: pd.DataFrame, sides: list[pd.Series], scale: str) -> list[object]:
    if len(here) < 2:
        return [None] * 9 + ["not known"]
    low, high = here.iloc[0], here.iloc[-1]
    ends = [here["n"].sum(), *low[["value", "n", "good"]], *high[["value", "n", "good"]]]
    if len(here) > 2:
        found = comparisons.rank_test_of_several(sides)
        return [*ends, found.chance, found.epsilon, comparisons.epsilon_words(found.epsilon)]
    delta = agreement.cliffs_delta(sides[1], sides[0])
    chance = comparisons.rank_test(*sides) if scale != "yes no" else comparisons.exact_test([[(side == 1).sum(), (side != 1).sum()] for side in sides])
    return [*ends, chance, delta, agreement.delta_words(delta)]


def _people(counted: pd.DataFrame) -> pd.DataFrame:
    """The respondents of each group's largest newest survey, once each, with group and segment."""
    newest = counted[counted["newest"].astype(bool)]
    sizes = newest.groupby(["group", "wave"])["respondent"].nunique().reset_index()
    main = sizes.sort_values(["respondent", "wave"], ascending=[False, True]).drop_duplicates("group")[["group", "wave"]]
    own = newest.merge(main, on=["group", "wave"])
    return own.sort_values("respondent", kind="stable").drop_duplicates(["group", "respondent"])[["group", "wave", "respondent", "segment"]].reset_index(drop=True)


def undisclosed(counted: pd.DataFrame, by_segment: pd.DataFrame, by_trait: pd.DataFrame) -> pd.DataFrame:
    """That no hidden group of answers can be worked out from those shown and their total: check, expected (0), found (hidden groups
    whose number of people or of good answers has one possible value, or that all answered alike); empty without hidden groups.

    Takes `surveys.counted`, `surveys.by_segment` and `by_trait`. The possible values are those of `disclosure.ranges`. Breakdowns are
    looked at one by one; that several of them together tell no more is what the rule for hiding is for.
    """
    segments = by_segment.rename(columns={"segment_name": "value", "agree": "good"}).assign(trait=f"{OWN}segment")
    rows = pd.concat([part.reindex(columns=["question", "trait", "value", "n", "good", "everyone", "hidden"]) for part in (segments, by_trait)])
    answers = {question: one["good"].astype(float) for question, one in _questions(counted)}
    told = [_told(answers[question], part) for (question, _), part in rows.groupby(["question", "trait"]) if part["everyone"].notna().all()]
    check = [["Hidden groups of answers that can be worked out from what is shown", 0, sum(told)]]
    return pd.DataFrame(check if rows["hidden"].astype(bool).any() else [], columns=["check", "expected", "found"])


def _told(good: pd.Series, rows: pd.DataFrame) -> int:
    """How many hidden groups of one breakdown can be worked out."""
    hidden = int(rows["hidden"].astype(bool).sum())
    if not hidden:
        return 0
    shown = rows[~rows["hidden"].astype(bool)].astype({"n": float, "good": float})
    yes, n = round(good.sum() - (shown["n"] * shown["good"]).sum()), round(len(good) - shown["n"].sum())
    one = np.eye(hidden)
    # The unknown counts: good answers of each hidden group, then the others; each group has at least one of either.
    known = np.vstack([np.kron(np.eye(2), np.ones(hidden)), np.hstack([one, one])])
    figures = [[yes, yes], [n - yes, n - yes], *[[1, np.inf]] * hidden]
    sides = [np.hstack([one, 0 * one]), np.hstack([0 * one, one])]
    found = [disclosure.ranges(known, figures, cells) for cells in (*sides, sides[0] + sides[1])]
    exact = np.logical_or.reduce([part["found_out"] for part in found])
    alike = ((found[0]["highest"] == 0) | (found[1]["highest"] == 0)) & (0 < good.sum() < len(good))
    return int((exact | alike).sum())


def margins(counted: pd.DataFrame, traits: pd.DataFrame, trait_shares: pd.DataFrame) -> pd.DataFrame:
    """Which known shares the answers can be weighted by, and why not by the others: group, trait, status, value (the value it is
    about), found (the figure it is about), people (respondents in the group's largest newest survey).

    status: "used"; "sum" (the known shares add up to `found`, not to 1); "empty cell" (nobody answered who has `value`, a share of
    `found`); "unknown value" (some answered whose `value` has no known share above 0); "not asked" (no respondent's value is on record);
    "hardly known" (only of `found`, a share 0-1, of respondents, less than four in five); "too few" (fewer than 30
    respondents). What is wrong with one trait does not stop the others. Empty without known shares or answers.
    """
    people, rows = _people(counted), []
    for (group, trait), shares in trait_shares.groupby(["group", "trait"], sort=True):
        here = people[people["group"] == group]
        if len(here):
            values = here["respondent"].map(traits[traits["trait"] == trait].set_index("respondent")["value"])
            values = values.mask(values == NOT_STATED)
            rows.append([group, trait, *_status(values, shares), float(len(here))])
    return pd.DataFrame(rows, columns=MARGINS)


def _status(values: pd.Series, shares: pd.DataFrame) -> list[object]:
    total, known = float(shares["share"].sum()), values.dropna()
    if abs(total - 1) > raking.SUM:
        return ["sum", None, total]
    if known.empty:
        return ["not asked", None, None]
    if len(values) < FEWEST:
        return ["too few", None, float(len(values))]
    if len(known) < KNOWN * len(values):
        return ["hardly known", None, len(known) / len(values)]
    strange = sorted(set(known) - set(shares.loc[shares["share"] > 0, "value"]))
    if strange:
        return ["unknown value", strange[0], None]
    empty = shares[(shares["share"] > 0) & ~shares["value"].isin(set(known))].sort_values(["share", "value"], ascending=[False, True])
    return ["used", None, None] if empty.empty else ["empty cell", empty.iloc[0]["value"], float(empty.iloc[0]["share"])]


def composition(counted: pd.DataFrame, traits: pd.DataFrame, trait_shares: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """Who answered beside who there is, the largest gap first: group, trait, value, n (respondents with it), of (respondents with any
    value that is shown), share (n ÷ of, 0-1), low, high (95 % Wilson), known (share 0-1, among the values that
    are shown), gap (share − known), clear (known lies outside the interval, widened for the
    number of shares compared), source, hidden.

    Takes `surveys.counted`, of which the respondents of each group's largest newest survey count. Traits whose known shares do not add
    up to 1 are left out (see `margins`). Small groups are hidden as in `by_trait`. A value that nobody has stands with 0: it is missing from the
    answers altogether.
    """
    people, rows = _people(counted), []
    right = trait_shares.groupby(["group", "trait"])["share"].transform("sum").sub(1).abs() <= raking.SUM if len(trait_shares) else trait_shares["share"].notna()
    for group, shares in trait_shares[right].groupby("group", sort=True):
        here = people[people["group"] == group]
        if here.empty:
            continue
        wide, hide = _parted(here.set_index("respondent", drop=False).rename_axis(None), traits, small_group)
        for trait in [name for name in wide.columns if name in set(shares["trait"])]:
            rows += _composed(group, wide[trait], shares[shares["trait"] == trait], hide[trait])
    found = pd.DataFrame(rows, columns=[name for name in COMPOSITION if name != "clear"])
    hidden = found["hidden"].astype(bool)
    low, high = intervals.wilson(found["n"].astype(float).mask(hidden, 0), found["of"].astype(float), confidence=1 - 0.05 / max(len(found), 1))
    found["clear"] = ((found["known"] < low) | (found["known"] > high)) & ~hidden
    found = found.assign(hidden=hidden, **{name: found[name].astype(float).mask(hidden) for name in ("n", "of", "share", "low", "high", "gap")})
    size = -found["gap"].abs()
    return found.assign(size=size).sort_values(["group", "hidden", "size", "trait", "value"], ignore_index=True)[COMPOSITION]


def _composed(group: str, values: pd.Series, shares: pd.DataFrame, hide: set[str]) -> list[list[object]]:
    # Shares of all whose value is known would tell how many a hidden group has.
    seen = shares[~shares["value"].isin(hide)]
    of, whole, rows = int(values.isin(seen["value"]).sum()), seen["share"].sum(), []
    for row in shares.itertuples():
        n, hidden = int((values == row.value).sum()), row.value in hide
        share, known = (n / of if of else np.nan), (row.share if hidden or not whole else row.share / whole)
        rows.append([group, row.trait, row.value, float(n), float(of), share, *(intervals.wilson(n, of) if not hidden else (np.nan, np.nan)), known, share - known, row.source, hidden])
    return rows


def weighted(counted: pd.DataFrame, traits: pd.DataFrame, trait_shares: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """Each share as answered and as it would be if the answers had the known shares, the most moved first: question, text, group, n,
    plain (share 0-1 whose answer counts as good) with its 95 % Wilson ends plain_low, plain_high, weighted (share 0-1), low, high
    (95 %, Wilson on the effective number), moved (weighted − plain), design_effect, effective_n, status, hidden.

    Takes `surveys.counted` of each group's largest newest survey; the weights are raked to all traits that `margins` calls used,
    question by question among those who answered it. Respondents without a value keep their part. Groups that are hidden, and with
    them those of whom nobody answered the question, weigh as one (where none is hidden, up to 5 % of whom nobody answered are left out), so that the weighted share tells no more of them than the plain one. No weight is above five times the mean. status: "weighted", or why
    not: "too few" (under 30 answers), "empty cell", "no convergence". Empty where no trait can be used. Weights make the groups right, not
    those who did not answer within them.
    """
    people, rows = _people(counted), []
    used = margins(counted, traits, trait_shares).query("status == 'used'")
    known = {(group, trait): dict(zip(part["value"], part["share"])) for (group, trait), part in trait_shares.groupby(["group", "trait"])}
    waves = dict(zip(people["group"], people["wave"]))
    for question, one in _questions(counted):
        group = one["group"].iloc[0]
        own = used.loc[used["group"] == group, "trait"]
        if len(own) and (one["wave"] == waves[group]).all():
            rows.append([question, one["text"].iloc[0], group, *_reweighted(one, {trait: known[group, trait] for trait in own}, traits, small_group), len(one) < small_group])
    found = pd.DataFrame(rows, columns=WEIGHTED)
    hidden = found["hidden"].astype(bool)
    found = found.assign(hidden=hidden, **{name: found[name].astype(float).mask(hidden) for name in WEIGHTED[3:-2]})
    return found.assign(size=-found["moved"].abs()).sort_values(["hidden", "size", "question"], ignore_index=True)[WEIGHTED]


def _reweighted(one: pd.DataFrame, known: dict[str, dict[str, float]], traits: pd.DataFrame, small_group: int) -> list[object]:
    n, good = len(one), one["good"].astype(float).to_numpy()
    plain = [float(n), good.mean(), *intervals.wilson(good.sum(), n)]
    if n < FEWEST:
        return [*plain, *[None] * 6, "too few"]
    wide, hide = _parted(one, traits, small_group)
    sample, targets = pd.DataFrame(index=wide.index), {}
    for trait in [name for name in known if name in wide]:
        missing = (wide[trait] == NOT_STATED).mean()
        shares = {value: share * (1 - missing) for value, share in known[trait].items()} | ({NOT_STATED: missing} if missing else {})
        nobody = set(shares) - set(wide[trait])
        if not hide[trait] and sum(shares[value] for value in nobody) <= LITTLE:
            shares = {value: share for value, share in shares.items() if value not in nobody}
        apart = hide[trait] | nobody if hide[trait] else set()
        pooled = {value: OWN if value in apart else value for value in shares}
        sample[trait] = wide[trait].map(pooled)
        whole = pd.Series(shares).groupby(pooled).sum()
        targets[trait] = (whole / whole.sum()).to_dict()
    try:
        found = raking.raked(sample, targets)
    except raking.CannotWeigh as error:
        return [*plain, *[None] * 6, error.reason]
    # In full precision the weights would tell how many of each crossing of groups answered well.
    share = round(float((found.weights * good).sum() / found.weights.sum()), 3)
    low, high = intervals.wilson(share * found.effective_n, found.effective_n)
    return [*plain, share, low, high, share - plain[1], found.design_effect, found.effective_n, "weighted"]
