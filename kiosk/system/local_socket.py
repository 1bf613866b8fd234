"""Messages between two programs of one account on one machine, over a socket that a file names.

It is a Unix-domain socket where the system has them and its path fits: then the folder, the mode of the file and the
account of the other end keep others out. Else it is a port of the loopback interface, which any account can open: then
each message is encrypted with a key from a private file.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import struct
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kiosk.system.files import save_file

LARGEST: Final = 1 << 20
"""Maximum size of a message, in bytes."""

_UNIX: Final[int | None] = getattr(socket, "AF_UNIX", None)
_PEER: Final[int | None] = getattr(socket, "SO_PEERCRED", None)
_LENGTH: Final = struct.Struct(">I")
_CREDENTIALS: Final = struct.Struct("iII")
_NONCE: Final = 12
_KEY: Final = 32
_SEALED: Final = _NONCE + 16
"""Bytes that encryption adds to a message."""
_PIECE: Final = 1 << 16
_BACKLOG: Final = 64
_LOOPBACK: Final = "127.0.0.1"


class BadMessage(ValueError):
    """Bytes that are no message, or not of the program at the other end."""


def socket_file(path: Path) -> Path:
    """Return the path of the Unix-domain socket."""
    return path.with_suffix(".socket")


def port_file(path: Path) -> Path:
    """Return the path of the private file with the port and the key."""
    return path.with_suffix(".port")


@dataclass(slots=True, eq=False)
class Channel:
    """One connection. key: encrypts the messages; None for a Unix-domain socket. listens: of the end that accepted."""

    sock: socket.socket
    key: bytes | None
    listens: bool
    _come: bytearray = field(default_factory=bytearray)

    def send(self, message: bytes, until: float) -> None:
        """Send a message before `until`, by the monotonic clock. Raises OSError, also TimeoutError."""
        self._wait(until)
        self.sock.sendall(self._framed(message))

    def receive(self, until: float) -> bytes:
        """Return the next message. Raises OSError, TimeoutError, BadMessage, and EOFError once the other end closed."""
        while (message := self._next()) is None:
            self._wait(until)
            piece = self.sock.recv(_PIECE)
            if not piece:
                raise EOFError
            self._come += piece
        return message

    def post(self, message: bytes) -> bool:
        """Send a short message without waiting; return False when the other end is gone or reads nothing."""
        framed = self._framed(message)
        self.sock.setblocking(False)
        try:
            return self.sock.send(framed) == len(framed)
        except OSError:
            return False

    def arrived(self) -> bytes | None:
        """Return the message once all of it is here, without waiting; None until then.

        Raises EOFError when the other end closed, OSError, BadMessage.
        """
        if (message := self._next()) is not None:
            return message
        self.sock.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            piece = self.sock.recv(_PIECE)
            if not piece:
                raise EOFError
            self._come += piece
        return self._next()

    def withdraw(self) -> tuple[list[bytes], bool]:
        """Refuse further messages; return those that came before, and whether the other end knows it at once.

        If it does, its next `post` fails. Other systems only guarantee this some time later.
        """
        with contextlib.suppress(OSError):
            self.sock.shutdown(socket.SHUT_RD)
        found: list[bytes] = []
        with contextlib.suppress(OSError, EOFError, BadMessage):
            while (message := self.arrived()) is not None:
                found.append(message)
        return found, sys.platform == "linux" and self.sock.family == _UNIX

    def close(self) -> None:
        """Close the connection."""
        self.sock.close()

    def _wait(self, until: float) -> None:
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.sock.settimeout(left)

    def _framed(self, message: bytes) -> bytes:
        sealed = message if self.key is None else _sealed(message, self.key, listens=self.listens)
        return _LENGTH.pack(len(sealed)) + sealed

    def _next(self) -> bytes | None:
        """Return the next complete message and remove it. Raises BadMessage."""
        if len(self._come) < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack_from(self._come)
        if length > LARGEST + _SEALED:
            raise BadMessage("too long")
        end = _LENGTH.size + length
        if len(self._come) < end:
            return None
        message = bytes(self._come[_LENGTH.size : end])
        del self._come[:end]
        return message if self.key is None else _opened(message, self.key, listens=not self.listens)


@dataclass(frozen=True, slots=True)
class Listener:
    """The end that others connect to. key: as in `Channel`; file: names the socket or the port."""

    sock: socket.socket
    key: bytes | None
    file: Path

    def accept(self) -> Channel | None:
        """Return the next connection; None when there is none after all, or when it is of another account."""
        try:
            sock, _ = self.sock.accept()
        except OSError:
            return None
        if not _is_own(sock):
            sock.close()
            return None
        return Channel(sock, self.key, listens=True)

    def hide(self) -> None:
        """Remove the file, so that nobody connects any more; the next listener may begin."""
        with contextlib.suppress(OSError):
            self.file.unlink()

    def close(self) -> None:
        """Stop listening. After `hide`, the file may be the next listener's and stays."""
        self.sock.close()


def listen(path: Path) -> Listener:
    """Listen at the socket that belongs to `path`. Only one program may do so at a time. Raises OSError, StoreUnusable.

    It replaces a file that a program left which did not end in order.
    """
    for file in (socket_file(path), port_file(path)):
        with contextlib.suppress(OSError):
            file.unlink()
    # A path may be too long, and a network folder may refuse sockets.
    with contextlib.suppress(OSError):
        if _UNIX is not None:
            return _listen_unix(_UNIX, socket_file(path))
    return _listen_loopback(port_file(path))


def connect(path: Path, until: float) -> Channel | None:
    """Connect to the program that listens at `path`; None when there is none of this account. Raises TimeoutError."""
    address: tuple[str, int] | str = str(socket_file(path))
    family, key = _UNIX, None
    try:
        port = json.loads(port_file(path).read_bytes())
        family, address, key = socket.AF_INET, (_LOOPBACK, int(port["port"])), bytes.fromhex(port["key"])
    except OSError:  # no such file
        pass
    except (ValueError, KeyError, TypeError):
        return None
    if family is None:
        return None
    channel = Channel(socket.socket(family, socket.SOCK_STREAM), key, listens=False)
    try:
        channel._wait(until)  # noqa: SLF001 - the same module
        channel.sock.connect(address)
    except TimeoutError:
        channel.close()
        raise
    except OSError:
        channel.close()
        return None
    if _is_own(channel.sock):
        return channel
    channel.close()
    return None


def _listen_unix(family: int, file: Path) -> Listener:
    with _unless_failing(socket.socket(family, socket.SOCK_STREAM)) as sock:
        sock.bind(str(file))
        file.chmod(0o600)
        return _listening(sock, None, file)


def _listen_loopback(file: Path) -> Listener:
    with _unless_failing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as sock:
        sock.bind((_LOOPBACK, 0))
        key = secrets.token_bytes(_KEY)
        save_file(file, json.dumps({"port": sock.getsockname()[1], "key": key.hex()}).encode("ascii"))
        return _listening(sock, key, file)


def _listening(sock: socket.socket, key: bytes | None, file: Path) -> Listener:
    sock.listen(_BACKLOG)
    sock.setblocking(False)
    return Listener(sock, key, file)


@contextlib.contextmanager
def _unless_failing(sock: socket.socket) -> Iterator[socket.socket]:
    try:
        yield sock
    except BaseException:
        sock.close()
        raise


def _is_own(sock: socket.socket) -> bool:
    """Check that the other end runs under this account. Without the system's word, the file's mode and key decide."""
    if _PEER is None or sock.family != _UNIX:
        return True
    _, account, _ = _CREDENTIALS.unpack(sock.getsockopt(socket.SOL_SOCKET, _PEER, _CREDENTIALS.size))
    return bool(account == os.geteuid())


def _sealed(message: bytes, key: bytes, *, listens: bool) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: PLC0415 - only without sockets

    nonce = secrets.token_bytes(_NONCE)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, message, _direction(listens=listens))


def _opened(message: bytes, key: bytes, *, listens: bool) -> bytes:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - only without sockets
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: PLC0415 - likewise

    if len(message) < _SEALED:
        raise BadMessage("too short")
    try:
        return ChaCha20Poly1305(key).decrypt(message[:_NONCE], message[_NONCE:], _direction(listens=listens))
    except InvalidTag as error:
        raise BadMessage("not encrypted with this key") from error


def _direction(*, listens: bool) -> bytes:
    """Return the sender's end, which is authenticated with a message, so that none can be sent back as an answer."""
    return b"listener" if listens else b"caller"
