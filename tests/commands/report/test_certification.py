"""`kiosk report certification`: only of files that the log knows, unchanged, from a log that verifies."""

from __future__ import annotations

import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from kiosk.settings import Home
from tests.commands.log.test_export import exports
from tests.homes import encounter, tamper
from tests.typed import Typed


def exported(typed: Typed, path: Path, how: str = "csv") -> Path:
    """An export of everything."""
    assert typed("log", "export", "--format", how, "--level", "full", "-o", str(path)).code == 0
    return path


@pytest.mark.parametrize(
    ("how", "name"), [("csv", "all.csv"), ("html", "all.html"), ("package", "all.zip"), ("package", "all")]
)
def test_an_export_is_certified(typed: Typed, home: Home, tmp_path: Path, how: str, name: str) -> None:
    """The page has its SHA-256 and the entry of its export; the page is an entry itself."""
    encounter(home)
    file, page = exported(typed, tmp_path / name, how), tmp_path / "page.txt"
    told = typed("report", "certification", "--of", str(file), "-o", str(page))
    assert (told.code, told.out) == (0, "")
    text = page.read_text("utf-8")
    whole = file if file.is_file() else file / "manifest.note"
    assert sha256(whole.read_bytes()).hexdigest() in text
    assert "VERIFIED: in 1 log" in text
    assert ("values match their hashes" in text) is (how == "package")
    assert "you gave" not in text
    last = exports(home)[-1]
    assert (last["format"], last["sha256"]) == ("certification.text", sha256(page.read_bytes()).hexdigest())


def test_a_report_is_certified_as_a_pdf_of_one_page(typed: Typed, home: Home, tmp_path: Path) -> None:
    """As any file that the kiosk wrote."""
    report, page = tmp_path / "r.html", tmp_path / "c.pdf"
    assert typed("report", "encounter", encounter(home), "--level", "public", "-o", str(report)).code == 0
    assert typed("report", "certification", "--of", str(report), "-o", str(page)).code == 0
    assert page.read_bytes().startswith(b"%PDF-")


def test_a_file_that_was_changed_is_not_certified(typed: Typed, home: Home, tmp_path: Path) -> None:
    """Nor one of somebody else, nor one that went to standard output; nothing is written."""
    encounter(home)
    file, page = exported(typed, tmp_path / "all.csv"), tmp_path / "page.txt"
    file.write_bytes(file.read_bytes() + b"\n")
    other = tmp_path / "other.txt"
    other.write_text(typed("log", "export", "--format", "jsonl", "--level", "full").out, "utf-8")
    count = len(exports(home))
    for path in (file, other):
        typed.refused(3, "report", "certification", "--of", str(path), "-o", str(page))
    assert (page.exists(), len(exports(home))) == (False, count)


@pytest.mark.parametrize("zipped", [True, False])
def test_a_package_that_was_changed_is_not_certified(typed: Typed, home: Home, tmp_path: Path, zipped: bool) -> None:
    """Even if its list of files is the one that the log knows."""
    encounter(home, agency="Coast Guard")
    folder = exported(typed, tmp_path / "all", "package")
    report = folder / "report.html"
    report.write_text(report.read_text("utf-8").replace("Coast Guard", "Harbor Police"), "utf-8")
    path = folder
    if zipped:
        path = tmp_path / "all.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for file in (one for one in folder.rglob("*") if one.is_file()):
                archive.write(file, file.relative_to(folder))
    assert "report.html" in typed.refused(3, "report", "certification", "--of", str(path))


def test_a_zip_with_something_beside_the_package_is_not_certified(typed: Typed, home: Home, tmp_path: Path) -> None:
    """Nobody checked that file, and the SHA-256 would be of it too."""
    encounter(home)
    path = exported(typed, tmp_path / "all.zip", "package")
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(tmp_path / "more.zip", "w") as more:
        for name in archive.namelist():
            more.writestr(f"package/{name}", archive.read(name))
        more.writestr("statement.txt", "He was never here.")
    typed.refused(3, "report", "certification", "--of", str(tmp_path / "more.zip"))


def test_a_log_that_does_not_match_certifies_nothing(typed: Typed, home: Home, tmp_path: Path) -> None:
    """Whatever the file is."""
    encounter(home)
    file, page = exported(typed, tmp_path / "all.csv"), tmp_path / "page.txt"
    tamper(
        home, lambda connection: connection.execute("UPDATE entry SET header = replace(header, 'answered', 'answereD')")
    )
    assert typed("report", "certification", "--of", str(file), "-o", str(page)).code in {3, 4}
    assert not page.exists()


@pytest.mark.parametrize("name", ["none.csv", "empty", "broken.zip"])
def test_what_can_not_be_read_is_one_sentence(typed: Typed, home: Home, tmp_path: Path, name: str) -> None:
    """A file that is not there, a folder that is no package, a zip that is cut off."""
    encounter(home)
    (tmp_path / "empty").mkdir()
    with zipfile.ZipFile(tmp_path / "whole.zip", "w") as archive:
        archive.writestr("manifest.note", "x" * 5_000)
    whole = (tmp_path / "whole.zip").read_bytes()
    (tmp_path / "broken.zip").write_bytes(whole[:200] + whole[260:])
    assert typed("report", "certification", "--of", str(tmp_path / name)).code in {2, 3}
