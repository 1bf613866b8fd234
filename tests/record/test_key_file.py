"""The superintendent's key file: opened by its passphrase alone, and never by a part of itself."""

from __future__ import annotations

from typing import Final

import pytest

from kiosk.errors import Refused, UsageError
from kiosk.record.key_file import decrypt_key, new_key, read_key
from kiosk.record.transparency.signed_note import public_of
from tests.homes import KEY, PASSPHRASE

SHORT: Final = "fourteen chars"


def test_a_key_opens_with_its_passphrase_only() -> None:
    """And what opens is the private half of the public key it shows."""
    key = read_key(KEY)
    assert public_of(decrypt_key(key, PASSPHRASE)) == key.public.public
    for other in ("", PASSPHRASE.upper(), f"{PASSPHRASE} "):
        with pytest.raises(Refused, match="passphrase"):
            decrypt_key(key, other)


def test_two_keys_differ_in_everything() -> None:
    """Key, salt and nonce are drawn again."""
    first, second = read_key(new_key("a", PASSPHRASE)), read_key(new_key("a", PASSPHRASE))
    assert first.public != second.public
    assert first.salt != second.salt
    assert first.nonce != second.nonce


def test_the_file_does_not_hold_the_key_in_the_clear() -> None:
    """Neither as bytes nor as base64 or hex."""
    import base64  # noqa: PLC0415 - only here

    private = decrypt_key(read_key(KEY), PASSPHRASE)
    for form in (private, base64.b64encode(private), private.hex().encode()):
        assert form not in KEY


def test_a_short_passphrase_and_an_odd_name_are_refused() -> None:
    """Before anything is made."""
    assert len(SHORT) == 14
    with pytest.raises(UsageError, match="at least 15"):
        new_key("a", SHORT)
    with pytest.raises(UsageError, match="name"):
        new_key("two words", PASSPHRASE)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        KEY[:-10],
        KEY + b"more: x\n",
        KEY.replace(b"private key 1", b"private key 2"),
        KEY.replace(b"m=65536", b"m=9999999"),
        KEY.replace(b"salt: ", b"salt: AA"),
        KEY.replace(b"\n", b"\r\n"),
        b"\n".join(reversed(KEY.splitlines())),
        b"x" * 5000,
    ],
)
def test_a_damaged_file_is_one_sentence(data: bytes) -> None:
    """Whatever happened to it; a file can't ask for more memory either."""
    with pytest.raises(Refused, match=r"damaged\."):
        read_key(data)


def test_another_public_key_in_the_file_is_noticed() -> None:
    """The readable lines are bound to the sealed key."""
    other = str(read_key(new_key("superintendent", PASSPHRASE)).public).encode()
    swapped = KEY.replace(str(read_key(KEY).public).encode(), other)
    assert swapped != KEY
    with pytest.raises(Refused):
        decrypt_key(read_key(swapped), PASSPHRASE)


def test_the_same_word_from_another_keyboard_opens_it() -> None:
    """ñ as one character, or as n with a tilde after it."""
    one, two = "cuatro palabras del año", "cuatro palabras del an\u0303o"
    assert one != two

    key = read_key(new_key("superintendent", one, random=bytes))

    assert decrypt_key(key, two) == decrypt_key(key, one)
