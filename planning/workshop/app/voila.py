"""The server of the step pages, a program of its own: `python -m planning.workshop.app.voila`, with its settings as JSON on the first line of its input.

It listens to this computer alone, asks for a token, and ends by itself once its input is closed, so that
nothing is left when whoever started it is gone. On its output it writes one line as soon as pages can be asked for.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading

from tornado.web import RequestHandler
from traitlets.config import Config
from voila.app import Voila
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler

LIMIT_SECONDS = 600
"""The longest time for one cell."""

LEFT_SECONDS = 180
"""A kernel without a page ends after this time; one whose page is closed ends at once."""

SHUT = ("/voila/tree", "/voila/api/contents", "/voila/files", "/login", "/logout")
"""Parts of Voilà that the pages do without."""

EXTENSIONS = ["@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8", "anywidget", "ipydatagrid", "bqplot", "bqscales"]


class Nowhere(RequestHandler):
    """Every address that is not a step page."""

    def prepare(self) -> None:
        """Say where the pages are opened from."""
        self.set_status(404)
        self.finish(self.settings["voila_jinja2_env"].get_template("404.html").render(status_code=404))


class Ending(VoilaShutdownKernelHandler):
    """The end of a page's kernel when the page is left."""

    def check_xsrf_cookie(self) -> None:
        """Nothing more than the login: Voilà hands no such cookie to a page opened with a token, and nobody can guess a kernel's number."""


class Steps(Voila):
    """Voilà with the pages of the steps and nothing else: no list of files, no user's own configuration."""

    config_file_paths: list[str] = []
    faults: dict[str, str] = {}

    def init_settings(self) -> dict:
        """Voilà's settings, with what a page says that cannot be shown."""
        made = super().init_settings()
        made["voila_jinja2_env"].globals["faults"] = self.faults
        return {**made, "default_handler_class": Nowhere}

    def init_handlers(self) -> list[tuple]:
        """The addresses that are served; without the token each of them says that there is nothing here."""
        kept = [one for one in super().init_handlers() if one[0] != self.server_url and not one[0].startswith(SHUT)]
        return [(one[0], Ending, *one[2:]) if one[1] is VoilaShutdownKernelHandler else one for one in kept]

    def listen(self) -> None:
        """Say where the pages are as soon as they can be asked for; the port is the one asked for, or none."""
        threading.Thread(target=_end_with_input, daemon=True).start()
        super().listen()

    def launch_browser(self) -> None:
        """Say that pages can be asked for: Voilà calls this once it listens."""
        print(json.dumps({"port": self.port}), flush=True)


def _end_with_input() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)


def settings(given: dict) -> Config:
    """How Voilà is set, for a folder of notebooks, a token, a port and what the template needs to know."""
    return Config({
        "Voila": {"ip": "127.0.0.1", "port": given["port"], "port_retries": 0, "root_dir": given["folder"], "token": given["token"], "open_browser": True,
                  "mathjax_url": "data:text/javascript,//", "mathjax_config": "", "log_level": "CRITICAL", "connection_dir_root": given["folder"]},
        "VoilaConfiguration": {"template": "planning", "theme": "light", "strip_sources": True, "show_tracebacks": True, "show_margins": False,
                               "allow_template_override": "NO", "allow_theme_override": "NO", "extension_allowlist": EXTENSIONS,
                               "http_keep_alive_timeout": 2, "resources": {"planning": given["page"]}},
        "VoilaExecutor": {"timeout": LIMIT_SECONDS, "interrupt_on_timeout": False},
        "MappingKernelManager": {"cull_idle_timeout": LEFT_SECONDS, "cull_interval": 30, "cull_connected": False},
        "MultiKernelManager": {"cull_idle_timeout": LEFT_SECONDS, "cull_interval": 30, "cull_connected": False},
        "KernelManager": {"transport_encryption": "auto"},
        "ContentsManager": {"allow_hidden": True},
    })


def main() -> None:
    """Serve until the input is closed or an end is asked for."""
    given = json.loads(sys.stdin.readline())
    Steps.faults = given["errors"]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches a whole group of programs; the one that started this one ends it
    Steps.launch_instance(argv=[], config=settings(given))


if __name__ == "__main__":
    main()
