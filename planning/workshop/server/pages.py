"""The pages, drawn from the templates beside this file: every value is escaped, every text goes through the language in use."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined

from planning.show import bars, language
from planning.show.language import count, number, say

SAFE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
                               "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Headers of every answer."""

KINDS = {"css": "text/css; charset=UTF-8", "js": "text/javascript; charset=UTF-8"}


@cache
def part(name: str) -> bytes:
    """A file of the pages as it stands, such as `room.css`; `bars.css` is the style of the bars."""
    if name == "bars.css":
        return bars.STYLE.encode()
    return (files(__package__) / "pages" / name).read_bytes()


@cache
def _drawing() -> Environment:
    names = [path.name for path in (files(__package__) / "pages").iterdir() if path.name.endswith(".html")]
    drawing = Environment(loader=DictLoader({name: part(name).decode() for name in names}), autoescape=True, undefined=StrictUndefined,
                          trim_blocks=True, lstrip_blocks=True)
    drawing.globals |= {"say": say, "count": count, "number": number, "lang": language.code, "mark": mark}
    return drawing


def mark(name: str) -> str:
    """A few letters that change with a file, so that no phone keeps an old one."""
    return sha256(part(name)).hexdigest()[:8]


def draw(name: str, **values: object) -> str:
    """A page as HTML."""
    return _drawing().get_template(name).render(**values)
