"""Which short texts belong side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from planning.methods import tfidf


def bundles(texts: Sequence[str], *, shared: float = 0.5) -> list[list[str]]:
    """Return the texts in bundles of like words, the larger bundles first, within one in the order given.

    Two texts are joined where the words that they share are at least the part `shared` of all words that either has (Jaccard's
    index); common words and the plural s do not count (see `tfidf.words`). A bundle is what is joined by way of others too. A text
    without such words is joined with its like only. Source: Jaccard 1901.

    Misleading where two texts say the same in other words, and where one word turns the meaning: "open" and "not open" are alike here.

    Raises ValueError when `shared` is not above 0 and at most 1.

    >>> bundles(["Open on Sundays", "More chairs", "open Sunday"])
    [['Open on Sundays', 'open Sunday'], ['More chairs']]
    """
    if not 0 < shared <= 1:
        raise ValueError(f"Shared words: found {shared:g}. It is above 0 and at most 1. Correct it.")
    told = [set(tfidf.words(text)) or {text.casefold()} for text in texts]
    near = np.array([[len(one & other) >= shared * len(one | other) for other in told] for one in told]).reshape(len(told), len(told))
    labels = connected_components(csr_array(near), directed=False)[1] if told else []
    return sorted(([text for text, label in zip(texts, labels) if label == one] for one in dict.fromkeys(labels)), key=lambda bundle: -len(bundle))
