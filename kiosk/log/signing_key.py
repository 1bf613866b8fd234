"""The log signing key, which signs the log's checkpoints: created with the log, stored in the home, never exported.

HOME/keys/MODE.key holds one line, `PRIVATE+KEY+name+id+base64`, readable by one account; its name is the log's origin.
HOME/keys/MODE.checkpoint holds the newest permanent checkpoint. It is outside the log, so that an older copy of the log
in its place is detected. It is written after the entries it covers: a power cut can leave it older, never newer.
HOME/log/MODE.keys lists the public key of every log that this kiosk ever signed, and those of restored logs that
somebody compared with a copy from elsewhere: oldest first, one `name+id+base64` a line. It is not next to the private
key, so that replacing one of the two folders does not replace both.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from kiosk.errors import LogMustBeReplaced, ReplaceReason, StoreUnusable
from kiosk.record.transparency.checkpoint import Checkpoint, read_checkpoint, read_text
from kiosk.record.transparency.checkpoint_loss import CheckpointLoss
from kiosk.record.transparency.signed_note import ED25519, BadNote, Signer, VerifierKey, parse, verifier_key
from kiosk.settings import Home, Mode
from kiosk.system.files import ensure_folder, read_start, save_file

PRIVATE: Final = "PRIVATE+KEY"
_KEY_BYTES: Final = 32
_LARGEST: Final = 1024
_LONGEST_LIST: Final = 1 << 20


def keys_file(home: Home, mode: Mode) -> Path:
    """Return the path of the list of the public keys that this kiosk signed with."""
    return home.log(mode).with_suffix(".keys")


def known_keys(home: Home, mode: Mode) -> tuple[VerifierKey, ...]:
    """Return the public keys that this kiosk signed with, oldest first; empty when the list is missing.

    Raises StoreUnusable when it is altered or can't be read.
    """
    path = keys_file(home, mode)
    try:
        return read_keys(read_start(path, _LONGEST_LIST).decode("ascii"))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, BadNote) as error:
        raise StoreUnusable(
            f"The list of the keys that this kiosk signed with, {path}, was changed or can't be read.",
            "Put back a copy of it, or compare the key on paper: `kiosk log history --acknowledge --key`.",
        ) from error


def listed_keys(home: Home, mode: Mode) -> tuple[VerifierKey, ...]:
    """Return the same; empty also when the list is altered or can't be read: then it confirms nothing."""
    with suppress(StoreUnusable):
        return known_keys(home, mode)
    return ()


def read_keys(text: str) -> tuple[VerifierKey, ...]:
    """Return the public keys in this text, one per line. Raises BadNote."""
    return tuple(map(verifier_key, text.splitlines()))


def list_of(keys: Iterable[VerifierKey]) -> str:
    """Return the list's text, each key once."""
    return "".join(f"{key}\n" for key in dict.fromkeys(keys))


def save_keys(home: Home, mode: Mode, keys: Iterable[VerifierKey]) -> None:
    """Save the list of the public keys that this kiosk signed with, durably. Raises StoreUnusable."""
    path = keys_file(home, mode)
    ensure_folder(path.parent)
    save_file(path, list_of(keys).encode("ascii"))


def key_file(home: Home, mode: Mode) -> Path:
    """Return the path of the log's key, used when systemd provides no credential."""
    return home.path / "keys" / f"{mode}.key"


def new_signer(name: str) -> tuple[Signer, str]:
    """Return a new key with this name, and its line for the key file."""
    private = secrets.token_bytes(_KEY_BYTES)
    signer = Signer(name, private)
    encoded = base64.b64encode(ED25519 + private).decode("ascii")
    return signer, f"{PRIVATE}+{name}+{signer.public.id.hex()}+{encoded}\n"


def save(home: Home, mode: Mode, line: str) -> None:
    """Save the key's line where `read_signer` finds it, durably. Raises StoreUnusable."""
    path = key_file(home, mode)
    ensure_folder(path.parent)
    save_file(path, line.encode("ascii"))


def read_signer(home: Home, mode: Mode, environ: Mapping[str, str] = os.environ) -> Signer:
    """Return the log's key: systemd's credential `kiosk-MODE-key`, else the file in the home.

    Raises LogMustBeReplaced when it is missing or damaged, StoreUnusable when it can't be read.
    """
    return _read(_credential(mode, environ) or key_file(home, mode), mode)


def _read(path: Path, mode: Mode) -> Signer:
    try:
        return _signer(read_start(path, _LARGEST).decode("ascii"))
    except FileNotFoundError as error:
        raise LogMustBeReplaced(
            f"The key that signs the {mode} log is not at {path}.", REPAIR, ReplaceReason.KEY_LOST
        ) from error
    except OSError as error:
        why = (error.strerror or "the system refused").lower()
        raise StoreUnusable(f"The key {path} that signs the {mode} log can't be read ({why}).", REPAIR) from error
    except (ValueError, BadNote) as error:
        raise LogMustBeReplaced(
            f"The key {path} that signs the {mode} log is damaged.", REPAIR, ReplaceReason.KEY_LOST
        ) from error


def credential(mode: Mode, environ: Mapping[str, str] = os.environ) -> Signer | None:
    """Return the key that systemd provides for the mode's log; None without one. Raises StoreUnusable."""
    path = _credential(mode, environ)
    return _read(path, mode) if path else None


def checkpoint_file(home: Home, mode: Mode) -> Path:
    """Return the path of the newest permanent checkpoint, in the key's folder."""
    return home.path / "keys" / f"{mode}.checkpoint"


def remember(home: Home, mode: Mode, note: str) -> None:
    """Save this signed checkpoint in place of the previous one. Raises StoreUnusable."""
    path = checkpoint_file(home, mode)
    ensure_folder(path.parent)
    save_file(path, note.encode("utf-8"))


def remembered(home: Home, mode: Mode, key: VerifierKey | None = None) -> Checkpoint | None:
    """Return the remembered checkpoint; None when it is missing, or when no key of this kiosk signed it.

    key: the key of the present log, besides the keys in the list.
    """
    try:
        note = read_start(checkpoint_file(home, mode), _LARGEST)
        found = read_text(parse(note).text)
        own = _own_keys(home, mode, key).get(found.origin)
        return None if own is None else read_checkpoint(note, own)
    except (OSError, BadNote):
        return None


def checkpoint_loss(home: Home, mode: Mode, key: VerifierKey) -> CheckpointLoss | None:
    """Return how the remembered checkpoint was lost; None when it is here and a key of this kiosk signed it.

    key: the key of the present log.
    """
    if not checkpoint_file(home, mode).exists():
        return CheckpointLoss.MISSING
    return CheckpointLoss.ALTERED if remembered(home, mode, key) is None else None


def _own_keys(home: Home, mode: Mode, key: VerifierKey | None) -> dict[str, VerifierKey]:
    """Return this kiosk's public keys by name: those in its list, that of the present log, and the signing key's."""
    keys = [] if key is None else [key]
    with suppress(StoreUnusable):
        keys.append(read_signer(home, mode).public)
    with suppress(StoreUnusable):
        keys += known_keys(home, mode)
    return {key.name: key for key in keys}


REPAIR: Final = "Put the key back. If it is lost, `kiosk setup` starts a new log and archives the old one."


def _credential(mode: Mode, environ: Mapping[str, str]) -> Path | None:
    folder = environ.get("CREDENTIALS_DIRECTORY")
    path = Path(folder) / f"kiosk-{mode}-key" if folder else None
    return path if path is not None and path.exists() else None


def _signer(line: str) -> Signer:
    before, _, rest = line.strip().partition(f"{PRIVATE}+")
    name, key_id, encoded = rest.split("+", 2)
    try:
        data = base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    if before or data[:1] != ED25519 or len(data) != 1 + _KEY_BYTES:
        raise ValueError("not an Ed25519 key")
    signer = Signer(name, data[1:])
    if signer.public.id.hex() != key_id:
        raise ValueError("name, id and key do not match")
    return signer
