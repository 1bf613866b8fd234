"""Installing a pack: whether it may be, and putting it into the home so that a power cut leaves the old or the new.

First the whole content is put into `packs/SEAL`, then the copy in use is exchanged in `protocols/ID`. In the instant
between two names, the best good copy in `packs` is in force, which is the new one or the one before it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kiosk.engine.approvable import hindrances
from kiosk.engine.dating import order
from kiosk.engine.findings import errors
from kiosk.files import ensure_folder, save_file, save_folder
from kiosk.library import NOTE_FILE, Found, Library, Refusal, approved, key_of, refusal
from kiosk.record.approval import Approval
from kiosk.settings import Settings

_CHECK = "Run `kiosk protocol check` to see each finding with its repair."


def examined(library: Library, found: Found, settings: Settings, today: date) -> Approval | Refusal:
    """The approval of a pack that may be installed on this day; else why it may not be."""
    held = approved(found, key_of(settings))
    if isinstance(held, Refusal):
        return held
    if wrong := hindrances(found.pack):
        return refusal(found, "findings", f"The protocol has {len(wrong)} error(s), the first: {wrong[0]}", _CHECK)
    if today > held.review_by:
        words = f"The protocol was to be reviewed by {held.review_by}, and today is {today}."
        return refusal(found, "overdue", words, "Ask the Superintendent's Office for the reviewed protocol.")
    return _not_higher(library, found, held) or _not_ready(library, found, settings) or held


def _not_higher(library: Library, found: Found, held: Approval) -> Refusal | None:
    ours = order(held.version)
    if ours is None:
        words = f"The version “{held.version}” can't be put in order."
        return refusal(found, "version", words, "Have it approved with a version of numbers and dots, as 2026.1.")
    for version, seal in library.versions(held.pack):
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
        return refusal(found, "contacts", words, "Run `kiosk contacts check`, repair them, then install again.")
    return None


def install(library: Library, found: Found, approval: Approval) -> None:
    """Put an examined pack into the home and in force. Raises StoreUnusable."""
    files = {**found.files, NOTE_FILE: found.note}
    kept, own = library.kept_folder(approval.seal), library.own(approval.pack)
    for folder in (kept.parent, own.parent):
        ensure_folder(folder)
    _keep(library, kept, files, approval)
    if own.resolve() != Path(found.where).resolve():
        save_folder(own, files, aside=own.with_name(f".before-{own.name}"))


def _keep(library: Library, kept: Path, files: dict[str, bytes], approval: Approval) -> None:
    if library.kept(approval.seal) is None:
        save_folder(kept, files, aside=kept.with_name(f".before-{kept.name}"))
    elif not (kept / NOTE_FILE).is_file() or (kept / NOTE_FILE).read_bytes() != files[NOTE_FILE]:
        save_file(kept / NOTE_FILE, files[NOTE_FILE])
