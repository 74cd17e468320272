"""The participants' application reaches nothing but the ballot, counts what it is sent once, and refuses the rest in plain words."""

from __future__ import annotations

import contextlib
import json
import logging
import re
import socket
import time
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest
from room_guests import ASKED, GOALS, VOTES, Guest, joined, opened, plan_folder

from planning.model.ballots.forms import Option
from planning.model.ballots import Ballots
from planning.model.errors import PlanningError
from planning.workshop.server import limits, participants, serve

NOT_PAGES = ["/index.html", "/api", "/api/kernels", "/api/contents", "/lab", "/tree", "/voila", "/terminals", "/login", "/static/x.js", "/screen", "/votes", "/rounds", "/state/",
             "/results", "/admin", "/ballots.sqlite", "/plan.toml", "/goals.csv", "/.git/config", "/.env", "/pages/room.css", "/room.css/", "/j", "/j/", "/j/a/b", "/vote/R1", "/metrics"]
CLIMBS = [f"{start}{step * depth}{target}" for start in ("/", "/j/", "/room.css/", "/static/") for step in ("../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "%252e%252e%252f", "....//")
          for depth in (1, 3, 6) for target in ("plan.toml", "etc/passwd", "ballots.sqlite")]
DETAILS = re.compile(r"Traceback|tornado|Python|File \"|/work|/tmp|Exception|sqlite", re.IGNORECASE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return plan_folder(tmp_path)


@pytest.fixture
def serving(folder: Path) -> Iterator[serve.Serving]:
    """A server for one test, with the store's reading never older than a moment."""
    served = serve.start(folder)
    yield served
    served.stop()


@pytest.fixture
def ballots(folder: Path) -> Iterator[Ballots]:
    """The store as the facilitator's side has it."""
    found = Ballots(folder)
    yield found
    found.close()


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planning.workshop.server.room.FRESH", 0)


def plain(answer: object) -> bool:
    """Whether an answer is a sentence for people, without anything of the program in it."""
    return bool(answer.text.strip()) and not DETAILS.search(answer.text) and "Server" not in answer.headers


def test_nothing_but_the_ballot_is_there(serving: serve.Serving) -> None:
    guest = joined(serving.participants_url, serving.code)
    key = urllib.parse.urlsplit(serving.facilitator_url).path
    paths = [*NOT_PAGES, *CLIMBS, key, key.replace("screen", "state")]

    answers = {path: guest.get(path) for path in paths}

    assert len(paths) > 250
    assert {path: answer.status for path, answer in answers.items() if answer.status != 404} == {}
    assert [path for path, answer in answers.items() if not plain(answer)] == []
    assert {answer.text for answer in answers.values()} == {answers["/api"].text}


def test_other_methods_and_upgrades_get_nothing(serving: serve.Serving) -> None:
    guest = joined(serving.participants_url, serving.code)

    found = {(method, path): guest.ask(method, path) for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "PROPFIND") for path in ("/", "/vote", "/join", "/state", "/room.css", "/nothing")}
    wrong_way = [guest.get("/vote"), guest.get("/join"), guest.post("/", {}), guest.post("/state", {}), guest.post("/j/ABCDEF", {})]
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec_WebSocket_Version": "13"}
    upgraded = [guest.get(path, **upgrade).status for path in ("/", "/ws", "/api/kernels/x/channels", "/state")]

    assert {answer.status for answer in [*found.values(), *wrong_way]} <= {404, 405}
    assert all("Server" not in answer.headers and not DETAILS.search(answer.text) for answer in found.values())
    assert upgraded == [200, 404, 404, 200]


def test_every_answer_carries_the_safe_headers(serving: serve.Serving) -> None:
    guest = joined(serving.participants_url, serving.code)

    answers = [guest.get(), guest.get("/state"), guest.get("/nothing"), guest.get("/room.css"), guest.post("/vote", {}), Guest(serving.participants_url).get()]

    for answer in answers:
        assert "unsafe-inline" not in answer.headers["Content-Security-Policy"] and "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert (answer.headers["X-Content-Type-Options"], answer.headers["Referrer-Policy"]) == ("nosniff", "no-referrer")
    assert [answer.headers["Cache-Control"] for answer in answers] == ["no-store", "no-store", "no-store", "private, max-age=43200", "no-store", "no-store"]


def test_without_the_code_there_is_no_question_and_no_vote(serving: serve.Serving, ballots: Ballots) -> None:
    asked = opened(ballots, "points")
    guest = Guest(serving.participants_url)

    assert asked.question not in guest.get().text
    assert guest.get("/state").status == 401
    assert guest.vote(asked.round, VOTES["points"]).status == 401
    assert ballots.count(asked.round) == 0


@pytest.mark.parametrize("typed", [lambda code: code, lambda code: code.lower(), lambda code: f" {code[:3]}-{code[3:]} "])
def test_the_code_opens_however_it_is_typed(serving: serve.Serving, typed: object) -> None:
    guest = Guest(serving.participants_url)

    answer = guest.join(typed(serving.code))

    assert (answer.status, answer.headers["Location"]) == (303, "/")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(answer.headers["Set-Cookie"].split("; "))
    assert "The facilitator will open the next question" in guest.get().text


@pytest.mark.parametrize("code", ["", "ABC", "X" * 4000, "<script>", "' OR 1=1 --", "✻✻✻✻✻✻"])
def test_a_wrong_code_is_refused_in_a_plain_sentence(serving: serve.Serving, code: str) -> None:
    answer = Guest(serving.participants_url).join(code)

    assert answer.status == 403 and plain(answer)
    assert "This code does not fit" in answer.text and "Set-Cookie" not in answer.headers


def test_codes_cannot_be_tried_through_yet_fifty_people_behind_one_address_get_in(serving: serve.Serving) -> None:
    room = [Guest(serving.participants_url).join(serving.code).status for _ in range(50)]
    tried = [Guest(serving.participants_url).join(f"WRONG{number}") for number in range(60)]
    right = Guest(serving.participants_url).join(serving.code)

    assert room == [303] * 50
    assert [answer.status for answer in tried].count(403) <= 45
    assert tried[-1].status == 429 and int(tried[-1].headers["Retry-After"]) >= 1 and "Too many wrong codes" in tried[-1].text
    assert right.status == 429, "while codes are being tried, not even the right one tells that it is right"


def test_a_new_code_refuses_the_old_one_and_leaves_people_in(serving: serve.Serving, ballots: Ballots) -> None:
    old, guest = serving.code, joined(serving.participants_url, serving.code)

    ballots.new_code()

    assert Guest(serving.participants_url).join(old).status == 403
    assert guest.get("/state").status == 200


def test_cookies_end_with_the_meeting(serving: serve.Serving, ballots: Ballots) -> None:
    guest, old = joined(serving.participants_url, serving.code), serving.code

    ballots.end_meeting()
    over = (guest.get("/state").status, Guest(serving.participants_url).join(old).status, guest.get().text)
    ballots.start_meeting(address=serving.participants_url)

    assert over[:2] == (401, 403) and "No meeting is running" in over[2]
    assert guest.get("/state").status == 401
    assert "is over" in guest.get().text
    assert Guest(serving.participants_url).join(old).status == 403


@pytest.mark.parametrize("cookie", ["room=", "room=" + "a" * 32 + "." + "b" * 40, "room=" + "é" * 9, "room=" + "0" * 5000])
def test_a_cookie_made_by_hand_lets_nobody_in(serving: serve.Serving, cookie: str) -> None:
    guest = Guest(serving.participants_url, cookie=cookie.encode().decode("latin-1"))

    assert guest.get("/state").status == 401


@pytest.mark.parametrize("form", ASKED)
def test_each_form_counts_and_shows_ones_own_vote_again(serving: serve.Serving, ballots: Ballots, form: str) -> None:
    asked = opened(ballots, form)
    guest = joined(serving.participants_url, serving.code)

    answer = guest.vote(asked.round, VOTES[form])
    page = guest.get().text

    assert (answer.status, json.loads(answer.text)["counted"]) == (200, True), answer.text
    assert ballots.count(asked.round) == 1
    assert "Counted. You can change it until the round is closed." in page and "Change my vote" in page
    kept = {name: value for name, value in VOTES[form].items() if value not in ("", "0") and name != "group"}
    for name, value in kept.items():
        shown = re.search(rf'name="{re.escape(name)}"[^>]*value="{re.escape(value)}"', page) or value in page
        assert shown, (name, value)


def test_a_plain_form_without_the_script_counts_and_keeps_what_was_wrong(serving: serve.Serving, ballots: Ballots) -> None:
    asked = opened(ballots, "points")
    guest = joined(serving.participants_url, serving.code)

    wrong = guest.post("/vote", {"form": guest.mark(), "round": asked.round, "v:G1": "70", "v:G2": "40", "v:G3": "0"})
    right = guest.post("/vote", {"form": guest.mark(), "round": asked.round, **VOTES["points"]})

    assert wrong.status == 422 and "Take 10 away" in wrong.text and 'value="70"' in wrong.text and 'role="alert"' in wrong.text
    assert (right.status, right.headers["Location"]) == (303, "/")
    assert ballots.count(asked.round) == 1


def test_a_second_vote_replaces_the_first_also_when_both_come_at_once(serving: serve.Serving, ballots: Ballots) -> None:
    asked = opened(ballots, "dots")
    guest = joined(serving.participants_url, serving.code)

    statuses = [guest.vote(asked.round, VOTES["dots"] | {"v:S01": str(number)}).status for number in (1, 2, 3)]

    assert statuses == [200, 200, 200]
    assert ballots.count(asked.round) == 1
    ballots.close_round(asked.round)
    assert ballots.votes(asked.round).set_index("option")["value"]["S01"] == 3


@pytest.mark.parametrize(("fields", "word"), [
    ({"v:G1": "101"}, "out of range"), ({"v:G1": "-5", "v:G2": "105"}, "out of range"), ({"v:G1": "ten"}, "not a number"), ({"v:G1": "1e3"}, "not a number"), ({"v:G1": "nan"}, "not a number"),
    ({"v:G1": "60"}, "add up"), ({"v:G9": "100"}, "no longer"), ({"v:G1": "9" * 400}, "not a number"), ({"v:G1": "x" * 10_000}, "too long"), ({"v:<script>": "100"}, "no longer"), ({}, "add up")])
def test_what_does_not_fit_is_refused_with_a_plain_word(serving: serve.Serving, ballots: Ballots, fields: dict[str, str], word: str) -> None:
    asked = opened(ballots, "points")
    guest = joined(serving.participants_url, serving.code)

    answer = guest.vote(asked.round, fields)

    assert answer.status == 422 and plain(answer)
    assert word in json.loads(answer.text)["text"]
    assert ballots.count(asked.round) == 0


def test_long_ideas_and_control_characters_are_refused_and_a_script_is_only_text(serving: serve.Serving, ballots: Ballots) -> None:
    asked = opened(ballots, "ideas")
    guest = joined(serving.participants_url, serving.code)

    refused = [guest.vote(asked.round, {"t:1": text}) for text in ("a" * 141, "a" * 10_000, "turn\u202earound", "")]
    counted = guest.vote(asked.round, {"t:1": "<script>alert(1)</script> \"quoted\" '&amp; שלום 🙂"})

    assert [answer.status for answer in refused] == [422] * 4 and all(plain(answer) for answer in refused)
    assert counted.status == 200
    assert "<script>alert" not in guest.get().text and "&lt;script&gt;alert(1)" in guest.get().text


def test_a_vote_after_closing_or_for_another_round_is_refused(serving: serve.Serving, ballots: Ballots) -> None:
    first = opened(ballots, "points")
    guest = joined(serving.participants_url, serving.code)
    mark = guest.mark()
    second = opened(ballots, "points", question="And now?")

    late = guest.post("/vote", {"form": mark, "round": first.round, **VOTES["points"]}, Accept="application/json")
    ballots.close_round(second.round)
    closed = guest.post("/vote", {"form": mark, "round": second.round, **VOTES["points"]}, Accept="application/json")
    unknown = guest.post("/vote", {"form": mark, "round": "R99", **VOTES["points"]}, Accept="application/json")

    assert [answer.status for answer in (late, closed, unknown)] == [409] * 3
    assert "closed" in json.loads(closed.text)["text"]
    assert (ballots.count(first.round), ballots.count(second.round)) == (0, 0)
    assert "Voting on this question is closed" in guest.get().text


def test_a_vote_for_an_option_that_was_withdrawn_is_refused_and_the_page_changes(serving: serve.Serving, ballots: Ballots) -> None:
    asked = opened(ballots, "points")
    guest = joined(serving.participants_url, serving.code)
    version = json.loads(guest.get("/state").text)["version"]

    ballots.withdraw(asked.round, "G3")
    answer = guest.vote(asked.round, VOTES["points"])

    assert answer.status == 422 and "no longer" in answer.text
    assert json.loads(guest.get("/state").text)["version"] != version
    assert GOALS[2].label not in guest.get().text


def test_nobody_elses_vote_is_in_any_answer_while_the_round_runs_or_is_closed(serving: serve.Serving, ballots: Ballots) -> None:
    asked = opened(ballots, "ideas")
    one, other = (joined(serving.participants_url, serving.code) for _ in range(2))
    before = other.get().text
    secret = "the roof leaks above the archive"

    one.vote(asked.round, {"t:1": secret, "k:1": "weakness"})
    while_open = other.get().text
    ballots.close_round(asked.round)
    closed = [other.get(path).text for path in ("/", "/state")]

    assert while_open == before, "another's vote changes nothing on one's own page"
    assert [text for text in closed if secret in text] == []
    assert "No vote of yours was counted" in closed[0]


@pytest.mark.parametrize(("headers", "status"), [
    ({"Origin": "http://evil.example"}, 403), ({"Sec_Fetch_Site": "cross-site"}, 403), ({"Sec_Fetch_Site": "same-site"}, 403), ({"Origin": "null", "Sec_Fetch_Site": "same-origin"}, 200)])
def test_a_form_from_another_site_counts_nothing(serving: serve.Serving, ballots: Ballots, headers: dict[str, str], status: int) -> None:
    asked = opened(ballots, "points")
    guest = joined(serving.participants_url, serving.code)

    answer = guest.vote(asked.round, VOTES["points"], **headers)

    assert answer.status == status
    assert ballots.count(asked.round) == (status == 200)


def test_a_form_without_its_mark_or_with_another_persons_counts_nothing(serving: serve.Serving, ballots: Ballots) -> None:
    asked = opened(ballots, "points")
    one, other = (joined(serving.participants_url, serving.code) for _ in range(2))

    found = [one.post("/vote", {"form": mark, "round": asked.round, **VOTES["points"]}).status for mark in (other.mark(), "", "ü")]

    assert found == [403] * 3
    assert ballots.count(asked.round) == 0


@pytest.mark.parametrize(("body", "kind"), [(b'{"G1": 100', "application/json"), (b"\xff\xfe\x00", "application/x-www-form-urlencoded"), (b"--x\r\n", "multipart/form-data; boundary=x"),
                                            (b"form=%ff%fe&round=R1", "application/x-www-form-urlencoded"), (b"", "text/plain")])
def test_a_body_that_is_no_form_is_refused_plainly(serving: serve.Serving, ballots: Ballots, body: bytes, kind: str) -> None:
    opened(ballots, "points")
    guest = joined(serving.participants_url, serving.code)

    answer = guest.ask("POST", "/vote", body, Content_Type=kind)

    assert answer.status in (400, 403) and not DETAILS.search(answer.text)


def test_a_body_beyond_the_bound_is_refused(serving: serve.Serving, ballots: Ballots) -> None:
    asked = opened(ballots, "points")
    guest = joined(serving.participants_url, serving.code)

    answer = guest.vote(asked.round, VOTES["points"] | {"t:1": "x" * limits.BODY})

    assert answer.status == 413 and plain(answer)
    assert ballots.count(asked.round) == 0
    with socket.create_connection(("127.0.0.1", urllib.parse.urlsplit(serving.participants_url).port), timeout=10) as wire:
        wire.sendall(b"POST /vote HTTP/1.1\r\nHost: x\r\nContent-Length: 900000000\r\n\r\n" + b"x" * 1000)
        assert wire.recv(200).startswith(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def test_who_asks_far_too_often_is_told_to_wait(serving: serve.Serving, ballots: Ballots) -> None:
    asked = opened(ballots, "points")
    guest, other = (joined(serving.participants_url, serving.code) for _ in range(2))
    mark = guest.mark()

    found = [guest.post("/vote", {"form": mark, "round": asked.round, **VOTES["points"]}, Accept="application/json") for _ in range(20)]

    assert found[0].status == 200 and found[-1].status == 429 and "Wait" in found[-1].text
    assert other.vote(asked.round, VOTES["points"]).status == 200
    assert ballots.count(asked.round) == 2


def test_no_log_names_an_address_and_the_file_holds_no_token(serving: serve.Serving, ballots: Ballots, folder: Path, caplog: pytest.LogCaptureFixture,
                                                             monkeypatch: pytest.MonkeyPatch) -> None:
    caplog.set_level(logging.DEBUG)
    asked = opened(ballots, "points")
    guest = joined(serving.participants_url, serving.code)
    guest.headers = {"User-Agent": "Telephone 7000 of somebody"}
    guest.vote(asked.round, VOTES["points"])
    with socket.create_connection(("127.0.0.1", urllib.parse.urlsplit(serving.participants_url).port), timeout=10) as wire:
        wire.sendall(b"NONSENSE\r\n\r\n")
        wire.recv(100)
    monkeypatch.setattr(participants.forms, "items", lambda *_: 1 / 0)
    broken = guest.get()
    written = b"".join(path.read_bytes() for path in folder.glob("ballots*"))

    assert broken.status == 500 and plain(broken)
    assert "127.0.0.1" not in caplog.text and "Telephone" not in caplog.text and "ZeroDivisionError" in caplog.text
    assert guest.cookie.split("=")[1].split(".")[0].encode() not in written and b"Telephone" not in written


def test_a_store_that_cannot_be_read_is_told_plainly_and_comes_back(serving: serve.Serving, ballots: Ballots, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = opened(ballots, "points")
    guest = joined(serving.participants_url, serving.code)
    mark = guest.mark()

    def full(*_: object, **__: object) -> None:
        raise PlanningError("The disk is full, so nothing was written.")

    with monkeypatch.context() as broken:
        broken.setattr(Ballots, "cast", full)
        failed = guest.post("/vote", {"form": mark, "round": asked.round, **VOTES["points"]}, Accept="application/json")

    assert failed.status == 503 and plain(failed)
    assert guest.vote(asked.round, VOTES["points"]).status == 200


def test_the_projector_page_needs_its_key_and_this_computers_own_name(serving: serve.Serving, ballots: Ballots) -> None:
    opened(ballots, "points", question="<img src=x onerror=alert(1)> or \"not\"?")
    place = urllib.parse.urlsplit(serving.facilitator_url)
    here, key = Guest(f"http://{place.netloc}"), place.path.split("/")[1]
    wrong = "0" * 40

    page = here.get(place.path)

    assert page.status == 200 and serving.code in page.text and "<svg" in page.text and "<img" not in page.text
    assert json.loads(here.get(f"/{key}/state").text)["shown"] == "0"
    assert [here.get(path).status for path in ("/", "/screen", f"/{wrong}/screen", f"/{wrong}/state", f"/{key}/", f"/{key}/votes", "/vote", "/join")] == [404] * 8
    assert here.get(place.path, Host=f"localhost:{place.port}").status == 200
    assert [here.get(place.path, Host=host).status for host in (f"evil.example:{place.port}", "127.0.0.1", "127.0.0.1:1", f"127.0.0.1.evil.example:{place.port}", "")] == [404] * 5
    ballots.end_meeting()
    assert here.get(place.path).status == 404 and serving.facilitator_url == ""


def test_both_ports_are_of_this_computer_alone_unless_the_network_is_asked_for(serving: serve.Serving, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bound: list[str | None] = []
    real = serve.bind_sockets
    monkeypatch.setattr(serve, "bind_sockets", lambda port, address=None, **more: bound.append(address) or real(port, "127.0.0.1", **more))

    serve.start(folder).stop()
    serve.start(folder, network=True).stop()

    assert bound == ["127.0.0.1", "127.0.0.1", None, "127.0.0.1"]
    assert serving.participants_url.startswith("http://127.0.0.1:")


def test_a_taken_port_and_a_missing_folder_are_named(serving: serve.Serving, folder: Path) -> None:
    port = urllib.parse.urlsplit(serving.participants_url).port

    for start in (lambda: serve.start(folder, port=port), lambda: serve.start(folder, port=99999), lambda: serve.start(folder / "nowhere")):
        with pytest.raises(PlanningError, match="Port|There is no port|There is no folder"):
            start()


def test_a_late_joiner_gets_the_open_round_and_groups_are_asked_where_there_are_several(serving: serve.Serving, ballots: Ballots) -> None:
    asked = opened(ballots, "swing")
    guest = joined(serving.participants_url, serving.code)

    page = guest.get().text
    unsaid = guest.vote(asked.round, {name: value for name, value in VOTES["swing"].items() if name != "group"})
    strange = guest.vote(asked.round, VOTES["swing"] | {"group": "mayors"})

    assert asked.question in page and "I speak as" in page and page.count('name="group"') == 3
    assert (unsaid.status, strange.status) == (422, 422)
    assert guest.vote(asked.round, VOTES["swing"]).status == 200


def test_a_withdrawn_or_odd_option_id_cannot_break_the_page(serving: serve.Serving, ballots: Ballots) -> None:
    odd = (Option('a"><script>', "One"), Option("b:c d", "Two"))
    asked = opened(ballots, "points", options=odd)
    guest = joined(serving.participants_url, serving.code)

    assert "<script>" not in guest.get().text
    assert guest.vote(asked.round, {'v:a"><script>': "40", "v:b:c d": "60"}).status == 200


def test_one_device_cannot_take_all_connections(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CONNECTIONS", 30)
    monkeypatch.setattr(limits, "FROM_ONE", 20)
    served = serve.start(folder)
    here = ("127.0.0.1", urllib.parse.urlsplit(served.participants_url).port)
    greedy = [socket.create_connection(here) for _ in range(40)]
    try:
        with socket.create_connection(here, timeout=5, source_address=("127.0.0.2", 0)) as other:
            other.sendall(b"GET /state HTTP/1.1\r\nHost: x\r\n\r\n")
            heard = other.recv(100)
    finally:
        served.stop()
        for one in greedy:
            one.close()

    assert heard.startswith(b"HTTP/1.1 401")


def answered(here: tuple[str, int]) -> bool:
    with socket.create_connection(here, timeout=5) as other, contextlib.suppress(OSError):
        other.sendall(b"GET /state HTTP/1.1\r\nHost: x\r\n\r\n")
        return other.recv(100).startswith(b"HTTP/1.1 401")
    return False


def test_who_does_not_read_the_answers_loses_the_connection(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "STALLED", 0.5)
    monkeypatch.setattr(limits, "CONNECTIONS", 1)
    served = serve.start(folder)
    here = ("127.0.0.1", urllib.parse.urlsplit(served.participants_url).port)
    try:
        with socket.socket() as deaf:
            deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            deaf.connect(here)
            deaf.sendall(b"GET /ballot.js HTTP/1.1\r\nHost: x\r\n\r\n" * 1500)
            until = time.monotonic() + 15
            while not (free := answered(here)) and time.monotonic() < until:
                time.sleep(0.1)
    finally:
        served.stop()

    assert free


def test_the_end_waits_for_nobody_who_sent_thousands_of_requests(folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(limits, "FAREWELL", 0.1)
    served = serve.start(folder)
    here = ("127.0.0.1", urllib.parse.urlsplit(served.participants_url).port)
    floods = [socket.create_connection(here) for _ in range(200)]
    for one in floods:
        one.sendall(b"GET /state HTTP/1.1\r\nHost: x\r\n\r\n" * 1500)
    began = time.monotonic()
    served.stop()
    took = time.monotonic() - began
    for one in floods:
        one.close()

    assert took < 10 and "mistake" not in caplog.text


def test_a_script_that_joins_again_and_again_does_not_fill_the_ballot_box(serving: serve.Serving, ballots: Ballots) -> None:
    asked = opened(ballots, "points")
    first = joined(serving.participants_url, serving.code)
    answers = [Guest(serving.participants_url).join(serving.code) for _ in range(305)]

    refused = [answer for answer in answers if answer.status != 303]
    assert 3 <= len(refused) <= 6 and {answer.status for answer in refused} == {429} and all("Set-Cookie" not in answer.headers and plain(answer) for answer in refused)
    assert first.join(serving.code).status == 303 and first.vote(asked.round, VOTES["points"]).status == 200
