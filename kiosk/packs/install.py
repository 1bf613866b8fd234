"""Installing a pack: whether it may be, and putting it into the home so that a power cut leaves the old or the new.

First the whole content is put into `packs/SEAL`, then the copy in use is exchanged in `protocols/ID`. In the instant
between two names, the best good copy in `packs` is in force, which is the new one or the one before it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from kiosk.packs.files import NOTE_FILE, note_or_none
from kiosk.packs.library import Found, Library, Refusal, approved, key_of, outdone, rank, refusal
from kiosk.protocol.content_hash import files_of
from kiosk.protocol.findings.collector import errors
from kiosk.protocol.versions import order
from kiosk.record.approval import Approval
from kiosk.record.pack_entries import Log, kept_signed, protocol_in
from kiosk.settings import Settings
from kiosk.system.files import ensure_folder, save_file, save_folder

_CHECK = "Run `kiosk protocol check` to see each finding with its repair."


Version = tuple[str, str]
"""A version that was installed here, and its seal."""


def examined(
    library: Library, found: Found, settings: Settings, today: date, activated: Iterable[Version] = ()
) -> Approval | Refusal:
    """The approval of a pack that may be installed on this day; else why it may not be.

    activated: what the log says was installed of this pack, for a home whose `packs` was emptied.
    """
    held = approved(found, key_of(settings))
    if isinstance(held, Refusal):
        return held
    from kiosk.checks.approvable import hindrances  # noqa: PLC0415 - proofs and word lists; a start needs none

    if wrong := hindrances(found.pack):
        return refusal(found, "findings", f"The protocol has {len(wrong)} error(s), the first: {wrong[0]}", _CHECK)
    if today > held.review_by:
        words = f"The protocol was to be reviewed by {held.review_by}, and today is {today}."
        return refusal(found, "overdue", words, "Ask the Superintendent's Office for the reviewed protocol.")
    before = {*library.versions(held.pack), *activated}
    return _not_higher(before, found, held) or _not_ready(library, found, settings) or held


def _not_higher(before: Iterable[Version], found: Found, held: Approval) -> Refusal | None:
    ours = order(held.version)
    if ours is None:
        words = f"The version “{held.version}” can't be put in order."
        return refusal(found, "version", words, "Have it approved with a version of numbers and dots, as 2026.1.")
    for version, seal in sorted(before, key=lambda one: order(one[0]) or (), reverse=True):
        if seal != held.seal and (order(version) or ()) >= ours:
            words = f"Version {held.version} is not higher than {version}, which was installed here."
            return refusal(found, "lower", words, "Have it approved with a higher version, or keep the one in use.")
    return None


def _not_ready(library: Library, found: Found, settings: Settings) -> Refusal | None:
    contacts, findings, own = library.contacts(found)
    if not settings.school or not own:
        return refusal(found, "setup", "This kiosk is not set up yet.", "Run `kiosk setup`.")
    if contacts is None or errors(findings):
        words = "The contacts here are not complete for this protocol."
        repair = "Run `kiosk contacts check`, repair them, then install again."
        if found.protocol is not None and found.protocol.id != settings.protocol:
            repair = f"Run `kiosk setup --protocol {found.where} --contacts FILE` first, then install again."
        return refusal(found, "contacts", words, repair)
    return None


def restore_last_approved(
    library: Library, log: Log, settings: Settings, running: Approval | None, today: date
) -> bool:
    """Put back into `packs`, from the log, the best pack that was ever good here; whether there was a better one.

    running: what runs live without it. A copy that was altered or thrown away, or an older one put in its place, so
    can't bring the desk back to less than it had. Raises StoreUnusable.
    """
    key = key_of(settings)
    good = [one for one in kept_signed(log, key) if one[0].pack == settings.protocol] if key else []
    better = [one for one in good if one[0].effective <= today and (not running or outdone(running, one[0], today))]
    for approval, content, note in sorted(better, key=lambda one: rank(one[0], today), reverse=True):
        if protocol_in(content, approval.seal) is not None:
            folder = library.kept_folder(approval.seal)
            ensure_folder(folder.parent)
            _keep(library, folder, {**files_of(content), NOTE_FILE: note}, approval)
            return True
    return False


def install(library: Library, found: Found, approval: Approval) -> None:
    """Put an examined pack into the home and in force. Raises StoreUnusable."""
    files = {**found.files, NOTE_FILE: found.note}
    kept, own = library.kept_folder(approval.seal), library.own(approval.pack)
    for folder in (kept.parent, own.parent):
        ensure_folder(folder)
    _keep(library, kept, files, approval)
    if os.path.realpath(own) != os.path.realpath(found.where):
        save_folder(own, files, aside=own.with_name(f".before-{own.name}"))


def _keep(library: Library, kept: Path, files: dict[str, bytes], approval: Approval) -> None:
    if library.kept(approval.seal) is None:
        save_folder(kept, files, aside=kept.with_name(f".before-{kept.name}"))
    elif note_or_none(kept) != files[NOTE_FILE]:
        save_file(kept / NOTE_FILE, files[NOTE_FILE])
