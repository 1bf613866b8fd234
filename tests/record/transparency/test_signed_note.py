"""Signed notes: what was signed can be read, and one changed bit makes it nobody's."""

from __future__ import annotations

import base64
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.record.transparency.signed_note import (
    LARGEST,
    BadNote,
    VerifierKey,
    is_name,
    parse,
    public_of,
    sign,
    verifier_key,
    verify,
)

# The note and key that the format's specification gives as its example.
SPEC_KEY: Final = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SPEC_TEXT: Final = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
SPEC_LINE: Final = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
SPEC_NOTE: Final = f"{SPEC_TEXT}\n{SPEC_LINE}".encode()

# RFC 8032, section 7.1: private key, public key, message, signature.
VECTORS: Final = (
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
)

PRIVATE: Final = bytes(range(32))
KEY: Final = VerifierKey("superintendent", public_of(PRIVATE))
NOTE: Final = sign("pack: small\n", "superintendent", PRIVATE)

texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters=[chr(c) for c in range(32)]) | st.just("\n")
)


@pytest.mark.parametrize(("private", "public", "message", "signature"), VECTORS)
def test_the_signatures_are_those_of_the_standard(private: str, public: str, message: str, signature: str) -> None:
    """The library below signs as RFC 8032 does, and derives the same public key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - only here

    assert public_of(bytes.fromhex(private)).hex() == public
    made = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private)).sign(bytes.fromhex(message))
    assert made.hex() == signature


def test_the_specification_s_own_note_holds() -> None:
    """Written by another program, with another key."""
    key = verifier_key(SPEC_KEY)
    assert (str(key), key.name) == (SPEC_KEY, "PeterNeumann")
    assert verify(SPEC_NOTE, key) == SPEC_TEXT


@given(texts.map(lambda text: f"{text}\n"))
@settings(deadline=None)
def test_what_was_signed_is_read_back(text: str) -> None:
    """Exactly, with its blank lines, whatever the text."""
    if not text.strip("\n"):
        return  # nothing but line ends has no blank line of its own
    note = sign(text, "superintendent", PRIVATE)
    assert verify(note, KEY) == text


@given(st.integers(0, len(NOTE) * 8 - 1))
@settings(deadline=None)
def test_one_changed_bit_is_refused(bit: int) -> None:
    """Wherever it is: in the text, in the dash, the name, the id or the signature."""
    changed = bytearray(NOTE)
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(BadNote):
        verify(bytes(changed), KEY)


@given(st.binary(max_size=300) | st.binary(max_size=100).map(lambda data: NOTE + data))
@settings(deadline=None)
def test_any_bytes_are_a_note_or_refused_in_words(data: bytes) -> None:
    """Never anything else than a BadNote."""
    assert told(data)


def told(data: bytes) -> str:
    """The text that was signed, or the sentence that refuses it."""
    try:
        return verify(data, KEY)
    except BadNote as bad:
        return f"{bad.what} {bad.repair}"


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"\n\n",
        b"text\n",
        b"text\n\n",
        SPEC_TEXT.encode(),
        SPEC_NOTE[:-1],
        f"\n\n{SPEC_LINE}".encode(),
        SPEC_NOTE.replace("— ".encode(), b"- "),
        SPEC_NOTE.replace("— ".encode(), b""),
        SPEC_NOTE + "— other AAAAAA==\n".encode(),
        SPEC_NOTE + "— other\n".encode(),
        SPEC_NOTE.replace(b"=\n", b"\n"),
        SPEC_NOTE.replace(b"then", b"\tthen"),
        SPEC_NOTE.replace(b"then", b"\xffthen"),
        SPEC_NOTE.replace(b"nAM=", b"nAN="),
        SPEC_NOTE.replace(b"PeterNeumann x", b"Peter+Neumann x"),
        SPEC_NOTE.replace(b"PeterNeumann x", b"Peter Neumann x"),
        SPEC_NOTE + SPEC_LINE.encode() * 100,
        SPEC_NOTE + "— other AAAA\n".encode(),
        SPEC_NOTE + b"\n",
        b"x" * (1 << 20) + SPEC_NOTE,
    ],
)
def test_a_note_that_breaks_a_rule_is_refused(note: bytes) -> None:
    """Each with one sentence."""
    with pytest.raises(BadNote, match=r"\.") as bad:
        verify(note, verifier_key(SPEC_KEY))
    assert "\n" not in bad.value.what
    assert bad.value.repair


def test_signatures_of_others_are_passed_over() -> None:
    """A second signature can be added to a note; the one looked for must be there and hold."""
    other = sign("pack: small\n", "counsel", bytes(32)).decode().partition("\n\n")[2]
    assert verify(NOTE + other.encode(), KEY) == "pack: small\n"
    assert len(parse(NOTE + other.encode()).signatures) == 2
    with pytest.raises(BadNote, match="did not sign"):
        verify(NOTE, VerifierKey("counsel", public_of(bytes(32))))
    with pytest.raises(BadNote, match="did not sign"):
        verify(NOTE, VerifierKey("superintendent", public_of(bytes(32))))


def test_a_bad_signature_beside_a_good_one_of_the_same_key_is_refused() -> None:
    """Nobody may be told that it holds when a part of it does not."""
    line = NOTE.decode().partition("\n\n")[2]
    forged = KEY.id + bytes(64)
    bad = f"— superintendent {base64.b64encode(forged).decode()}\n"
    for lines in (line + bad, bad + line):
        with pytest.raises(BadNote, match="not the ones that were signed"):
            verify(b"pack: small\n\n" + lines.encode(), KEY)


@pytest.mark.parametrize("text", ["", "no line end", "tab\tinside\n", "\x00\n", "\x1b[2J\n", "\ud800\n"])
def test_a_text_no_note_can_hold_is_not_signed(text: str) -> None:
    """What would not read back is refused before it is signed."""
    with pytest.raises(BadNote):
        sign(text, "superintendent", PRIVATE)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "a\u00a0b", "a\n", "\u200b"])
def test_a_key_can_not_have_every_name(name: str) -> None:
    """No space, no plus, nothing unseen."""
    assert not is_name(name)
    with pytest.raises(BadNote, match="name"):
        sign("text\n", name, PRIVATE)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "superintendent",
        "superintendent+00000000+AAAA",
        SPEC_KEY.replace("c74f20a3", "c74f20a4"),
        SPEC_KEY.replace("PeterNeumann", "Peter"),
        SPEC_KEY.replace("+ARpc", "+AhpC"),
        SPEC_KEY[:-1],
        SPEC_KEY.replace("c74f20a3", "C74F20A3"),
        f"{SPEC_KEY}=",
    ],
)
def test_a_key_that_does_not_add_up_is_refused(words: str) -> None:
    """A letter lost while copying it."""
    with pytest.raises(BadNote, match="key") as refused:
        verifier_key(words)
    assert refused.value.repair


@pytest.mark.parametrize("text", ["one\n\ntwo\n", "one\n\n", "\n\none\n"])
def test_a_text_may_have_blank_lines(text: str) -> None:
    """The last one ends it."""
    assert verify(sign(text, "superintendent", PRIVATE), KEY) == text


def test_a_note_has_at_most_a_hundred_signatures() -> None:
    """A hundred are read, one more is refused."""
    line = NOTE.decode().partition("\n\n")[2].encode()
    assert len(parse(NOTE + line * 99).signatures) == 100
    with pytest.raises(BadNote):
        parse(NOTE + line * 100)


def test_a_note_has_at_most_a_mebibyte() -> None:
    """One byte more is refused."""
    rest = len(sign("\n", "superintendent", PRIVATE)) - 1
    largest = sign("x" * (LARGEST - rest - 1) + "\n", "superintendent", PRIVATE)
    assert len(largest) == LARGEST
    assert len(parse(largest).text) == LARGEST - rest
    with pytest.raises(BadNote):
        parse(b"x" + largest)


def test_the_parts_of_a_signature_line_are_its_name_id_and_signature() -> None:
    """The id is that of the key; the signature has 64 bytes."""
    (signature,) = parse(NOTE).signatures
    assert (signature.name, signature.key_id, len(signature.made)) == ("superintendent", KEY.id, 64)
