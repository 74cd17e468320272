"""The command `planning` and its groups; the modules beside this one add the commands."""

from __future__ import annotations

import typer

app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None, context_settings={"help_option_names": ["--help", "-h"]}, pretty_exceptions_enable=False,
                  help="The open planning suite for libraries: start a plan, check it, turn it into a report.")
bring = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Bring a file into a plan: the file is kept untouched, with a receipt.")
app.add_typer(bring, name="import")
send = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Write a plan in a form in which others can edit it.")
app.add_typer(send, name="export")
