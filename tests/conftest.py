"""Plans and places that many tests share."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from planning.model import create

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ("riverbend_public", "northfield_university", "calder_research")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
FACTS = {"library": "Mill Library", "kind": "public", "leadership": "Board of Trustees", "as_of": dt.date(2026, 6, 30), "currency": "USD"}


@pytest.fixture
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(params=SAMPLES)
def sample(request: pytest.FixtureRequest) -> Path:
    """Each of the three sample plans."""
    return ROOT / "data" / request.param


@pytest.fixture
def empty_plan(tmp_path: Path) -> Path:
    """A plan whose tables hold their headings only."""
    return create.new_plan(tmp_path / "mill", FACTS)


@pytest.fixture
def survey() -> Path:
    """The folder of the real Public Libraries Survey files; skips where it is absent."""
    folder = ROOT.parent / "shared" / "data" / "pls"
    if not folder.is_dir():
        pytest.skip("the Public Libraries Survey files are not beside this checkout (../shared/data/pls)")
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """A browser that is on this machine; skips where there is none."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if not found:
        pytest.skip("no Chromium or Chrome is on the path")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=found, args=QUIET)
        yield opened
        opened.close()
