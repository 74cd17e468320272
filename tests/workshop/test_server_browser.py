"""Phones and a projector in a real browser: every form by keyboard alone, dropped connections, text that stays text."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from room_guests import ASKED, SERVICES, VOTES, joined, opened, plan_folder

from planning.model.ballots.forms import Option
from planning.model.ballots import Ballots
from planning.workshop.server import serve

PHONE = {"width": 360, "height": 740}
NASTY = "<script>window.hit=1</script><img src=x onerror='window.hit=1'> \"quoted\" 'it' \u200fשלום 🙂"
FOCUSABLE = "input:not([type=hidden]),select,textarea,button"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return plan_folder(tmp_path)


@pytest.fixture
def serving(folder: Path) -> Iterator[serve.Serving]:
    served = serve.start(folder)
    yield served
    served.stop()


@pytest.fixture
def ballots(folder: Path) -> Iterator[Ballots]:
    found = Ballots(folder)
    yield found
    found.close()


@pytest.fixture
def phones(browser: object) -> Iterator[object]:
    """Makes phones, each with cookies of its own; what their consoles said is in `said`."""
    contexts: list[object] = []

    def phone(**settings: object) -> object:
        contexts.append(browser.new_context(**({"viewport": PHONE} | settings)))
        page = contexts[-1].new_page()
        page.on("console", lambda message: phone.said.append(message.text) if "Content Security" in message.text else None)
        page.on("pageerror", lambda error: phone.said.append(str(error)))
        page.on("request", lambda request: phone.asked.add(request.url.split("/")[2] if request.url.startswith("http") else ""))
        return page

    phone.said, phone.asked = [], set()
    yield phone
    for context in contexts:
        context.close()


def scanned(page: object, serving: serve.Serving) -> object:
    """The phone after the QR code was scanned."""
    page.goto(f"{serving.participants_url}j/{serving.code}")
    page.wait_for_url(serving.participants_url)
    return page


def tab_to(page: object, name: str) -> None:
    """Press Tab until the field or button is reached; the visible ones only."""
    for _ in range(80):
        if page.evaluate("(document.activeElement.name || document.activeElement.id || '')") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reached {name}")


def pick(page: object, name: str, value: str) -> None:
    """Choose a radio button with Tab, the blank and the arrow keys."""
    tab_to(page, name)
    for _ in range(12):
        if page.evaluate("document.activeElement.value") == value:
            page.keyboard.press("Space")
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{name} has no {value}")


def by_keyboard(page: object, form: str) -> None:
    """Fill the form in and send it without a pointer."""
    page.locator("main").focus()
    for name, value in VOTES[form].items():
        if name == "group" or not page.evaluate("name => ['number', 'textarea', 'select-one'].includes(document.getElementsByName(name)[0].type)", name):
            while page.locator("#next").count() and not page.locator(f"[name='{name}']").first.is_visible():
                tab_to(page, "next")
                page.keyboard.press("Enter")
            if value:
                pick(page, name, value)
        elif value and not (form == "ideas" and not page.locator(f"[name='{name}']").is_visible()):
            page.locator("main").focus()
            tab_to(page, name)
            page.keyboard.press("ControlOrMeta+a") if form != "ranks" else None
            page.keyboard.type(value)
    page.locator("main").focus()
    tab_to(page, "send")
    page.keyboard.press("Enter")
    page.wait_for_selector("#said.good")


@pytest.mark.parametrize("form", ASKED)
def test_five_phones_vote_at_once_and_each_form_is_used_by_keyboard_alone(serving: serve.Serving, ballots: Ballots, phones: object, form: str) -> None:
    pages = [scanned(phones(), serving) for _ in range(5)]
    wall = phones(viewport={"width": 1280, "height": 720})
    wall.goto(serving.facilitator_url)
    asked = opened(ballots, form)

    for page in pages:
        page.wait_for_selector(f"main[data-round={asked.round}] form")
    by_keyboard(pages[0], form)
    for page in pages[1:]:
        page.evaluate("""votes => { for (const [name, value] of Object.entries(votes)) for (const field of document.getElementsByName(name)) {
            if (field.type === 'radio') field.checked = field.value === value; else { field.value = value; field.dispatchEvent(new Event('input', {bubbles: true})); } } }""", VOTES[form])
        page.evaluate("document.getElementById('send').click()")
    for page in pages[1:]:
        page.wait_for_selector("#said.good")
    wall.wait_for_selector("#count:text-is('5')", timeout=5000)
    wide = [page.evaluate("document.documentElement.scrollWidth") for page in pages]
    ballots.close_round(asked.round)
    pages[0].wait_for_selector("main[data-state=closed]")
    ballots.reveal(asked.round)
    pages[0].wait_for_selector("main[data-state=revealed] .room-bars")
    wall.wait_for_selector(".after .room-bars")

    assert ballots.votes(asked.round)["voter"].nunique() == 5
    assert max(wide) <= 360
    assert pages[0].evaluate("document.documentElement.scrollWidth") <= 360
    assert (phones.said, phones.asked - {""}) == ([], {serving.participants_url.split("/")[2], serving.facilitator_url.split("/")[2]})


@pytest.mark.parametrize("form", ASKED)
def test_every_field_has_a_name_a_large_target_and_text_that_stands_out_at_320_pixels(serving: serve.Serving, ballots: Ballots, phones: object, form: str) -> None:
    asked = opened(ballots, form)
    page = scanned(phones(viewport={"width": 320, "height": 640}), serving)
    page.wait_for_selector(f"main[data-round={asked.round}] form")

    tree = page.locator("main").aria_snapshot()
    small = page.evaluate("""fields => [...document.querySelectorAll(fields)].filter(field => field.offsetParent).map(field => (field.type === 'radio' ? field.closest('label') : field))
        .map(box => box.getBoundingClientRect()).filter(box => box.height < 43.5 || box.width < 43.5).length""", FOCUSABLE)
    unnamed = re.findall(r"- (?:textbox|spinbutton|radio|combobox|button|group)(?: \[[^\]]*\])*:?$", tree, re.MULTILINE)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert small == 0
    assert unnamed == [], tree
    assert re.search(r"spinbutton|radio|combobox|textbox", tree)
    assert faint(page) == []


def faint(page: object) -> list[object]:
    """Texts whose contrast with their ground is below 4.5."""
    return page.evaluate("""() => {
        const parts = colour => colour.match(/[\\d.]+/g).map(Number);
        const light = colour => { const [r, g, b] = parts(colour).map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
        return [...document.querySelectorAll('h1,h2,p,label,legend,button,span,a,input,select,textarea,td,th')].filter(e => e.offsetParent && !e.disabled && (e.innerText || e.value)).map(e => {
            let ground = e; while (ground && getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)') ground = ground.parentElement;
            const ink = getComputedStyle(e).color, paper = ground ? getComputedStyle(ground).backgroundColor : 'rgb(255, 255, 255)';
            const [a, b] = [light(ink), light(paper)].sort((x, y) => y - x); return [(a + .05) / (b + .05), e.tagName, ink, paper]; }).filter(found => found[0] < 4.5) }""")


def test_the_dark_scheme_stands_out_too(serving: serve.Serving, ballots: Ballots, phones: object) -> None:
    opened(ballots, "scales")
    page = scanned(phones(color_scheme="dark"), serving)

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    assert faint(page) == []


def test_a_wrong_code_is_said_on_top_and_the_right_one_lets_in(serving: serve.Serving, phones: object) -> None:
    page = phones()
    page.goto(serving.participants_url)

    page.fill("#code", "abc")
    page.keyboard.press("Enter")
    page.wait_for_selector("#error")
    alert = page.get_by_role("alert").inner_text()
    page.get_by_label("Code on the screen").fill(serving.code.lower())
    page.keyboard.press("Enter")
    page.wait_for_selector("text=You are in")

    assert "does not fit" in alert


def test_what_was_wrong_is_said_with_focus_and_nothing_typed_is_lost(serving: serve.Serving, ballots: Ballots, phones: object) -> None:
    asked = opened(ballots, "points")
    page = scanned(phones(), serving)
    page.wait_for_selector("form")

    page.locator("#f1").fill("70")
    page.get_by_role("button", name="Newcomers find their feet here: more").click()
    left = page.locator("#left").inner_text()
    page.locator("#send").click()
    page.wait_for_selector("#said.bad")
    focused = page.evaluate("document.activeElement.id")
    page.reload()
    page.wait_for_selector("form")

    assert left == "25 left to give"
    assert focused == "said" and ballots.count(asked.round) == 0
    assert [page.locator(f"#f{n}").input_value() for n in (1, 2)] == ["70", "5"]


def test_up_and_down_change_places_and_keep_the_focus(serving: serve.Serving, ballots: Ballots, phones: object) -> None:
    opened(ballots, "ranks")
    page = scanned(phones(), serving)
    page.wait_for_selector("#ranks")

    for option in (SERVICES[2], SERVICES[0]):
        page.get_by_role("button", name=f"{option.label}: up").click()
    page.get_by_role("button", name=f"{SERVICES[0].label}: up").focus()
    page.keyboard.press("Enter")
    heard = page.locator("#heard").inner_text()
    order = page.locator("#ranks li").evaluate_all("rows => rows.map(row => [row.dataset.name, row.querySelector('select').value])")

    assert order[:2] == [[SERVICES[0].label, "1"], [SERVICES[2].label, "2"]]
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == f"{SERVICES[0].label}: up"
    assert heard == f"{SERVICES[0].label}: place 1"


def test_text_stays_text_on_phone_and_projector(serving: serve.Serving, ballots: Ballots, phones: object) -> None:
    wall, page = phones(viewport={"width": 1280, "height": 720}), scanned(phones(), serving)
    wall.goto(serving.facilitator_url)
    guests = [joined(serving.participants_url, serving.code) for _ in range(3)]
    dots = opened(ballots, "dots", question=NASTY, options=(Option("<b>", NASTY), Option("b\"'", "Two")))
    page.wait_for_selector(f"main[data-round={dots.round}] form")
    questions = [page.locator("h1").inner_text(), page.locator("label").first.inner_text()]
    ideas = opened(ballots, "ideas", question=NASTY)
    sent = [guest.vote(ideas.round, {"t:1": NASTY, "k:1": "strength"}).status for guest in guests]
    ballots.close_round(ideas.round)
    ballots.reveal(ideas.round)
    for shown in (page, wall):
        shown.wait_for_selector("main .room-bars li")

    assert sent == [200] * 3
    assert all("<script>window.hit=1</script>" in text and "🙂" in text for text in [*questions, page.locator(".room-bars").inner_text(), wall.locator(".room-bars").inner_text()])
    assert [shown.evaluate("[window.hit, document.querySelectorAll('main img, main script').length]") for shown in (page, wall)] == [[None, 0]] * 2
    assert phones.said == []


def test_a_dropped_connection_keeps_the_vote_on_the_screen_and_sends_it_when_it_is_back(serving: serve.Serving, ballots: Ballots, phones: object) -> None:
    asked = opened(ballots, "dots")
    page = scanned(phones(), serving)
    page.wait_for_selector("form")
    page.locator("#f1").fill("2")

    page.context.set_offline(True)
    page.locator("#send").click()
    page.wait_for_selector("#said.bad")
    told, kept, count = page.locator("#said").inner_text(), page.locator("#f1").input_value(), ballots.count(asked.round)
    page.context.set_offline(False)
    page.wait_for_selector("#said.good", timeout=20_000)

    assert "sent again by themselves" in told and (kept, count) == ("2", 0)
    assert ballots.count(asked.round) == 1


def test_one_phone_is_one_voter_also_after_a_reload_a_second_scan_and_another_tab(serving: serve.Serving, ballots: Ballots, phones: object) -> None:
    asked = opened(ballots, "dots")
    page = scanned(phones(), serving)

    for dots in ("1", "2", "3"):
        page.locator("#f1").fill(dots)
        page.locator("#send").click()
        page.wait_for_selector("#said.good")
        scanned(page, serving)
        page.wait_for_selector("#said.good")
        assert page.locator("#f1").input_value() == dots
    other = page.context.new_page()
    other.goto(serving.participants_url)

    assert other.locator("#f1").input_value() == "3" and "Counted" in other.locator("#said").inner_text()
    assert ballots.count(asked.round) == 1


def test_it_works_without_script(serving: serve.Serving, ballots: Ballots, phones: object) -> None:
    page = phones(java_script_enabled=False)
    page.goto(f"{serving.participants_url}j/{serving.code}")
    page.get_by_role("button", name="Join").click()
    waits = page.locator("noscript meta[http-equiv=refresh]").count() or "http-equiv=\"refresh\"" in page.content()
    asked = opened(ballots, "scales")
    page.goto(serving.participants_url)
    page.get_by_role("radio", name="4").first.check()
    page.get_by_role("button", name="Vote").click()

    assert waits and "Counted" in page.locator("#said").inner_text()
    assert page.get_by_role("radio", name="4").first.is_checked()
    assert ballots.count(asked.round) == 1


def test_the_whole_page_weighs_less_than_40_kilobytes(serving: serve.Serving, ballots: Ballots, phones: object) -> None:
    opened(ballots, "scales")
    page, sizes = scanned(phones(), serving), []
    page.context.clear_cookies()
    fresh = scanned(phones(), serving)
    fresh.on("response", lambda answer: sizes.append(len(answer.body())))
    fresh.reload(wait_until="networkidle")

    assert 5_000 < sum(sizes) < 40_000


def test_the_page_goes_on_when_the_server_is_started_again(folder: Path, ballots: Ballots, phones: object) -> None:
    served = serve.start(folder)
    port = int(served.participants_url.rstrip("/").rsplit(":", 1)[1])
    asked = opened(ballots, "dots")
    page = scanned(phones(), served)
    page.locator("#f1").fill("2")
    served.stop()
    page.locator("#send").click()
    page.wait_for_selector("#said.bad")
    again = serve.start(folder, port=port)
    page.wait_for_selector("#said.good", timeout=20_000)
    again.stop()

    assert ballots.count(asked.round) == 1


def test_the_server_runs_as_a_process_of_its_own(folder: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "planning.workshop.server", str(folder / "nowhere")], cwd=ROOT, capture_output=True, text=True, timeout=60)

    assert (done.returncode, done.stdout) == (1, "") and "There is no folder" in done.stderr and "Traceback" not in done.stderr
