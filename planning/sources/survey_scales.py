"""The scale on which a column was answered, proposed from its words and numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from planning.sources.survey_words import AGREE, EITHER, NO, YES, agreement, graded, ladder, nothing, parted, plain

LEAST_KNOWN = 0.8
"""Share of a column's answers that have to be words of a scale for the column to be taken as one."""
ENOUGH = 10
RECOMMEND = re.compile(r"recommend|likely are you to|poleci|empfehl|weiterempf|recommand|recomend|\bnps\b")
RATED = re.compile(r"^(how|rate|jak|wie|comment|à quel|cómo|qué tan)\b|satisf|zadowol|zufrieden|rating|\brate\b|ocen|bewert|note\b")
ABOUT_AGREEING = re.compile(r"agree|zgadza|zustimm|trifft|accord|acuerdo")


@dataclass(frozen=True)
class Scale:
    """A scale for a column: its name (empty when it has to be asked for), steps or codes of words, words for nothing, and the reason."""

    scale: str
    why: str
    steps: tuple[str, ...] = ()
    ordered: bool = True
    good: tuple[str, ...] = ()
    words: Mapping[str, int] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    reversed: bool = False


def seen(cells: Iterable[str]) -> Counter[str]:
    """How often each answer was given, in the words in which it came first; cells without an answer are left out.

    >>> seen(["Agree", "agree ", "", "N/A", "Disagree"])
    Counter({'Agree': 2, 'Disagree': 1})
    """
    names: dict[str, str] = {}
    found: Counter[str] = Counter()
    for cell in cells:
        if not nothing(cell):
            found[names.setdefault(plain(cell), cell)] += 1
    return found


def levels(answers: Counter[str]) -> dict[str, int]:
    """The strength of agreement, -3 to 3, of each answer that tells one; empty when most answers are neither such words nor bare numbers.

    >>> levels(Counter({"Agree": 3, "5 - Strongly agree": 1, "4": 2})), levels(Counter({"Agree": 1, "East": 2}))
    ({'Agree': 2, '5 - Strongly agree': 3}, {})
    """
    words = {word: agreement()[key][0] for word in answers for key in [_agreeing(word)] if key}
    known = sum(many for word, many in answers.items() if word in words or not parted(word)[1])
    return words if known and known >= LEAST_KNOWN * answers.total() else {}


def _agreeing(word: str) -> str:
    return next((key for key in (plain(word), parted(word)[1]) if key in agreement()), "")


def of(heading: str, cells: list[str], *, beside: Iterable[dict[str, int]] = (), known: Iterable[tuple[str, ...]] = ()) -> Scale | None:
    """The scale of a column; None for one that is no question with a scale.

    `beside` are the levels of agreement in the file's other columns, which tell whether a middle or a third
    strength was offered; `known` are steps whose order is known already, lowest first.
    """
    answers = seen(cells)
    missing = _missing(cells)
    keys = {parted(word)[1] or plain(word) for word in answers}
    if not answers:
        return None
    if keys <= YES | NO and not any(parted(word)[1] == "" for word in answers):
        return Scale("yes no", "", words={word: int(plain(word) in YES) for word in answers} | _other_side(answers), missing=missing)
    if agreeing := levels(answers):
        return _agree(answers, agreeing, list(beside), missing)
    if all(parted(word)[0] is not None for word in answers):
        return _numbers(heading, answers, missing)
    return _steps(answers, missing, known)


def _missing(cells: Iterable[str]) -> tuple[str, ...]:
    names: dict[str, str] = {}
    for cell in cells:
        if cell.strip() and nothing(cell):
            names.setdefault(plain(cell), cell)
    return tuple(names.values())


def _other_side(answers: Counter[str]) -> dict[str, int]:
    """The word for yes or no that nobody gave, in the language of the other."""
    pairs = (("Yes", "No"), ("Tak", "Nie"), ("Ja", "Nein"), ("Oui", "Non"), ("Sí", "No"), ("True", "False"), ("Y", "N"))
    have = set(map(plain, answers))
    pair = next((pair for pair in pairs if have & set(map(plain, pair))), ())
    return {word: int(plain(word) in YES) for word in pair if plain(word) not in have and len(have) == 1}


def _agree(answers: Counter[str], mine: dict[str, int], beside: list[dict[str, int]], missing: tuple[str, ...]) -> Scale:
    either = [word for word in mine if _agreeing(word) in EITHER]
    if any(level == 0 and word not in either for word, level in mine.items()):
        missing = (*missing, *either)
        mine = {word: level for word, level in mine.items() if word not in either}
    offered = set(mine.values()).union(*(set(other.values()) for other in beside if _alike(mine, other)))
    strengths = sorted({abs(level) for level in offered} - {0})
    language = Counter(agreement()[_agreeing(word)][1] for word in mine).most_common(1)[0][0]
    if len(strengths) == 3:
        return _in_steps(mine, strengths, 0 in offered, language, missing, f"agreement in {6 + (0 in offered)} steps, kept as they are and not pressed into five")
    if 0 not in offered and len(strengths) == 2 and len({level > 0 for level in offered}) == 2 and answers.total() >= ENOUGH:
        why = "agreement in 4 steps, since nobody in the file chose a middle; if the form had one, write scale = \"agree 1-5\" and its words"
        return _in_steps(mine, strengths, False, language, missing, why)
    pair = strengths if len(strengths) == 2 else [1, 3] if strengths == [1] else [2, 3]
    codes = {level: 3 + (pair.index(abs(level)) + 1) * (1 if level > 0 else -1) if level else 3 for level in (*pair, 0, *(-one for one in pair))}
    words = {word: codes[level] for word, level in mine.items()} | {_usual(language, level): code for level, code in codes.items() if level not in mine.values()}
    turned = _turned(mine)
    bare = any(not parted(word)[1] for word in answers)
    why = "words of agreement" + ("; the numbers beside them run the other way, and the words count" if turned else "")
    return Scale("agree 1-5", why, words=dict(sorted(words.items(), key=lambda one: -one[1])), missing=missing, reversed=turned and bare)


def _alike(mine: Mapping[str, int], other: Mapping[str, int]) -> bool:
    """Whether two columns seem to have been answered on one scale: they share a word between the ends, or one shows ends only."""
    between = [{level for level in one.values() if 0 < abs(level) < 3} for one in (mine, other)]
    return bool(between[0] & between[1]) or not all(between)


def _usual(language: str, level: int) -> str:
    return AGREE[language][level].split("|")[0].capitalize()


def _in_steps(mine: Mapping[str, int], strengths: list[int], middle: bool, language: str, missing: tuple[str, ...], why: str) -> Scale:
    order = [*(-one for one in reversed(strengths)), *([0] if middle else []), *strengths]
    first = {level: word for word, level in reversed(mine.items())}
    steps = tuple(first.get(level) or _usual(language, level) for level in order)
    words = {word: order.index(level) + 1 for word, level in mine.items() if word not in steps}
    return Scale("steps", why, steps=steps, good=steps[-len(strengths):], words=words, missing=missing)


def _turned(mine: Mapping[str, int]) -> bool:
    """Whether the file's own numbers run the other way than the words beside them, so that 1 is strongly agree."""
    signs = [(parted(word)[0] - 3) * level for word, level in mine.items() if parted(word)[0] is not None and level]
    return bool(signs) and all(sign < 0 for sign in signs)


def _numbers(heading: str, answers: Counter[str], missing: tuple[str, ...]) -> Scale | None:
    """A scale for numbers, alone or with words beside some of them; None where they reach beyond every scale."""
    names = {parted(word)[0]: word for word in answers if parted(word)[1]}
    given = {parted(word)[0] for word in answers}
    title = plain(heading)
    if max(given) > 10 or len({parted(word) for word in answers if parted(word)[1]}) > len(names):
        return None
    if RECOMMEND.search(title) and (0 in given or max(given) > 5):
        return Scale("recommend 0-10", "numbers from 0 to 10 under a question on recommending", missing=missing)
    if given <= {0, 1}:
        return Scale("yes no", "1 taken as yes and 0 as no", missing=missing)
    if 0 in given or given <= {1, 2}:
        return Scale("", f"numbers from {min(given)} to {max(given)}, and nothing tells what they mean", missing=missing)
    if max(given) <= 5 and not names and (ABOUT_AGREEING.search(title) or not RATED.search(title)):
        return Scale("agree 1-5", "numbers from 1 to 5 under a statement, 5 taken as strongly agree; if 1 is, add reversed = true", missing=missing)
    top = next(one for one in (5, 7, 10) if one >= max(given))
    steps = tuple(names.get(one, str(one)) for one in range(1, top + 1))
    why = f"numbers taken as steps from 1, the lowest, to {top}; if 1 is the best, turn the list round"
    return Scale("steps", why, steps=steps, good=steps[-(3 if top > 5 else 2):], missing=missing)


def _steps(answers: Counter[str], missing: tuple[str, ...], known: Iterable[tuple[str, ...]]) -> Scale | None:
    """Steps whose order is known or was given before; steps to be put in order where words differ by degrees; None for other words."""
    keys = {plain(word): word for word in answers}
    for steps in known:
        if len(keys) > 1 and set(keys) <= set(map(plain, steps)):
            return Scale("steps", "steps in the order that the plan has for them", steps=steps, missing=missing)
    found = ladder(keys) if len(keys) > 1 else None
    if found:
        steps = tuple(next((keys[word] for word in step if word in keys), _like_the_others(step, keys).capitalize()) for step in found.steps)
        none = [step for step in steps if plain(step) not in keys]
        return Scale("steps", "steps in their usual order" + (f"; nobody chose {', '.join(none)}, take out what the form did not have" if none else ""),
                     steps=steps, good=steps[len(steps) - found.good:], missing=missing)
    if 2 <= len(keys) <= 10 and graded(keys):
        return Scale("steps", "words that differ by degrees; their order is not known here", steps=tuple(sorted(answers, key=plain)), ordered=False, missing=missing)
    return None


def _like_the_others(step: tuple[str, ...], keys: Iterable[str]) -> str:
    """The usual words of a step that nobody chose, begun as others were where they can be: somewhat dissatisfied beside somewhat satisfied."""
    begun = {key.split()[0] for key in keys if " " in key}
    return next((word for word in step if " " in word and word.split()[0] in begun), step[0])
