"""Which texts are alike in their words."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

COMMON = frozenset(
    "a about after again all also am an and any are as at be because been before but by can could did do does for from get had has have he her here him his how i if in "
    "into is it its just me more my no not of off on one only or other our out over please she should so some than that the their them then there these they this to "
    "too two up us very was we were what when where which who why will with would you your aber als am an auch auf bei bis das dass dem den der des die doch ein eine einem "
    "einen einer er es für hat ich im in ist kann man mehr mit nach nicht noch nur oder sehr sich sie sind so und uns von vor war was wenn wie wir wird zu zum zur "
    "au aux avec ce ces dans de des du elle en est et il ils je la le les leur lui ma mais mes moi mon ne nos nous on ou par pas plus pour que qui sa sans se si son sont "
    "sur un une vous al como con cuando del desde donde el ella es esta este hay la las lo los mas me mi muy no nos o para pero por porque que se si sin sobre su también "
    "un una y ya che ci con da dei del della di e gli ho il lo ma mi nel nella non per più sono una i jest nie się na to że do w z o jak ale dla czy po od za "
    "de het een en van ik is dat die in te niet op zijn voor met maar om aan ook als er bij".split())
"""Words that say little by themselves, in some languages of Europe."""
_WORDS = re.compile(r"[^\W\d_]{2,}")


class Likeness(NamedTuple):
    """The group that a text is most like, how much (0 to 1), how far ahead of the next, and the words that it rests on, strongest first."""

    group: str | None
    likeness: float
    lead: float
    words: tuple[str, ...]


def words(text: str) -> list[str]:
    """Return the words of a text in small letters, without common ones and without the plural s of longer words.

    A word is two letters or more of any script. Common words of English, German, French, Spanish,
    Italian, Polish and Dutch are left out.

    Misleading in scripts that put no space between words, and where endings change much: one thing
    then counts as several words.

    >>> words("The computers in Łódź are slow, and the computer is old")
    ['computer', 'łódź', 'slow', 'computer', 'old']
    """
    return [_stem(word) for word in _WORDS.findall(text.lower()) if word not in COMMON]


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def nearest(fresh: Sequence[str], texts: Sequence[str], groups: Sequence[str], *, about: dict[str, str] | None = None, shown: int = 3) -> list[Likeness]:
    """Return for each fresh text the group of texts that it is most like, by the words that mark each group.

    Each group is one profile: the mean of its texts' weights, and of its own description in `about`.
    Weight of a word in a text: (1 + ln of its times) × (1 + ln((1 + n) / (1 + texts with it))), over n texts,
    scaled to length 1; likeness is the cosine of text and profile (Salton and Buckley 1988). The
    words named are those that add most, and only those found in two texts of the group or more, or in
    its description, so that nobody's own words are given away. No group where no word is shared.

    Misleading with few texts a group, with texts of a few words, and where one word has two meanings:
    it looks at words and not at what is meant.

    Raises ValueError when texts and groups differ in length.

    >>> [found] = nearest(["The printer is broken"], ["Printer jams", "A printer on each floor", "Open on Sunday"], ["Machines", "Machines", "Hours"])
    >>> found.group, found.words
    ('Machines', ('printer',))
    """
    told = dict(about or {})
    tokens, owners = _owned(texts, groups, told)
    vocabulary, rarity = _counted(tokens)
    weights, names = _weights(tokens, vocabulary, rarity), sorted(set(owners))
    profiles = _unit(np.array([weights[[owner == name for owner in owners]].sum(axis=0) for name in names]))
    fair = {name: _fair([set(one) for one, owner in zip(tokens, groups) if owner == name], set(words(told.get(name, "")))) for name in names}
    found = []
    for text, own in zip(fresh, _weights([words(one) for one in fresh], vocabulary, rarity)):
        best = _most_like(names, profiles @ own if names else np.zeros(0))
        if best.group is not None:
            parts = sorted((-own[place] * profiles[names.index(best.group)][place], word) for word, place in vocabulary.items() if own[place])
            written = {_stem(word): word for word in reversed(_WORDS.findall(text.lower()))}
            best = best._replace(words=tuple(written[word] for part, word in parts if part < 0 and word in fair[best.group])[:shown])
        found.append(best)
    return found


def left_out(texts: Sequence[str], groups: Sequence[str], *, about: dict[str, str] | None = None) -> list[Likeness]:
    """Return for each text the group that `nearest` would find for it were it not among the texts itself; no words are named.

    All as in `nearest`, with one text left out at a time (Stone 1974): the words that only it has count for nothing,
    and the rest are weighed anew.

    Misleading as a forecast for texts of another kind than those at hand.

    Raises ValueError when texts and groups differ in length.

    >>> [found.group for found in left_out(["Printer jams", "A printer on each floor", "Open on Sunday"], ["Machines", "Machines", "Hours"])]
    ['Machines', 'Machines', None]
    """
    tokens, owners = _owned(texts, groups, dict(about or {}))
    vocabulary, _ = _counted(tokens)
    names, times = sorted(set(owners)), _times(tokens, vocabulary)
    seen, squares, turned = np.bincount(times.indices, minlength=len(vocabulary)), times.power(2), times.T.tocsr()
    member = np.array([[owner == name for name in names] for owner in owners], dtype=float)
    found = []
    for place in range(len(texts)):
        here = times.indices[times.indptr[place] : times.indptr[place + 1]]
        others = seen.copy()
        others[here] -= 1
        rarity = np.where(others > 0, 1 + np.log(len(tokens) / (1 + others)), 0.0)
        length = np.sqrt(squares @ rarity**2)
        shares = np.divide(member, length[:, None], out=np.zeros_like(member), where=length[:, None] > 0)
        shares[place] = 0
        profiles = _unit((turned @ shares).T * rarity)
        own = times.data[times.indptr[place] : times.indptr[place + 1]] * rarity[here]
        found.append(_most_like(names, profiles[:, here] @ own / (length[place] or 1.0)))
    return found


def _most_like(names: list[str], likeness: NDArray[np.float64]) -> Likeness:
    if not likeness.size or likeness.max() <= 1e-12:
        return Likeness(None, 0.0, 0.0, ())
    order = np.argsort(-likeness, kind="stable")
    next_one = likeness[order[1]] if len(order) > 1 else 0.0
    return Likeness(names[order[0]], float(likeness[order[0]]), float(likeness[order[0]] - next_one), ())


def central(texts: Sequence[str]) -> int:
    """Return the place of the text that is most like the others: the one with the highest sum of cosines to all of them.

    Weights and cosine as in `nearest`. Of equal ones the first; of texts that share no word, the first.

    Misleading as the typical opinion: it is typical in its words.

    Raises ValueError without texts.

    >>> central(["Cold room", "The room is cold and loud", "More books"])
    0
    """
    if not len(texts):
        raise ValueError("Texts: found none. At least one is needed. Leave the group out.")
    tokens = [words(text) for text in texts]
    vocabulary, counts = _counted(tokens)
    weights = _weights(tokens, vocabulary, counts)
    return int((weights @ weights.sum(axis=0)).round(12).argmax())


def _owned(texts: Sequence[str], groups: Sequence[str], told: dict[str, str]) -> tuple[list[list[str]], list[str]]:
    """The words of each text and each description, and the group that each stands for."""
    if len(texts) != len(groups):
        raise ValueError(f"Texts: found {len(texts)} texts and {len(groups)} groups. Each text has one group. Match them first.")
    return [words(text) for text in (*texts, *told.values())], [*groups, *told]


def _fair(texts: list[set[str]], description: set[str]) -> set[str]:
    return {word for word, times in Counter(word for one in texts for word in one).items() if times > 1} | description


def _counted(tokens: Collection[list[str]]) -> tuple[dict[str, int], NDArray[np.float64]]:
    times = Counter(word for text in tokens for word in set(text))
    vocabulary = {word: place for place, word in enumerate(sorted(times))}
    return vocabulary, np.array([1 + np.log((1 + len(tokens)) / (1 + times[word])) for word in vocabulary])


def _times(tokens: Collection[list[str]], vocabulary: dict[str, int]) -> csr_array:
    """How often each word of the vocabulary is in each text, as 1 + ln; one row a text."""
    told = [(row, vocabulary[word], 1 + np.log(times)) for row, text in enumerate(tokens) for word, times in Counter(text).items() if word in vocabulary]
    rows, places, values = (np.array(part) for part in zip(*told)) if told else (np.zeros(0, int),) * 2 + (np.zeros(0),)
    return csr_array((values, (rows, places)), shape=(len(tokens), len(vocabulary)))


def _weights(tokens: Collection[list[str]], vocabulary: dict[str, int], rarity: NDArray[np.float64]) -> NDArray[np.float64]:
    return _unit(_times(tokens, vocabulary).toarray() * rarity)


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each row scaled to length 1; rows of nothing stay nothing."""
    length = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.divide(rows, length, out=np.zeros_like(rows), where=length > 0)
