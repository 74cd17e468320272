"""What comments are about: how far readers agree on it, which themes are large and which grow, and what uncoded ones may be about."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

import pandas as pd

from planning.methods import comparisons, intervals, kappa, suppression, tfidf

HALF_YEAR = 182
FEW = 10
CHANCE = 0.05
ENOUGH = 30
AGREEMENT = ["one", "other", "entries", "agreed", "kappa", "low", "high", "adjusted", "few", "alpha", "readers"]
BY_THEME = ["theme", "theme_name", "used", "both", "agreement", "definition", "hidden"]
CONFUSED = ["one_name", "other_name", "times", "share", "one_definition", "other_definition", "hidden"]
RANKED = ["place", "theme", "theme_name", "entries", "share", "low", "high", "hidden"]
GROWTH = ["theme", "theme_name", "before", "now", "share_before", "share_now", "difference", "low", "high", "chance", "clear", "few", "hidden"]
PROPOSALS = ["feedback", "date", "theme", "theme_name", "likeness", "lead", "sure", "words"]
TRIED = ["tried", "proposed", "agreed", "share", "low", "high", "most_used", "part"]


def agreement(codings: pd.DataFrame) -> pd.DataFrame:
    """How far every two readers agree on themes, fewest entries last: one, other (letters of the readers), entries (read by both),
    agreed (0-1), kappa (up to 1; 0 is chance) with low and high (95 % interval), adjusted (kappa if all themes were used
    alike often), few (true under 30 entries), alpha (Krippendorff's, for all readers together), readers (their number).

    An entry counts for two readers when both gave it a theme. Read the letters only: readers are never named. A high
    kappa says that the codebook is used alike, and not that its themes are the right ones. Empty without two readers.

    >>> codings = pd.DataFrame({"feedback": ["F1", "F1", "F2", "F2", "F3", "F3"], "coder": list("ABABAB"), "theme": ["T1", "T1", "T2", "T2", "T1", "T2"]})
    >>> agreement(codings)[["one", "other", "entries", "kappa"]].round(2).values.tolist()
    [['A', 'B', 3, 0.4]]
    """
    read = _read(codings)
    together = kappa.alpha([[None if pd.isna(theme) else theme for theme in row] for row in read.to_numpy()])
    rows = []
    for one, other in combinations(read.columns, 2):
        both = read[[one, other]].dropna()
        if len(both):
            found = kappa.cohens_kappa(_table(both[one], both[other]))
            rows.append([one, other, found.n, found.agreed, found.kappa, found.low, found.high, found.adjusted, found.n < ENOUGH, together, read.shape[1]])
    return pd.DataFrame(rows, columns=AGREEMENT).sort_values(["entries", "one", "other"], ascending=[False, True, True], ignore_index=True)


def by_theme(codings: pd.DataFrame, themes: pd.DataFrame, feedback: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """On which themes readers agree least, those first: theme, theme_name, used (times, by all pairs of readers), both (times that two
    readers both gave it), agreement (0-1, how often the other reader goes along), definition, hidden.

    Hidden are the themes that `ranked` hides, and those used fewer times than `small_group` with what would give them away.
    """
    firsts, seconds = _pairs(codings)
    found = kappa.by_category(firsts, seconds).rename(columns={"category": "theme"})
    found = found.merge(themes[["theme", "name", "definition"]].rename(columns={"name": "theme_name"}), on="theme") if len(found) else pd.DataFrame(columns=BY_THEME)
    hidden = found["theme"].isin(_unseen(feedback, small_group)) | suppression.hidden(found["used"].astype(float), small_group)
    found = found.assign(hidden=hidden.astype(bool), **{name: found[name].astype(float).mask(hidden) for name in ("used", "both", "agreement")})
    return found.sort_values(["hidden", "agreement", "theme"], ignore_index=True)[BY_THEME]


def confused(codings: pd.DataFrame, themes: pd.DataFrame, feedback: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """Which two themes readers take for each other, most often first: one_name, other_name, times, share (0-1, of all disagreements),
    one_definition, other_definition (missing where there is none), hidden (a theme that `by_theme` hides).

    The definitions of a pair at the top are the ones to sharpen: say which of the two a comment on both belongs to.
    """
    firsts, seconds = _pairs(codings)
    apart = pd.Series([tuple(sorted(pair)) for pair in zip(firsts, seconds) if pair[0] != pair[1]], dtype=object)
    counted = apart.value_counts()
    names, definitions = (dict(zip(themes["theme"], themes[name])) for name in ("name", "definition"))
    rows = by_theme(codings, themes, feedback, small_group=small_group)
    unseen = set(rows.loc[rows["hidden"], "theme"])
    rows = [[names.get(one), names.get(other), times, times / len(apart), definitions.get(one), definitions.get(other), bool({one, other} & unseen)]
            for (one, other), times in counted.items()]
    found = pd.DataFrame(rows, columns=CONFUSED).astype({"hidden": bool})
    found[["times", "share"]] = found[["times", "share"]].astype(float).mask(found["hidden"])
    return found.sort_values(["hidden", "times", "one_name", "other_name"], ascending=[True, False, True, True], ignore_index=True)


def ranked(feedback: pd.DataFrame, themes: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """Themes by how many entries are about them: place, theme, theme_name, entries, share (0-1, of all coded entries), low, high (95 %
    Wilson interval), hidden.

    The interval says how far the share would move if as many people had spoken on other days; it does not make those who
    spoke stand for all. Small themes are hidden as in `feedback.closure`.

    >>> feedback = pd.DataFrame({"theme": ["T1", "T1", "T2", None]})
    >>> ranked(feedback, pd.DataFrame({"theme": ["T1", "T2"], "name": ["Seats", "Hours"]}), small_group=1)[["place", "theme_name", "entries"]].values.tolist()
    [[1.0, 'Seats', 2.0], [2.0, 'Hours', 1.0]]
    """
    sizes = feedback["theme"].value_counts().sort_index()
    found = pd.DataFrame({"theme": sizes.index, "entries": sizes.to_numpy(dtype=float)}).merge(_named(themes), on="theme")
    found["share"] = found["entries"] / max(sizes.sum(), 1)
    found["low"], found["high"] = intervals.wilson(found["entries"], float(sizes.sum())) if len(found) else (None, None)
    found["hidden"] = found["theme"].isin(_unseen(feedback, small_group))
    found["place"] = found["entries"].rank(method="min", ascending=False)
    figures = ["place", "entries", "share", "low", "high"]
    found[figures] = found[figures].astype(float).mask(found["hidden"].astype(bool))
    return found.astype({"hidden": bool}).sort_values(["hidden", "entries", "theme"], ascending=[True, False, True], ignore_index=True)[RANKED]


def growth(feedback: pd.DataFrame, themes: pd.DataFrame, *, as_of: dt.date, small_group: int) -> pd.DataFrame:
    """Which themes take a larger share of the entries of the last half-year (182 days) than of the one before, largest growth first:
    theme, theme_name, before, now (entries), share_before, share_now (0-1), difference (share_now − share_before, −1 to 1) with low
    and high (95 % interval), chance (0-1, how often chance parts them so far, corrected for all themes), clear (chance under 0.05), few
    (fewer than 10 entries in both together), hidden.

    Hidden are the themes that `ranked` hides, and those with few entries in this year with what would give them away.
    By the exact test with Holm's correction. A season that comes every year, or one focus group, can make a theme grow.
    """
    age = (pd.Timestamp(as_of) - feedback["date"]).dt.days
    coded = feedback.assign(window=age // HALF_YEAR)[feedback["theme"].notna() & (age >= 0)]
    sizes = [coded.loc[coded["window"] == window, "theme"].value_counts() for window in (0, 1)]
    now_all, before_all = int(sizes[0].sum()), int(sizes[1].sum())
    rows = []
    for theme in sorted(set(sizes[0].index) | set(sizes[1].index)) if now_all and before_all else []:
        now, before = int(sizes[0].get(theme, 0)), int(sizes[1].get(theme, 0))
        chance = comparisons.exact_test([[now, now_all - now], [before, before_all - before]])
        rows.append([theme, before, now, before / before_all, now / now_all, *comparisons.share_difference(now, now_all, before, before_all), chance])
    found = pd.DataFrame(rows, columns=["theme", *GROWTH[2:10]]).merge(_named(themes), on="theme")
    found["chance"] = comparisons.holm(found["chance"].astype(float))
    few = suppression.hidden(found["before"] + found["now"], small_group, answers=found[["before", "now"]])
    found["hidden"] = found["theme"].isin(_unseen(feedback, small_group)) | few.astype(bool)
    found[GROWTH[2:10]] = found[GROWTH[2:10]].astype(float).mask(found["hidden"])
    found["clear"], found["few"] = found["chance"] < CHANCE, (found["before"] + found["now"]) < FEW
    return found.sort_values(["hidden", "difference", "theme"], ascending=[True, False, True], ignore_index=True)[GROWTH]


def proposals(feedback: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """A theme for each comment that nobody has coded, for a person to take or leave, surest first: feedback, date, theme, theme_name
    (missing where no word is shared), likeness, lead (0-1, likeness and how far it is ahead of the next theme), sure (fairly
    sure, a guess, nothing to go by), words (that it rests on).

    By the words that the comment shares with coded comments and the definitions (see methods.tfidf). A proposal counts
    nowhere; `tried` says how often such proposals agree with a person. Fairly sure: a lead of 0.05 or more.
    """
    coded, open_ones, about = *_split(feedback, themes), _about(themes)
    near = tfidf.nearest(open_ones["comment"].tolist(), coded["comment"].tolist(), coded["theme"].tolist(), about=about)
    rows = [[entry.feedback, entry.date, found.group, found.likeness, found.lead, _sure(found), ", ".join(found.words)] for entry, found in zip(open_ones.itertuples(), near)]
    frame = pd.DataFrame(rows, columns=[name for name in PROPOSALS if name != "theme_name"])
    frame["theme_name"] = frame["theme"].map(dict(zip(themes["theme"], themes["name"])))
    return frame.sort_values(["lead", "feedback"], ascending=[False, True], ignore_index=True)[PROPOSALS]


def tried(feedback: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """How often a proposal agrees with the person who coded the entry, each coded comment tried with all the others: part (all;
    fairly sure), tried (comments), proposed (with a theme proposed), agreed, share (0-1, agreed ÷ proposed), low, high (95 % Wilson
    interval), most_used (0-1, how often the largest theme alone would have been right).

    Leave one out (Stone 1974). It says what the proposals are worth for comments like those coded so far. Empty under 10 coded comments.
    """
    coded, about = _split(feedback, themes)[0], _about(themes)
    if len(coded) < FEW:
        return pd.DataFrame(columns=TRIED)
    owners = coded["theme"].tolist()
    found = tfidf.left_out(coded["comment"].tolist(), owners, about=about)
    frame = pd.DataFrame({"group": [one.group for one in found], "sure": [_sure(one) for one in found], "theme": owners})
    largest = coded["theme"].value_counts(normalize=True).iloc[0]
    rows = []
    for part, own in (("all", frame), ("fairly sure", frame[frame["sure"] == "fairly sure"])):
        proposed, right = int(own["group"].notna().sum()), int((own["group"] == own["theme"]).sum())
        share = right / proposed if proposed else float("nan")
        rows.append([len(own), proposed, right, share, *intervals.wilson(right, proposed), largest, part])
    return pd.DataFrame(rows, columns=TRIED)


def _sure(found: tfidf.Likeness) -> str:
    return "nothing to go by" if found.group is None else "fairly sure" if found.lead >= 0.05 else "a guess"


def _split(feedback: pd.DataFrame, themes: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    told = feedback[feedback["comment"].notna()]
    return told[told["theme"].isin(themes["theme"])].sort_values("feedback"), told[told["theme"].isna()]


def _about(themes: pd.DataFrame) -> dict[str, str]:
    told = themes["name"].fillna("") + " " + themes["definition"].fillna("")
    return dict(zip(themes["theme"], told))


def _unseen(feedback: pd.DataFrame, small_group: int) -> set[str]:
    """The themes that every table hides."""
    kinds = feedback.reindex(columns=["tone", "closed"]).assign(closed=lambda rows: rows["closed"].notna())
    return suppression.hidden_values(feedback["theme"], small_group, kinds=kinds)


def _named(themes: pd.DataFrame) -> pd.DataFrame:
    return themes[["theme", "name"]].rename(columns={"name": "theme_name"})


def _read(codings: pd.DataFrame) -> pd.DataFrame:
    """Entries in rows, readers in columns."""
    given = codings.dropna(subset=["theme"])
    return given.pivot(index="feedback", columns="coder", values="theme") if len(given) else pd.DataFrame()


def _pairs(codings: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Every two themes that two readers gave the same entry."""
    read = _read(codings)
    both = [read[[one, other]].dropna().to_numpy() for one, other in combinations(read.columns, 2)]
    return [row[0] for pairs in both for row in pairs], [row[1] for pairs in both for row in pairs]


def _table(first: pd.Series, second: pd.Series) -> pd.DataFrame:
    used = sorted({*first, *second})
    return pd.crosstab(first, second).reindex(index=used, columns=used, fill_value=0)
