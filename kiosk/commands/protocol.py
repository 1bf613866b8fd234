"""`kiosk protocol`: check, test, show and approve the superintendent's protocol."""

from __future__ import annotations

import argparse

from kiosk.commands import add, approving, showing, trying
from kiosk.commands.place import home_of, pack
from kiosk.commands.talk import finding_json, out, out_json, say
from kiosk.errors import Exit

_TARGET = "the folder of a pack, or a pack's id; the one in the settings when left out"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk protocol` takes."""
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    check = add(commands, "check", "say everything that is wrong with it")
    check.set_defaults(run=run_check)
    test = add(commands, "test", "run its scenarios: short cases that must hold")
    trying.arguments(test)
    show = add(commands, "show", "print every step with its words and answers")
    showing.arguments(show)
    for command in (check, test, show):
        command.add_argument("target", nargs="?", metavar="DIR|ID", help=_TARGET)
        command.add_argument("--json", action="store_true", help="for scripts")
    approving.arguments(add(commands, "approve", "seal it as approved"))


def run_check(args: argparse.Namespace) -> int:
    """Print the findings of a protocol; 1 when there are any, or when its pack can't be sealed."""
    found = pack(home_of(args), args.target)
    sound = not found.findings and bool(found.seal)
    if args.json:
        out_json([finding_json(f) for f in found.findings])
        return Exit.DONE if sound else Exit.FOUND
    for finding in found.findings:
        out(str(finding))
    if not (found.seal or found.errors):
        out("A file beside protocol.yaml does not read as YAML. → `kiosk protocol test` says which; repair that file.")
    say(f"{found.where} is in order." if sound else f"{len(found.findings)} finding(s) in {found.where}.")
    return Exit.DONE if sound else Exit.FOUND
