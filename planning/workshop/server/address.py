"""Where the room is found: this computer's address on its network, and the join address as a QR code."""

from __future__ import annotations

import socket

import segno

HOME = "127.0.0.1"


def on_the_network() -> str:
    """This computer's own address on the network that leads outwards; 127.0.0.1 where it is on none.

    Nothing is sent: the system only says which of its addresses it would use.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return probe.getsockname()[0]
        except OSError:
            return HOME


def qr(url: str, said: str) -> str:
    """The address as a QR code: inline SVG with `said` as what a screen reader says.

    >>> qr("http://192.0.2.7:8000/j/K7M3QX", "The address").startswith('<svg')
    True
    """
    code = segno.make(url, error="m", micro=False)
    return code.svg_inline(border=3, omitsize=True, light="#fff", dark="#000", title=said, svgclass="qr", lineclass=None)
