"""The superintendent's key file: opened by its passphrase alone, and never by a part of itself."""

from __future__ import annotations

import base64
from typing import Final

import pytest

from kiosk.errors import Refused, UsageError
from kiosk.record.disclosure.encryption import DistrictKey, district_public
from kiosk.record.key_file import DECRYPTS, LONGEST_NAME, SIGNS, decrypt_key, new_key, read_key
from kiosk.record.transparency.signed_note import VerifierKey, public_of
from tests.homes import KEY, PASSPHRASE

SHORT: Final = "fourteen chars"
HEAD: Final = """\
front-office-kiosk private key 1
public: superintendent+4237132c+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4
made with: argon2id m=65536 t=3 p=4, chacha20-poly1305
salt: AAECAwQFBgcICQoLDA0ODw==
nonce: AAECAwQFBgcICQoL
"""
ENCRYPTED: Final = "WcM3ltaVc1Ees1POhkLZp/D0xJ74hh26/FvDgUx3o7/0TkywZZcTqiDSnLdTANVR"


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
    private = decrypt_key(read_key(KEY), PASSPHRASE)
    for form in (private, base64.b64encode(private), private.hex().encode()):
        assert form not in KEY


def test_a_short_passphrase_and_an_odd_name_are_refused() -> None:
    """Before anything is made."""
    assert len(SHORT) == 14
    with pytest.raises(UsageError, match="at least 15"):
        new_key("a", SHORT)
    for odd in ("two words", "a+b", "Peña", "x" * (LONGEST_NAME + 1), ""):
        with pytest.raises(UsageError, match="name"):
            new_key(odd, PASSPHRASE)


def test_the_longest_name_makes_a_file_that_is_read() -> None:
    """A key that was made can be used."""
    name = "x" * LONGEST_NAME
    assert read_key(new_key(name, PASSPHRASE)).public.name == name


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


def test_a_key_file_of_years_ago_is_still_the_same() -> None:
    """Byte for byte, so no other parameters or form can have come in; and every line is read."""
    assert KEY.decode("ascii") == f"{HEAD}encrypted: {ENCRYPTED}\n"
    key = read_key(KEY)
    assert (key.use, key.head) == (SIGNS, HEAD.encode("ascii"))
    assert (key.salt, key.nonce, key.encrypted) == (
        bytes(range(16)),
        bytes(range(12)),
        base64.b64decode(ENCRYPTED),
    )
    assert key.public == VerifierKey("superintendent", public_of(bytes(range(32))))


def test_a_district_key_decrypts_and_does_not_sign() -> None:
    """Its first line and the algorithm of its public key say so; neither fits the other use."""
    data = new_key("district", PASSPHRASE, random=lambda length: bytes(range(length)), use=DECRYPTS)
    key = read_key(data)
    assert data.startswith(f"{DECRYPTS}\n".encode("ascii"))
    assert (key.use, key.public) == (DECRYPTS, DistrictKey("district", district_public(bytes(range(32)))))
    assert decrypt_key(key, PASSPHRASE) == bytes(range(32))
    for other in (
        data.replace(DECRYPTS.encode(), SIGNS.encode()),
        KEY.replace(SIGNS.encode(), DECRYPTS.encode()),
    ):
        with pytest.raises(Refused):
            read_key(other)


def test_a_passphrase_may_be_as_short_as_the_limit() -> None:
    """One character longer than the longest that is refused."""
    assert read_key(new_key("a", f"{SHORT}!", random=bytes)).public.name == "a"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("salt", bytes(15)),
        ("salt", bytes(17)),
        ("nonce", bytes(11)),
        ("nonce", bytes(13)),
        ("encrypted", bytes(47)),
        ("encrypted", bytes(49)),
        ("encrypted", b""),
    ],
)
def test_a_value_of_another_length_is_refused(line: str, value: bytes) -> None:
    """Before it reaches the cipher."""
    lines = dict(text.split(": ") for text in KEY.decode("ascii").splitlines()[1:])
    lines[line] = base64.b64encode(value).decode("ascii")
    with pytest.raises(Refused):
        read_key("".join([f"{SIGNS}\n", *(f"{name}: {text}\n" for name, text in lines.items())]).encode("ascii"))


@pytest.mark.parametrize("odd", ["!", " ", "=", "\xa0"])
def test_other_characters_in_the_encrypted_key_are_refused(odd: str) -> None:
    """They are not bound to the readable lines, so nothing else would notice them."""
    with pytest.raises(Refused):
        read_key(KEY.replace(b"encrypted: WcM3", f"encrypted: Wc{odd}M3".encode()))


def test_a_file_that_is_too_large_is_refused_though_every_line_is_valid() -> None:
    """Only a name can be long; no key has such a one."""
    public = str(read_key(KEY).public)
    for length, fits in ((100, True), (4100, False)):
        long = str(VerifierKey("x" * length, public_of(bytes(range(32)))))
        data = KEY.replace(public.encode("ascii"), long.encode("ascii"))
        if fits:
            assert read_key(data).public.name == "x" * length
        else:
            with pytest.raises(Refused):
                read_key(data)


def test_a_passphrase_with_half_a_character_opens_too() -> None:
    """Some terminals give bytes that are no text; the key must not be lost by that."""
    odd = "\udcff" * 15
    assert decrypt_key(read_key(new_key("a", odd, random=bytes)), odd) == bytes(32)
