"""The app in a real browser: from the command to a control that answers, and to its end."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

import pytest
from conftest import ROOT
from room_app import Room, below, direct, left, running

SECONDS = 180_000  # ms that a page may take on a busy machine


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A workshop on a copy of a sample."""
    with running(shutil.copytree(ROOT / "data" / "riverbend_public", tmp_path_factory.mktemp("room") / "riverbend")) as room:
        yield room


@pytest.fixture
def outside(browser: object) -> Iterator[tuple[object, list[str]]]:
    """A window of the browser, and every address outside this computer that it asked for."""
    window = browser.new_context(viewport={"width": 1280, "height": 720})
    asked: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    foreign: list[str] = []
    yield window, foreign
    window.close()
    foreign += [url for url in asked if not re.match(r"(http://127\.0\.0\.1:\d+/|data:|blob:)", url)]
    assert foreign == []


def test_the_facilitator_goes_from_the_home_page_to_a_step_and_a_control_answers(outside: tuple, room: Room) -> None:
    window, _ = outside
    home, pid = room.home, room.pid
    faults: list[str] = []
    page = window.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(home)
    assert page.locator(".steps a").count() == 7 and page.inner_text("#time")

    with window.expect_page() as opened:
        page.locator(".steps a").first.click()
    step = opened.value
    step.on("pageerror", lambda error: faults.append(str(error)))
    step.wait_for_selector("#brief .finding", timeout=SECONDS)
    step.wait_for_selector("body.ready", timeout=SECONDS)
    assert "token" not in step.url and "Ready" in step.inner_text("#said")

    weight = step.get_by_label("Its weight in percent", exact=True)
    control = step.locator("#workshop .plan-control").filter(has=weight)
    before = control.inner_text()
    weight.focus()
    step.keyboard.press("ControlOrMeta+a")
    step.keyboard.type("57")
    step.keyboard.press("Tab")
    control.get_by_text("57%").first.wait_for(timeout=30_000)
    assert "57%" not in before
    assert faults == []

    look_at_the_page(step)
    leave(step, home, pid)


def leave(step: object, home: str, pid: int) -> None:
    """Leaving a page on which something was tried is asked about; then its kernel ends."""
    told: list[str] = []
    step.on("dialog", lambda dialog: (told.append(dialog.type), dialog.accept()))
    kernels = below(pid) - direct(pid)
    assert kernels

    step.goto(home)

    assert told == ["beforeunload"]
    assert left(kernels) == set()


def look_at_the_page(step: object) -> None:
    """No code, no hidden picture text, nothing wider than the screen, each part reachable with the keyboard."""
    assert "page.show(" not in step.content() and "open_plan(" not in step.content()
    assert step.evaluate("[...document.querySelectorAll('img.chart')].every(image => image.alt.length > 20 && image.naturalWidth > 0)")
    assert step.evaluate("document.querySelector('#brief').getBoundingClientRect().top < 500 && document.querySelector('#workshop').getBoundingClientRect().top < 500")
    for width in (1400, 1280, 380):
        step.set_viewport_size({"width": width, "height": 720})
        assert step.evaluate("document.documentElement.scrollWidth") <= width
    small = "fields => [...document.querySelectorAll(fields)].filter(one => one.offsetParent && one.getBoundingClientRect().height < 44).map(one => one.innerText || one.type)"
    assert step.evaluate(small, "#workshop button,#workshop select,#workshop input:not([type=checkbox]),#workshop textarea,#workshop .jupyter-widget-Collapse-header") == []
    head = step.locator("#workshop .jupyter-widget-Collapse-header").first
    head.focus()
    step.keyboard.press("Enter")
    step.wait_for_function("() => document.activeElement.getAttribute('aria-expanded') === 'true'")
    for part in ("brief", "workshop", "whole"):
        link = step.locator(f".bar a[href='#{part}']")
        link.focus()
        step.keyboard.press("Enter")
        step.wait_for_function("part => Math.abs(document.getElementById(part).getBoundingClientRect().top) < 160", arg=part)
        assert link.bounding_box()["height"] >= 44


def test_a_step_that_is_not_there_is_told_in_words(outside: tuple, room: Room) -> None:
    window, _ = outside
    page = window.new_page()
    page.goto(room.home)
    address = page.locator(".steps a").nth(1).get_attribute("href")

    page.goto(address.replace("02_service_design", "no_such_step"))
    assert "home page of the workshop" in page.inner_text("body")
