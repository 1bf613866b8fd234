"""The file of a bundle: what it may have, what its signature covers, and the part that one school gets."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from kiosk.packs.bundle.bundle import read_bundle
from kiosk.packs.bundle.container import LARGEST, packed, unpacked
from kiosk.packs.bundle.manifest import read_statement, statement
from kiosk.packs.bundle.refused import BundleRefused
from kiosk.record.pack_entries import BundleRefusal
from tests.packs.bundle.made import (
    INSIDE,
    OF_LINCOLN,
    OTHER_SIGNER,
    SCHOOL,
    SIGNER,
    YESTERDAY,
    a_bundle,
    drafted,
    unzipped,
    zipped,
)

KEY = SIGNER.public


@pytest.fixture
def data(tmp_path: Path) -> bytes:
    """A bundle with contacts of two schools."""
    return a_bundle(tmp_path / "pack")


def why(data: bytes) -> BundleRefusal:
    """Why a file is refused."""
    with pytest.raises(BundleRefused) as error:
        read_bundle(data, KEY)
    return error.value.why


def test_what_is_signed_reads_back(tmp_path: Path) -> None:
    """Also with a colon in the name of a school."""
    manifest, _ = drafted(
        tmp_path / "pack", contacts=(OF_LINCOLN.replace(SCHOOL, '"Oak: East"'),), schools=("Oak: East",)
    )
    assert read_statement(statement(manifest)) == manifest
    assert (manifest.is_for("Oak: East"), manifest.is_for(SCHOOL)) == (True, False)


@pytest.mark.parametrize(
    ("old", "new"), [("made: 2", "made: x"), ("bundle 1", "bundle 2"), ("version: ", ""), ("file: ", "file: 0")]
)
def test_what_is_not_exactly_a_manifest_is_none(tmp_path: Path, old: str, new: str) -> None:
    """Not even with one more character."""
    words = statement(drafted(tmp_path / "pack")[0])
    for wrong in (words.replace(old, new, 1), words + "more: x\n", words[:-1], ""):
        with pytest.raises(ValueError, match=r".+"):
            read_statement(wrong)


def test_a_bundle_has_what_was_put_into_it(data: bytes) -> None:
    """The same files make the same bytes."""
    bundle = read_bundle(data, KEY)
    assert (bundle.manifest.pack, bundle.manifest.version, bundle.manifest.made) == ("small", "2026.2", YESTERDAY)
    assert bundle.settings == INSIDE.encode()
    assert bundle.contacts_of(SCHOOL) == OF_LINCOLN.encode()
    assert bundle.contacts_of("Another school") is None
    assert sorted(bundle.pack_files) == ["approval.note", "protocol.yaml", "scenarios.yaml"]
    assert packed(unpacked(data)) == data


def test_each_school_gets_the_signed_bundle_without_the_contacts_of_others(data: bytes) -> None:
    """By the same name, and by its own bytes."""
    whole = read_bundle(data, KEY)
    lincoln, others = (read_bundle(whole.part(school), KEY) for school in (SCHOOL, ""))
    assert {lincoln.name, others.name} == {whole.name}
    assert lincoln.contacts_of(SCHOOL) == OF_LINCOLN.encode()
    assert [lincoln.contacts_of("Oak Street School"), others.contacts_of(SCHOOL)] == [None, None]
    assert others.pack_files == whole.pack_files


def test_an_unsigned_or_wrongly_signed_bundle_is_refused(data: bytes, tmp_path: Path) -> None:
    """Also one that somebody signed with a key of the same name."""
    files = unzipped(data)
    assert why(zipped({name: one for name, one in files.items() if name != "bundle.note"})) is BundleRefusal.UNSIGNED
    assert why(a_bundle(tmp_path / "other", signer=OTHER_SIGNER)) is BundleRefusal.BAD_SIGNATURE
    later = files["bundle.note"].replace(b"2026.2", b"2026.3")
    assert why(zipped({**files, "bundle.note": later})) is BundleRefusal.BAD_SIGNATURE
    assert why(zipped({**files, "bundle.note": b"no note"})) is BundleRefusal.BAD_SIGNATURE
    text = "another text that the superintendent signed\n"
    assert why(zipped({**files, "bundle.note": SIGNER.sign(text)})) is BundleRefusal.UNREADABLE


@pytest.mark.parametrize(
    "change",
    [
        lambda files: {**files, "settings.yaml": files["settings.yaml"].replace(b"inside", b"outside")},
        lambda files: {name: one for name, one in files.items() if name != "settings.yaml"},
        lambda files: {name: one for name, one in files.items() if name != "protocol/approval.note"},
        lambda files: {**files, "protocol/more.yaml": b"kind: fragment"},
        lambda files: {**files, f"contacts/{sha256(b'x').hexdigest()}.yaml": b"x"},
        lambda files: {name: one + b" " if name.startswith("contacts/") else one for name, one in files.items()},
    ],
)
def test_a_bundle_in_which_anything_was_changed_is_refused(
    data: bytes, change: Callable[[dict[str, bytes]], dict[str, bytes]]
) -> None:
    """A file that is another one, that is missing, or that is new."""
    assert why(zipped(change(unzipped(data)))) is BundleRefusal.ALTERED


@pytest.mark.parametrize(
    "name", ["../settings.yaml", "/settings.yaml", "protocol/a/b.yaml", "protocol/.x.yaml", "C:x", "contacts/x.yaml"]
)
def test_names_that_no_bundle_has_are_refused(data: bytes, name: str) -> None:
    """Whatever is in them."""
    assert why(zipped({**unzipped(data), name: b""})) is BundleRefusal.UNREADABLE
    with pytest.raises(BundleRefused):
        packed({name: b""})


def test_what_is_no_archive_is_refused(data: bytes) -> None:
    """Nothing, something else, a part, a compressed or a large one, a name twice."""
    files = unzipped(data)
    with pytest.warns(UserWarning, match="Duplicate"):
        twice = _with_twice(files)
    compressed = zipped(files, zipfile.ZIP_DEFLATED)
    for wrong in (b"", b"kind: contacts", data[:-30], data[: len(data) // 2], compressed, bytes(LARGEST + 1), twice):
        assert why(wrong) is BundleRefusal.UNREADABLE
    assert why(zipped({**files, "protocol/large.yaml": bytes(1 << 20) + b"x"})) is BundleRefusal.UNREADABLE
    with pytest.raises(BundleRefused):
        packed({"settings.yaml": bytes((1 << 20) + 1)})


def _with_twice(files: dict[str, bytes]) -> bytes:
    made = BytesIO(zipped(files))
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("settings.yaml", b"other")
    return made.getvalue()


def test_every_changed_byte_is_noticed(data: bytes) -> None:
    """A bundle with one other byte is refused, or has the same files."""
    files = unzipped(data)
    for place in range(0, len(data), 97):
        wrong = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        try:
            found = read_bundle(wrong, KEY)
        except BundleRefused:
            continue
        assert {**found.files, "bundle.note": found.note} == files


def test_who_only_passes_a_bundle_on_needs_no_key(tmp_path: Path) -> None:
    """The desks check the signature; the files must match all the same."""
    data = a_bundle(tmp_path / "pack", signer=OTHER_SIGNER, made=YESTERDAY - timedelta(days=3))
    assert read_bundle(data, None).manifest.version == "2026.2"
    with pytest.raises(BundleRefused):
        read_bundle(zipped({**unzipped(data), "settings.yaml": b"x"}), None)
