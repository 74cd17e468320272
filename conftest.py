"""What holds for every test, every example in a docstring and every notebook."""

import os

import pytest

from planning.show import language

# A process that pytest starts is told that lines are 80 letters wide, even where there is no terminal.
for size in ("COLUMNS", "LINES"):
    os.environ.pop(size, None)

# Files that take a minute and more, the longest first.
LONG = ["test_notebooks.py", "test_report.py", "test_workbook.py", "test_bad_plans.py", "test_browser.py"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the long files first where processors share the tests: then all of them end at about the same time."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: LONG.index(item.path.name) if item.path.name in LONG else len(LONG))


@pytest.fixture(autouse=True)
def english() -> None:
    """Set the language and the currency anew."""
    language.use("en", "USD")
