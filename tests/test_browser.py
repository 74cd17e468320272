"""The pages in a real browser: nothing asked from outside, nothing wider than the screen, every picture drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT

from planning.model.plan import open_plan
from planning.reports import report

@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the corporate sample."""
    return report.write(open_plan(ROOT / "data" / "calder_research"), given="data/calder_research", out=tmp_path_factory.mktemp("reports"))


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_is_wider_than_the_screen_or_asks_for_anything_from_outside(browser: object, made: Path, width: int) -> None:
    asked: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.on("request", lambda request: asked.append(request.url))

    wide = {}
    for path in sorted(made.glob("*.html")):
        page.goto(path.as_uri())
        wide[path.name] = page.evaluate("document.documentElement.scrollWidth")
    page.close()

    assert {name: size for name, size in wide.items() if size > width} == {}
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def test_every_picture_is_drawn_and_every_disclosure_opens(browser: object, made: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    for path in sorted(made.glob("0*.html")):
        page.goto(path.as_uri())
        sizes = page.evaluate("[...document.images].map(image => image.naturalWidth)")
        assert sizes and min(sizes) > 0, path.name
        summary = page.locator("summary").first
        summary.focus()
        page.keyboard.press("Enter")
        assert page.locator("details").first.evaluate("item => item.open"), path.name
    page.close()


def test_text_stands_out_from_its_ground(browser: object, made: Path) -> None:
    page = browser.new_page()
    page.goto((made / "01_needs_assessment.html").as_uri())
    pairs = page.evaluate("""[...document.querySelectorAll('p, li, td, th, h1, h2, h3, a, summary, span, caption')].filter(e => e.innerText && e.offsetParent).map(e => {
        let ground = e; while (ground && getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)') ground = ground.parentElement;
        return [getComputedStyle(e).color, ground ? getComputedStyle(ground).backgroundColor : 'rgb(255, 255, 255)'] })""")
    page.close()

    assert pairs
    assert {(ink, ground): round(contrast(ink, ground), 2) for ink, ground in pairs if contrast(ink, ground) < 4.5} == {}


def contrast(ink: str, ground: str) -> float:
    """The contrast of two colours as WCAG 2.2 defines it, 1 to 21."""
    bright, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(float(part)) / 255 for part in colour[colour.index("(") + 1:-1].split(",")[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
