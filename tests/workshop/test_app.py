"""The facilitator's app without a browser: copies of the notebooks, what is served to whom, starting and ending."""

from __future__ import annotations

import json
import os
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import FACTS, ROOT

from planning.model import create
from planning.model.errors import PlanningError, UsageError
from planning.model.plan import Plan, open_plan
from planning.reports import report
from planning.workshop.app import copies, launch, steps

NOTEBOOKS = report.notebooks()


def cell(source: str, *tags: str, kind: str = "markdown") -> dict:
    return {"cell_type": kind, "source": source, "metadata": {"tags": list(tags)}}


def parts(cells: list[dict]) -> list[tuple[str, str]]:
    return [(made["source"].splitlines()[0], made["metadata"]["part"]) for made in copies.served(cells, Path("/plans/mill"))]


def test_a_copy_has_its_cells_in_parts_and_leaves_out_what_speaks_of_code_and_files() -> None:
    cells = [cell("# What?"), cell("- **Time:** 20 minutes", "live"), cell("plan = 'x'", "parameters", kind="code"), cell("## In brief"), cell("brief()", kind="code"),
             cell("## Which goals?"), cell("show()", kind="code"), cell("## Try it"), cell("How to use it", "live"), cell("control()", "interactive", kind="code"),
             cell("## Keep the results"), cell("page.keep(output)", kind="code"), cell("## Where this leads"), cell("**Exercises.**", "live")]

    assert parts(cells) == [("# What?", "title"), ("plan = 'x'", "title"), ("plan = '/plans/mill'", "title"), ("## In brief", "brief"), ("brief()", "brief"),
                            ("## Which goals?", "whole"), ("show()", "whole"), ("## Try it", "workshop"), ("How to use it", "workshop"), ("control()", "workshop"),
                            ("## Where this leads", "whole")]


def test_every_section_with_a_control_is_in_the_workshop_part_whatever_its_heading() -> None:
    cells = [cell("## Something new"), cell("one()", "interactive", kind="code"), cell("## Decide together"), cell("two()", kind="code")]

    assert {part for _, part in parts(cells)} == {"workshop"}


def test_the_notebooks_are_copied_with_the_plan_filled_in_and_are_not_touched(tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in NOTEBOOKS}

    made = copies.written(NOTEBOOKS, tmp_path, Path("/plans/it's \"mine\""))

    assert {path.name: path.read_bytes() for path in NOTEBOOKS} == before
    for path in made:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        filled = next(one["source"] for one in cells if "injected-parameters" in one["metadata"].get("tags", []))
        values: dict[str, object] = {}
        exec(filled, values)
        assert (values["plan"], values["output"]) == ("/plans/it's \"mine\"", "")
        assert {"title", "brief", "workshop", "whole"} == {one["metadata"]["part"] for one in cells}


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """A plan of empty tables."""
    return open_plan(create.new_plan(tmp_path_factory.mktemp("plans") / "mill", FACTS))


def made_of(plan: Plan) -> launch.Pages:
    return launch.Pages(NOTEBOOKS, report.steps_of(NOTEBOOKS), "", report.footer_of(plan))


@pytest.fixture(scope="module")
def room(plan: Plan) -> Iterator[launch.Workshop]:
    """A workshop at work."""
    with launch.Workshop(plan, made_of(plan), launch.Asked()) as made:
        yield made


def asked(address: str, **headers: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_the_home_page_shows_the_code_the_projector_page_and_the_seven_steps_in_the_order_of_the_agenda(room: launch.Workshop) -> None:
    status, page = asked(room.home)

    assert status == 200
    assert room.serving.code in page and room.serving.participants_url.removeprefix("http://").rstrip("/") in page
    assert 'href="screen"' in page and "Only this computer can join" in page
    places = [page.index(room.steps.address(path.stem)) for path in NOTEBOOKS]
    assert sorted(range(7), key=lambda step: places[step]) == [0, 1, 4, 2, 3, 5, 6]
    assert "Welcome, and how we work today" in page


def test_the_home_page_is_for_those_who_have_its_key_on_this_computer(room: launch.Workshop) -> None:
    key = room.home.split("/")[3]
    wrong = room.home.replace(key, "0" * 40)

    assert asked(wrong)[0] == 404
    assert asked(room.home, Host="library.example:80")[0] == 404
    assert asked(f"{room.serving.participants_url}{key}/home")[0] == 404
    assert asked(f"{room.serving.participants_url}voila/render/{NOTEBOOKS[0].stem}.ipynb")[0] == 404


def test_a_step_page_is_not_shown_without_its_token_and_nothing_else_of_voila_is_there(room: launch.Workshop) -> None:
    at = f"http://127.0.0.1:{room.steps.port}"
    token = room.steps.token

    for path in (f"/voila/render/{NOTEBOOKS[0].name}", f"/voila/render/{NOTEBOOKS[0].name}?token=wrong", "/api/kernels/00000000-0000-0000-0000-000000000000", "/"):
        status, text = asked(at + path)
        assert status in (403, 404) and "What do our leadership" not in text, path
    for path in ("/voila/tree/", "/voila/api/contents/", "/voila/files/pages.log", "/login", "/"):
        status, text = asked(f"{at}{path}?token={token}")
        assert (status, "home page of the workshop" in text) == (404, True), path


def test_everything_listens_to_this_computer_alone(room: launch.Workshop) -> None:
    ports = {room.steps.port, room.serving.facilitator_port, int(room.serving.participants_url.rstrip("/").rsplit(":", 1)[1])}
    table = Path("/proc/net/tcp")
    if not table.exists():
        pytest.skip(f"{sys.platform} does not list its ports in /proc/net/tcp")

    lines = [line.split() for line in table.read_text().splitlines()[1:]]
    listening = {int(line[1].split(":")[1], 16): line[1].split(":")[0] for line in lines if line[3] == "0A"}

    assert {port: listening[port] for port in ports} == dict.fromkeys(ports, "0100007F")


def test_a_second_workshop_on_the_same_plan_is_refused_in_words(room: launch.Workshop, plan: Plan) -> None:
    with pytest.raises(PlanningError, match="running already"), launch.Workshop(plan, made_of(plan), launch.Asked()):
        pass

    assert asked(room.home)[0] == 200


def test_a_place_that_another_account_holds_is_named(plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch.tempfile, "gettempdir", lambda: str(tmp_path))
    name = launch.sha256(str(plan.folder.resolve()).encode()).hexdigest()[:16]
    (tmp_path / f"planning-workshop-{name}.lock").mkdir()

    with pytest.raises(PlanningError, match="another account on this computer"), launch.Workshop(plan, made_of(plan), launch.Asked()):
        pass


def test_the_token_stands_in_no_list_of_programs(room: launch.Workshop) -> None:
    line = Path(f"/proc/{room.steps.process.pid}/cmdline")
    if not line.exists():
        pytest.skip(f"{sys.platform} does not list its programs in /proc")

    assert room.steps.token.encode() not in line.read_bytes() + line.with_name("environ").read_bytes()


def test_the_end_leaves_nothing_behind_and_the_code_holds_for_the_next_start(tmp_path: Path) -> None:
    plan = open_plan(create.new_plan(tmp_path / "mill", FACTS))
    with launch.Workshop(plan, made_of(plan), launch.Asked()) as first:
        code, folder, process = first.serving.code, Path(os.readlink(f"/proc/{first.steps.process.pid}/cwd")) if Path("/proc").exists() else None, first.steps.process

    assert process.poll() is not None and (folder is None or not folder.exists())
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", first.steps.port), timeout=2).close()
    with launch.Workshop(plan, made_of(plan), launch.Asked()) as second:
        assert second.serving.code == code


def test_a_port_in_use_is_named_and_what_was_started_is_ended(tmp_path: Path) -> None:
    plan = open_plan(create.new_plan(tmp_path / "mill", FACTS))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PlanningError, match=f"Port {port} cannot be used"), launch.Workshop(plan, made_of(plan), launch.Asked(port=port)):
            pass

    with launch.Workshop(plan, made_of(plan), launch.Asked(port=port)) as room:
        assert room.serving.participants_url == f"http://127.0.0.1:{port}/" and not room.moved


def test_the_usual_port_taken_by_another_program_gives_way_to_a_free_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = open_plan(create.new_plan(tmp_path / "mill", FACTS))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setattr(launch, "PORTS", (taken.getsockname()[1],) * 2)
        with launch.Workshop(plan, made_of(plan), launch.Asked()) as room:
            assert room.moved and asked(room.home)[0] == 200


def test_what_is_not_installed_is_named(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "find_spec", lambda name: None if name == "voila" else object())

    with pytest.raises(PlanningError, match=r"needs voila, .*planning\[workshop\]"):
        launch.Workshop(plan, made_of(plan), launch.Asked())


def test_a_network_that_is_not_there_and_an_address_without_it_are_told(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planning.workshop.server.address.on_the_network", lambda: "127.0.0.1")

    with pytest.raises(PlanningError, match="on no network"):
        launch.Workshop(plan, made_of(plan), launch.Asked(network=True))
    with pytest.raises(UsageError, match="--address goes with --network"):
        launch.Workshop(plan, made_of(plan), launch.Asked(host="library.example"))


def test_the_app_asks_for_no_file_from_elsewhere() -> None:
    template = ROOT / "planning" / "workshop" / "app" / "template"

    found = [path.name for path in template.rglob("*") if path.is_file() and "http" in path.read_text(encoding="utf-8").replace("http://')", "")]

    assert found == []


def test_every_text_of_a_step_page_is_used_by_its_template() -> None:
    page = (ROOT / "planning" / "workshop" / "app" / "template" / "voila" / "templates" / "planning" / "index.html.j2").read_text(encoding="utf-8")

    assert [name for name in steps.texts() if f"t.{name}" not in page] == []
