"""`kiosk protocol explain`: what a finding means, why it matters, how to repair it, with an example."""

from __future__ import annotations

import argparse
from typing import Any

from kiosk.authoring.explain import CLASSES, by_class, class_of, kind_named, means, repairs
from kiosk.commands.common.output import out, out_json
from kiosk.errors import Exit
from kiosk.protocol.findings.collector import Kind


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk protocol explain` takes."""
    parser.add_argument("code", nargs="?", metavar="CODE", help="the finding's code or name; all of them when left out")
    parser.add_argument("--json", action="store_true", help="for scripts")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Explain one kind of finding, or list all. Raises UsageError for a code there is not."""
    if args.code is None:
        return _all(as_json=args.json)
    kind = kind_named(args.code)
    if args.json:
        out_json(as_dict(kind))
        return Exit.DONE
    for line in _lines(kind):
        out(line)
    return Exit.DONE


def _all(*, as_json: bool) -> int:
    if as_json:
        out_json([as_dict(kind) for _, kinds in by_class() for kind in kinds])
        return Exit.DONE
    for name, kinds in by_class():
        out(f"{CLASSES[name]} ({name})")
        for kind in kinds:
            out(f"  {kind.code}  {kind.severity:7}  {kind.name}: {means(kind)}")
        out()
    return Exit.DONE


def as_dict(kind: Kind) -> dict[str, Any]:
    """A kind of finding for scripts."""
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
