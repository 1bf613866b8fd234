"""Findings about the duties of outcomes."""

from __future__ import annotations

from kiosk.protocol.findings.catalogue.kind import Kind, Severity


def _outcome(*duties: str, routine: bool = False) -> str:
    head = "routine: true" if routine else "refer: office"
    return "".join((f"outcomes:\n  over:\n    title: {{en: Handed over}}\n    {head}\n", *duties))


def _duties(within: str = "at-once", do: str = "Send them on.", count: int = 1) -> str:
    rest = f"do: {do}, owner: office, within: {within}, why: They decide., cite: [design]"
    return "    duties:\n" + "".join(f"      - {{id: papers{n or ''}, {rest}}}\n" for n in range(count))


_REST = "        owner: office\n        within: at-once\n        why: They decide.\n        cite: [design]\n"

KINDS = (
    Kind(
        "P120",
        "bad-time",
        "“{number}” is not a whole number from 1 to {limit}.",
        "Write the number in digits; for no delay, write “within: at-once”.",
        why="The kiosk counts the time from the closing of the record, and says when a duty is overdue.",
        bad=_outcome(_duties("{days: 0}")),
        good=_outcome(_duties("{days: 1}")),
    ),
    Kind(
        "P121",
        "too-many-duties",
        "There are {count} duties; the limit is {limit}.",
        "Keep the most important, or join those of one person into one.",
        why="A long list is not worked through. What needs more steps is a procedure of its own.",
        bad=_outcome(_duties(count=13)),
        good=_outcome(_duties()),
    ),
    Kind(
        "P122",
        "duty-too-long",
        "{where} has {count} characters; the limit is {limit}.",
        "Shorten it, or make two duties of it.",
        why="It is one line of a list of open duties.",
        bad=_outcome("    duties:\n      - id: papers\n        do: >\n", "          Send the papers on.\n" * 11, _REST),
        good=_outcome(_duties()),
    ),
    Kind(
        "P410",
        "routine-with-duties",
        "“{outcome}” is routine, but has duties.",
        "Delete “duties”, or delete “routine” and name whom it refers to.",
        Severity.WARNING,
        why="After an ordinary visit, nothing is left to do. A duty there would be open after each of them.",
        bad=_outcome(_duties(), routine=True),
        good=_outcome(routine=True),
    ),
)
