"""The one door for every text that people see, and for every number in it.

`say` looks the English text up in the catalogue of the chosen language, so that a second language
is a catalogue and not a rewrite. Numbers, money, shares and days take the language's own form.
"""

from __future__ import annotations

import datetime as dt
import gettext
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.resources import files

import pandas as pd
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent, get_currency_precision

from planning.model import errors


@dataclass
class _Voice:
    code: str = "en"
    currency: str = "USD"
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


_voice = _Voice()


def use(code: str = "en", currency: str = "USD") -> None:
    """Choose the language and the currency of everything that is shown from here on."""
    _voice.code, _voice.currency = code, currency
    folder = str(files(__package__) / "locale")
    _voice.catalogue = gettext.translation("planning", folder, [code], fallback=True)
    errors.speak(say)


def code() -> str:
    """The language in use, as a code such as "en"."""
    return _voice.code


def say(text: str, /, **values: object) -> str:
    """The text in the language in use, with its values put in.

    >>> say("{n} goals have no service.", n=2)
    '2 goals have no service.'
    """
    found = _voice.catalogue.gettext(text) if text else ""
    return found.format(**values) if values else found


def count(one: str, many: str, n: int, /, **values: object) -> str:
    """The singular or the plural text, with {n} put in.

    >>> count("{n} goal", "{n} goals", 1), count("{n} goal", "{n} goals", 1200)
    ('1 goal', '1,200 goals')
    """
    return _voice.catalogue.ngettext(one, many, n).format(n=number(n), **values)


def absent(value: object) -> bool:
    """True for a value that is not known: none, not a number, no time, or infinite."""
    if isinstance(value, float) and math.isinf(value):
        return True
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value))


def number(value: float, digits: int | None = None) -> str:
    """A number for reading; without `digits`, as many decimals as its size calls for.

    >>> number(12345.6), number(3.14159), number(0.0421), number(float("nan"))
    ('12,346', '3.1', '0.042', 'not available')
    """
    if absent(value):
        return say("not available")
    if digits is None:
        size = abs(float(value))
        digits = 0 if size >= 100 or float(value).is_integer() else 1 if size >= 1 else 2 if size >= 0.1 else 3
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return _minus(format_decimal(round(float(value), digits) + 0.0, pattern, locale=_voice.code))


def share(value: float, digits: int = 0) -> str:
    """A share from 0 to 1 as a percentage.

    >>> share(0.375), share(None)
    ('38%', 'not available')
    """
    if absent(value):
        return say("not available")
    pattern = "#,##0" + ("." + "0" * digits if digits else "") + "%"
    return _minus(format_percent(round(float(value) + 1e-12, digits + 2) + 0.0, pattern, locale=_voice.code))


def _minus(text: str) -> str:
    return text.replace("-", "−")


def signed(value: float, digits: int | None = None) -> str:
    """A number with its sign, for differences.

    >>> signed(0.4), signed(-3), signed(-0.04, 1)
    ('+0.40', '−3', '0.0')
    """
    if absent(value):
        return say("not available")
    size = number(abs(value), digits)
    mark = "" if not any(figure in size for figure in "123456789") else "+" if value > 0 else "−"
    return mark + size


def money(value: float, digits: int | None = None) -> str:
    """An amount in the plan's currency; whole units from 100 upwards, cents below where the currency has them.

    >>> money(182340.4), money(3.5)
    ('$182,340', '$3.50')
    """
    if absent(value):
        return say("not available")
    whole = digits == 0 or (digits is None and (abs(value) >= 100 or float(value) == 0)) or not get_currency_precision(_voice.currency)
    pattern = "¤#,##0" if whole else None
    return _minus(format_currency(value, _voice.currency, pattern, locale=_voice.code, currency_digits=False))


def unit_of_money() -> int:
    """What a ratio of money is told for: 1, or 100 where the currency has no cents.

    >>> unit_of_money()
    1
    """
    return 1 if get_currency_precision(_voice.currency) else 100


def for_each(ratio: float) -> str:
    """What stands on one side for each unit of money on the other; for each hundred where the currency has no cents.

    >>> for_each(0.917)
    '$0.92 for each $1.00'
    """
    one = unit_of_money()
    return say("{sum} for each {one}", sum=money(ratio * one, 2), one=money(one))


def day(value: dt.date) -> str:
    """A day in full.

    >>> day(dt.date(2026, 6, 30))
    '30 June 2026'
    """
    if absent(value):
        return say("not available")
    return format_date(pd.Timestamp(value).date(), "d MMMM y", locale=_voice.code)


def period(value: str) -> str:
    """A period in words.

    >>> period("2026-05"), period("2026-Q2"), period("2026")
    ('May 2026', 'Q2 2026', '2026')
    """
    if absent(value):
        return say("not available")
    year, _, part = str(value).partition("-")
    if not part:
        return year
    if part.startswith("Q"):
        return f"{part} {year}"
    return format_date(dt.date(int(year), int(part), 1), "LLLL y", locale=_voice.code)


def month(number: int) -> str:
    """The short name of a month, 1 to 12, for the axis of a chart.

    >>> month(1), month(10)
    ('Jan', 'Oct')
    """
    return format_date(dt.date(2000, number, 1), "LLL", locale=_voice.code)


def quoted(names: Iterable[str], most: int = 0) -> str:
    """Names that read like sentences, such as goals and needs, as a list in quotation marks.

    >>> quoted(["Newcomers belong here", "Nobody is left offline"])
    '“Newcomers belong here” and “Nobody is left offline”'
    """
    return listed((f"“{name}”" for name in names), most)


def inside(title: str) -> str:
    """A title as it stands inside a sentence: its first letter small, unless its first word has another capital, as an abbreviation has.

    >>> inside("Staff (FTE)"), inside("FTE"), inside("Wi-Fi")
    ('staff (FTE)', 'FTE', 'Wi-Fi')
    """
    first = title.split(" ", 1)[0]
    return title if first[1:] != first[1:].lower() else title[:1].lower() + title[1:]


def between(low: float, high: float, form: Callable[[float], str] = number) -> str | None:
    """Two ends of a range in one cell; None where an end is not known.

    >>> between(11574.2, 13294), between(0.19, 0.31, share), between(None, 4)
    ('11,574 to 13,294', '19% to 31%', None)
    """
    return None if absent(low) or absent(high) else say("{low} to {high}", low=form(low), high=form(high))


def listed(names: Iterable[str], most: int = 0) -> str:
    """Names as a list in a sentence; with `most`, the rest is counted.

    >>> listed(["a", "b", "c"]), listed(["a", "b", "c", "d"], most=2)
    ('a, b and c', 'a, b and 2 more')
    """
    found = [str(name) for name in names]
    if most and len(found) > most + 1:
        found = [*found[:most], say("{n} more", n=len(found) - most)]
    if _voice.code == "en":
        return " and ".join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found)
    return format_list(found, locale=_voice.code)
