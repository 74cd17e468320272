"""How long 50 phones wait for their votes to be counted, beside a request that does nothing, in one run.

    python benchmarks/room.py [ROUNDS]

- bare: the page's style from the same server, by the same 50 people at the same moments.
- vote: a vote, answered when it is on the disk, while every phone also asks for the room's state once a second.
- page: the ballot itself, drawn for each.
- disk: one vote written into the store by this process alone, without a server.

Fifty people act within ten seconds (at random moments, seeded), then all at one moment. The server is a process of its own;
the people are threads of this one, so two cores are shared by both. Ratios to the bare request are what travels.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "workshop"))

from room_guests import VOTES, Guest, joined, opened, plan_folder  # noqa: E402

from planning.model.ballots import Ballots  # noqa: E402

PEOPLE = 50


def waits(guests: list[Guest], act: object, within: float) -> list[float]:
    """Seconds that each person waits, all acting at random moments of a time."""
    def one(place: int) -> float:
        time.sleep(random.Random(place).random() * within)
        started = time.perf_counter()
        answer = act(place)
        if answer.status != 200:
            sys.exit(f"answered {answer.status}: {answer.text[:200]}")
        return time.perf_counter() - started

    with ThreadPoolExecutor(len(guests)) as crowd:
        return list(crowd.map(one, range(len(guests))))


def following(guests: list[Guest], over: threading.Event) -> list[threading.Thread]:
    """Pages that ask for the room's state once a second, as phones do."""
    def follow(guest: Guest) -> None:
        while not over.wait(1):
            guest.get("/state")

    threads = [threading.Thread(target=follow, args=(guest,)) for guest in guests]
    for thread in threads:
        thread.start()
    return threads


def told(values: list[float]) -> dict[str, float]:
    """Median, 95th percentile and longest, in milliseconds."""
    ordered = sorted(values)
    return {"p50": ordered[len(ordered) // 2] * 1000, "p95": ordered[int(len(ordered) * 0.95)] * 1000, "max": ordered[-1] * 1000}


def main(rounds: int) -> None:
    """Time each way in turn, and print times and ratios."""
    with tempfile.TemporaryDirectory() as name:
        folder = plan_folder(Path(name))
        process = subprocess.Popen([sys.executable, "-m", "planning.workshop.server", name], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        try:
            said = json.loads(process.stdout.readline())
            ballots = Ballots(folder)
            guests = [joined(said["participants"], said["code"]) for _ in range(PEOPLE)]
            found: dict[str, list[float]] = {}
            for _ in range(rounds):
                asked = opened(ballots, "points")
                time.sleep(0.5)
                marks = [guest.mark() for guest in guests]
                over = threading.Event()
                threads = following(guests, over)
                ways = {"bare": lambda place: guests[place].get("/room.css"), "page": lambda place: guests[place].get("/"),
                        "vote": lambda place: guests[place].post("/vote", {"form": marks[place], "round": asked.round, **VOTES["points"]}, Accept="application/json")}
                for within in (10, 0):
                    for way, act in ways.items():
                        found.setdefault(f"{way} {'in 10 s' if within else 'at once'}", []).extend(waits(guests, act, within))
                over.set()
                for thread in threads:
                    thread.join()
                if ballots.count(asked.round) != PEOPLE:
                    sys.exit(f"{ballots.count(asked.round)} votes are kept of {PEOPLE}")
                for place in range(PEOPLE):
                    started = time.perf_counter()
                    ballots.cast(asked, f"nobody-{place:04}", {"G1": 100})
                    found.setdefault("disk", []).append(time.perf_counter() - started)
        finally:
            process.kill()
            process.wait()
    times = {way: told(values) for way, values in found.items()}
    for way, parts in times.items():
        base = times["bare at once" if "at once" in way else "bare in 10 s"]["p50"]
        print(f"{way:13} p50 {parts['p50']:6.1f} ms   p95 {parts['p95']:6.1f} ms   max {parts['max']:6.1f} ms   {parts['p50'] / base:5.1f} times a bare request")
    print(json.dumps({"rounds": rounds, "people": PEOPLE, "milliseconds": {way: {name: round(value, 2) for name, value in parts.items()} for way, parts in times.items()}}))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
