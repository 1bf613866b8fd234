"""The sender fetches what was published, after it has sent, and only into one file."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from db.district.private_server import PrivateServer
from db.district.publishing import Part
from kiosk.district.publication import published_file
from kiosk.district.sending.fetching import LARGEST, fetch
from kiosk.district.sending.sender import Sender
from kiosk.district.sending.wire import NotAcknowledged
from kiosk.district.status import Failure
from kiosk.settings import Home
from tests.db.district.desks import asked
from tests.db.district.test_publishing import add, publication, publisher
from tests.district.test_sender import Enrolled, desk, sent

__all__ = ["desk", "publisher"]


class Lying:
    """A district that answers as it likes."""

    def __init__(self, part: Part | None) -> None:
        self._part = part

    def published(self, known: bytes) -> Part | None:
        """Answer."""
        del known
        return self._part


def test_a_sender_fetches_the_newest_bundle_once(desk: Enrolled, server: PrivateServer, publisher: str) -> None:
    """Of its own school; one that was deleted comes again."""
    assert sent(desk).failure is None
    assert not published_file(desk.home).exists()
    add(server, desk.database, publisher, publication(1, all=b"of all", Lincoln=b"of Lincoln"))
    assert sent(desk).failure is None
    assert published_file(desk.home).read_bytes() == b"of Lincoln"
    before = published_file(desk.home).stat().st_mtime_ns
    sent(desk)
    assert published_file(desk.home).stat().st_mtime_ns == before
    published_file(desk.home).unlink()
    sent(desk)
    assert published_file(desk.home).read_bytes() == b"of Lincoln"
    assert not desk.home.contacts_file.exists()


def test_a_desk_that_may_fetch_nothing_sends_all_the_same(desk: Enrolled, server: PrivateServer) -> None:
    """The failure is kept, and everything is there."""
    asked(server, desk.database, "REVOKE EXECUTE ON FUNCTION district.published FROM district_desk")
    status = sent(desk)
    assert (status.failure, status.behind, status.values_behind) == (Failure.NOT_ALLOWED, 0, 0)


def test_a_sender_looks_again_only_after_some_minutes(desk: Enrolled, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it sends meanwhile; a look that failed counts too."""
    looks = list[Home]()
    monkeypatch.setattr("kiosk.district.sending.sender.fetch", lambda home, _: looks.append(home))
    now_s = iter((1000.0, 1100.0, 1239.0, 1240.0))
    monkeypatch.setattr("kiosk.district.sending.sender.monotonic", lambda: next(now_s))
    sender = Sender(desk.home, None, None, None, None)  # type: ignore[arg-type]
    for count in (1, 1, 1, 2):
        sender._fetch(None)  # type: ignore[arg-type]
        assert len(looks) == count


@pytest.mark.parametrize(
    "part", [Part(sha256(b"x").digest(), b"other"), Part(sha256(bytes(LARGEST + 1)).digest(), bytes(LARGEST + 1))]
)
def test_a_bundle_that_is_not_as_announced_is_not_kept(tmp_path: Path, part: Part) -> None:
    """Or one that is too large."""
    with pytest.raises(NotAcknowledged) as error:
        fetch(Home(tmp_path), Lying(part))  # type: ignore[arg-type]
    assert error.value.why is Failure.UNEXPECTED
    assert [*tmp_path.iterdir()] == []


def test_a_disk_that_can_not_be_written_costs_only_another_call(tmp_path: Path) -> None:
    """Nothing is raised."""
    (tmp_path / "district").write_bytes(b"a file in the place of the folder")
    assert fetch(Home(tmp_path), Lying(Part(sha256(b"x").digest(), b"x")))  # type: ignore[arg-type]
