"""Every test and every example in a docstring begins in English and in dollars."""

import pytest

from planning.show import language


@pytest.fixture(autouse=True)
def english() -> None:
    """Set the language and the currency anew."""
    language.use("en", "USD")
