"""`kiosk protocol show`: the protocol in plain words, as it is written or as one school's desk shows it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from datetime import date

from kiosk.commands.common.dates import day_looked_at
from kiosk.commands.common.output import out, out_json, say
from kiosk.commands.common.paths import home_of, pack
from kiosk.commands.protocol.schools import school_of
from kiosk.errors import Exit, UsageError
from kiosk.packs.library import Found, Library, Refusal, approved, key_of
from kiosk.protocol.model import Protocol
from kiosk.protocol.site.people import Contacts
from kiosk.record.approval import Approval
from kiosk.reports import protocol as protocol_text
from kiosk.settings import Home, read_settings


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk protocol show` takes."""
    parser.add_argument("--step", metavar="ID", help="only this step")
    parser.add_argument("--language", metavar="CODE", help="in this language; words that are not have a mark")
    words = "as this school's desk shows it: a contacts file, a name in the home's schools folder, or the school's name"
    parser.add_argument("--as", dest="school", metavar="SCHOOL", help=words)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the protocol in plain words, with what was chosen in it, its seal and who approved it."""
    home = home_of(args)
    found, settings = pack(home, args.target), read_settings(home)
    if found.protocol is None:
        raise UsageError(f"The protocol in {found.where} can't be read.", "Run `kiosk protocol check` to see why.")
    school = school_of(home, args.school, found.protocol) if args.school is not None else None
    choices, language = _choices(home, found.protocol), args.language or settings.language
    if args.step is not None:
        return _show_step(args, found.protocol, choices, language, school)
    held, today = approved(found, key_of(settings)), day_looked_at(args)
    if args.json:
        shown = protocol_text.as_dict(found.protocol, choices, language, school)
        out_json(shown | {"seal": found.seal, "approved": isinstance(held, Approval)})
        return Exit.DONE
    for line in (*protocol_text.lines(found.protocol, choices, language, school), "", *_seal(found, held, today)):
        out(line)
    return Exit.DONE


def _choices(home: Home, protocol: Protocol) -> Mapping[str, str]:
    """The district's choices for this protocol; what is wrong with them is said."""
    district, findings = Library(home).district(protocol)
    if district.protocol in {"", protocol.id}:  # else they are for the protocol in force, and this is another
        for finding in findings:
            say(str(finding))
    return district.holding(protocol)


def _show_step(
    args: argparse.Namespace, protocol: Protocol, choices: Mapping[str, str], language: str, school: Contacts | None
) -> int:
    step = protocol.steps.get(args.step)
    if step is None:
        raise UsageError(f"{protocol.id} has no step “{args.step}”.", "Run `kiosk protocol show` to see all of them.")
    if args.json:
        steps = protocol_text.as_dict(protocol, choices, language, school)["steps"]
        out_json(next(s for s in steps if s["id"] == step.id))
        return Exit.DONE
    for line in protocol_text.step_lines(protocol, step, choices, language, school):
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
