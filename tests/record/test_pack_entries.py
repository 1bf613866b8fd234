"""The content of a pack as an entry: kept once, found by its content hash, and an altered one is passed over."""

from __future__ import annotations

from dataclasses import replace

from kiosk.protocol.content_hash import content_of
from kiosk.protocol.pack import read_pack
from kiosk.record.entries import encode as encoded
from kiosk.record.pack_entries import is_kept, kept_content, kept_entry, protocol_in, repeats_newest
from kiosk.system.clock import Instant
from tests.fakes import MemoryLog
from tests.homes import PACK

FILES = {"protocol.yaml": PACK.encode()}
CONTENT, CONTENT_HASH = content_of(FILES)
PROTOCOL = read_pack(FILES).protocol


def a_log() -> MemoryLog:
    """A log that keeps the small pack."""
    assert PROTOCOL is not None
    log = MemoryLog()
    entry = kept_entry(PROTOCOL, CONTENT_HASH, CONTENT)
    log.append([encoded(entry, origin=log.origin, seq=0, event_id="one", at=Instant(1, "boot", 1))])
    return log


def test_what_is_kept_is_found_by_its_seal_and_reads_as_the_protocol() -> None:
    """Whole, with every word in its place."""
    log = a_log()
    assert is_kept(log, CONTENT_HASH)
    assert not is_kept(log, "0" * 64)
    assert protocol_in(kept_content(log, CONTENT_HASH), CONTENT_HASH) == PROTOCOL


def test_an_altered_entry_is_passed_over_not_raised() -> None:
    """It must not keep the desk from opening; the content is kept again."""
    log = a_log()
    assert PROTOCOL is not None
    log.kept[0] = replace(log.kept[0], leaf=bytes(32))
    assert not is_kept(log, CONTENT_HASH)
    assert not repeats_newest(log, kept_entry(PROTOCOL, CONTENT_HASH, CONTENT))


def test_content_of_another_seal_or_none_is_no_protocol() -> None:
    """Nothing is shown as the words of a pack that are not."""
    for content in (None, "", "{}", "[", CONTENT.replace("Call.", "Ring.")):
        assert protocol_in(content, CONTENT_HASH) is None
