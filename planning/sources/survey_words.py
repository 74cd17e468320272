"""Words in which people answer: agreement, yes and no, ticks, steps from low to high, and nothing at all, in five languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

ADVERBS = {3: "strongly completely totally fully entirely definitely absolutely", 1: "somewhat slightly mildly rather mostly partly partially moderately"}
AGREE = {  # language: side and strength, 3 the strongest: the words, the usual ones first
    "en": {3: "strongly agree|very much agree", 2: "agree", 1: "somewhat agree|tend to agree|agree a little|agree to some extent", 0: "neither agree nor disagree|neutral|neither disagree nor agree|neither|undecided|neither agree or disagree",
           -1: "somewhat disagree|tend to disagree|disagree a little|disagree to some extent", -2: "disagree", -3: "strongly disagree|very much disagree"},
    "pl": {3: "zdecydowanie się zgadzam|zdecydowanie zgadzam się|całkowicie się zgadzam|w pełni się zgadzam|zdecydowanie tak", 2: "zgadzam się|zgadzam",
           1: "raczej się zgadzam|raczej zgadzam się|częściowo się zgadzam|raczej tak",
           0: "ani się zgadzam, ani się nie zgadzam|ani się zgadzam, ani nie zgadzam|ani się zgadzam ani nie zgadzam|ani zgadzam się, ani nie zgadzam się|ani tak, ani nie|neutralnie|trudno powiedzieć|nie mam zdania",
           -1: "raczej się nie zgadzam|raczej nie zgadzam się|częściowo się nie zgadzam|raczej nie", -2: "nie zgadzam się|nie zgadzam",
           -3: "zdecydowanie się nie zgadzam|zdecydowanie nie zgadzam się|całkowicie się nie zgadzam|zdecydowanie nie"},
    "de": {3: "stimme voll und ganz zu|stimme völlig zu|stimme voll zu|stimme vollkommen zu|stimme stark zu|trifft voll und ganz zu|trifft völlig zu|trifft voll zu", 2: "stimme zu|trifft zu|zustimmung",
           1: "stimme eher zu|trifft eher zu|stimme teilweise zu", 0: "weder noch|teils, teils|teils/teils|teils teils|teils-teils|neutral|unentschieden",
           -1: "stimme eher nicht zu|trifft eher nicht zu|lehne eher ab", -2: "stimme nicht zu|trifft nicht zu|lehne ab",
           -3: "stimme überhaupt nicht zu|stimme gar nicht zu|stimme ganz und gar nicht zu|lehne stark ab|lehne völlig ab|trifft überhaupt nicht zu|trifft gar nicht zu"},
    "fr": {3: "tout à fait d'accord|totalement d'accord|fortement d'accord|entièrement d'accord|complètement d'accord", 2: "d'accord", 1: "plutôt d'accord|assez d'accord|partiellement d'accord",
           0: "ni d'accord ni pas d'accord|ni d'accord, ni pas d'accord|ni d'accord ni en désaccord|ni en accord ni en désaccord|neutre|sans opinion", -1: "plutôt pas d'accord|plutôt en désaccord|pas vraiment d'accord",
           -2: "pas d'accord|en désaccord", -3: "pas du tout d'accord|totalement en désaccord|fortement en désaccord|tout à fait en désaccord|complètement en désaccord"},
    "es": {3: "totalmente de acuerdo|muy de acuerdo|completamente de acuerdo", 2: "de acuerdo", 1: "algo de acuerdo|parcialmente de acuerdo|más bien de acuerdo",
           0: "ni de acuerdo ni en desacuerdo|neutral|indiferente|indeciso", -1: "algo en desacuerdo|parcialmente en desacuerdo|más bien en desacuerdo", -2: "en desacuerdo",
           -3: "totalmente en desacuerdo|muy en desacuerdo|completamente en desacuerdo"},
}
EITHER = {"trudno powiedzieć", "nie mam zdania", "undecided", "sans opinion", "indiferente", "indeciso"}
"""Words for the middle that say nothing where another word for the middle stands beside them."""

YES = {"yes", "tak", "ja", "oui", "sí", "si", "true", "y"}
NO = {"no", "nie", "nein", "non", "false", "n"}
TICKED = YES | {"x", "1", "checked", "selected", "ticked", "✓", "✔", "zaznaczono", "quoted"}
BARE = NO | {"0", "not selected", "unchecked", "not checked", "not quoted"}
NOTHING = {"", "-", ".", "n/a", "na", "n.a", "#n/a", "nan", "null", "not applicable", "does not apply", "don't know", "dont know", "do not know", "i don't know", "i do not know", "dk", "don't know / n/a",
           "don't know/na", "prefer not to say", "prefer not to answer", "rather not say", "no answer", "no opinion", "not sure", "unsure", "can't say", "cannot say", "unable to rate", "refused", "skipped",
           "nie dotyczy", "nie wiem", "brak odpowiedzi", "wolę nie odpowiadać", "wolę nie podawać", "odmowa odpowiedzi", "n.d", "b.d", "keine angabe", "k. a", "k.a", "weiß nicht", "weiss nicht",
           "weiß ich nicht", "nicht zutreffend", "ne sait pas", "je ne sais pas", "nsp", "sans objet", "non applicable", "sans réponse", "je préfère ne pas répondre", "préfère ne pas répondre", "no sé", "no sabe",
           "no aplica", "no procede", "ns/nc", "prefiero no contestar", "prefiero no responder", "prefiero no decirlo", "sin respuesta"}
LADDERS = (  # how many at the top count as good, and the steps from low to high
    (2, "very dissatisfied|very unsatisfied|extremely dissatisfied;dissatisfied|unsatisfied|somewhat dissatisfied;neither satisfied nor dissatisfied|neutral|neither;satisfied|somewhat satisfied;very satisfied|extremely satisfied"),
    (3, "very dissatisfied|extremely dissatisfied;dissatisfied|moderately dissatisfied;somewhat dissatisfied|slightly dissatisfied;neither satisfied nor dissatisfied|neutral;"
        "somewhat satisfied|slightly satisfied;satisfied|moderately satisfied;very satisfied|extremely satisfied"),
    (2, "bardzo niezadowolony|bardzo niezadowolona|bardzo niezadowolony/a|zdecydowanie niezadowolony;niezadowolony|niezadowolona|niezadowolony/a|raczej niezadowolony|raczej niezadowolona;"
        "ani zadowolony, ani niezadowolony|neutralnie|trudno powiedzieć;zadowolony|zadowolona|zadowolony/a|raczej zadowolony|raczej zadowolona;bardzo zadowolony|bardzo zadowolona|bardzo zadowolony/a|zdecydowanie zadowolony"),
    (2, "sehr unzufrieden;unzufrieden|eher unzufrieden;teils, teils|teils/teils|weder noch|neutral;zufrieden|eher zufrieden;sehr zufrieden"),
    (2, "très insatisfait|très insatisfaite|très insatisfait(e)|pas du tout satisfait;insatisfait|insatisfaite|insatisfait(e)|plutôt insatisfait;neutre|ni satisfait ni insatisfait;"
        "satisfait|satisfaite|satisfait(e)|plutôt satisfait;très satisfait|très satisfaite|très satisfait(e)"),
    (2, "muy insatisfecho|muy insatisfecha;insatisfecho|insatisfecha;neutral|ni satisfecho ni insatisfecho;satisfecho|satisfecha;muy satisfecho|muy satisfecha"),
    (0, "never;rarely|seldom|hardly ever|almost never;sometimes|occasionally;often|frequently|usually|very often;always|almost always"),
    (0, "never;less than once a month|less than monthly|a few times a year|once or twice a year|less often;monthly|once a month|about once a month|at least once a month|every month;"
        "weekly|once a week|about once a week|at least once a week|every week;several times a week|2-3 times a week|more than once a week;daily|every day|almost every day"),
    (0, "nigdy;rzadko;czasami|czasem;często|bardzo często;zawsze"), (0, "nie|niemals;selten;manchmal|gelegentlich;oft|häufig|sehr oft;immer"),
    (0, "jamais;rarement;parfois;souvent|très souvent;toujours"), (0, "nunca;rara vez|raramente|casi nunca;a veces;a menudo|frecuentemente|casi siempre;siempre"),
    (3, "poor;fair|average;good;very good;excellent|outstanding"), (2, "very poor|very bad;poor|bad;fair|average|acceptable|neutral;good;very good|excellent"), (3, "very poor;poor;fair|average;good;very good;excellent"),
    (2, "very unlikely|extremely unlikely|not at all likely;unlikely|somewhat unlikely|not very likely;neutral|neither likely nor unlikely;likely|somewhat likely;very likely|extremely likely"),
    (2, "very difficult|very hard|extremely difficult;difficult|hard|somewhat difficult;neutral|neither easy nor difficult;easy|somewhat easy;very easy|extremely easy"),
    (2, "much worse;worse|somewhat worse|a little worse;about the same|the same|no change;better|somewhat better|a little better;much better"),
    (2, "not at all;a little|slightly|very little;somewhat|moderately|to some extent;a lot|very much|quite a lot|a great deal|to a great extent;completely"),
    (1, "no;maybe|perhaps|partly|in part;yes"), (1, "nie;może|częściowo;tak"), (1, "nein;vielleicht|teilweise;ja"), (1, "non;peut-être|en partie;oui"), (1, "no;quizás|tal vez|en parte;sí"),
    (0, "low;medium|moderate|average;high"),
)
DEGREES = (("not at all",), ("not very", "not so", "not particularly"), ("slightly", "a little", "a bit"), ("somewhat", "moderately", "fairly"), ("",), ("very",), ("extremely", "completely"))
DEGREE = re.compile(r"^(not at all|not very|not so|not|slightly|a little|a bit|somewhat|moderately|fairly|rather|quite|very|extremely|completely|highly|bardzo|raczej|dość|niezbyt|sehr|eher|ziemlich|nicht|"
                    r"wenig|très|plutôt|assez|pas|peu|muy|bastante|poco|algo|nada)\s+(.+)$")
NUMBERED = (re.compile(r"^\(?(\d{1,2})\)?(?:\s*[-.:=)]\s*|\s+)\(?(?=[^\W\d_])(.*[^)\s])\)?$"), re.compile(r"^(?=[^\W\d_])(.*?)\s*(?:\((\d{1,2})\)|[-:=]\s*(\d{1,2}))$"))


class Ladder(NamedTuple):
    """Steps of a known order, the words of each, and how many at the top count as good."""

    steps: tuple[tuple[str, ...], ...]
    good: int


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """A cell or heading in the one form in which words are compared.

    >>> plain("  Strongly\\nAgree. "), plain("Don’t know"), plain("—")
    ('strongly agree', "don't know", '-')
    """
    found = text.casefold().replace("’", "'").replace("‘", "'").replace("–", "-").replace("—", "-")
    return " ".join(found.split()).rstrip(".!") or found.strip()


@lru_cache(maxsize=100_000)
def parted(text: str) -> tuple[int | None, str]:
    """The number that stands before or behind a word, and the word; no number where there is none, no word where it stands alone.

    >>> parted("5 - Strongly agree"), parted("Agree (4)"), parted("3"), parted("3.0"), parted("Agree"), parted("18-24")
    ((5, 'strongly agree'), (4, 'agree'), (3, ''), (3, ''), (None, 'agree'), (None, '18-24'))
    """
    words = plain(text)
    if alone := re.fullmatch(r"(\d{1,3})(?:\.0+)?", words):
        return int(alone[1]), ""
    if before := NUMBERED[0].match(words):
        return int(before[1]), before[2].strip()
    if behind := NUMBERED[1].match(words):
        return int(behind[2] or behind[3]), behind[1].strip()
    return None, words


def nothing(text: str) -> bool:
    """Whether a cell says that there is no answer.

    >>> [nothing(text) for text in ("", "N/A", " – ", "Nie dotyczy", "No", "0")]
    [True, True, True, True, False, False]
    """
    return plain(text) in NOTHING or not text.strip()


@cache
def agreement() -> dict[str, tuple[int, str]]:
    """The strength of each word of agreement, -3 to 3, and its language."""
    found = {word: (level, language) for language, levels in reversed(AGREE.items()) for level, words in levels.items() for word in words.split("|")}
    for level, adverbs in ADVERBS.items():
        for adverb in adverbs.split():
            for verb, side in (("agree", 1), ("disagree", -1)):
                found |= {f"{adverb} {verb}": (side * level, "en"), f"{verb} {adverb}": (side * level, "en")}
    return found


@lru_cache(maxsize=100_000)
def level(text: str) -> int | None:
    """The strength of agreement that an answer tells, -3 to 3; None for other words, and for those that may say nothing as well.

    >>> level("2 - Agree"), level("Trifft gar nicht zu"), level("Trudno powiedzieć"), level("East")
    (2, -3, None, None)
    """
    key = next((key for key in (plain(text), parted(text)[1]) if key in agreement() and key not in EITHER), "")
    return agreement()[key][0] if key else None


@cache
def ladders() -> list[Ladder]:
    """The known ladders, those that are tried first standing first."""
    return [Ladder(tuple(tuple(step.split("|")) for step in steps.split(";")), good) for good, steps in LADDERS]


def ladder(words: Iterable[str]) -> Ladder | None:
    """The first known ladder on which every word stands, each on a step of its own; None where the order is not known.

    >>> ladder(["often", "never"]).steps[0], ladder(["anxious", "comfortable"])
    (('never',), None)
    """
    seen = list(words)
    for one in ladders():
        places = [next((place for place, step in enumerate(one.steps) if word in step), None) for word in seen]
        if None not in places and len(set(places)) == len(places):
            return one
    return _by_degree(seen)


def _by_degree(seen: list[str]) -> Ladder | None:
    """The order of words that are one word by degrees, such as not at all confident, confident, very confident."""
    found: dict[int, str] = {}
    cores = set()
    for word in seen:
        place, before = max(((place, one) for place, ones in enumerate(DEGREES) for one in ones if not one or word.startswith(f"{one} ")), key=lambda pair: len(pair[1]))
        cores.add(word.removeprefix(before).strip())
        found[place] = word
    if len(cores) > 1 or len(found) < max(len(seen), 3):
        return None
    return Ladder(tuple((found[place],) for place in sorted(found)), 2 if len(found) > 3 else 1)


def graded(words: Iterable[str]) -> bool:
    """Whether some word is another one by degrees, which tells of steps even where their order is not known.

    >>> graded(["anxious", "somewhat anxious", "comfortable"]), graded(["very calm", "rather calm"]), graded(["east", "west"])
    (True, True, False)
    """
    seen = set(words)
    cores = [found[2] for word in seen if (found := DEGREE.match(word))]
    return any(core in seen for core in cores) or len(set(cores)) < len(cores)
