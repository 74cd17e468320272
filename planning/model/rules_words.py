"""What must hold between the cells about what goes out: clearances and results of messages."""

from __future__ import annotations

from planning.model.cells import day_of
from planning.model.errors import Problem, Words, nearest
from planning.model.sheet import Sheet


def broken(sheets: dict[str, Sheet]) -> list[Problem]:
    """Every rule about what goes out that the plan breaks."""
    items = [row[key] for table, key in (("messages", "message"), ("stories", "story")) if table in sheets for row in sheets[table].rows]
    found = unknown_items(sheets["clearances"], items) if "clearances" in sheets else []
    return found + (more_acted(sheets["message_results"]) + counted_before(sheets["message_results"], sheets.get("messages")) if "message_results" in sheets else [])


def unknown_items(sheet: Sheet, items: list[str]) -> list[Problem]:
    """Clearances of something that is neither a message nor a story."""
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        item = row.get("item", "")
        if item and item not in items:
            close = nearest(item, items)
            action = Words("Did you mean {close}?", close=close) if close else "Add the message or the story, or correct the cell."
            problems.append(Problem("clearances.csv", number, "item", Words("found {text}", text=item), "an id of messages.csv or stories.csv", action))
    return problems


def more_acted(sheet: Sheet) -> list[Problem]:
    """Messages that more people followed than they reached."""
    return [Problem("message_results.csv", number, "acted", Words("found {acted}, more than the {reached} reached", acted=row["acted"], reached=row["reached"]),
                    Words("at most {reached}", reached=row["reached"]), "Correct one of the two, or leave empty what was not counted.")
            for number, row in zip(sheet.numbers, sheet.rows) if _whole(row.get("acted", "")) > _whole(row.get("reached", "")) >= 0]


def counted_before(sheet: Sheet, messages: Sheet | None) -> list[Problem]:
    """Results from before the message went out."""
    went = {row["message"]: day_of(row.get("date", "")) for row in messages.rows} if messages else {}
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        day, out = day_of(row.get("date", "")), went.get(row.get("message", ""))
        if day and out and day < out:
            problems.append(Problem("message_results.csv", number, "date", Words("found {day}, before the message goes out on {out}", day=day, out=out),
                                    Words("{out} or later", out=out), "Correct the date here, or the message's date."))
    return problems


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() else -1
