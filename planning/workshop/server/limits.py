"""Bounds on what one device, one address and the whole room may ask; counted in memory, never written down.

A whole room often shares one address (a router stands between), so an address may ask for as much as
a hundred phones do, and only wrong codes are slowed down strictly.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

BODY = 16 * 1024
"""Bytes that a request may bring."""

CONNECTIONS = 600
"""Connections that are open at once; the next is closed unheard."""

FROM_ONE = 400
"""Connections that one address may have open, so that one device alone cannot keep the others out."""

FAREWELL = 3
"""Seconds for which requests that were sent already are answered when the server ends."""

STALLED = 20
"""Seconds after which a connection is closed whose other end does not take its answer."""


class Allowance:
    """For each key: `burst` at once, then `rate` a second; the keys longest unused are forgotten beyond `most`.

    >>> clock = iter([0, 0, 0, 10.0, 10.0]).__next__
    >>> wrong = Allowance(burst=2, rate=0.1, clock=clock)
    >>> wrong.take("a"), wrong.take("a"), wrong.take("a"), wrong.take("a"), wrong.take("b")
    (True, True, False, True, True)
    """

    def __init__(self, *, burst: float, rate: float, most: int = 4096, clock: Callable[[], float] = time.monotonic) -> None:
        self.burst, self.rate, self.most, self.clock = burst, rate, most, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str = "") -> bool:
        """Use one up for this key; False where none is left."""
        left, now = self._standing(key)
        self._left[key] = (left - 1 if left >= 1 else left, now)
        self._left.move_to_end(key)
        if len(self._left) > self.most:
            self._left.popitem(last=False)
        return left >= 1

    def wait(self, key: str = "") -> int:
        """Whole seconds until the next is allowed; 0 where one is left.

        >>> once = Allowance(burst=1, rate=0.25, clock=lambda: 0)
        >>> once.wait("a"), once.take("a"), once.wait("a")
        (0, True, 4)
        """
        left, _ = self._standing(key)
        return 0 if left >= 1 else max(1, int((1 - left) / self.rate + 0.999))

    def _standing(self, key: str) -> tuple[float, float]:
        now = self.clock()
        left, since = self._left.get(key, (self.burst, now))
        return min(self.burst, left + (now - since) * self.rate), now


class Limits:
    """All bounds of one server.

    Wrong codes: 40 at once from an address, then one in 2 seconds; 200 at once in all, then one a second. In a
    meeting of 12 hours that is at most 43,400 of the 30 to the power of 6 = 729 million codes: 1 in 16,000.
    New voters: 300 at once from an address, then one in 5 seconds, so that no script fills the ballot box by joining again and again.
    """

    def __init__(self) -> None:
        self.asked = Allowance(burst=2000, rate=400)
        self.asked_in_all = Allowance(burst=4000, rate=800)
        self.voted = Allowance(burst=12, rate=1)
        self.joined = Allowance(burst=300, rate=0.2)
        self.wrong = Allowance(burst=40, rate=0.5)
        self.wrong_in_all = Allowance(burst=200, rate=1)

    def may_ask(self, address: str) -> bool:
        """Whether a request from this address is answered at all."""
        return self.asked.take(address) and self.asked_in_all.take()

    def code_wait(self, address: str) -> int:
        """Seconds for which no code from this address is looked at, because too many were wrong; 0 where one may be tried."""
        return max(self.wrong.wait(address), self.wrong_in_all.wait())

    def code_was_wrong(self, address: str) -> None:
        """Count a wrong code."""
        self.wrong.take(address)
        self.wrong_in_all.take()
