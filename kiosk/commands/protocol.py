"""`kiosk protocol`: check, test, show, approve and install the superintendent's protocol."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from datetime import date

from kiosk.commands import add, approving, installing, keys, trying
from kiosk.commands.days import add_as_of, day_looked_at
from kiosk.commands.place import home_of, pack
from kiosk.commands.talk import finding_json, out, out_json, say
from kiosk.engine.dating import check_dates, order
from kiosk.engine.findings import Finding
from kiosk.engine.model import Protocol, Release
from kiosk.errors import Exit, WrongUse
from kiosk.library import Found, Library, Refusal, approved, key_of
from kiosk.record.approval import Approval
from kiosk.reports import protocol_text
from kiosk.settings import Home, read_settings

_TARGET = "the folder of a pack, or a pack's id; the one in the settings when left out"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk protocol` takes."""
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    check = add(commands, "check", "say everything that is wrong with it")
    check.set_defaults(run=run_check)
    test = add(commands, "test", "run its scenarios: short cases that must hold")
    trying.arguments(test)
    show = add(commands, "show", "print every step with its words and answers")
    show.add_argument("--step", metavar="ID", help="only this step")
    show.set_defaults(run=run_show)
    for command in (check, show):
        add_as_of(command)
    for command in (check, test, show):
        command.add_argument("target", nargs="?", metavar="DIR|ID", help=_TARGET)
        command.add_argument("--json", action="store_true", help="for scripts")
    approving.arguments(add(commands, "approve", "sign its exact content with the superintendent's key"))
    installing.arguments(add(commands, "install", "verify an approved pack and put it in force"))
    keys.arguments(add(commands, "key", "make the superintendent's key, or show its public half"))


def run_check(args: argparse.Namespace) -> int:
    """Print the findings of a protocol; 1 when there are any, or when its pack can't be sealed."""
    home = home_of(args)
    found = pack(home, args.target)
    findings = tuple(sorted((*found.findings, *_dates(home, found, day_looked_at(args)))))
    sound = not findings and bool(found.seal)
    if args.json:
        out_json([finding_json(f) for f in findings])
        return Exit.DONE if sound else Exit.FOUND
    for finding in findings:
        out(str(finding))
    if not (found.seal or found.errors):
        out("A file beside protocol.yaml does not read as YAML. → `kiosk protocol test` says which; repair that file.")
    say(f"{found.where} is in order." if sound else f"{len(findings)} finding(s) in {found.where}.")
    return Exit.DONE if sound else Exit.FOUND


def _dates(home: Home, found: Found, today: date) -> tuple[Finding, ...]:
    """What is wrong with its dates on this day, beside the highest other version that was installed here."""
    key = key_of(read_settings(home))
    pack_id = found.protocol.id if found.protocol else ""
    others = [a for a in (Library(home).installed(pack_id, key) if key else ()) if a.seal != found.seal]
    newest = max(others, key=lambda a: order(a.version) or (), default=None)
    before = None if newest is None else Release(newest.version, newest.effective, newest.review_by)
    return check_dates(found.pack.reading, today, before)


def run_show(args: argparse.Namespace) -> int:
    """Print the protocol in plain words, with its seal and who approved it."""
    home = home_of(args)
    found, settings = pack(home, args.target), read_settings(home)
    if found.protocol is None:
        raise WrongUse(f"The protocol in {found.where} can't be read.", "Run `kiosk protocol check` to see why.")
    held, today = approved(found, key_of(settings)), day_looked_at(args)
    choices, language = settings.choices, settings.language
    if args.step is not None:
        return _show_step(args, found.protocol, choices, language)
    if args.json:
        shown = protocol_text.as_dict(found.protocol, choices, language)
        out_json(shown | {"seal": found.seal, "approved": isinstance(held, Approval)})
        return Exit.DONE
    for line in (*protocol_text.lines(found.protocol, choices, language), "", *_seal(found, held, today)):
        out(line)
    return Exit.DONE


def _show_step(args: argparse.Namespace, protocol: Protocol, choices: Mapping[str, str], language: str) -> int:
    step = protocol.steps.get(args.step)
    if step is None:
        raise WrongUse(f"{protocol.id} has no step “{args.step}”.", "Run `kiosk protocol show` to see all of them.")
    if args.json:
        steps = protocol_text.as_dict(protocol, choices, language)["steps"]
        out_json(next(s for s in steps if s["id"] == step.id))
        return Exit.DONE
    for line in protocol_text.step_lines(protocol, step, choices, language):
        out(line)
    return Exit.DONE


def _seal(found: Found, held: Approval | Refusal, today: date) -> Iterator[str]:
    yield f"seal {found.seal}"
    if isinstance(held, Refusal):
        yield held.words
        return
    yield f"approved by {held.name}, {held.role}, on {held.on}"
    if today < held.effective:
        yield f"not in effect on {today}"
    elif today > held.review_by:
        yield f"overdue on {today}: it was to be reviewed by {held.review_by}"
