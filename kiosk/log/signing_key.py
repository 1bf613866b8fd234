"""The log signing key, which signs the log's checkpoints: created with the log, stored in the home, never exported.

HOME/keys/MODE.key holds one line, `PRIVATE+KEY+name+id+base64`, readable by one account; its name is the log's origin.
HOME/keys/MODE.checkpoint holds the newest permanent checkpoint. It is outside the log, so that an older copy of the log
in its place is detected. It is written after the entries it covers: a power cut can leave it older, never newer.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kiosk.errors import LogMustBeReplaced, ReplaceReason, StoreUnusable
from kiosk.record.transparency.checkpoint import Checkpoint, read_checkpoint, read_text
from kiosk.record.transparency.signed_note import ED25519, BadNote, Signer, VerifierKey, parse
from kiosk.settings import Home
from kiosk.system.files import ensure_folder, remove, save_file

PRIVATE: Final = "PRIVATE+KEY"
_KEY_BYTES: Final = 32
_LARGEST: Final = 1024


def key_file(home: Home, mode: str) -> Path:
    """Return the path of the log's key, used when systemd provides no credential."""
    return home.path / "keys" / f"{mode}.key"


def new_signer(name: str) -> tuple[Signer, str]:
    """Return a new key with this name, and its line for the key file."""
    private = secrets.token_bytes(_KEY_BYTES)
    signer = Signer(name, private)
    encoded = base64.b64encode(ED25519 + private).decode("ascii")
    return signer, f"{PRIVATE}+{name}+{signer.public.id.hex()}+{encoded}\n"


def save(home: Home, mode: str, line: str) -> None:
    """Save the key's line where `read_signer` finds it, durably. Raises StoreUnusable."""
    path = key_file(home, mode)
    ensure_folder(path.parent)
    save_file(path, line.encode("ascii"))


def read_signer(home: Home, mode: str, environ: Mapping[str, str] = os.environ) -> Signer:
    """Return the log's key: systemd's credential `kiosk-MODE-key`, else the file in the home.

    Raises LogMustBeReplaced when it is missing or damaged, StoreUnusable when it can't be read.
    """
    return _read(_credential(mode, environ) or key_file(home, mode), mode)


def _read(path: Path, mode: str) -> Signer:
    try:
        with path.open("rb") as file:
            return _signer(file.read(_LARGEST).decode("ascii"))
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


def credential(mode: str, environ: Mapping[str, str] = os.environ) -> Signer | None:
    """Return the key that systemd provides for the mode's log; None without one. Raises StoreUnusable."""
    path = _credential(mode, environ)
    return _read(path, mode) if path else None


def checkpoint_file(home: Home, mode: str) -> Path:
    """Return the path of the newest permanent checkpoint, in the key's folder."""
    return home.path / "keys" / f"{mode}.checkpoint"


def remember(home: Home, mode: str, note: str) -> None:
    """Save this signed checkpoint in place of the previous one. Raises StoreUnusable."""
    path = checkpoint_file(home, mode)
    ensure_folder(path.parent)
    save_file(path, note.encode("utf-8"))


def remembered(home: Home, mode: str, key: VerifierKey | None = None) -> Checkpoint | None:
    """Return the remembered checkpoint; None when there is no readable one.

    key: the key of the present log; a checkpoint of that log then counts only if this key signed it.
    """
    try:
        with checkpoint_file(home, mode).open("rb") as file:
            note = file.read(_LARGEST)
        found = read_text(parse(note).text)
        return found if key is None or key.name != found.origin else read_checkpoint(note, key)
    except (OSError, BadNote):
        return None


def forget(home: Home, mode: str) -> None:
    """Delete the remembered checkpoint before a new log is created. Raises StoreUnusable."""
    remove(checkpoint_file(home, mode))


REPAIR: Final = "Put the key back. If it is lost, `kiosk setup` starts a new log and archives the old one."


def _credential(mode: str, environ: Mapping[str, str]) -> Path | None:
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
