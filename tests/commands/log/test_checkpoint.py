"""`kiosk log checkpoint`: what someone outside keeps, and that it shows later what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from kiosk.log.log import open_reader
from kiosk.record.entries import decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home
from tests.homes import encounter, tamper
from tests.keeping import OFFICER, REF, closed, destroy, mark
from tests.running import running_kiosk
from tests.typed import Stage, Typed

CODE = re.compile(r"FOK1:[0-9A-F]{8}/\d+/[A-Z2-7]{52}")


def scanned(text: str) -> list[str]:
    """What a phone reads off the printed half blocks: ink on paper."""
    rows = [line for line in text.split("\n") if set(line) & set("█▀▄")]
    wide = max(map(len, rows))
    picture = Image.new("L", (wide * 8, len(rows) * 16 + 32), 255)
    for y, row in enumerate(rows):
        for x, character in enumerate(row):
            for n, dark in enumerate({"█": (1, 1), "▀": (1, 0), "▄": (0, 1)}.get(character, (0, 0))):
                if dark:
                    picture.paste(0, (x * 8, y * 16 + n * 8 + 16, x * 8 + 8, y * 16 + n * 8 + 24))
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def issued(home: Home) -> list[dict[str, object]]:
    """The heads that the live log says were issued."""
    log = open_reader(home, "live")
    try:
        return [dict(decode(entry).body) for entry in log.of_kind(EntryKind.CHECKPOINT_ISSUED)]
    finally:
        log.close()


@pytest.mark.usefixtures("synchronized")
def test_scripts_get_what_the_page_has(typed: Typed, home: Home, tmp_path: Path) -> None:
    """Also which records were destroyed; the issue is recorded as for a page, and a file is a page."""
    number = closed(home)
    mark(typed)
    assert destroy(typed, number).code == 0
    typed.refused(2, "log", "checkpoint", "issue", "--json", "-o", str(tmp_path / "page"))
    told = typed("log", "checkpoint", "issue", "--json", "--for", "Counsel").json
    assert (told["for"], told["practice"], CODE.fullmatch(told["code"]) is not None) == ("Counsel", False, True)
    assert [(one["records"], one["by"], one["authorized_by"], one["reference"]) for one in told["destroyed"]] == [
        (1, "Dana Ruiz", OFFICER, REF)
    ]
    assert told["counts"]["record.destroyed"] == 1
    assert [(one["for"], one["size"]) for one in issued(home)] == [("Counsel", told["entries"])]
    assert typed("log", "verify", "--code", told["code"]).code == 0
    again = typed("log", "checkpoint", "issue", "--json").json
    assert (again["destroyed"], again["checkpoint"].startswith(told["log_id"])) == ([], True)


@pytest.mark.parametrize("words", [("issue",), ("issue", "--practice"), ("code",), ("code", "--practice"), ("list",)])
@pytest.mark.stage(Stage.NEW)
def test_a_kiosk_that_was_never_set_up_gets_no_log(typed: Typed, home: Home, words: tuple[str, ...]) -> None:
    """The command is refused, and leaves no file behind: no log, no key."""
    before = sorted(home.path.rglob("*"))
    typed.refused(4, "log", "checkpoint", *words)
    assert sorted(home.path.rglob("*")) == before


def test_the_code_of_a_record_is_of_the_log_as_it_was_closed(typed: Typed, home: Home) -> None:
    """The printed code, the characters to copy and the QR code are one, and verify compares it with the log."""
    number = encounter(home, agency="Coast Guard", note="A grey car")
    encounter(home)
    told = typed("log", "checkpoint", "code", number)
    (code,) = CODE.findall(told.out)
    assert (told.code, scanned(told.out)) == (0, [code])
    assert "/8/" in code
    assert "Coast" not in told.out
    assert "grey" not in told.out
    answer = typed("log", "verify", "--json", "--code", code)
    assert (answer.code, answer.json["outside_copies"][0]["outcome"], answer.json["outside_copies"][0]["entries"]) == (
        0,
        "matches",
        8,
    )
    (now,) = CODE.findall(typed("log", "checkpoint", "code").out)
    assert "/15/" in now


def test_a_code_of_what_is_not_closed_or_not_there_is_refused(typed: Typed, home: Home) -> None:
    """One sentence each."""
    number = encounter(home, close=False)
    assert "not closed yet" in typed.refused(3, "log", "checkpoint", "code", number)
    typed.refused(2, "log", "checkpoint", "code", "2026-9999")


def test_a_practice_code_says_so(typed: Typed, home: Home) -> None:
    """Nobody takes it for one of a real visit."""
    number = encounter(home, "practice")
    assert typed("log", "checkpoint", "code", number, "--practice").out.startswith("PRACTICE: Verification code")


def test_a_head_is_a_witness_and_an_entry(typed: Typed, home: Home, tmp_path: Path) -> None:
    """Its text holds the signed note, counts what happened, and is compared with the log by its name."""
    encounter(home, agency="Coast Guard")
    file = tmp_path / "head.txt"
    assert typed("log", "checkpoint", "issue", "--for", "R. Example, counsel", "-o", str(file)).code == 0
    text = file.read_text(encoding="utf-8")
    assert "For: R. Example, counsel" in text
    assert "Since the log was started: 7 entries." in text
    assert re.search(r"^ +1  records closed$", text, re.MULTILINE)
    assert "Coast" not in text
    assert scanned(text) == CODE.findall(text)[:1]
    assert issued(home) == [{"for": "R. Example, counsel", "size": 7, "closed": 1}]
    told = typed("log", "verify", "--code", str(file), "--json")
    assert (told.code, told.json["outside_copies"][0]["signed_note"], told.json["outside_copies"][0]["outcome"]) == (
        0,
        True,
        "matches",
    )
    words = " ".join(typed("log", "verify", "--code", str(file)).out.split())
    assert "a checkpoint of 7 entries was issued for R. Example, counsel" in words
    assert "The signed checkpoint of 7 entries" in words
    encounter(home)
    second = typed("log", "checkpoint", "issue").out
    assert "Since the last checkpoint (7 entries" in second
    assert "for the Superintendent's Office" not in second
    assert re.search(r"^ +1  encounters opened$", second, re.MULTILINE)


def test_a_recipient_that_must_not_be_stored_is_refused(typed: Typed, home: Home, tmp_path: Path) -> None:
    """Before anything is written."""
    encounter(home)
    file = tmp_path / "head.txt"
    typed.refused(2, "log", "checkpoint", "issue", "--for", "the undocumented mother", "-o", str(file))
    assert (file.exists(), issued(home)) == (False, [])


def test_a_head_made_while_the_kiosk_runs_is_entered_by_it(typed: Typed, home: Home) -> None:
    """It is in the log when the command ends."""
    encounter(home)
    with running_kiosk(home):
        assert typed("log", "checkpoint", "issue").code == 0
        assert [head["size"] for head in issued(home)] == [7]


def test_a_head_of_a_changed_log_is_refused(typed: Typed, home: Home) -> None:
    """What the kiosk would sign no more is handed to nobody."""
    encounter(home)
    tamper(home, lambda connection: connection.execute("UPDATE newest_checkpoint SET size = 6"))
    assert "does not match its signed checkpoint" in typed.refused(4, "log", "checkpoint", "issue")


def test_a_file_with_the_name_of_a_pdf_is_one(typed: Typed, home: Home, tmp_path: Path) -> None:
    """On the paper of the settings."""
    encounter(home)
    sizes = []
    for name in ("letter", "a4"):
        settings = home.settings_file.read_text("utf-8")
        home.settings_file.write_text(settings.replace('size = "letter"', f'size = "{name}"'), "utf-8")
        file = tmp_path / f"{name}.PDF"
        assert typed("log", "checkpoint", "issue", "-o", str(file)).code == 0
        with pikepdf.open(file) as made:
            sizes.append([round(float(points)) for points in made.pages[0].mediabox])
    assert sizes == [[0, 0, 612, 792], [0, 0, 595, 842]]


def test_checkpoints_that_were_issued_are_listed(typed: Typed, home: Home) -> None:
    """Newest first: when, of how many entries, for whom; nothing before the first."""
    encounter(home)
    assert typed("log", "checkpoint", "list", "--json").json == []
    assert typed("log", "checkpoint", "list").out == ""
    for whom in ("Counsel", "The office"):
        assert typed("log", "checkpoint", "issue", "--for", whom).code == 0
    listed = typed("log", "checkpoint", "list", "--json").json
    assert [(one["for"], one["entries"]) for one in listed] == [("The office", 8), ("Counsel", 7)]
    assert "The office" in typed("log", "checkpoint", "list").out.splitlines()[1]
