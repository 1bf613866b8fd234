"""`kiosk protocol explain`."""

from __future__ import annotations

from typing import Any

import click

from kiosk.authoring.explain import CLASSES, by_class, class_of, kind_named, means, repairs
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command
from kiosk.commands.common.options import json_option
from kiosk.errors import Exit
from kiosk.protocol.findings.collector import Kind


@as_command("CODE is the code or the name of a finding.")
@click.argument("code", metavar="[CODE]", required=False)
@json_option
def command(code: str | None, as_json: bool) -> int:
    """Explain one kind of finding, or list all. Raises UsageError for an unknown code."""
    if code is None:
        return _all(as_json=as_json)
    kind = kind_named(code)
    if as_json:
        output.json_data(as_dict(kind))
    else:
        output.lines(_lines(kind))
    return Exit.DONE


def _all(*, as_json: bool) -> int:
    if as_json:
        output.json_data([as_dict(kind) for _, kinds in by_class() for kind in kinds])
        return Exit.DONE
    for name, kinds in by_class():
        output.data(f"{CLASSES[name]} ({name})")
        for kind in kinds:
            output.data(f"  {kind.code}  {kind.severity:7}  {kind.name}: {means(kind)}")
        output.data()
    return Exit.DONE


def as_dict(kind: Kind) -> dict[str, Any]:
    """Return a kind of finding as JSON for scripts."""
    return {
        "code": kind.code,
        "name": kind.name,
        "severity": str(kind.severity),
        "class": class_of(kind.code),
        "means": means(kind),
        "why": kind.why,
        "repair": repairs(kind),
        "bad": kind.bad,
        "good": kind.good,
    }


def _lines(kind: Kind) -> list[str]:
    lines = [f"{kind.code} {kind.name} ({kind.severity}, {class_of(kind.code)})", "", means(kind)]
    for head, words in (("Why it matters", kind.why), ("What to do", repairs(kind))):
        lines += ["", f"{head}: {words}"] if words else []
    for head, example in (("Before:", kind.bad), ("After:", kind.good)):
        lines += ["", head, *(f"    {line}" for line in example.rstrip("\n").split("\n"))] if example else []
    return lines
