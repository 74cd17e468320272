"""Set up the planning suite and run it.

    python3 start.py report [PLAN] [options]   a report, by default of the sample library
    python3 start.py test [pytest options]     every test, example and notebook
    python3 start.py lab                       the notebooks in JupyterLab

The first run makes the folder .venv beside this file and fills it with the packages
named in requirements.lock. Later runs start at once, until the lock, pyproject.toml,
Python or the place of this folder changes. Only Python itself is needed.
"""
# Written so that Python 3.6 can read it: an old Python must reach the sentence that says it is too old.
import difflib
import hashlib
import importlib.util
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Callable, Dict, List, Tuple

ROOT = Path(__file__).resolve().parent
STAMP, UNFINISHED = "planning-setup", "unfinished"
HOW_TO_INSTALL = {
    "Windows": "Install Python {number} from python.org, or type: winget install Python.Python.{number}\n"
    "Then open a new terminal and type: py -{number} start.py {word}",
    "Darwin": "Install Python {number} from python.org, or type: brew install python@{number}\n"
    "Then type: python{number} start.py {word}",
    "Linux": "Debian and Ubuntu: sudo apt install python{number} python{number}-venv; "
    "Fedora: sudo dnf install python{number}\nThen type: python{number} start.py {word}",
}
NOT_WRITTEN = (
    "The environment could not be written: {}\nClose JupyterLab and whatever else uses this folder, see that "
    "you may write here and that the disk has 2 GB free, then type the same command again."
)
FAILED = (
    "The packages could not be installed. The installer's last words:\n{}\n"
    "If they speak of a connection or of no matching distribution, this computer found no way to the packages: "
    "connect it, or set HTTPS_PROXY or PIP_INDEX_URL as your network's keepers say.\n"
    "Then type the same command again. Nothing was left half made."
)


class Refusal(Exception):
    """Why the work cannot start and what to do about it, in words for the reader."""


def say(text: str) -> None:
    """One line on standard error, out of the way of what the work prints."""
    print(text, file=sys.stderr, flush=True)


def chosen_word(word: str) -> str:
    """The word to act on; raises Refusal with the nearest right word for any other."""
    if word in WORK:
        return word
    near = difflib.get_close_matches(word.lower(), list(WORK), n=1, cutoff=0.5)
    hint = " Did you mean {}?".format(near[0]) if near else ""
    raise Refusal(
        "start.py does not know the word {!r}.{}\nIt knows: {}. Every other command is planning's own: "
        "{} -m planning --help".format(word, hint, ", ".join(WORK), python_of(ROOT))
    )


def refuse_unfit_python(
    word: str, version: Tuple[int, ...], system: str, find: Callable = importlib.util.find_spec
) -> None:
    """Raises Refusal for a Python older than 3.11, or one without venv and pip, as on a bare Debian."""
    number = "{}.{}".format(*version)
    if tuple(version[:2]) < (3, 11):
        reason = "This needs Python 3.11 or newer; this is Python {}.".format(number)
        number = "3.13" if system in ("Windows", "Darwin") else "3.11"
    elif not all(find(part) for part in ("venv", "ensurepip")):
        reason = "This Python {} came without the part that makes environments (venv and pip).".format(number)
    else:
        return
    advice = HOW_TO_INSTALL.get(system, HOW_TO_INSTALL["Linux"])
    raise Refusal(reason + "\n" + advice.format(number=number, word=word))


def python_of(root: Path) -> Path:
    """The environment's own Python."""
    return root / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def fingerprint(root: Path, version: Tuple[int, ...]) -> str:
    """What the environment depends on, as one hash: lock, pyproject.toml, Python and this folder's place."""
    digest = hashlib.sha256()
    for name in ("requirements.lock", "pyproject.toml"):
        digest.update((root / name).read_bytes())
    digest.update("{}.{} {}".format(version[0], version[1], root).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def stamp_text(environment: Path) -> str:
    """What the environment's stamp says; empty when it has none."""
    stamp = environment / STAMP
    return stamp.read_text(encoding="utf-8") if stamp.exists() else ""


def prepare(root: Path, build: Callable) -> None:
    """Makes the environment unless it is whole and current; when that fails, the earlier one comes back."""
    wanted = fingerprint(root, sys.version_info)
    if python_of(root).exists() and stamp_text(root / ".venv") == wanted:
        return
    began = time.time()
    try:
        set_aside(root)
        build(root)
        (root / ".venv" / STAMP).write_text(wanted, encoding="utf-8")
        shutil.rmtree(str(root / ".venv.old"), ignore_errors=True)
    except BaseException:
        put_back(root)
        raise
    say("Setting up: done in {:.0f} s".format(time.time() - began))


def set_aside(root: Path) -> None:
    """Keeps an earlier whole environment as .venv.old and clears away a half-made one."""
    environment, earlier = root / ".venv", root / ".venv.old"
    if stamp_text(environment) == UNFINISHED:
        shutil.rmtree(str(environment), ignore_errors=True)
    elif environment.exists():
        shutil.rmtree(str(earlier), ignore_errors=True)
        environment.rename(earlier)


def put_back(root: Path) -> None:
    """Clears away a half-made environment and brings the earlier one back."""
    environment, earlier = root / ".venv", root / ".venv.old"
    if stamp_text(environment) == UNFINISHED:
        shutil.rmtree(str(environment), ignore_errors=True)
    if earlier.exists() and not environment.exists():
        earlier.rename(environment)


def environment_from_lock(root: Path) -> None:
    """Makes .venv and installs the locked packages and this project into it."""
    environment = root / ".venv"
    environment.mkdir()
    (environment / STAMP).write_text(UNFINISHED, encoding="utf-8")
    (environment / ".gitignore").write_text("*\n", encoding="utf-8")
    lock = (root / "requirements.lock").read_text(encoding="utf-8")
    count = len(set(re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)))
    say("Setting up: installing about {} packages, about a minute the first time".format(count))
    base = getattr(sys, "_base_executable", None) or sys.executable
    quietly([base, "-m", "venv", str(environment)], root)
    install(root, lock)


def install(root: Path, lock: str) -> None:
    """Installs with uv, which is quick; with plain pip where uv does not run or finds no way out."""
    python = str(python_of(root))
    pip = [python, "-m", "pip", "install", "--quiet", "--retries", "2"]
    uv = [python, "-m", "uv", "pip", "install", "--compile-bytecode", "--python", python]
    uv_lines = re.findall(r"^uv==.*(?:\n +--hash.*)*", lock, re.MULTILINE)
    try:
        with tempfile.TemporaryDirectory() as folder:
            only_uv = Path(folder) / "uv.lock"
            only_uv.write_text("".join(uv_lines), encoding="utf-8")
            quietly(pip + ["--no-deps", "--require-hashes", "-r", str(only_uv)], root)
        install_all(root, uv)
    except Refusal:
        say("Setting up: the quick way did not work here; trying plain pip, some minutes")
        install_all(root, pip)


def install_all(root: Path, tool: List[str]) -> None:
    """Installs the locked packages, then this project so that edits to it count at once."""
    quietly(tool + ["--require-hashes", "-r", "requirements.lock"], root)
    quietly(tool + ["--no-deps", "--no-build-isolation", "-e", "."], root)


def quietly(command: List[str], root: Path) -> None:
    """Runs an installer with its chatter held back; raises Refusal when it fails."""
    with tempfile.TemporaryFile() as chatter:
        began = time.time()
        child = subprocess.Popen(
            command, cwd=str(root), env=child_environment(root, dict(os.environ)),
            stdin=subprocess.DEVNULL, stdout=chatter, stderr=subprocess.STDOUT,
        )
        try:
            while not finished(child, 20):
                say("Setting up: still working, {:.0f} s".format(time.time() - began))
        except BaseException:
            child.terminate()
            child.wait()
            raise
        if child.returncode:
            chatter.seek(0)
            raise Refusal(failed_installation(chatter.read().decode("utf-8", "replace")))


def finished(child: subprocess.Popen, seconds: int) -> bool:
    """Whether the child ended within so many seconds."""
    try:
        child.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def failed_installation(chatter: str) -> str:
    """The refusal for a failed installation: the installer's last words and what to do."""
    lines = ["  | " + line.strip()[:200] for line in chatter.splitlines() if line.strip()]
    return FAILED.format("\n".join([line for line in lines if "WARNING: Retrying" not in line][-4:]))


def child_environment(root: Path, variables: Dict[str, str]) -> Dict[str, str]:
    """The variables that children run with: the environment first, nothing that slows or misleads it."""
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONHOME"):
        variables.pop(name, None)
    if not variables.get("HOME"):
        variables.pop("HOME", None)
    variables["VIRTUAL_ENV"] = str(root / ".venv")
    variables["PATH"] = os.pathsep.join([str(python_of(root).parent), variables.get("PATH", os.defpath)])
    variables.update(PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_USER="0", UV_SYSTEM_CERTS="1")
    return variables


def run(module: str, arguments: List[str], folder: Path) -> int:
    """The exit code of a module run by the environment's Python; Ctrl+C is the module's to answer."""
    signal.signal(signal.SIGINT, lambda *_: None)
    command = [str(python_of(ROOT)), "-m", module] + arguments
    return subprocess.call(command, cwd=str(folder), env=child_environment(ROOT, dict(os.environ)))


def report(arguments: List[str]) -> int:
    """Runs the report of a plan, by default the sample's; the report itself says which page to open."""
    return run("planning", ["report"] + report_arguments(arguments, Path.cwd()), ROOT)


def report_arguments(arguments: List[str], here: Path) -> List[str]:
    """The arguments with the sample plan where none is named, and paths read from where the command was typed."""
    parts = [part for argument in arguments for part in re.split("(?<=^--out)=", argument)]
    sample = [] if parts and not parts[0].startswith("-") else ["data/riverbend_public"]
    paths = [at + 1 for at, part in enumerate(parts) if part == "--out"] + ([] if sample else [0])
    return sample + [str(here / part) if at in paths else part for at, part in enumerate(parts)]


def test(arguments: List[str]) -> int:
    """Runs pytest: tests, the examples in docstrings and the notebooks, or only what is named."""
    return run("pytest", test_arguments(arguments, ROOT), ROOT)


def test_arguments(arguments: List[str], root: Path) -> List[str]:
    """The arguments for pytest, with everything named where no path is."""
    takes_a_value = ("-k", "-m", "-p", "-c", "-o", "-W", "-n")
    places = [root / argument.split("::")[0] for argument in arguments]
    named = [
        place for place, before in zip(places, [""] + arguments) if place.exists() and before not in takes_a_value
    ]
    everything = [] if named else ["tests", "planning", "notebooks"]
    shared = shared_out(arguments) if all(place.is_dir() for place in named) else []
    return ["--doctest-modules", "--nbval-lax"] + shared + arguments + everything


def shared_out(arguments: List[str]) -> List[str]:
    """Options that give each processor its share of the test files, unless the caller's own speak against it."""
    against = ("-n", "--numprocesses", "--dist", "-s", "--capture", "--pdb", "--trace", "no:xdist", "-pno:xdist")
    if any(argument.startswith(against) for argument in arguments):
        return []
    return ["-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]  # conftest.py has the order


def lab(arguments: List[str]) -> int:
    """Opens JupyterLab in the notebooks' folder."""
    return run("jupyterlab", arguments, ROOT / "notebooks")


WORK = {"report": report, "test": test, "lab": lab}


def main(arguments: List[str]) -> int:
    """The exit code: the work's own, or 2 with the reason when it cannot start."""
    if not arguments or arguments[0] in ("-h", "--help"):
        print(__doc__.strip(), file=sys.stdout if arguments else sys.stderr)
        return 0 if arguments else 2
    try:
        word = chosen_word(arguments[0])
        refuse_unfit_python(word, sys.version_info, platform.system())
        prepare(ROOT, environment_from_lock)
    except Refusal as refusal:
        say(str(refusal))
        return 2
    except OSError as problem:
        say(NOT_WRITTEN.format(problem))
        return 2
    except KeyboardInterrupt:
        say("Stopped. Nothing was left half made; the same command starts again.")
        return 130
    return WORK[word](arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
