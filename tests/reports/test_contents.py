"""The list of a page's sections: where it stands, what it leaves out, and where its links lead."""

from __future__ import annotations

import re

from planning.reports import contents


def page(*headings: str) -> str:
    return "<main>" + "".join(f'<section class="prose"><h2>{heading}</h2></section>' for heading in headings) + "</main>"


def test_a_page_of_four_sections_stays_as_it_is_and_one_of_five_gets_a_list() -> None:
    four = page("In brief", "Who?", "What?", "When?")

    assert contents.inserted(four) == four
    assert "<details" in contents.inserted(page("In brief", "Who?", "What?", "When?", "Where?"))


def test_the_list_stands_after_the_first_section_and_names_all_others_in_their_order() -> None:
    made = contents.inserted(page("In brief", "Who?", "What?", "When?", "Where?"))

    assert re.findall(r"<a href=[^>]*>(.*?)</a>", made) == ["Who?", "What?", "When?", "Where?"]
    assert made.index("In brief") < made.index("<details") < made.index("Who?</h2>")


def test_each_link_leads_to_a_heading_that_is_there_whatever_signs_it_holds() -> None:
    made = contents.inserted(page("In brief", "Peers &amp; bands?", "<em>What</em> for?", "When, and where?", "Why?"))

    assert re.findall(r'href="#([^"]*)"', made) == ["peers-bands", "what-for", "when-and-where", "why"]
    assert re.findall(r'<h2 id="([^"]*)"', made) == ["in-brief", "peers-bands", "what-for", "when-and-where", "why"]
