"""Install a pack: check it, and copy it into the home so that a power cut does no harm.

The content is first saved in `packs/HASH`. Then the copy in use is replaced in `protocols/ID`. Between the two steps,
the best valid copy in `packs` is in force, which is the new version or the previous one.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from kiosk.packs.files import NOTE_FILE, note_or_none
from kiosk.packs.library import Found, Library, Refusal, approved, key_of, outdone, rank, refusal
from kiosk.protocol.content_hash import files_of
from kiosk.protocol.findings.collector import Finding, errors
from kiosk.protocol.versions import order
from kiosk.record.approval import Approval
from kiosk.record.pack_entries import Log, PackRefusal, kept_signed, protocol_in
from kiosk.settings import Settings
from kiosk.system.files import ensure_folder, save_file, save_folder
from kiosk.worded import many

_CHECK = "Run `kiosk protocol check` to see each finding with its repair."


Version = tuple[str, str]
"""A version that was installed here, and its content hash."""


def examined(
    library: Library,
    found: Found,
    settings: Settings,
    today: date,
    activated: Iterable[Version] = (),
    *,
    is_sound: bool = False,
    has_contacts: bool = False,
) -> Approval | Refusal:
    """Return the approval of a pack that may be installed today, else the reason for refusing it.

    activated: versions of this pack that the log shows as installed, in case the home's `packs` was emptied. is_sound:
    whether the slow checks of this content found nothing before. has_contacts: whether it comes with contacts that were
    checked, for those of the home.
    """
    held = approved(found, key_of(settings))
    if isinstance(held, Refusal):
        return held
    if not is_sound and (wrong := _errors(found)):
        return refusal(
            found, PackRefusal.FINDINGS, f"The protocol has {many(len(wrong), 'error')}. The first: {wrong[0]}", _CHECK
        )
    if today > held.review_by:
        words = f"The protocol was due for review by {held.review_by}, and today is {today}."
        return refusal(found, PackRefusal.OVERDUE, words, "Ask the Superintendent's Office for the reviewed protocol.")
    before = {*library.versions(held.pack), *activated}
    lower = _version_refusal(before, found, held)
    return lower or (None if has_contacts else _setup_refusal(library, found, settings)) or held


def _errors(found: Found) -> tuple[Finding, ...]:
    from kiosk.checks.approvable import hindrances  # noqa: PLC0415 - heavy checks, not needed at start

    return hindrances(found.pack)


def _version_refusal(before: Iterable[Version], found: Found, held: Approval) -> Refusal | None:
    ours = order(held.version)
    if ours is None:
        words = f"The version “{held.version}” can't be compared with others."
        return refusal(
            found, PackRefusal.VERSION, words, "Have it approved with a version of numbers and dots, such as 2026.1."
        )
    for version, content_hash in sorted(before, key=lambda one: order(one[0]) or (), reverse=True):
        if content_hash != held.content_hash and (order(version) or ()) >= ours:
            words = f"Version {held.version} is not higher than {version}, which was installed here."
            return refusal(
                found, PackRefusal.LOWER, words, "Have it approved with a higher version, or keep the one in use."
            )
    return None


def _setup_refusal(library: Library, found: Found, settings: Settings) -> Refusal | None:
    contacts, findings, own = library.contacts(found)
    if not settings.school or not own:
        return refusal(found, PackRefusal.SETUP, "This kiosk is not set up yet.", "Run `kiosk setup`.")
    if contacts is None or errors(findings):
        words = "The contacts of this kiosk are incomplete for this protocol."
        repair = "Run `kiosk contacts check`, correct them, then install again."
        if found.protocol is not None and found.protocol.id != settings.protocol:
            repair = f"Run `kiosk setup --protocol {found.where} --contacts FILE` first, then install again."
        return refusal(found, PackRefusal.CONTACTS, words, repair)
    return None


def restore_last_approved(
    library: Library, log: Log, settings: Settings, running: Approval | None, today: date
) -> bool:
    """Restore the best approved pack from the log into `packs`; return whether it was better than the running one.

    running: the approval of the live pack on disk. So deleting, altering or downgrading the files can't take the desk
    back to an older version. Raises StoreUnusable.
    """
    key = key_of(settings)
    good = [one for one in kept_signed(log, key) if one[0].pack == settings.protocol] if key else []
    candidates = [one for one in good if one[0].effective <= today and (not running or outdone(running, one[0], today))]
    for approval, content, note in sorted(candidates, key=lambda one: rank(one[0], today), reverse=True):
        if protocol_in(content, approval.content_hash) is not None:
            folder = library.kept_folder(approval.content_hash)
            ensure_folder(folder.parent)
            _keep(library, folder, {**files_of(content), NOTE_FILE: note}, approval)
            return True
    return False


def install(library: Library, found: Found, approval: Approval) -> None:
    """Copy an examined pack into the home and put it in force. Raises StoreUnusable."""
    files = {**found.files, NOTE_FILE: found.note}
    kept, own = library.kept_folder(approval.content_hash), library.own(approval.pack)
    for folder in (kept.parent, own.parent):
        ensure_folder(folder)
    _keep(library, kept, files, approval)
    if os.path.realpath(own) != os.path.realpath(found.where):
        save_folder(own, files, moved_to=own.with_name(f".before-{own.name}"))


def _keep(library: Library, kept: Path, files: dict[str, bytes], approval: Approval) -> None:
    if library.kept(approval.content_hash) is None:
        save_folder(kept, files, moved_to=kept.with_name(f".before-{kept.name}"))
    elif note_or_none(kept) != files[NOTE_FILE]:
        save_file(kept / NOTE_FILE, files[NOTE_FILE])
