"""Whether a log can still be written: its key is here, and it continues the checkpoint that the kiosk remembers."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.errors import LogMustBeReplaced, ReplaceReason
from kiosk.log.continuity import require_newest, require_usable, signer_for
from kiosk.log.create import ORIGIN
from kiosk.log.signing_key import checkpoint_file, checkpoint_loss, new_signer, remember, save, save_keys
from kiosk.record.transparency.checkpoint import Checkpoint, sign_checkpoint
from kiosk.record.transparency.checkpoint_loss import CheckpointLoss
from kiosk.record.transparency.merkle import Tree
from kiosk.record.transparency.signed_note import Signer, VerifierKey
from kiosk.settings import Home

LEAVES = [bytes([number]) * 32 for number in range(5)]


@dataclass
class OpenLog:
    """An open log that is no more than its leaf hashes; its checkpoint is always valid."""

    signer: Signer
    leaves: list[bytes]

    @property
    def origin(self) -> str:
        """The origin of the log."""
        return self.signer.public.name

    @property
    def key(self) -> VerifierKey:
        """Its public key."""
        return self.signer.public

    def verified_checkpoint(self) -> Checkpoint:
        """The checkpoint over all leaves."""
        tree = Tree().grown(self.leaves)
        return Checkpoint(self.origin, tree.size, tree.root)

    def root_at(self, size: int) -> bytes | None:
        """The root over the first leaves."""
        return Tree().grown(self.leaves[:size]).root if size <= len(self.leaves) else None


def name() -> str:
    """The origin of one more log."""
    return f"{ORIGIN}{uuid.uuid4()}"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty home."""
    return Home(tmp_path)


@pytest.fixture
def log(home: Home) -> OpenLog:
    """A log of three entries whose key is in the home; the kiosk remembers no checkpoint."""
    signer, line = new_signer(name())
    save(home, "live", line)
    return OpenLog(signer, LEAVES[:3])


def remember_signed(home: Home, log: OpenLog, leaves: list[bytes]) -> None:
    """Let the kiosk remember that this log had these leaves."""
    remember(home, "live", sign_checkpoint(log.origin, Tree().grown(leaves), log.signer).note)


def reason_of(home: Home, log: OpenLog) -> ReplaceReason:
    """Why this log must be replaced."""
    with pytest.raises(LogMustBeReplaced) as told:
        require_usable(home, "live", log, {})
    return told.value.reason


def test_a_log_with_its_key_can_be_written(home: Home, log: OpenLog) -> None:
    """Its key is returned, with no remembered checkpoint and with one that the log continues."""
    assert require_usable(home, "live", log, {}).public == log.key
    for known in (LEAVES[:2], LEAVES[:3]):
        remember_signed(home, log, known)
        assert require_usable(home, "live", log, {}).public == log.key


@pytest.mark.parametrize(
    ("known", "reason"),
    [(LEAVES[:4], ReplaceReason.ROLLED_BACK), (LEAVES[1:3], ReplaceReason.FORKED), (LEAVES[2:], ReplaceReason.FORKED)],
    ids=["shorter", "other entries", "as long, with other entries"],
)
def test_a_log_that_does_not_continue_what_was_signed_must_be_replaced(
    home: Home, log: OpenLog, known: list[bytes], reason: ReplaceReason
) -> None:
    """A shorter log is an older copy; one with other entries was written to elsewhere."""
    remember_signed(home, log, known)
    assert reason_of(home, log) is reason


def test_a_checkpoint_of_another_log_makes_this_one_foreign(home: Home, log: OpenLog) -> None:
    """The kiosk wrote another log last, so this file came from elsewhere."""
    other = OpenLog(new_signer(name())[0], [])
    remember_signed(home, other, LEAVES[:1])
    save_keys(home, "live", [other.key, log.key])
    assert reason_of(home, log) is ReplaceReason.FOREIGN


def test_a_checkpoint_that_no_key_of_this_kiosk_signed_accuses_no_log(home: Home, log: OpenLog) -> None:
    """Anybody can write such a file: it counts as lost, and the log can be written."""
    remember_signed(home, OpenLog(new_signer(name())[0], []), LEAVES[:1])
    assert require_usable(home, "live", log, {}).public == log.key
    assert checkpoint_loss(home, "live", log.key) is CheckpointLoss.ALTERED
    checkpoint_file(home, "live").unlink()
    assert checkpoint_loss(home, "live", log.key) is CheckpointLoss.MISSING


def test_a_key_of_the_same_name_is_a_replaced_key_and_any_other_is_foreign(home: Home, log: OpenLog) -> None:
    """The name of a key is the origin of its log."""
    for owner, reason in ((log.origin, ReplaceReason.KEY_REPLACED), (name(), ReplaceReason.FOREIGN)):
        save(home, "live", new_signer(owner)[1])
        assert reason_of(home, log) is reason


def test_the_key_of_the_mode_is_the_one_that_counts(home: Home, log: OpenLog) -> None:
    """The live log's key signs no practice log."""
    assert signer_for(home, "live", log, {}).public == log.key
    with pytest.raises(LogMustBeReplaced) as told:
        signer_for(home, "practice", log, {})
    assert told.value.reason is ReplaceReason.KEY_LOST


def test_entries_that_a_running_kiosk_signs_meanwhile_are_no_sign_of_an_older_copy(home: Home, log: OpenLog) -> None:
    """What is remembered is read before the log: read after it, it would be newer than what was seen of the log."""

    class Growing(OpenLog):
        def verified_checkpoint(self) -> Checkpoint:
            found = super().verified_checkpoint()
            self.leaves = LEAVES
            remember_signed(home, self, LEAVES)
            return found

    remember_signed(home, log, LEAVES[:3])
    growing = Growing(log.signer, LEAVES[:3])
    require_newest(home, "live", growing)
    assert growing.leaves == LEAVES
