"""The stand-alone checker: it verifies a package with Python alone, and refuses one changed byte anywhere."""

from __future__ import annotations

import ast
import base64
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.log.log import open_reader
from kiosk.record.transparency.merkle import Tree
from kiosk.reports.package import verify
from kiosk.reports.package.verify import Bad, Package
from kiosk.settings import Home
from tests.bundles import AGENCY, NAMES, NOTE, a_copy, a_home_with_records, words_in
from tests.record.transparency.test_signed_note import SPEC_KEY, SPEC_NOTE, SPEC_TEXT
from tests.searching import examples

SCRIPT: Final = Path(verify.__file__)
VECTORS: Final = Path(__file__).with_name("ed25519_vectors.json")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Three encounters in a log."""
    return a_home_with_records(tmp_path_factory.mktemp("records"))


@pytest.fixture(scope="module")
def public(home: Home) -> Path:
    """A public copy of one of them; not to be changed."""
    return a_copy(home, home.path.parent / "public", "public")


@pytest.fixture
def copy(public: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return shutil.copytree(public, tmp_path / "copy")


def run(copy: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The package's own checker in a bare Python: no site-packages, no product."""
    command = [sys.executable, "-I", "-S", str(copy / "verify.py"), *words]
    return subprocess.run(command, cwd=copy.parent, capture_output=True, text=True, check=False, encoding="utf-8")


def key_in(copy: Path) -> str:
    """The key that signed the package, as the district has it on paper."""
    return (copy / "key.txt").read_text(encoding="utf-8").strip()


def refused(copy: Path, *words: str) -> str:
    """What the checker says does not hold."""
    found = Package(copy, [], list(words)).check()
    assert found.wrong, "it was let pass"
    return "\n".join(found.wrong)


def flip(path: Path, at: int) -> None:
    """Change one bit of one byte."""
    data = bytearray(path.read_bytes())
    data[at] ^= 1 << (at % 8)
    path.write_bytes(data)


def code_of(home: Home, size: int, root: bytes | None = None) -> str:
    """The code that the kiosk gives out when its log has `size` entries."""
    log = open_reader(home, "live")
    try:
        root = root or Tree().grown([entry.leaf for entry in log.entries()][:size]).root
        kiosk = log.origin.rsplit("/", 1)[-1][:8].upper()
    finally:
        log.close()
    return f"FOK1:{kiosk}/{size}/{base64.b32encode(root).decode().rstrip('=')}"


def numbers(copy: Path) -> list[int]:
    """The numbers of a copy's entries."""
    return [json.loads(line)["seq"] for line in (copy / "log-1" / "events.jsonl").read_text().splitlines()]


# -- without the product -----------------------------------------------------------------------------------------------


def test_a_public_copy_is_verified_on_a_computer_without_the_kiosk(public: Path, tmp_path: Path) -> None:
    """From another folder, by its own checker, with the district's key, in a Python that has nothing installed."""
    there = shutil.copytree(public, tmp_path / "elsewhere")
    told = run(there, "--key", key_in(there))
    assert (told.returncode, told.stderr) == (0, ""), told
    assert told.stdout.splitlines()[-1] == "VERIFIED."
    assert "NOT CHECKED" not in told.stdout


def test_without_the_district_s_key_a_package_is_not_verified(public: Path) -> None:
    """Anybody can sign a package with a key of their own. The first line says so; exit code 5."""
    told = run(public)
    assert (told.returncode, told.stderr) == (5, ""), told
    assert told.stdout.startswith("NOT PROVEN")
    assert "--key" in told.stdout.splitlines()[0]
    assert told.stdout.splitlines()[-1].startswith("NOT CHECKED")


def test_every_result_begins_with_what_is_not_proven(public: Path) -> None:
    """Also where everything matches."""
    found = Package(public, [key_in(public)], []).check()
    assert [line.split("  ")[0] for line in verify.report(found, [], [])][:2] == ["NOT PROVEN"] * 2


def test_a_sample_of_changed_bytes_is_refused_by_the_process(public: Path, tmp_path: Path) -> None:
    """One in each file, saying which file."""
    chance = random.Random(4)  # noqa: S311 - which bytes, no secret
    for path in sorted(p.relative_to(public) for p in public.rglob("*") if p.is_file() and p.name != "verify.py"):
        there = shutil.copytree(public, tmp_path / path.as_posix().replace("/", "-"))
        flip(there / path, chance.randrange((there / path).stat().st_size))
        told = run(there, "--key", key_in(public))
        assert (told.returncode, told.stderr) == (1, ""), (path, told)
        assert path.name in told.stdout, (path, told)


def test_the_checker_is_one_short_file_that_old_pythons_read() -> None:
    """Under 350 lines, of Python 3.8, with the standard library alone."""
    text = SCRIPT.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 350
    tree = ast.parse(text, feature_version=(3, 8))
    imported = {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    imported |= {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names


@pytest.mark.parametrize(
    ("public_key", "message", "signature", "good"), json.loads(VECTORS.read_text(encoding="utf-8"))
)
def test_signatures_are_judged_as_the_published_vectors_say(
    public_key: str, message: str, signature: str, *, good: bool
) -> None:
    """Good ones, and those of other lengths, orders, encodings and keys that a careless checker takes for good."""
    judged = verify.signed_by(bytes.fromhex(public_key), bytes.fromhex(signature), bytes.fromhex(message))
    assert judged is good


@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=300), at=st.integers(0, 511))
@settings(max_examples=examples(60))
def test_signatures_are_judged_as_the_kiosk_s_library_judges(seed: bytes, message: bytes, at: int) -> None:
    """Its own signature is good; with one bit changed it is not."""
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public_key, made = key.public_key().public_bytes_raw(), bytearray(key.sign(message))
    assert verify.signed_by(public_key, bytes(made), message)
    made[at // 8] ^= 1 << at % 8
    assert not verify.signed_by(public_key, bytes(made), message)


def test_the_specification_s_own_note_holds_for_it(tmp_path: Path) -> None:
    """A note of another program, with another key (C2SP signed-note); and it does not hold when it is changed."""
    (tmp_path / "key.txt").write_text(f"{SPEC_KEY}\n", encoding="utf-8")
    (tmp_path / "a.note").write_bytes(SPEC_NOTE)
    key, text = Package(tmp_path, [], []).signed(tmp_path / "key.txt", tmp_path / "a.note")
    assert (key, text) == (SPEC_KEY, SPEC_TEXT)
    flip(tmp_path / "a.note", 3)
    with pytest.raises(Bad, match="does not match"):
        Package(tmp_path, [], []).signed(tmp_path / "key.txt", tmp_path / "a.note")


# -- one changed byte --------------------------------------------------------------------------------------------------


def listed(copy: Path) -> Iterator[Path]:
    """Every file of a copy but the list itself."""
    yield from (p for p in sorted(copy.rglob("*")) if p.is_file() and p.name != "manifest.note")


class Changed(Package):
    """A check that meets one file with one changed byte, on no disk; every other file is as it is."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, [], [])
        self._read = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        self.changed: dict[Path, bytes] = {}

    def pieces(self, path: Path) -> Iterator[bytes]:
        """The bytes of a file, one of them changed."""
        yield self.changed.get(path) or self._read[path]

    def flips(self, path: Path, step: int = 1) -> Iterator[int]:
        """Go through the bytes of a file; while one is given out, it is changed."""
        data = self._read[path]
        for at in range(0, len(data), step):
            self.wrong.clear()
            self.changed = {path: data[:at] + bytes([data[at] ^ (1 << at % 8)]) + data[at + 1 :]}
            yield at
        self.changed = {}


def test_every_changed_byte_of_every_file_is_refused_by_the_list(public: Path, tmp_path: Path) -> None:
    """Of each file alone, byte for byte, and the file is named."""
    for path in listed(public):
        alone = tmp_path / path.relative_to(public).as_posix().replace("/", "-")
        alone.mkdir()
        shutil.copy(path, alone)
        checker = Changed(alone)
        checker.said = [("file", f"{hashlib.sha256(path.read_bytes()).hexdigest()} {path.name}")]
        checker.files()
        assert checker.wrong == []
        for at in checker.flips(alone / path.name):
            checker.files()
            assert [fail.split(" ")[0] for fail in checker.wrong] == [path.name], f"byte {at} was let pass"


def list_refuses(public: Path, step: int) -> None:
    """Change every `step`-th byte of the list: of the text, of the name, of the signature, of a line end."""
    checker = Changed(public)
    for at in checker.flips(public / "manifest.note", step):
        checker.attempt(checker.manifest)
        assert checker.wrong, f"byte {at} was let pass"


def test_changed_bytes_of_the_list_are_refused_by_its_signature(public: Path) -> None:
    """One in seventeen."""
    list_refuses(public, 17)


@pytest.mark.long
def test_every_changed_byte_of_the_list_is_refused_by_its_signature(public: Path) -> None:
    """All of them."""
    list_refuses(public, 1)


@pytest.fixture
def judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A signature over the same bytes is computed once; plain Python takes a hundredth of a second for it."""
    monkeypatch.setattr(verify, "signed_by", lru_cache(maxsize=None)(verify.signed_by))


EVIDENCE: Final = ("events.jsonl", "proof.txt", "checkpoint.note", "key.txt")


def evidence_refuses(copy: Path, step: int) -> None:
    """Change every `step`-th byte of what is proven; the list of files is not asked."""
    whole = Package(copy, [], []).check()
    assert not whole.wrong
    (said,) = [value for name, value in whole.said if name == "log"]
    checker = Changed(copy)
    for name in EVIDENCE:
        for at in checker.flips(copy / "log-1" / name, step):
            checker.attempt(checker.log, said)
            assert checker.wrong, f"byte {at} of {name} was let pass"


@pytest.mark.usefixtures("judged_once")
def test_changed_bytes_of_entries_and_proofs_are_refused_even_without_the_list(public: Path) -> None:
    """The proof stands by itself: whoever makes a new list of files still can't change an entry."""
    evidence_refuses(public, 13)


@pytest.mark.long
@pytest.mark.usefixtures("judged_once")
def test_every_changed_byte_of_entries_and_proofs_is_refused_even_without_the_list(public: Path) -> None:
    """All of them."""
    evidence_refuses(public, 1)


@pytest.mark.long
@pytest.mark.usefixtures("judged_once")
def test_every_changed_byte_of_a_copy_is_refused_by_the_whole_check(public: Path) -> None:
    """Nothing that one check finds is hidden by another."""
    for path in (*listed(public), public / "manifest.note"):
        checker = Changed(public)
        for at in checker.flips(path):
            assert checker.check().wrong, f"byte {at} of {path.name} was let pass"


def test_a_changed_entry_is_named_by_its_line_and_number(copy: Path) -> None:
    """So that people know what to look at."""
    lines = (copy / "log-1" / "events.jsonl").read_bytes().split(b"\n")
    lines[2] = lines[2].replace(b'"actor":"desk"', b'"actor":"dosk"')
    (copy / "log-1" / "events.jsonl").write_bytes(b"\n".join(lines))
    assert f"log-1/events.jsonl line 3 (entry {numbers(copy)[2]}) does not match its hash." in refused(copy)


def test_a_changed_value_is_named(copy: Path) -> None:
    """By its line, its name and its entry."""
    path = copy / "log-1" / "disclosures.jsonl"
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    at = next(n for n, line in enumerate(lines) if line["name"] == "chosen")
    encoded = json.loads(base64.urlsafe_b64decode(lines[at]["disclosure"] + "=="))
    encoded[2] = "forged"
    lines[at]["disclosure"] = base64.urlsafe_b64encode(json.dumps(encoded).encode()).rstrip(b"=").decode()
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    wrong = f"log-1/disclosures.jsonl line {at + 1}: “chosen” of entry {lines[at]['entry']} does not match its hash."
    assert wrong in refused(copy)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda c: (c / "sheet.csv").unlink(), "sheet.csv is in the file list but missing."),
        (lambda c: (c / "more.txt").write_text("x"), "more.txt is not in the file list."),
        (lambda c: (c / "more").symlink_to(c.parent), "more is not in the file list."),
        (lambda c: (c / "manifest.note").unlink(), "manifest.note"),
        (lambda c: (c / "log-1" / "proof.txt").write_bytes(b""), "log-1/proof.txt omits or adds entries."),
        (lambda c: (c / "log-1" / "proof.txt").write_bytes(b"0 1 zz\n"), "log-1/proof.txt line 1"),
        (lambda c: (c / "log-1" / "disclosures.jsonl").write_bytes(b""), "omits"),
        (lambda c: (c / "log-1" / "events.jsonl").write_bytes(b"{}\n"), "log-1/events.jsonl line 1 can't be read"),
        (lambda c: (c / "log-1" / "events.jsonl").write_bytes(b"{}"), "the last line does not end"),
        (lambda c: os.mkfifo(c / "log-1" / "pipe"), "log-1/pipe is not in the file list."),
        (lambda c: replace_by_a_pipe(c / "sheet.csv"), "sheet.csv is not a file"),
    ],
)
def test_what_is_missing_or_too_much_is_refused(copy: Path, change: object, said: str) -> None:
    """In words, and never with a traceback."""
    assert callable(change)
    change(copy)
    assert said in refused(copy)


def replace_by_a_pipe(path: Path) -> None:
    """Nobody writes to it, so to read it would take forever."""
    path.unlink()
    os.mkfifo(path)


LEFTOVERS: Final = (".DS_Store", "._report.html", "Thumbs.db", "desktop.ini", "~$sheet.csv", ".~lock.sheet.csv#")


def test_what_a_computer_leaves_in_a_folder_is_named_and_passed_over(copy: Path) -> None:
    """The package is verified all the same."""
    for name in LEFTOVERS:
        (copy / name).write_bytes(b"x")
    (copy / "log-1" / ".DS_Store").write_bytes(b"x")
    found = Package(copy, [key_in(copy)], []).check()
    assert (found.wrong, found.unchecked) == ([], [])
    assert {words.split(",")[0] for words in found.passed} == {*LEFTOVERS, "log-1/.DS_Store"}


def test_a_line_without_an_end_is_refused_before_it_fills_the_memory(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever its length."""
    monkeypatch.setattr(verify, "LONGEST", 1 << 16)
    with (copy / "log-1" / "events.jsonl").open("ab") as file:
        file.write(b"x" * (1 << 20))
    assert "log-1/events.jsonl: a line is longer than" in refused(copy)


def test_a_file_is_hashed_in_pieces(copy: Path) -> None:
    """Its size never counts."""
    assert max(len(piece) for piece in Package(copy, [], []).pieces(copy / "verify.py")) <= verify.PIECE


def test_an_entry_that_was_added_behind_the_end_is_refused(copy: Path) -> None:
    """Its block can't be put behind those that lead to the root."""
    here = copy / "log-1"
    size = int((here / "checkpoint.note").read_text().splitlines()[1])
    first = json.loads((here / "events.jsonl").read_text().splitlines()[0])
    forged = json.dumps(first | {"seq": size, "sd": {}})
    leaf = hashlib.sha256(b"\0" + forged.encode()).hexdigest()
    with (here / "events.jsonl").open("a") as events, (here / "proof.txt").open("a") as proof:
        events.write(f"{forged}\n")
        proof.write(f"{size} 1 {leaf}\n")
    assert "log-1/proof.txt omits or adds entries." in refused(copy)


# -- keys and codes ----------------------------------------------------------------------------------------------------


def test_the_key_is_compared_with_the_one_that_is_given(public: Path) -> None:
    """Another one is refused; without one, it says that it is not yet compared."""
    key = key_in(public)
    assert Package(public, [key], []).check().unchecked == []
    assert len(Package(public, [], []).check().unchecked) == 1
    (fail,) = Package(public, [SPEC_KEY], []).check().wrong
    assert "another key than the one you gave" in fail


def test_a_code_of_the_closing_fits(home: Home, public: Path) -> None:
    """The code that was shown when the record was closed, in whatever case and spacing it was copied."""
    closed = max(n for n in numbers(public) if n > 2)
    code = code_of(home, closed + 1)
    found = Package(public, [key_in(public)], [code.lower().replace("/", " / ")]).check()
    assert found.wrong == found.unchecked == []
    assert f"its first {closed + 1} entries match it" in found.verified[-2] + found.verified[-1]


def test_a_code_of_another_history_is_refused(home: Home, public: Path) -> None:
    """The same size and another root: the log was rewritten."""
    code = code_of(home, max(numbers(public)) + 1, root=bytes(32))
    assert "was rewritten" in refused(public, code)


def test_a_code_that_is_newer_than_the_copy_is_not_checked(
    home: Home, public: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An ordinary case: whoever has it is told what to ask for."""
    assert verify.main([str(public), "--key", key_in(public), "--code", code_of(home, 999, root=bytes(32))]) == 5
    told = capsys.readouterr().out
    assert "this code is newer than this package" in told
    assert "DOES NOT MATCH" not in told


def test_what_is_no_copy_at_all_is_said_in_one_sentence(public: Path, tmp_path: Path) -> None:
    """A .zip that was not unpacked yet, or another folder."""
    zipped = Path(shutil.make_archive(str(tmp_path / "copy"), "zip", public))
    for place, said in ((zipped, "Unpack the .zip first"), (tmp_path, "There is no evidence package here")):
        told = run(public, str(place))
        assert (told.returncode, told.stdout, said in told.stderr, told.stderr.count("\n")) == (1, "", True, 1), told


def test_a_code_of_a_moment_that_the_copy_does_not_have_is_not_checked(home: Home, public: Path) -> None:
    """That is no failure and no success: exit code 5."""
    ends = {int(line.split(" ")[0]) for line in (public / "log-1" / "proof.txt").read_text().splitlines()}
    between = next(n for n in range(2, 99) if n not in ends)
    found = Package(public, [key_in(public)], [code_of(home, between)]).check()
    assert found.wrong == []
    assert "can't show the log of that moment" in found.unchecked[0]
    assert verify.main([str(public), "--key", key_in(public), "--code", code_of(home, between)]) == 5


@pytest.mark.parametrize("code", ["FOK1:00000000/5/" + "A" * 52, "hello", ""])
def test_what_is_no_code_of_this_log_is_refused(public: Path, code: str) -> None:
    """Another kiosk's, or none at all."""
    assert "is not a verification code of a log in this package" in refused(public, code)


# -- levels ------------------------------------------------------------------------------------------------------------


def test_a_public_copy_holds_no_name_and_no_typed_word_but_public_ones(public: Path) -> None:
    """In no file, in no form; the one fact of class public is there."""
    told = words_in(public)
    assert AGENCY in told
    assert [words for words in (NOTE, "Marked note", *NAMES) if words in told] == []


def test_a_hostile_word_can_not_drive_the_terminal(public: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All that is printed is plain, also what a file says."""
    assert verify.main([str(public), "--list", "--key", key_in(public)]) == 0
    told = capsys.readouterr().out
    assert AGENCY in told
    assert told.replace("\n", "").isascii()
    assert told.replace("\n", "").isprintable()
