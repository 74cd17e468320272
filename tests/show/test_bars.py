import re
from html.parser import HTMLParser

import pandas as pd
import pytest

from planning.analysis import rounds
from planning.show import bars, language

FORMS = {"points": [20, 30, 50, 0, 10, 100], "swing": [100, 20, 0, 50, 60, 99], "dots": [0, 1, 2, 5, 0, 0], "ranks": [1, 2, 1, 2, 1, 1], "pairs": [9, 1 / 9, 1, 3, 1 / 3, 2],
         "scales": [1, 2, 5, 5, 5, 4], "statements": [1, 1, -1, 0, 1, -1]}


@pytest.fixture(autouse=True)
def english():
    language.use("en", "USD")


class Read(HTMLParser):
    """What stands in the HTML: tags with their attributes, and the texts of the cells of each row."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[list[str]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("rect", "br"):
            self.open.append("hidden" if dict(attrs).get("aria-hidden") else tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        if tag not in ("rect", "br"):
            self.open.pop()

    def handle_data(self, data):
        if self.rows and "hidden" not in self.open and {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def shown(form: str, values: list[float], *labels: str, small_group: int = 3, **more) -> str:
    labels = labels or ("Read", "Work")
    options = pd.DataFrame({"option": [f"O{n}" for n in range(len(labels))], "label": list(labels)})
    keys = ["O0|O1"] if form == "pairs" else list(options["option"])
    votes = pd.DataFrame([(f"V{n}", "", key, "", float(value), "", "") for key in keys for n, value in enumerate(values)], columns=["voter", "group", "option", "asked", "value", "text", "kind"])
    steps = rounds.scale(options, form=form)
    rows = rounds.distribution(votes, options, form=form, steps=steps, small_group=small_group)
    return bars.distribution(rows, form=form, caption="What counts?", said=rounds.summary(votes, options, form=form, small_group=small_group, steps=steps), **more)


@pytest.mark.parametrize("form", list(FORMS))
def test_every_bar_has_its_number_as_text_and_the_numbers_of_a_row_are_all_people(form):
    read = Read(shown(form, FORMS[form]))
    numbers = [[int(cell) for cell in row[1:-1]] for row in read.rows[1:]]

    assert [sum(row) for row in numbers] == [6] * len(numbers)
    assert sum(tag == "svg" for tag, _ in read.tags) == sum(map(len, numbers))
    assert {len(row) for row in read.rows} == {len(read.rows[0])}


@pytest.mark.parametrize("form", list(FORMS))
def test_nothing_in_the_html_needs_a_style_or_a_script_of_its_own(form):
    read = Read(shown(form, FORMS[form]) + bars.meter(5, 3, present=9))

    assert not [tag for tag, _ in read.tags if tag in ("style", "script", "img", "link")]
    assert not [name for _, attributes in read.tags for name in attributes if name == "style" or name.startswith("on")]


def test_the_table_has_a_caption_and_heads_that_a_screen_reader_can_follow():
    text = shown("scales", FORMS["scales"], ends=("poor", "excellent"))
    read = Read(text)

    assert "<caption>What counts?</caption>" in text
    assert read.rows[0] == ["Option", "1 poor", "2", "3", "4", "5 excellent", "Middle"]
    assert [attributes["scope"] for tag, attributes in read.tags if tag == "th"] == ["col"] * 7 + ["row"] * 2
    assert "6 people answered." in text


def test_the_tallest_bar_is_full_and_the_others_stand_in_proportion():
    heights = [float(attributes["height"]) for tag, attributes in Read(shown("scales", FORMS["scales"], "Read")).tags if tag == "rect" and attributes["class"] == "bar"]

    assert heights == pytest.approx([40 / 3, 40 / 3, 0, 40 / 3, 40], abs=0.06)


def test_names_questions_and_ideas_are_text_and_nothing_else():
    bad = "<script>alert('x')</script>\" onload=1"
    rows = pd.DataFrame({"kind": [bad], "near": [1], "like": [1], "text": [bad]})
    text = shown("scales", FORMS["scales"], bad, ends=(bad, bad)) + bars.ideas(rows, caption=bad)

    assert "<script" not in text and '" onload' not in text
    assert "&lt;script&gt;" in text


def test_an_option_with_too_few_answers_says_so_in_place_of_bars_and_a_round_without_any_in_place_of_a_table():
    options = pd.DataFrame({"option": ["A", "B"], "label": ["Read", "Work"]})
    votes = pd.DataFrame([(f"V{n}", option, "", 4.0) for n, option in enumerate("AAAAABB")], columns=["voter", "option", "asked", "value"])
    rows = rounds.distribution(votes, options, form="scales", steps=(1, 2, 3, 4, 5), small_group=3)

    assert Read(bars.distribution(rows, form="scales", caption="c")).rows[2] == ["Work", "Too few answers to show."]
    assert "There are too few votes to show." in shown("scales", [1, 2])
    assert "<table" not in shown("scales", [1, 2]) and "<table" not in bars.distribution(rows.head(0), form="scales", caption="c")


def test_two_questions_on_the_same_options_stand_under_their_own_headings():
    options = pd.DataFrame({"option": ["A", "B"], "label": ["Read", "Work"]})
    votes = pd.DataFrame([(f"V{n}", option, asked, 4.0) for n in range(5) for option in "AB" for asked in ("q", "r")], columns=["voter", "option", "asked", "value"])
    rows = rounds.distribution(votes, options, form="scales", steps=(1, 2, 3, 4, 5), small_group=3)

    heads = [row[0] for row in Read(bars.distribution(rows, form="scales", caption="c", asked={"q": "How good?", "r": "How much does it matter?"})).rows]

    assert heads == ["Option", "How good?", "Read", "Work", "How much does it matter?", "Read", "Work"]


@pytest.mark.parametrize(("form", "middle"), [("points", "35"), ("dots", "8"), ("scales", "4.5"), ("statements", "50%"), ("pairs", "first, 1.4 times"), ("ranks", "1")])
def test_the_middle_is_told_in_the_way_of_each_form(form, middle):
    assert Read(shown(form, FORMS[form])).rows[1][-1] == middle


def test_ideas_stand_under_their_kinds_in_the_order_of_the_kinds_with_like_ones_in_one_bundle():
    rows = pd.DataFrame({"kind": ["threat", "strength", "strength"], "near": [3, 1, 1], "like": [1, 2, 2], "text": ["Rain", "Kind staff", "Our kind staff"]})

    text = bars.ideas(rows, caption="SWOT", kinds={"strength": "Strengths", "weakness": "Weaknesses", "threat": "Threats"})

    assert re.findall(r"<h3>(.*?)</h3>", text) == ["Strengths (2)", "Threats (1)"]
    assert text.index("Kind staff") < text.index("Our kind staff") < text.index("Rain")
    assert text.count('class="alike"') == 1 and "2 with like words" in text
    assert "too few ideas" in bars.ideas(rows.head(0), caption="SWOT")


def test_the_meter_says_how_many_voted_and_what_is_held_back():
    assert "<strong>0 people have voted.</strong> </div>" in bars.meter(0, 0)
    assert "12 votes; the newest come in together" in bars.meter(17, 12, present=30)
    assert 'max="30" value="17"' in bars.meter(17, 12, present=30)
    assert 'max="31" value="31"' in bars.meter(31, 31, present=30) and "All votes are in the picture." in bars.meter(31, 31)


@pytest.mark.parametrize(("width", "wall"), [(1280, "wall"), (360, "")])
@pytest.mark.parametrize("form", list(FORMS))
def test_no_picture_is_wider_than_the_screen(browser: object, form: str, width: int, wall: str) -> None:
    labels = ["Read", "A name without end that goes on and on and is still not over at this place", "Averyveryverylongwordthatnobodywouldeverwriteorread"][: 2 if form == "pairs" else 3]
    page = browser.new_page(viewport={"width": width, "height": 720})
    page.set_content(f'<meta name="viewport" content="width=device-width"><style>{bars.STYLE}</style><body class="{wall}">{shown(form, FORMS[form], *labels, ends=("not at all", "very much"))}')

    inside = page.evaluate("[document.documentElement.scrollWidth, ...[...document.querySelectorAll('.room-bars')].map(one => one.scrollWidth - one.clientWidth)]")
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.room-bars')).fontSize)")
    page.close()

    assert inside == [width, 0]
    assert size >= (24 if wall else 16)
