"""`kiosk log retention destroy`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from kiosk.app import bootstrap
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.entries import enter_each
from kiosk.commands.common.options import meaning_option, reason_option
from kiosk.commands.common.paths import read_file
from kiosk.commands.common.people import needs
from kiosk.commands.common.prompts import confirm
from kiosk.commands.common.records import reading
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.common.values import FILE
from kiosk.errors import Exit, Refused, StoreUnusable, UsageError
from kiosk.log import destruction
from kiosk.log.archive import LogHistory
from kiosk.log.retention_state import (
    all_read,
    copies_made_since,
    holds,
    last_confirmed_day,
    log_facts,
    records_of,
    statuses_of,
)
from kiosk.privacy.guard import require_storable
from kiosk.privacy.meanings import Meaning
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.entries import Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.people.roles import Right
from kiosk.record.retention import authorization, eligibility
from kiosk.record.retention.authorization import AuthorizationRefused, SignedAuthorization
from kiosk.record.retention.copies import holding
from kiosk.record.retention.eligibility import RetentionStatus, why_not
from kiosk.record.retention.request import matches
from kiosk.reports.destruction_preview import authorized_words, preview, refused, repair
from kiosk.settings import Home, Mode, read_settings, typed_path
from kiosk.system.clock import Clock, SystemClock
from kiosk.worded import many


@dataclass(frozen=True, slots=True)
class _Asked:
    """The request. file: of the authorization; note: its bytes. by: the person who destroys.

    texts: has the meanings of what that person typed.
    """

    home: Home
    mode: Mode
    clock: Clock
    file: Path
    note: bytes
    by: str
    reason: str
    texts: PromptedTexts


@as_command("Their entries stay. The authorization names the records: all of them are destroyed, or none.")
@click.option(
    "--authorization",
    "file",
    metavar="FILE",
    type=FILE,
    required=True,
    help="authorization that the records officer signed: `kiosk log retention authorize`",
)
@reason_option
@click.option("--yes", is_flag=True, help="consent without a question; for scripts")
@meaning_option
@pass_log
@needs(Right.DESTROY)
def command(
    home: Home, mode: Mode, file: str, reason: str | None, yes: bool, by: str | None, texts: PromptedTexts
) -> int:
    """Check the authorization, preview the destruction, ask, and destroy. Raises Refused; the log has each refusal."""
    path = typed_path(file)
    note = read_file(path)
    name, why = texts.name(by), texts.text(reason, "--reason", "Reason")
    asked = _Asked(home, mode, SystemClock(), path, note, name, why, texts)
    busy = _busy(asked)
    with reading(home, mode) as log:
        found, selected = _allowed(asked, log, lambda entries: enter_each(home, mode, entries))
        if busy is not None:
            raise StoreUnusable("Nothing was destroyed: the kiosk is open.", "Close it, then try again.") from busy
        for line in _preview(asked, log, found, selected):
            output.message(line)
    _require_confirmed(yes=yes)
    return _destroy(asked)


def _busy(asked: _Asked) -> StoreUnusable | None:
    """Finish interrupted work; return an error if a kiosk is open."""
    try:
        with bootstrap.settled(asked.home, asked.mode, asked.clock):
            return None
    except StoreUnusable as error:
        if not bootstrap.is_in_use(error):
            raise
        return error


def _allowed(
    asked: _Asked, log: LogHistory, record: Callable[[Sequence[Entry]], None]
) -> tuple[SignedAuthorization, list[RetentionStatus]]:
    """Return the authorization and the records that it names. Raises Refused if one of them may not be destroyed.

    record: records each refusal in the log.
    """
    today = last_confirmed_day(log, asked.clock)
    try:
        known = log_facts(log, read_settings(asked.home), asked.mode, today)
        found = authorization.require_usable(asked.note, asked.by, known)
        _require_storable(found)
        named = {one.encounter_id: one for one in found.said.request.records}
        records = _known(log, found)
    except AuthorizationRefused as error:
        record([asked.texts.kept(authorization.refused(asked.note, error.why, asked.by))])
        raise Refused(f"Nothing was destroyed by {asked.file}. {error.what}", error.repair) from error
    selected, readable = statuses_of(log, records, holds(asked.home, asked.mode)), all_read(asked.home, asked.mode)
    same = {one.record.id: matches(named[one.record.id], one) for one in selected}
    kept = [(one, why_not(one, today, unchanged=same[one.record.id], all_read=readable)) for one in selected]
    refusals = [(one, why) for one, why in kept if why is not None]
    if refusals:
        entries = (eligibility.refusal(one, why, authorization=found.hash, by=asked.by) for one, why in refusals)
        record([*map(asked.texts.kept, entries)])
        what = " ".join(refused(one, why, today) for one, why in refusals)
        raise Refused(f"Nothing was destroyed. {what}", repair(refusals[0][1]))
    return found, selected


def _require_storable(found: SignedAuthorization) -> None:
    """Raise PrivateText for words that the log must not keep; another program may have written them."""
    said = found.said
    for words in (said.by, said.request.school, said.request.desk):
        require_storable(words, Meaning.NAME)
    require_storable(said.reference, Meaning.of_id(said.meaning))


def _known(log: LogHistory, found: SignedAuthorization) -> list[EncounterRecord]:
    ids = [one.encounter_id for one in found.said.request.records]
    here = set(log.encounter_ids(EntryKind.ENCOUNTER_OPENED))
    authorization.require_known(found, here)
    return records_of(log, ids)


def _preview(
    asked: _Asked, log: LogHistory, found: SignedAuthorization, selected: Sequence[RetentionStatus]
) -> list[str]:
    others = (kept for one in selected for kept in holding(copies_made_since(log, one.record), one.record))
    made = {kept.event_id: kept for kept in others}  # each once, even when it holds several of the records
    copies = [str(copy) for copy in destruction.copies(asked.home, asked.mode)]
    return [authorized_words(found.said), *preview(selected, made.values(), copies)]


def _require_confirmed(*, yes: bool) -> None:
    if yes:
        return
    if not output.at_terminal():
        raise UsageError("Destruction needs your consent, and nothing was destroyed.", "Use a terminal, or add --yes.")
    if not confirm("Destroy these details permanently?"):
        raise Refused("Nothing was destroyed.", "Run the command again to destroy them.")


def _destroy(asked: _Asked) -> int:
    """Check again with the log locked, because a hold may have been placed since; then destroy the details."""
    with bootstrap.settled(asked.home, asked.mode, asked.clock) as writer:

        def record(refusals: Sequence[Entry]) -> None:
            bootstrap.append_to(writer, asked.home, asked.mode, asked.clock, *refusals)

        with reading(asked.home, asked.mode) as log:
            found, selected = _allowed(asked, log, record)
        entries = (authorization.destroyed(one, found, by=asked.by, reason=asked.reason) for one in selected)
        written = [authorization.authorized(found), *map(asked.texts.kept, entries)]
        clean = bootstrap.destroy(asked.home, asked.mode, writer, written, asked.clock)
    for one in selected:
        count = many(len(one.values), "value was", "values were")
        output.data(f"{one.record.no}: {count} destroyed under {found.said.reference}.")
    output.message("Issue a checkpoint now, so that someone else learns of it: `kiosk log checkpoint issue`.")
    if clean:
        return Exit.DONE
    output.message("Another program has the log open, so a copy may remain. Close it, and open the kiosk again.")
    return Exit.FOUND
