"""The stand-alone checker: it proves a copy without the product, and one changed byte anywhere is refused."""

from __future__ import annotations

import ast
import base64
import hashlib
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pytest

from kiosk.log.log import open_reader
from kiosk.record.transparency.merkle import Tree
from kiosk.reports.package import verify
from kiosk.reports.package.verify import Bad, Package
from kiosk.settings import Home
from tests.bundles import AGENCY, NAMES, NOTE, a_copy, a_home_with_records, words_in
from tests.record.transparency.test_signed_note import SPEC_KEY, SPEC_NOTE, SPEC_TEXT

SCRIPT: Final = Path(verify.__file__)
WITH_LIBRARY: Final = """
import sys, runpy, importlib.util
sys.argv = sys.argv[1:]
sys.path.append(sys.argv.pop(0))
assert importlib.util.find_spec("kiosk") is None, "the product is here"
runpy.run_path(sys.argv[0], run_name="__main__")
"""


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


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the one package the checker uses, with what that package needs, and nothing else."""
    folder = tmp_path_factory.mktemp("library")
    for name in ("cryptography", "cffi", "_cffi_backend"):
        spec = find_spec(name)
        if spec is not None and spec.origin is not None:
            place = Path(spec.origin)
            place = place.parent if spec.submodule_search_locations else place
            (folder / place.name).symlink_to(place)
    return folder


def run(copy: Path, *words: str, library: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The copy's own checker in a bare Python: no site-packages, no product; `library` holds what is allowed."""
    start = ["-c", WITH_LIBRARY, str(library)] if library else []
    command = [sys.executable, "-I", "-S", *start, str(copy / "verify.py"), *words]
    return subprocess.run(command, cwd=copy.parent, capture_output=True, text=True, check=False, encoding="utf-8")


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


def test_a_public_copy_is_verified_on_a_computer_without_the_kiosk(public: Path, library: Path, tmp_path: Path) -> None:
    """From another folder, by its own checker, in a Python that has `cryptography` and nothing else."""
    there = shutil.copytree(public, tmp_path / "elsewhere")
    key = (there / "key.txt").read_text().strip()
    told = run(there, "--key", key, library=library)
    assert (told.returncode, told.stderr) == (0, ""), told
    assert "Everything that was checked is VERIFIED." in told.stdout
    assert "NOT CHECKED" not in told.stdout


def test_without_the_library_the_rest_is_checked_and_it_says_what_is_not(copy: Path) -> None:
    """Exit code 2, and how to get it; a change is still found."""
    told = run(copy)
    assert (told.returncode, told.stderr) == (2, ""), told
    assert "NOT CHECKED" in told.stdout
    assert "pip install cryptography" in told.stdout
    flip(copy / "log-1" / "events.jsonl", 40)
    told = run(copy)
    assert (told.returncode, told.stderr) == (1, "")
    assert "log-1/events.jsonl" in told.stdout


def test_a_sample_of_changed_bytes_is_refused_by_the_process(public: Path, library: Path, tmp_path: Path) -> None:
    """One in each file, saying which file."""
    chance = random.Random(4)  # noqa: S311 - which bytes, no secret
    for path in sorted(p.relative_to(public) for p in public.rglob("*") if p.is_file() and p.name != "verify.py"):
        there = shutil.copytree(public, tmp_path / path.as_posix().replace("/", "-"))
        flip(there / path, chance.randrange((there / path).stat().st_size))
        told = run(there, library=library)
        assert (told.returncode, told.stderr) == (1, ""), (path, told)
        assert path.name in told.stdout, (path, told)


def test_the_checker_is_one_short_file_that_old_pythons_read() -> None:
    """Under 250 lines, of Python 3.8; beside the standard library it imports `cryptography` alone."""
    text = SCRIPT.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 250
    tree = ast.parse(text, feature_version=(3, 8))
    imported = {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    imported |= {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    tops = {name.split(".")[0] for name in imported}
    assert tops - sys.stdlib_module_names == {"cryptography"}


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

    def read(self, path: Path) -> bytes:
        """The bytes of a file, one of them changed."""
        return self.changed.get(path) or self._read[path]

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


def test_every_changed_byte_of_the_list_is_refused_by_its_signature(public: Path) -> None:
    """Whichever byte it is: of the text, of the name, of the signature, of a line end."""
    checker = Changed(public)
    for at in checker.flips(public / "manifest.note"):
        checker.attempt(checker.manifest)
        assert checker.wrong, f"byte {at} was let pass"


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


def test_changed_bytes_of_entries_and_proofs_are_refused_even_without_the_list(public: Path) -> None:
    """The proof stands by itself: whoever makes a new list of files still can't change an entry."""
    evidence_refuses(public, 13)


@pytest.mark.long
def test_every_changed_byte_of_entries_and_proofs_is_refused_even_without_the_list(public: Path) -> None:
    """All of them."""
    evidence_refuses(public, 1)


@pytest.mark.long
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
    ],
)
def test_what_is_missing_or_too_much_is_refused(copy: Path, change: object, said: str) -> None:
    """In words, and never with a traceback."""
    assert callable(change)
    change(copy)
    assert said in refused(copy)


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
    key = (public / "key.txt").read_text().strip()
    assert "is the one you gave" in Package(public, [key], []).check().verified[0]
    assert "not yet compared" in Package(public, [], []).check().verified[0]
    (fail,) = Package(public, [SPEC_KEY], []).check().wrong
    assert "another key than the one you gave" in fail


def test_a_code_of_the_closing_fits(home: Home, public: Path) -> None:
    """The code that was shown when the record was closed, in whatever case and spacing it was copied."""
    closed = max(n for n in numbers(public) if n > 2)
    code = code_of(home, closed + 1)
    found = Package(public, [], [code.lower().replace("/", " / ")]).check()
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
    assert verify.main([str(public), "--code", code_of(home, 999, root=bytes(32))]) == 2
    told = capsys.readouterr().out
    assert "This code is newer than this package" in told
    assert "DOES NOT MATCH" not in told


def test_what_is_no_copy_at_all_is_said_in_one_sentence(public: Path, tmp_path: Path) -> None:
    """A .zip that was not unpacked yet, or another folder."""
    zipped = Path(shutil.make_archive(str(tmp_path / "copy"), "zip", public))
    for place, said in ((zipped, "Unpack the .zip first"), (tmp_path, "There is no evidence package here")):
        told = run(public, str(place))
        assert (told.returncode, told.stdout, said in told.stderr, told.stderr.count("\n")) == (1, "", True, 1), told


def test_a_code_of_a_moment_that_the_copy_does_not_have_is_not_checked(home: Home, public: Path) -> None:
    """That is no failure and no success: exit code 2."""
    ends = {int(line.split(" ")[0]) for line in (public / "log-1" / "proof.txt").read_text().splitlines()}
    between = next(n for n in range(2, 99) if n not in ends)
    found = Package(public, [], [code_of(home, between)]).check()
    assert found.wrong == []
    assert "can't show the log of that moment" in found.unchecked[0]
    assert verify.main([str(public), "--code", code_of(home, between)]) == 2


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
    assert verify.main([str(public), "--list"]) == 0
    told = capsys.readouterr().out
    assert AGENCY in told
    assert told.replace("\n", "").isascii()
    assert told.replace("\n", "").isprintable()
