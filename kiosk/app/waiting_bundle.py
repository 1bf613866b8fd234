"""The bundle that the district published for this desk: checked in a process of its own, installed between encounters.

The screen asks only whether one is ready. What takes long, the check of a protocol, never runs in the kiosk itself.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import Any, Final

from kiosk.app.own_program import BACKGROUND, PROGRAM
from kiosk.district.publication import RefusedBundle, published_file, refused_bundle, save_refused
from kiosk.district.status import is_enrolled
from kiosk.errors import KioskError, StoreUnusable
from kiosk.settings import Home
from kiosk.system.clock import Clock
from kiosk.system.files import read_start

FIRST_S: Final = 20.0
"""Seconds until the first look: the kiosk opens before."""
LOOK_S: Final = 30.0
"""Seconds between two looks for a new bundle."""
AGAIN_S: Final = 3600.0
"""Seconds until a bundle that was refused, or could not be installed, is checked again: the desk may have changed."""
CHECK_S: Final = 600.0
"""Seconds that a check may take."""

_LARGEST: Final = 8 << 20
_LOWEST: Final = 19


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found, as `kiosk setup --bundle --preview --json` prints it.

    known: whether the log has an entry of this bundle. changed: the parts that are new here. refused: why it is not
    installed; None if it may be.
    """

    known: bool
    changed: tuple[str, ...]
    refused: Mapping[str, Any] | None

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do: it was installed, and later changes at the desk are the desk's own."""
        return self.known and (self.refused is not None or not self.changed)


def checked(home: Home, file: Path) -> Verdict | None:
    """Check a bundle in a process of its own, with little priority; return None if that failed."""
    words = [*PROGRAM, "--home", str(home.path), "setup", "--bundle", str(file), "--preview", "--json"]
    with suppress(OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError):
        read = json.loads(_output(words))
        return Verdict(bool(read["known"]), tuple(read["changed"]), read["refused"])
    return None


def _output(words: Sequence[str]) -> bytes:
    none = subprocess.DEVNULL
    with subprocess.Popen(words, stdin=none, stdout=subprocess.PIPE, stderr=none, **BACKGROUND) as process:
        if sys.platform != "win32":
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, process.pid, _LOWEST)
        try:
            return bytes(process.communicate(timeout=CHECK_S)[0])
        except BaseException:
            process.kill()
            raise


class WaitingBundle:
    """Looks for a new bundle while the kiosk is open. `check` and `wait` are for tests."""

    def __init__(self, home: Home, clock: Clock, check: Callable[[Home, Path], Verdict | None] = checked) -> None:
        self._home, self._clock, self._check = home, clock, check
        self._closing = threading.Event()
        self._ready = ""
        self._seen: tuple[int, ...] = ()
        self._again_s = 0.0

    def start(self) -> None:
        """Look in the background."""
        threading.Thread(target=self._watch, name="looks-for-bundles", daemon=True).start()

    def close(self) -> None:
        """Stop looking."""
        self._closing.set()

    def ready(self) -> bool:
        """Check whether a bundle may be installed now. It reads nothing."""
        return bool(self._ready)

    def _watch(self) -> None:
        pause_s = FIRST_S
        while not self._closing.wait(pause_s):
            pause_s = LOOK_S
            with suppress(OSError, KioskError):  # a disk or a log that can't be used now; the daily check reports it
                self.look()

    def look(self) -> None:
        """Check a bundle that is new, or was refused an hour ago. Raises OSError, StoreUnusable."""
        file = published_file(self._home)
        if not is_enrolled(self._home) or not file.is_file():
            self._ready = ""
            save_refused(self._home, None)
            return
        found = file.stat()
        seen, now_s = (found.st_mtime_ns, found.st_size, found.st_ino), monotonic()
        if seen == self._seen and (self._ready or now_s < self._again_s):
            return
        self._ready, digest = "", sha256(read_start(file, _LARGEST + 1)).hexdigest()
        verdict = self._check(self._home, file)
        if verdict is None:
            return
        self._seen, self._again_s = seen, math.inf if verdict.is_done else now_s + AGAIN_S
        if verdict.refused is not None and not verdict.known:
            self._refuse(digest, verdict.refused)
        else:
            save_refused(self._home, None)
            self._ready = "" if verdict.is_done else digest

    def _refuse(self, digest: str, why: Mapping[str, Any]) -> None:
        """Keep why a bundle is refused, and enter it into the log, once for each reason."""
        from kiosk.app.bundles import enter_refusal  # noqa: PLC0415 - the log and the protocols, only when needed
        from kiosk.packs.bundle.refused import BundleRefused  # noqa: PLC0415 - likewise
        from kiosk.record.pack_entries import BundleRefusal, PackRefusal  # noqa: PLC0415 - likewise

        known = BundleRefusal.of_id(why["why"])
        before, what, repair = refused_bundle(self._home), str(why["what"]), str(why["repair"])
        if before is not None and (before.file, before.what) == (digest, what):
            return
        if known is not None:
            error = BundleRefused(known, what, repair, PackRefusal.of_id(why.get("of_protocol")))
            error.name, error.made = str(why["bundle"]), str(why["made"])
            enter_refusal(self._home, error, self._clock)
        now_us = self._clock.now().wall_us
        save_refused(self._home, RefusedBundle(digest, str(why["made"]), what, repair, now_us))

    def install(self) -> None:
        """Install the bundle that is ready, by the code of `kiosk setup --bundle`. The log is closed meanwhile.

        What fails leaves the desk as it was, is kept for the home screen and the daily check, and is tried again later.
        """
        from kiosk.app.bundles import judged_here, put_in_place  # noqa: PLC0415 - the log and the protocols

        digest, self._ready = self._ready, ""
        try:
            data = read_start(published_file(self._home), _LARGEST + 1)
            if sha256(data).hexdigest() != digest:  # a newer one came, and is checked first
                return
            plan = judged_here(self._home, data, self._clock, is_sound=True)
            if not put_in_place(self._home, plan, self._clock):
                self._again_s = math.inf
        except OSError:
            return
        except KioskError as error:
            with suppress(StoreUnusable):
                now_us = self._clock.now().wall_us
                save_refused(self._home, RefusedBundle(digest, "", error.what, error.repair, now_us))
