"""The list of a page's sections, with links, so that nobody has to scroll to learn what a page holds."""

from __future__ import annotations

import re
from html import escape, unescape

from planning.show.language import say

HEADING = re.compile(r'(<section class="prose">\s*<h2)(>)(.*?)</h2>', re.DOTALL)
FEWEST = 4


def inserted(page: str) -> str:
    """The page with the list of its sections after the findings in brief; a page of few sections stays as it is.

    >>> page = "".join(f'<section class="prose"><h2>Section {n}?</h2></section>' for n in range(5))
    >>> inserted(page).count('<a href="#section-4">Section 4?</a>'), inserted(page).count('<h2 id="section-4">')
    (1, 1)
    """
    found = list(HEADING.finditer(page))
    if len(found) <= FEWEST:
        return page
    links = "".join(f'<li><a href="#{_anchor(one)}">{one[3]}</a></li>' for one in found[1:])
    listing = f'<details class="contents"><summary>{escape(say("On this page"))}</summary><ul>{links}</ul></details>\n'
    after = found[1].start()
    return HEADING.sub(_with_anchor, page[:after]) + listing + HEADING.sub(_with_anchor, page[after:])


def _anchor(heading: re.Match[str]) -> str:
    words = re.sub(r"<[^>]*>", "", unescape(heading[3])).lower()
    return re.sub(r"\W+", "-", words).strip("-")


def _with_anchor(heading: re.Match[str]) -> str:
    return f'{heading[1]} id="{_anchor(heading)}">{heading[3]}</h2>'
