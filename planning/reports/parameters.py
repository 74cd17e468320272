"""Parameters of a notebook: which there are, and whether what was given fits them."""

from __future__ import annotations

import json
from ast import literal_eval
from dataclasses import dataclass
from pathlib import Path

from planning.model.errors import UsageError, nearest

KINDS = {"str": "text", "int": "a whole number", "float": "a number", "bool": "true or false"}
SET_BY_REPORT = {"plan": "planning report DIR", "as_of": "--as-of DATE", "output": "--out DIR"}


@dataclass(frozen=True)
class Parameter:
    """One parameter of a notebook."""

    name: str
    type: str
    default: object
    help: str


def declared(notebook: Path) -> dict[str, Parameter]:
    """The parameters that a notebook declares in its cell tagged `parameters`."""
    from papermill import inspect_notebook

    found = inspect_notebook(str(notebook))
    return {name: Parameter(name, line["inferred_type_name"], literal_eval(line["default"]), line["help"]) for name, line in found.items()}


def parsed(settings: list[str], known: dict[str, Parameter]) -> dict[str, object]:
    """Settings of the form NAME=VALUE as typed values; raises UsageError with every one that does not fit.

    `known` holds the parameters of all notebooks that will run.
    """
    values, wrong = {}, []
    for setting in settings:
        name, mark, text = setting.partition("=")
        if not mark:
            wrong.append(f"-p {setting}: write it as NAME=VALUE.")
        elif name in SET_BY_REPORT:
            wrong.append(f"-p {name}: this is set with {SET_BY_REPORT[name]}.")
        elif name not in known:
            wrong.append(_unknown(name, list(known)))
        else:
            try:
                values[name] = typed(text, known[name])
            except ValueError:
                wrong.append(f"-p {setting}: found {text!r}. Allowed for {name}: {KINDS[known[name].type]} ({known[name].help}).")
    if wrong:
        raise UsageError("{lines}", lines="\n".join(wrong))
    return values


def _unknown(name: str, known: list[str]) -> str:
    free = sorted(set(known) - set(SET_BY_REPORT))
    close = nearest(name, free)
    hint = f" Did you mean {close}?" if close else ""
    return f"-p {name}: no notebook has this parameter.{hint} Allowed: {', '.join(free)}."


def typed(text: str, parameter: Parameter) -> object:
    """A text as the parameter's type; raises ValueError when it does not fit.

    >>> typed("0.4", Parameter("weight", "float", 0.5, "")), typed("00123", Parameter("kpi", "str", "", ""))
    (0.4, '00123')
    """
    if parameter.type == "bool":
        return json.loads(text.lower()) if text.lower() in ("true", "false") else _refuse(text)
    kinds = {"int": int, "float": float}
    value = kinds.get(parameter.type, str)(text)
    return value if value == value and value not in (float("inf"), float("-inf")) else _refuse(text)


def _refuse(text: str) -> object:
    raise ValueError(text)
