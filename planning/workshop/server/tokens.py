"""Who is in the room without a name: the join code, the participant's random token in a signed cookie, the form's own mark.

Everything is signed with the secret of the running meeting, so that all of it ends with the meeting.
"""

from __future__ import annotations

import hmac
import re
import secrets
from hashlib import sha256

SIGNED = re.compile(r"[0-9a-f]{32}\.[0-9a-f]{40}")


def _mark(secret: str | bytes, use: str, text: str) -> str:
    key = secret.encode() if isinstance(secret, str) else secret
    return hmac.new(key, f"{use}|{text}".encode(), sha256).hexdigest()[:40]


def tidied(code: str) -> str:
    """A join code as people type it, without blanks, hyphens and small letters.

    >>> tidied(" k7m-3qx ")
    'K7M3QX'
    """
    return re.sub(r"[\s\-–—.]", "", code[:40]).upper()


def same(code: str, right: str) -> bool:
    """Whether a typed join code is the right one; takes as long for a wrong one as for the right one.

    >>> same("k7m 3qx", "K7M3QX"), same("K7M3Q", "K7M3QX")
    (True, False)
    """
    return hmac.compare_digest(tidied(code).encode(), right.upper().encode())


def fresh() -> str:
    """A new participant's random token: 128 bits that stand for nobody."""
    return secrets.token_hex(16)


def signed(token: str, secret: str | bytes) -> str:
    """The token with its mark, as the cookie holds it."""
    return f"{token}.{_mark(secret, 'cookie', token)}"


def read(cookie: str | None, secret: str | bytes) -> str | None:
    """The token in a cookie, or None where the cookie is absent, changed by hand or of another meeting.

    >>> read(signed("ab" * 16, "s"), "s") == "ab" * 16, read(signed("ab" * 16, "s"), "another"), read("ab.cd", "s"), read(None, "s")
    (True, None, None, None)
    """
    if not cookie or not SIGNED.fullmatch(cookie):
        return None
    token = cookie.split(".")[0]
    return token if hmac.compare_digest(cookie, signed(token, secret)) else None


def form_mark(token: str, secret: str | bytes) -> str:
    """What a form must bring along to show that it came from this participant's own page."""
    return _mark(secret, "form", token)


def form_is_own(given: str, token: str, secret: str | bytes) -> bool:
    """Whether the mark that a form brought along is the participant's own.

    >>> form_is_own(form_mark("t", "s"), "t", "s"), form_is_own("", "t", "s"), form_is_own("ü", "t", "s")
    (True, False, False)
    """
    return hmac.compare_digest(given.encode(), form_mark(token, secret).encode())


def screen_key(secret: str | bytes) -> str:
    """The unguessable part of the projector page's address; the same after a restart within the meeting."""
    return _mark(secret, "screen", "")


def same_key(given: str, secret: str | bytes) -> bool:
    """Whether the key in an address is the projector page's."""
    return hmac.compare_digest(given.encode(), screen_key(secret).encode())
