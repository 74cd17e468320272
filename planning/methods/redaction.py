"""What in a remark could point to a person, and the remark without it.

The patterns are a net with holes, so they come before a person's look and never in its place.
"""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

MARKS = {"e-mail": "[e-mail]", "web address": "[web address]", "handle": "[handle]", "date of birth": "[date of birth]", "address": "[address]",
         "number": "[number]", "name": "[name]"}
ORDINARY = frozenset(
    "i monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december "
    "spring summer autumn winter christmas easter ramadan eid diwali hanukkah halloween thanksgiving covid internet wi-fi wifi bluetooth google excel word "
    "powerpoint windows android apple amazon facebook youtube whatsapp instagram netflix zoom teams outlook kindle libby wikipedia python linux "
    "english french german spanish italian portuguese polish russian ukrainian arabic turkish chinese japanese korean vietnamese somali persian farsi kurdish "
    "dutch danish swedish norwegian finnish greek hebrew hindi urdu bengali tamil romanian hungarian czech slovak bulgarian serbian croatian albanian swahili "
    "latin welsh irish scottish british american canadian mexican brazilian african asian european syrian afghan iraqi iranian indian pakistani nigerian "
    "ethiopian eritrean catholic protestant jewish muslim christian hindu buddhist sikh god bible quran koran deaf blind "
    "montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes "
    "sábado domingo new north south east west northern southern eastern western central old great upper lower united saint san santa los las el la le "
    "ok okay dear hello hi thank thanks sorry please yes no dr mr mrs ms miss madam sir".split())
"""Words with a capital that name nobody, and openings of places; a full name loses nothing when one of them stands beside it."""
BODIES = frozenset(
    "book books club desk room centre center floor hall house school college university academy institute faculty department service services "
    "group team council board committee city town county state park garden gardens museum gallery archive archives church mosque temple hospital clinic station "
    "airport bank shop store market office branch building street road avenue lane drive square bridge river lake valley hill society association network trust "
    "foundation union company press journal review times post news prize award act law programme program project day week month year festival challenge award "
    "app card account edition guide series collection catalogue catalog database".split())
"""Words that make a run of capitalised words a place, a body or a title rather than a person."""
OPENERS = frozenset(
    "a about after again all also always an and another any anybody anyone are as ask at be because been before being best better big both but by can cannot "
    "children come could did do does don't each even ever every everybody everyone everything few finally first for found from get give good great had half has "
    "have having he help her here his how i'd i'll i'm i've if in instead is it it's its just keep last later less let let's like little long longer look lost love "
    "make many maybe me more most much must my near need never next nice no nobody none nor not nothing now of often on once one only open or other our out over "
    "own people perhaps put quick quiet rather read really same see several shall she should show since so some somebody someone something sometimes soon still such "
    "take tell than that that's the their them then there there's these they this those three through to today together tomorrow too try two under until up use very "
    "wait was we we'd we'll we're we've well were what what's when where which while who whose why will with without would yesterday yet you your".split())
"""Words that often open a sentence, so that a capital after them starts the name."""
PARTICLES = frozenset("de la del der den van von di da dos du al bin ibn ter le".split())
GERMAN = frozenset("der die das und nicht ist ich wir ein eine mit für auf zu bitte sind".split())
KIN = ("son daughter husband wife mother father mum mom dad brother sister child boy girl grandson granddaughter grandmother grandfather aunt uncle cousin "
       "neighbour neighbor friend teacher colleague boss manager supervisor nurse carer").split()
TITLES = (r"Mr|Mrs|Ms|Mx|Miss|Dr|Prof|Professor|Frau|Herrn?|Madame|Mme|Mlle|Monsieur|Señora?|Srta|Sra?|Doña|Pani?|Signora|Signor|Mevrouw|Meneer|Dhr|Mevr|mrs?")
NAMING = (r"my name is|my name's|(?:i am|i'm) called|call me|ask for|signed|(?:kind |best |warm )?regards|yours(?: sincerely| truly| faithfully)?|named|thanks? to|thank you|"
          r"thank|spoke (?:to|with)|talked (?:to|with)|asked|told|met|this is|i am|i'm|mein name ist|ich heiße|je m'appelle|mon nom est|me llamo|mi nombre es|"
          r"nazywam się|mam na imię|mi chiamo|ik heet|mijn naam is|(?:my|our|your|his|her|their) (?:" + "|".join(KIN) + ")")
WAYS = (r"Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Court|Ct|Way|Place|Square|Crescent|Terrace|Boulevard|Blvd|Gardens|Grove|Hill|Row|Walk")
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w'’.-]*"
_DATE = r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?[^\W\d_]{3,10}\s+\d{4}|[^\W\d_]{3,10}\s+\d{1,2},?\s+\d{4}|(?:18|19|20)\d{2})"
PATTERNS = (
    ("e-mail", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[\w.+-]+\s?[(\[]at[)\]]\s?[\w-]+(?:\s?(?:\.|[(\[]dot[)\]])\s?\w+)+|\b[\w.+-]+ at [\w-]+ dot \w{2,}", re.I)),
    ("web address", re.compile(r"\b(?:https?://|www\.)[^\s,;)]+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|info|io|eu|de|fr|es|it|nl|pl|uk|ca|us|ch|at|be)\b(?:/[^\s,;)]*)?")),
    ("handle", re.compile(r"(?<![\w@.])@\w{2,}")),
    ("date of birth", re.compile(r"(?:\bborn\b|\bdate of birth\b|\bd\.?o\.?b\b\.?|\bbirthday\b|\bgeboren\b|\bgeb\.|\bnée?\b(?: le)?|\bnacid[oa]\b(?: el)?|\burodzon[ya]\b)"
                                 rf"(?:\W|\bis\b|\bon\b|\bin\b|\bam\b){{0,8}}(?P<cut>{_DATE})", re.I)),
    ("address", re.compile(
        rf"\b\d{{1,4}}(?:[a-z]|/\d+)?,?\s+(?:{_CAPITAL}\s+){{1,3}}(?:{WAYS})\b\.?|(?<=live in |live on |live at )(?:{_CAPITAL}\s+){{1,3}}(?:{WAYS})\b"
        rf"|\b[^\W\d_]{{3,}}(?:straße|strasse|str\.|straat|gasse|weg|laan|platz|plein)\s+\d{{1,4}}\s?[a-z]?\b"
        rf"|\b\d{{1,4}}\s?(?:bis|ter)?,?\s+(?:rue|avenue|boulevard|place|chemin|allée|quai)\s+(?:(?:de|du|des|la|le|les|l['’])\s*)*{_CAPITAL}(?:[\s-]{_CAPITAL})*"
        rf"|\b(?:[Cc]alle|[Aa]venida|[Pp]laza|[Vv]ia|[Vv]iale|[Pp]iazza|[Uu]lica|[Uu]l\.|[Aa]l\.)\s+(?:{_CAPITAL}\s+){{1,3}}\d{{1,4}}[a-z]?(?:/\d+)?\b"
        r"|\b(?:[Ff]lat|[Aa]pt\.?|[Aa]partment|[Uu]nit)\s+\d{1,4}\s?[A-Za-z]?\b"
        r"|\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|\b[A-Z]{2}\s\d{5}(?:-\d{4})?\b|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b" rf"|(?<=,\s)\d{{5}}\s{_CAPITAL}")),
    ("number", re.compile(r"\b(?:card|membership|account|borrower|student|staff|employee|passport|barcode|pin|id)(?:['’]s)?\s+(?:(?:number|no\.?|nr\.?|id|#|№)\s*(?:is|:|=)?\s*"
                          r"#?(?P<cut>[A-Z]{0,4}[-\s]?\d[\d\s-]{1,18}\d)|(?:is|:|=)?\s*#?(?P<also>[A-Z]{0,4}-?\d{5,}))", re.I)),
    ("number", re.compile(r"(?<![\w.,$€£])(?:(?:\+|\b00)\s?\d|\(?\d)[\d\s().\-–/]{4,20}\d(?![\w%]|[.,]\d)")),
    ("number", re.compile(r"(?<![\w.,$€£])[A-Z]{0,3}\d{6,}(?![\w%]|[.,]\d)")),
)
_HARMLESS = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}\s?[-–/]\s?\d{2,4}|\d{1,2}[.:]?\d{0,2}\s?[-–]\s?\d{1,2}[.:]\d{2}|\d{1,3}(?:\.\d{3})+|\d{1,2}(?: \d{3})+"
    r"|[A-Z]*\d+000|97[89][\d\s-]{10,14}|\d{4} \d{1,2}(?: \d{1,2})?|(?:\d{1,3}[\s,]+){2,}\d{1,2}")
_MONEY = re.compile(r"\s?(?:€|\$|£|euros?|dollars?|pounds?|usd|eur|gbp|zł|kr|cents?|%)", re.I)
_WORDS = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_TITLED = re.compile(rf"\b(?:{TITLES})\.?\s+(?=[^\W\d_])")
_NAMED = re.compile(rf"\b(?:{NAMING})\b[,:]?\s+(?=[^\W\d_])", re.I)
_INITIAL = re.compile(r"(?<![\w.])[A-Z]\.\s?(?=[A-ZÀ-Þ][^\W\d_])")
_LETTERED = re.compile(r"\b(?:plan|vitamin|site|room|floor|building|block|hall|level|group|part|section|table|type|grade|shelf|row|unit|class|gate)\s$", re.I)


class Trace(NamedTuple):
    """What was found: its kind, and the places in the remark where it begins and ends (counted from 0)."""

    kind: str
    start: int
    end: int


class Cleaned(NamedTuple):
    """A remark with marks in place of what could point to a person, and what was found."""

    text: str
    found: tuple[Trace, ...]


def cleaned(remark: str, known: Collection[str] = ()) -> Cleaned:
    """Return a remark without what could point to a person, and what was found where.

    Found are e-mail and web addresses, handles, telephone and other long numbers (six digits or
    more; fewer after words such as "card number"), street addresses and postcodes, dates after
    words such as "born", and names: capitalised words after titles ("Mrs") and phrases ("my name
    is", "ask for", "my son"), initials with a surname, and two or more capitalised words in a row.
    Each is replaced by a mark, such as [name]. known: names of places and bodies, whose words name
    nobody; beside one of a single word, such as Museum, no capitalised word is taken for a name. Years, dates, times, prices, round numbers, days, months and languages stay.

    Misleading as a proof: first names alone, names in small or in capital letters only, names
    without capitals in their script, nicknames, and persons told by what they did ("the only
    trainee on the second floor") are not found, nor are pairs of names in German, where every noun
    has a capital. Names of authors and characters are cut as well. A person has to read what is left.

    >>> cleaned("Mrs Adamska at the desk said to ring 555 0142 before Tuesday").text
    'Mrs [name] at the desk said to ring [number] before Tuesday'
    >>> cleaned("The East Branch is cold on Sunday afternoons", known=["East branch"])
    Cleaned(text='The East Branch is cold on Sunday afternoons', found=())
    """
    found: list[Trace] = []
    for trace in (*_patterned(remark), *_names(remark, known)):
        if all(trace.end <= other.start or trace.start >= other.end for other in found):
            found.append(trace)
    found.sort(key=lambda trace: trace.start)
    text, at = "", 0
    for trace in found:
        text, at = text + remark[at:trace.start] + MARKS[trace.kind], trace.end
    return Cleaned(text + remark[at:], tuple(found))


def _patterned(remark: str) -> Iterator[Trace]:
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(remark):
            groups = [name for name, value in match.groupdict().items() if value]
            start, end = match.span(groups[0]) if groups else match.span()
            if kind == "number" and not groups and _harmless(remark, start, end):
                continue
            yield Trace(kind, start, end)


def _harmless(remark: str, start: int, end: int) -> bool:
    """Whether a run of digits is a date, a range of years or times, a round number, an amount of money, or too short."""
    digits = sum(letter.isdigit() for letter in remark[start:end])
    return digits < 6 or digits > 19 or (digits < 7 and not remark[start:end].isalnum()) or bool(_HARMLESS.fullmatch(remark[start:end].strip("() "))) or bool(_MONEY.match(remark, end))


def _names(remark: str, known: Collection[str]) -> Iterator[Trace]:
    familiar = {word.lower() for name in known for word in _WORDS.findall(name)}
    words = [(match.group(), *match.span()) for match in _WORDS.finditer(remark)]
    for pattern in (_TITLED, _NAMED):
        for match in pattern.finditer(remark):
            lone = match.group().rstrip().lower() in ("i am", "i'm", "this is", "thank", "thank you", "asked", "told", "met")
            yield from _after(words, match.end(), familiar, small=match.group().strip(". ") in ("mr", "mrs"), most=2 if lone else 4)
    for match in _INITIAL.finditer(remark):
        if not _LETTERED.search(remark[:match.start()]):
            yield from (Trace("name", match.start(), trace.end) for trace in _after(words, match.end(), familiar | OPENERS))
    if len({word.lower() for word, _, _ in words} & GERMAN) < 3:
        bodies = {name.lower() for name in known if len(_WORDS.findall(name)) == 1} | BODIES
        yield from _in_a_row(remark, words, familiar, bodies)


def _after(words: list[tuple[str, int, int]], place: int, familiar: Collection[str], *, small: bool = False, most: int = 4) -> Iterator[Trace]:
    """The run of name-like words that begins at a place."""
    run: list[tuple[str, int, int]] = []
    for word in (one for one in words if one[1] >= place):
        joined = word[1] - (run[-1][2] if run else place) <= 2
        if not joined or len(run) == most or not (_like_a_name(word[0], familiar) or (small and not run) or word[0] in PARTICLES):
            break
        run.append(word)
    while run and run[-1][0] in PARTICLES:
        run.pop()
    if run and (small or any(_capital(word) for word, _, _ in run)):
        yield Trace("name", run[0][1], run[-1][2])


def _in_a_row(remark: str, words: list[tuple[str, int, int]], familiar: Collection[str], bodies: Collection[str]) -> Iterator[Trace]:
    """Two or more capitalised words in a row that are no place, no body and no opening of a sentence."""
    run: list[tuple[str, int, int]] = []
    for place, word in enumerate([*words, ("", len(remark) + 9, 0)]):
        gap = remark[run[-1][2]:word[1]] if run else ""
        if run and (gap.strip() or not (_capital(word[0]) or word[0] in PARTICLES)):
            yield from _judged(run, familiar, bodies)
            run = []
        if _capital(word[0]) and not (_opens(remark, words, place) and _opening(word[0])):
            run.append(word)
        elif run and word[0] in PARTICLES:
            run.append(word)


def _judged(run: list[tuple[str, int, int]], familiar: Collection[str], bodies: Collection[str]) -> Iterator[Trace]:
    if any(word.lower() in bodies for word, _, _ in run):
        return
    parts = [one for one in run if one[0] in PARTICLES or _like_a_name(one[0], familiar)]
    while parts and parts[-1][0] in PARTICLES:
        parts.pop()
    if sum(word not in PARTICLES for word, _, _ in parts) > 1:
        yield Trace("name", parts[0][1], parts[-1][2])


def _capital(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and (word[1].islower() or word[1] in "'’")


def _like_a_name(word: str, familiar: Collection[str]) -> bool:
    return _capital(word) and word.lower().removesuffix("'s").removesuffix("’s") not in ORDINARY and word.lower() not in familiar


def _opens(remark: str, words: list[tuple[str, int, int]], place: int) -> bool:
    """Whether a word opens a sentence."""
    before = remark[words[place - 1][2] if place else 0:words[place][1]] if place < len(words) else ""
    return not place or bool(re.search(r"[.!?:;\n“\"«(–—…]", before))


def _opening(word: str) -> bool:
    lower = word.lower()
    return lower in OPENERS or lower in ORDINARY or lower.endswith(("ed", "ing", "ly"))
