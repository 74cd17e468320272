"""python -m planning.workshop.server DIR [--port N] [--network]: the room's server as a process of its own."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from pathlib import Path

from planning.model import facts
from planning.model.errors import PlanningError
from planning.show import language
from planning.workshop.server import serve


def main() -> int:
    """Serve until interrupted; prints one line of JSON with the addresses and the code."""
    asked = argparse.ArgumentParser(prog="python -m planning.workshop.server")
    asked.add_argument("folder")
    asked.add_argument("--port", type=int, default=0)
    asked.add_argument("--facilitator-port", type=int, default=0)
    asked.add_argument("--hours", type=float, default=12.0)
    asked.add_argument("--network", action="store_true")
    given = asked.parse_args()
    told = facts.read(Path(given.folder))[0]
    language.use(str(told.get("language") or "en"), str(told.get("currency") or "USD"))
    try:
        serving = serve.start(given.folder, port=given.port, network=given.network, facilitator_port=given.facilitator_port, hours=given.hours)
    except PlanningError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    for end in (signal.SIGTERM, signal.SIGINT):
        signal.signal(end, lambda *_: serving.stop())
    print(json.dumps({"participants": serving.participants_url, "facilitator": serving.facilitator_url, "code": serving.code}), flush=True)
    while not serving.wait(1):
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
