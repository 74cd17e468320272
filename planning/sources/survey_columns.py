"""What each column of a survey's export becomes, proposed with the reason from its heading and its cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from planning.methods import redaction
from planning.model.plan import Plan
from planning.sources import survey_dates as dates
from planning.sources import survey_scales as scales
from planning.sources.survey_headings import Export
from planning.sources.survey_map import Column
from planning.sources.survey_near import again, near
from planning.sources.survey_words import BARE, NO, TICKED, YES, nothing, parted, plain

MOST_GROUPS = 15
LONG = 25
NAMED = 0.5
"""Share of a column's cells that have to be names of the plan's segments or services."""
SHOWN = 4
PERSONAL = re.compile(r"\b(e-?mail|mail address|first name|last name|full name|your name|surname|family name|name|phone|telephone|mobile|cell|ip|"
                      r"ip ?address|home address|address|card|barcode|student (id|number)|staff (id|number)|recipient|latitude|longitude|birth|date of birth|signature|"
                      r"post ?code|zip|user ?id|login|net ?id|instagram|facebook|imię|nazwisko|telefon|adres|legitymacj\w+|pesel|vorname|nachname|anschrift|geburt\w*|"
                      r"ausweis\w*|nom|prénom|téléphone|adresse|naissance|nombre|apellidos?|teléfono|dirección|nacimiento)\b")
NOT_A_PERSON = re.compile(r"\b(library|branch|school|program(me)?|event|session|workshop|course|department|faculty|college|outlet|class|title)\b")
CONTACT = re.compile(r"[^@\s]+@[^@\s]+\.\w+|\d{1,3}(\.\d{1,3}){3}|[0-9a-f]{1,4}(:[0-9a-f]{0,4}){3,7}|\+?[\d\s().-]{9,}", re.IGNORECASE)
NUMBERS = re.compile(r"(response|respondent|record|antwort|odpowiedzi?|réponse|respuesta)[ _-]?(id|nr|number|no)|"
                     r"responseid|respondentid|^id$|^#$|^lp$|^nr$|submission id|^(respondent|participant|response|record|case|entry|row|number|no)\.?$")
RUN = 6
"""Of so many rows or more, numbers that rise by one from row to row are a count of the rows, whatever their heading."""
ASIDE = re.compile(r"^(progress|duration.*|finished|distribution ?channel|user ?language|last ?page|start ?language|seed|refurl|referrer url|"
                   r"collector ?id|custom data.*|last modified time|total points|quiz feedback|grade posted time|status|response type|"
                   r"interview time|language|points - .*|feedback - .*|.*time: .*|.*\bgroup time\b.*)$")
WHEN = (re.compile(r"submi|complet|end|recorded|timestamp|sygnatura czasowa|zeitstempel|horodat|marca temporal|fin|ende|zako"),
        re.compile(r"date|data|datum|fecha|time|datestamp"), re.compile(r"start|begin|début|inicio|rozpocz"))
OPEN = re.compile(r"comment|why\b|suggest|anything else|tell us|please specify|please explain|in your own words|what else|"
                  r"feedback|other\b.*specify|uwagi|komentarz|dlaczego|sugest|anmerk|kommentar|warum|vorschl|comentario|"
                  r"por qué|commentaire|pourquoi|remarque|what (did|do|would|could|should|is|was)")
GROUPED = re.compile(r"\b(age|year of|grade|branch|floor|school|faculty|department|level of study|gender|wiek|alter|âge|edad|campus|status)\b")


@dataclass(frozen=True)
class Sight:
    """One column as it stands in the export: heading, question and option in it, its cells, its answers with how often each was given."""

    heading: str
    stem: str
    option: str
    cells: list[str]
    answers: Counter[str] = field(default_factory=Counter)

    @property
    def title(self) -> str:
        return plain(self.heading)

    @property
    def filled(self) -> list[str]:
        return [cell for cell in self.cells if not nothing(cell)]


def proposed(plan: Plan, export: Export, group: str, known: Iterable[tuple[str, ...]] = ()) -> list[Column]:
    """What each column of an export becomes, in the order of the export.

    `known` are steps whose order is known, lowest first. Reasons and examples never show what is in a column
    that may point to a person, or in comments.
    """
    sights = [Sight(heading, *pair, cells, scales.seen(cells)) for heading, pair in zip(export.headings, export.pairs) for cells in [export.cells(heading)]]
    beside = {one.heading: found for one in sights if (found := scales.levels(one.answers))}
    ticked = _ticked(sights)
    asked = {one.heading: again(plan, one.heading, one.cells, group) for one in sights}
    found = [asked[one.heading] or _column(one, plan, ticked, [levels for heading, levels in beside.items() if heading != one.heading], known) for one in sights]
    return near(plan, _before(_shared_steps(_one_date(found, export, plan), {one.heading: one.answers for one in sights})), group)


def _column(one: Sight, plan: Plan, ticked: set[str], beside: list[dict[str, int]], known: Iterable[tuple[str, ...]]) -> Column:
    if personal := _personal(one):
        return Column(one.heading, "nothing", personal=True, why=f"may point to a person, {personal}")
    if not one.filled:
        return Column(one.heading, "nothing", why="no cell is filled")
    if ASIDE.fullmatch(one.title):
        return Column(one.heading, "nothing", why="about the filling in, not an answer")
    if one.heading in ticked:
        why = "one of several answers that could be ticked; blank is 0 where another of them was ticked"
        return Column(one.heading, "option", text=one.option or one.heading, block=one.stem, seen=_seen(one), why=why)
    if sum(map(dates.is_date, one.filled)) >= scales.LEAST_KNOWN * len(one.filled):
        return Column(one.heading, "date")
    if len(one.answers) == len(one.filled) and (NUMBERS.search(one.title) or _counts_rows(one.filled)):
        return Column(one.heading, "respondent", why="a number of the answer; it tells rows that come twice, and is not kept")
    group = GROUPED.search(one.title) and len(one.title.split()) < 5 and not scales.levels(one.answers)
    scale = None if group else scales.of(one.heading, one.cells, beside=beside, known=known)
    if scale:
        topic = "satisfaction" if "satisf" in one.title else ""
        return Column(one.heading, "question", text=_text(one, scale.scale), scale=scale.scale, topic=topic, steps=scale.steps, ordered=scale.ordered,
                      good=scale.good, words=scale.words, missing=scale.missing, reversed=scale.reversed, why=scale.why, seen=_seen(one))
    return _several(one) or _words(one, plan)


def _counts_rows(cells: list[str]) -> bool:
    numbers = [int(cell) for cell in cells if cell.isdecimal()]
    return RUN <= len(numbers) == len(cells) and all(later == one + 1 for one, later in zip(numbers, numbers[1:]))


def _text(one: Sight, scale: str) -> str:
    """The question: the statement alone where several are agreed with under one heading."""
    if not one.stem:
        return re.sub(r"^(?:Q?\d+(?:[.):]|\s-)|Q\d+)\s+", "", one.heading) or one.heading
    return one.option if scale == "agree 1-5" or scales.ABOUT_AGREEING.search(plain(one.stem)) else f"{one.stem}: {one.option}"


def _seen(one: Sight, least: int = 1) -> str:
    """The commonest answers with how often each was given; an answer given fewer times than `least` is not shown."""
    some = [f"{word} ({many})" for word, many in sorted(one.answers.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN] if many >= least]
    blank = len(one.cells) - len(one.filled)
    return ", ".join(some) + (" …" if len(one.answers) > SHOWN else "") + (f"; {blank} without an answer" if blank else "")


def _personal(one: Sight) -> str:
    """Why a column may point to a person; empty when nothing says so. A question such as whether one has a card does not."""
    worded = bool(scales.levels(one.answers)) or (set(map(plain, one.answers)) <= YES | NO and bool(one.answers))
    if len(one.title.split()) <= 5 and PERSONAL.search(one.title.replace("_", " ")) and not NOT_A_PERSON.search(one.title) and not worded:
        return "by its heading"
    contact = sum(bool(CONTACT.fullmatch(cell)) and not dates.is_date(cell) for cell in one.filled)
    return "since it holds e-mail addresses, telephone or other long numbers" if contact >= 0.1 * len(one.filled) and contact else ""


def _ticked(sights: list[Sight]) -> set[str]:
    """The headings of columns that hold the ticks of one question: each its own label, or yes, x or 1, and else nothing or no."""
    groups: dict[str, list[Sight]] = {}
    for one in sights:
        if one.stem and not OPEN.search(plain(one.option)):
            groups.setdefault(one.stem, []).append(one)
    found = set()
    for group in groups.values():
        if len(group) > 1 and any(one.filled for one in group) and all(_is_tick(one) for one in group):
            found |= {one.heading for one in group}
    return found


def _is_tick(one: Sight) -> bool:
    words = {plain(word) for word in one.answers}
    return words <= TICKED | BARE | {plain(one.option)}


def _several(one: Sight) -> Column | None:
    """Several answers in one cell, parted by semicolons or commas; None where the cells are no such lists, or where one holds a number or an address."""
    for mark in (";", ","):
        lists = [[part for part in (part.strip() for part in cell.split(mark)) if part] for cell in one.filled]
        holds: Counter[str] = Counter(part for parts in lists for part in set(parts))
        often = {part: many for part, many in holds.items() if many > 1}
        together = sum(len(parts) > 1 for parts in lists)
        known = sum(many for part, many in often.items())
        free = len({cell for cell, parts in zip(one.filled, lists) if len(parts) > 1 and set(parts) & set(often)}) > 1 or len({len(parts) for parts in lists}) > 1
        if together >= 0.2 * len(lists) and 2 <= len(often) <= 20 and known >= 0.7 * holds.total() and free and max(map(len, often)) <= 60 and not any(map(_numbered, often)):
            rare = holds.total() - known
            why = "several answers in one cell" + (f"; {rare} in words of their own are left out" if rare else "")
            options = tuple(sorted(often, key=lambda part: (-often[part], part)))
            return Column(one.heading, "options", block=one.heading, split=mark, options=options, rest="leave out" if rare else "", why=why,
                          seen=", ".join(f"{part} ({often[part]})" for part in options[:SHOWN]))
    return None


def _numbered(text: str) -> bool:
    """Whether a text holds a telephone number, an address or the like; names are left aside, since options are often written like them."""
    return any(trace.kind != "name" for trace in redaction.cleaned(text).found)


def _words(one: Sight, plan: Plan) -> Column:
    """A segment, a service, a trait, comments, or nothing."""
    for kind, rows in (("segment", plan.segments), ("service", plan.services)):
        ids = {plain(name): id for id, name in zip(rows[kind], rows["name"])} | {plain(id): id for id in rows[kind]}
        if sum(plain(cell) in ids for cell in one.filled) >= NAMED * len(one.filled):
            words = {word: ids.get(plain(word), "") for word in one.answers} | ({name: id for id, name in zip(rows[kind], rows["name"])} if kind == "service" else {})
            return Column(one.heading, kind, words=words, why=f"names of the plan's {kind}s", seen=_seen(one))
    if one.title in {plain(name) for table in (plan.traits, plan.trait_shares) for name in table["trait"].unique()}:
        return Column(one.heading, "trait", trait=one.heading, why="a trait that the plan has already", seen=_seen(one, 2))
    many, filled = len(one.answers), len(one.filled)
    long = sum(len(cell) >= LONG or len(cell.split()) >= 5 for cell in one.filled) >= 0.4 * filled
    if (OPEN.search(one.title) and (many * 2 > filled or long)) or (long and many * 2 > filled):
        return Column(one.heading, "comment", why="answers in people's own words; cleaned, and shown only after a person has confirmed them")
    numbers = all(parted(cell)[1] == "" for cell in one.filled)
    if many > 1 and many <= MOST_GROUPS and many * 2 <= filled and not (numbers and not GROUPED.search(one.title)):
        return Column(one.heading, "trait", trait=one.heading, why=f"{many} different words: groups to compare", seen=_seen(one, 2))
    if many == 1:
        return Column(one.heading, "nothing", why="the same in every row")
    if numbers:
        return Column(one.heading, "nothing", why="numbers that are neither a scale nor groups; make bands of them first")
    return Column(one.heading, "nothing", personal=True, why=f"{many} different texts in {filled} rows: too many for groups, and they may point to a person")


def _one_date(columns: list[Column], export: Export, plan: Plan) -> list[Column]:
    """The columns with one that says when the answer was given, and the others left out."""
    found = [column for column in columns if column.becomes == "date"]
    if not found:
        return columns
    first = min(found, key=lambda column: next((place for place, pattern in enumerate(WHEN) if pattern.search(plain(column.heading))), len(WHEN)))
    order = dates.order_of((cell for cell in export.cells(first.heading) if not nothing(cell)), plan.as_of)
    days = sorted(day for cell in export.cells(first.heading) if (day := dates.day(cell, order.order)))
    why = "the day of the answer" + (f"; {order.order}: {order.why}" if order.why and order.order else f"; {order.why}" if order.why else "")
    chosen = replace(first, order=order.order, why=why, seen=f"{days[0]} to {days[-1]}" if days else "")
    return [chosen if column is first else replace(column, becomes="nothing", why="a second day or time") if column in found else column for column in columns]


def _shared_steps(columns: list[Column], answers: Mapping[str, Counter[str]]) -> list[Column]:
    """The columns, where those answered in the same words have the same steps: words of all of them while the order is open."""
    scaled = [column for column in columns if column.becomes == "question" and column.steps]
    found = []
    for column in columns:
        words = {plain(word): word for word in answers[column.heading]}
        like = next((other for other in scaled if column.becomes in ("trait", "nothing") and _is_like(column, words, other)), None)
        if like:
            column = replace(like, heading=column.heading, text=column.heading, topic="", steps=like.steps if like.ordered else tuple(words.values()), missing=(),
                             why=f"answered in words of {like.heading}", seen=column.seen)
        found.append(column)
    return [_united(column, [other for other in found if other.becomes == "question" and not other.ordered]) for column in found]


def _is_like(column: Column, words: Mapping[str, str], other: Column) -> bool:
    """Whether a column's words are steps of another question, or some are and it is the same question asked before or after."""
    shared = set(words) & set(map(plain, other.steps))
    pair = _bare(column.heading) == _bare(other.heading) and {_moment(column.heading), _moment(other.heading)} == {"before", "after"}
    return len(shared) == len(words) > 1 or bool(pair and shared and not other.ordered and len(words) <= 10)


def _united(column: Column, asked: list[Column]) -> Column:
    """The column with the words of all that share one with it, while their order is open."""
    if column.becomes != "question" or column.ordered:
        return column
    words = {plain(step): step for other in asked if set(map(plain, other.steps)) & set(map(plain, column.steps)) for step in other.steps}
    return replace(column, steps=tuple(words[key] for key in sorted(words)))


MOMENT = re.compile(r"\b(before|prior to|pre|przed|vor|vorher|avant|antes)\b|\b(after|following|post|po|nach|nachher|après|después)\b")


def _before(columns: list[Column]) -> list[Column]:
    """The columns, where a question asked after is tied to the same one asked before."""
    stems = {_bare(column.heading): column for column in columns if column.becomes == "question" and _moment(column.heading) == "before"}
    found = []
    for column in columns:
        first = stems.get(_bare(column.heading)) if column.becomes == "question" and _moment(column.heading) == "after" else None
        if first and first.scale == column.scale:
            column = replace(column, before=first.heading, topic=column.topic or "outcome", why=f"{column.why}; asked before as {first.heading}")
        found.append(column)
    return found


def _moment(heading: str) -> str:
    found = MOMENT.search(plain(heading).replace("-", " ").replace("_", " "))
    return "" if not found else "before" if found[1] else "after"


def _bare(heading: str) -> str:
    return " ".join(MOMENT.sub(" ", plain(heading).replace("-", " ").replace("_", " ")).split())
