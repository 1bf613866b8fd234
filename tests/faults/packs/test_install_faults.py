"""An install that is cut off anywhere leaves the old protocol in force, or the new one; never a part, never none."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kiosk.errors import StoreUnusable
from kiosk.packs.install import examined, install
from kiosk.packs.library import Library
from kiosk.record.approval import Approval
from kiosk.settings import Home, Settings
from tests.homes import CONTACTS, PACK, PUBLIC, SCENARIOS, approved

TODAY = date(2026, 9, 14)
SETTINGS = Settings(school="Lincoln Elementary School", protocol="small", superintendent_key=PUBLIC)
_MOST = 200


class PowerCut(BaseException):
    """The machine goes off: nothing that follows runs, no clean-up either."""


class _Cut:
    """Counts the file operations; from the n-th on, nothing reaches the disk any more."""

    def __init__(self, at: int, kind: Callable[[], BaseException]) -> None:
        self.at, self.count, self.kind = at, 0, kind

    def instead(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def operation(*words: Any, **more: Any) -> Any:
            self.count += 1
            dead = self.count > self.at if self.kind is PowerCut else False
            if self.count == self.at or dead:
                raise self.kind()
            return real(*words, **more)

        return operation


@contextmanager
def cut(at: int, kind: Callable[[], BaseException]) -> Iterator[_Cut]:
    """Let the n-th writing operation, and for a power cut all that follow, fail."""
    found = _Cut(at, kind)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("fsync", "mkdir", "rename", "replace", "unlink", "rmdir"):
            patch.setattr(os, name, found.instead(getattr(os, name)))
        real = os.open

        def opening(path: Any, flags: int, *words: Any, **more: Any) -> int:
            act = found.instead(real) if flags & os.O_CREAT else real
            return int(act(path, flags, *words, **more))

        patch.setattr(os, "open", opening)
        yield found


def a_pack(folder: Path, version: str) -> Path:
    """A signed pack of that version."""
    folder.mkdir(parents=True)
    (folder / "protocol.yaml").write_text(PACK.replace('"2026.1"', f'"{version}"'), encoding="utf-8")
    (folder / "scenarios.yaml").write_text(SCENARIOS, encoding="utf-8")
    approved(folder)
    return folder


def installed(home: Home, pack: Path) -> None:
    """Install it, as the command does."""
    library = Library(home)
    found = library.at(pack)
    held = examined(library, found, SETTINGS, TODAY)
    assert isinstance(held, Approval), held
    install(library, found, held)


def a_home(folder: Path) -> Home:
    """A home in which version 2026.1 is live."""
    home = Home(folder / "home")
    home.path.mkdir(parents=True)
    home.contacts_file.write_text(CONTACTS, encoding="utf-8")
    installed(home, a_pack(folder / "old", "2026.1"))
    return home


def live_version(home: Home) -> str:
    """Return the running pack; it must run live, with exactly the signed content."""
    force = Library(home).in_force(SETTINGS, TODAY)
    assert force.mode == "live", force.reasons
    assert force.approval is not None
    assert force.found.content_hash == force.approval.content_hash
    return force.protocol.release.version


@pytest.mark.parametrize("kind", [PowerCut, lambda: OSError(28, "No space left on device")], ids=["power", "full"])
def test_cut_off_at_any_operation_the_old_or_the_new_is_in_force(
    tmp_path: Path, kind: Callable[[], BaseException]
) -> None:
    """At every one of them in turn; and afterwards the same install goes through."""
    seen = []
    for at in range(1, _MOST):
        home = a_home(tmp_path / str(at))
        new = a_pack(tmp_path / str(at) / "new", "2026.2")
        with cut(at, kind) as found, suppress(PowerCut, StoreUnusable):
            installed(home, new)
        seen.append(live_version(home))
        if found.count < at:
            break
        installed(home, new)
        assert live_version(home) == "2026.2"
    assert len(seen) > 10, "the install made no operations that could be cut off"
    assert (seen[0], seen[-1]) == ("2026.1", "2026.2")
    assert seen == sorted(seen), "once the new one was in force, the old one came back"


def test_a_half_written_kept_copy_is_put_right_by_the_next_install(tmp_path: Path) -> None:
    """However it was damaged: its content hash does not match, and it never runs."""
    home = a_home(tmp_path)
    library = Library(home)
    content_hash = library.find("small").content_hash
    file = library.kept_folder(content_hash) / "protocol.yaml"
    file.write_bytes(file.read_bytes()[:700])
    assert library.kept(content_hash) is None
    assert live_version(home) == "2026.1"
    installed(home, tmp_path / "old")
    assert library.kept(content_hash) is not None
