"""`kiosk protocol show`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_home
from kiosk.commands.common.dates import day_or_today
from kiosk.commands.common.options import as_of_option, json_option, pack_argument
from kiosk.commands.common.paths import pack
from kiosk.commands.protocol.common import require_protocol
from kiosk.commands.protocol.schools import school_of
from kiosk.errors import Exit, UsageError
from kiosk.log.recorded_keys import key_of_home, with_recorded_key
from kiosk.packs.library import Found, Library, Refusal, approved, key_of
from kiosk.protocol.model import Protocol
from kiosk.protocol.site.people import Contacts
from kiosk.record.approval import Approval
from kiosk.reports import protocol as protocol_text
from kiosk.settings import Home, read_settings


@as_command("Without DIR or ID, the protocol of this desk is shown.")
@pack_argument
@click.option("--step", metavar="ID", help="only this step")
@click.option(
    "--language",
    metavar="CODE",
    help="language of the texts; texts without a translation are marked (default: the desk's)",
)
@click.option(
    "--school",
    metavar="SCHOOL",
    help="school whose contacts fill the texts: its contacts file, or its name (default: none)",
)
@as_of_option
@json_option
@pass_home
def command(
    home: Home,
    target: str | None,
    step: str | None,
    language: str | None,
    school: str | None,
    as_of: str | None,
    as_json: bool,
) -> int:
    """Print the protocol in plain words, with its settings, content hash and approval."""
    found, settings = pack(home, target), with_recorded_key(read_settings(home), key_of_home(home))
    protocol = require_protocol(found)
    contacts = school_of(home, school, protocol) if school is not None else None
    choices, spoken = _choices(home, protocol), language or settings.language
    if step is not None:
        return _show_step(step, protocol, choices, spoken, contacts, as_json=as_json)
    held, today = approved(found, key_of(settings)), day_or_today(as_of)
    if as_json:
        shown = protocol_text.as_dict(protocol, choices, spoken, contacts)
        output.json_data(shown | {"content_hash": found.content_hash, "approved": isinstance(held, Approval)})
        return Exit.DONE
    output.lines(
        (*protocol_text.lines(protocol, choices, spoken, contacts), "", *_hash_and_approval(found, held, today))
    )
    return Exit.DONE


def _choices(home: Home, protocol: Protocol) -> Mapping[str, str]:
    """Return the district's choices for this protocol, and print their problems."""
    district, findings = Library(home).district(protocol)
    if district.protocol in {"", protocol.id}:  # else they are for the protocol in force, a different one
        for finding in findings:
            output.message(str(finding))
    return district.valid_for(protocol)


def _show_step(
    step_id: str,
    protocol: Protocol,
    choices: Mapping[str, str],
    language: str,
    school: Contacts | None,
    *,
    as_json: bool,
) -> int:
    step = protocol.steps.get(step_id)
    if step is None:
        raise UsageError(f"{protocol.id} has no step “{step_id}”.", "Run `kiosk protocol show` to see all of them.")
    if as_json:
        steps = protocol_text.as_dict(protocol, choices, language, school)["steps"]
        output.json_data(next(s for s in steps if s["id"] == step.id))
    else:
        output.lines(protocol_text.step_lines(protocol, step, choices, language, school))
    return Exit.DONE


def _hash_and_approval(found: Found, held: Approval | Refusal, today: date) -> Iterator[str]:
    yield f"content hash {found.content_hash}"
    if isinstance(held, Refusal):
        yield held.words
        return
    yield f"approved by {held.name}, {held.role}, on {held.on}"
    if today < held.effective:
        yield f"not in effect on {today}"
    elif today > held.review_by:
        yield f"overdue on {today}: it was to be reviewed by {held.review_by}"
