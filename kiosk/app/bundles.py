"""Bundles of the district at this desk: judged by its log, shown, installed with their entries, or refused with one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

from kiosk.app import bootstrap
from kiosk.app.acts.contacts.differences import role_differences
from kiosk.app.acts.contacts.home_contacts import store
from kiosk.errors import KioskError
from kiosk.log.archive import open_history
from kiosk.log.recorded_keys import key_of_home, with_recorded_key
from kiosk.packs.bundle.judging import BundlePlan, DeskState, judge
from kiosk.packs.bundle.refused import BundleRefused
from kiosk.packs.files import read
from kiosk.packs.install import install
from kiosk.packs.library import Library
from kiosk.privacy.guard import require_storable
from kiosk.privacy.meanings import Meaning
from kiosk.protocol.site.contacts import named_today, read_contacts
from kiosk.protocol.site.district import District, read_district
from kiosk.record.canonical import Json
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.pack_entries import activated, activation, bundle_installed, installed_bundle
from kiosk.settings import Home, read_settings
from kiosk.system.clock import Clock
from kiosk.system.files import save_file

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def judged_here(home: Home, data: bytes, clock: Clock, *, is_sound: bool = False) -> BundlePlan:
    """Return what a bundle changes at this desk. Raises BundleRefused, PrivateText, StoreUnusable and UsageError.

    is_sound: whether the slow checks of exactly this bundle found nothing before.
    """
    plan = judge(home, data, _state(home, clock), is_sound=is_sound)
    for name in (plan.approval.name, plan.approval.role):
        require_storable(name, Meaning.NAME)
    return plan


def _state(home: Home, clock: Clock) -> DeskState:
    settings = with_recorded_key(read_settings(home), key_of_home(home))
    now = clock.now().local()
    if not home.log("live").exists():
        return DeskState(settings, now)
    with closing(open_history(home, "live")) as log:
        newest = log.latest_us()
        if newest is not None:
            now = max(now, (_BEGINNING + timedelta(microseconds=newest)).astimezone(now.tzinfo))
        return DeskState(settings, now, tuple(activated(log, settings.protocol)), installed_bundle(log))


def changes(home: Home, plan: BundlePlan) -> Iterator[str]:
    """Yield a line for each thing that a bundle changes at this desk, in English."""
    manifest = plan.bundle.manifest
    yield f"The bundle was made at {manifest.made_words}. It has {plan.approval.pack} {plan.approval.version}."
    if plan.new_protocol:
        held = plan.approval
        yield f"Protocol: {_version(home, held.pack)} → {held.version}, approved by {held.name} on {held.on}."
    if plan.settings is not None:
        yield from _setting_changes(home, plan)
    if plan.contacts is not None:
        yield from _contact_changes(home, plan)
    if not plan.changed:
        yield "Nothing changes: all of it is here already."


def _version(home: Home, pack_id: str) -> str:
    try:
        protocol = Library(home).find(pack_id).protocol
    except KioskError:
        protocol = None
    return protocol.release.version if protocol else "none"


def _setting_changes(home: Home, plan: BundlePlan) -> Iterator[str]:
    before = _district(home, plan)
    after = read_district(plan.settings or b"", "", plan.protocol)[0]
    was, now = before.valid_for(plan.protocol), after.valid_for(plan.protocol)
    for name, setting in plan.protocol.settings.items():
        old, new = (one.get(name, setting.default) for one in (was, now))
        if old != new:
            yield f"Setting {name}: {old} → {new}."
    if before.special != after.special:
        days = {*before.closed_days, *after.closed_days, *before.short_days, *after.short_days}
        changed = [day for day in sorted(days) if before.special.on(day) != after.special.on(day)]
        words = [f"{day} {after.special.on(day) or 'as usual'}" for day in changed]
        yield f"Closed and short days: {', '.join(words)}."


def _district(home: Home, plan: BundlePlan) -> District:
    file = home.district_file
    return read_district(read(file), "", plan.protocol)[0] if file.is_file() else District()


def _contact_changes(home: Home, plan: BundlePlan) -> Iterator[str]:
    file = home.contacts_file
    before = read_contacts(read(file), "").contacts if file.is_file() else None
    after = read_contacts(plan.contacts or b"", "").contacts
    if after is None or before is None:
        yield "Contacts: those of the bundle; this desk has none that can be read."
        return
    old, new = (named_today(one, plan.protocol) for one in (before, after))
    yield from role_differences(old.roles, new.roles, plan.protocol, "en")
    yield from (
        f"Slot {slot}: {old.slots.get(slot, '(none)')} → {new.slots.get(slot, '(none)')}."
        for slot in sorted({*old.slots, *new.slots})
        if old.slots.get(slot) != new.slots.get(slot)
    )


def put_in_place(home: Home, plan: BundlePlan, clock: Clock) -> str:
    """Install a bundle, then enter it into the log; return why it could not be entered, empty if it was.

    The kiosk itself enters which roles have other people, when it opens next. A power cut leaves each file as it was or
    as it will be. The log has no entry then, so the same bundle is installed again. Raises StoreUnusable, UsageError.
    """
    if plan.contacts is not None:
        store(home, plan.contacts)
    if plan.settings is not None:
        _store_settings(home, plan.settings)
    if plan.new_protocol:
        install(Library(home), plan.found, plan.approval)
    entry = bundle_installed(plan.installed, plan.approval, plan.changed)
    entries = (*([activation(plan.approval)] if plan.new_protocol else []), entry)
    return _entered(home, clock, *entries)


def _store_settings(home: Home, data: bytes) -> None:
    file = home.district_file
    if file.is_file():
        save_file(file.with_name(f"{file.name}.before"), read(file))
    save_file(file, data)


def enter_refusal(home: Home, refused: BundleRefused, clock: Clock) -> str:
    """Enter a refusal into the live log, if there is one; return why it could not be entered, empty otherwise."""
    if not home.log("live").exists():
        return ""
    body: dict[str, Json] = {"bundle": refused.name, "made": refused.made, "why": refused.why}
    if refused.of_protocol is not None:
        body["of_protocol"] = refused.of_protocol
    return _entered(home, clock, Entry(EntryKind.BUNDLE_REFUSED, body, actor=Actor.COMMAND))


def _entered(home: Home, clock: Clock, *entries: Entry) -> str:
    try:
        bootstrap.enter(home, "live", clock, *entries)
    except KioskError as error:
        return error.what
    return ""
