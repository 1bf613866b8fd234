"""The commands of a person who writes a protocol: new, check, explain, schema."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from kiosk.authoring.explain import class_of
from kiosk.authoring.json_schema import schema
from kiosk.protocol.findings.collector import CATALOGUE
from kiosk.protocol.format import FILES
from kiosk.settings import Home
from tests.homes import KEY, PACK, PASSPHRASE, SCENARIOS
from tests.typed import Stage, Typed, set_up

pytestmark = pytest.mark.stage(Stage.NEW)

MANUAL = Path(__file__).parents[3] / "protocols" / "README.md"


def broken(home: Home, *changes: tuple[str, str], more: str = "") -> None:
    """The small pack with something in it changed."""
    text = PACK
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (home.path / "protocols" / "small" / "protocol.yaml").write_text(text + more, encoding="utf-8")


MANY = (
    ("title: {en: Small}", "title: {en: TODO}"),
    ("start: channel", "start: chanel"),
    ("call: [office]", "call: [ofice]"),
    ("record: [agency-as-stated, badge]", "record: [agency, badge]"),
    ("effective: 2026-01-01", "effective: today"),
    ("routed: {when", "rooted: {wen"),
)
"""More than five mistakes, a warning first."""


# -- check -------------------------------------------------------------------------------------------------------------


def test_the_five_most_important_findings_come_first(typed: Typed, home: Home) -> None:
    """The warning on the fourth line is not among them, and how many more there are is said."""
    broken(home, *MANY)
    told = typed("protocol", "check", "small")
    shown = re.findall(r"^protocol\.yaml:\d+:\d+: (\w+) (\w+):", told.out, re.MULTILINE)
    every = typed("protocol", "check", "small", "--json").json
    assert told.code == 1
    assert len(shown) == 5 < len(every)
    assert {severity for _, severity in shown} == {"error"}
    assert [code for code, _ in shown][:3] == ["P102", "P101", "P201"]
    assert f"and {len(every) - 5} more: --all" in told.out


def test_all_findings_come_by_file_and_line(typed: Typed, home: Home) -> None:
    """Each with place, cause, repair, and where there is more about it."""
    broken(home, *MANY)
    told = typed("protocol", "check", "small", "--all")
    lines = [int(line) for line in re.findall(r"^  (\d+):\d+: ", told.out, re.MULTILINE)]
    every = typed("protocol", "check", "small", "--json").json
    assert lines == sorted(lines)
    assert len(lines) == len(every)
    assert told.out.startswith("protocol.yaml\n")
    assert "    → Did you mean “office”? (more: kiosk protocol explain P202)" in told.out
    assert "more: --all" not in told.out


def test_five_findings_are_not_said_to_be_more(typed: Typed, home: Home) -> None:
    """Nothing is left out, so nothing is said about it."""
    broken(home, ("start: channel", "start: chanel"))
    assert "--all" not in typed("protocol", "check", "small").out


def test_a_script_gets_each_finding_with_its_name_and_class(typed: Typed, home: Home) -> None:
    """All of them, in reading order."""
    broken(home, *MANY)
    every = typed("protocol", "check", "small", "--json").json
    keys = {"code", "name", "severity", "class", "file", "line", "column", "cause", "repair", "suppressed"}
    assert all(set(each) == keys for each in every)
    assert [each["line"] for each in every] == sorted(each["line"] for each in every)
    assert {(each["name"], each["class"]) for each in every if each["code"] == "P202"} == {("unknown-role", "targets")}


def test_a_warning_alone_ends_with_one_and_stops_no_approval(typed: Typed, home: Home, tmp_path: Path) -> None:
    """It asks to be looked at; no more."""
    set_up(typed, home, approved=False)
    broken(home, ("    cite: [memo]\n    record", "    record"))
    told = typed("protocol", "check", "small")
    assert (told.code, "P407 warning" in told.out) == (1, True)
    key, words = tmp_path / "key", tmp_path / "words"
    key.write_bytes(KEY)
    words.write_text(PASSPHRASE, "utf-8")
    who = ("--name", "A. Example", "--role", "Superintendent", "--key", str(key), "--passphrase-file", str(words))
    assert typed("protocol", "approve", "small", *who).code == 0


def test_an_allowed_warning_is_counted_and_shown_to_scripts_with_its_reason(typed: Typed, home: Home) -> None:
    """With nothing else, the pack is in order."""
    reason = "The form itself says where it comes from."
    broken(
        home,
        ("    cite: [memo]\n    record", "    record"),
        more=f"allow:\n  - {{code: P407, at: steps.identify, reason: {reason}}}\n",
    )
    told = typed("protocol", "check", "small")
    assert (told.code, told.out) == (0, "")
    assert "1 warning suppressed" in told.err
    (each,) = typed("protocol", "check", "small", "--json").json
    assert (each["code"], each["suppressed"]) == ("P407", reason)


def test_who_signs_sees_what_was_let_stand(typed: Typed, home: Home) -> None:
    """With the reason, in words and for scripts."""
    broken(home, more="allow:\n  - {code: P407, at: steps.identify, reason: The form says it.}\n")
    assert "P407 in steps.identify: The form says it." in typed("protocol", "show", "small").out
    shown = typed("protocol", "show", "small", "--json").json["allowed"]
    assert shown == [{"code": "P407", "where": "steps.identify", "reason": "The form says it."}]


def test_every_file_of_the_pack_is_checked(typed: Typed, home: Home) -> None:
    """Scenarios and example contacts too, each under its own name."""
    folder = home.path / "protocols" / "small"
    (folder / "scenarios.yaml").write_text(SCENARIOS.replace("channel: door", "channel: dor"), encoding="utf-8")
    (folder / "contacts.example.yaml").write_text("kind: contacts\nformat: 1\nschool: A\nroles: {}\n", encoding="utf-8")
    told = typed("protocol", "check", "small", "--all")
    assert told.code == 1
    assert re.findall(r"^(\S+\.yaml)$", told.out, re.MULTILINE) == ["contacts.example.yaml", "scenarios.yaml"]
    assert "S104" in told.out


# -- explain -----------------------------------------------------------------------------------------------------------


def test_every_finding_is_explained(typed: Typed) -> None:
    """Code, name, severity, meaning, why it matters, what to do, and an example where lines can show it."""
    odd = []
    for code, kind in CATALOGUE.items():
        told = typed("protocol", "explain", code)
        head = told.out.startswith(f"{code} {kind.name} ({kind.severity}, {class_of(code)})\n")
        parts = (f"Why it matters: {kind.why}" in told.out, "What to do: " in told.out)
        example = ("Before:" in told.out) is ("After:" in told.out) is bool(kind.bad)
        odd += [] if (told.code, told.err, head, *parts, example) == (0, "", *[True] * 4) else [code]
    assert odd == []


def test_a_finding_is_explained_in_small_letters_and_to_scripts(typed: Typed) -> None:
    """The same answer."""
    assert typed("protocol", "explain", "p201").out == typed("protocol", "explain", "P201").out
    told = typed("protocol", "explain", "p201", "--json").json
    assert (told["code"], told["name"], told["class"]) == ("P201", "unknown-target", "targets")
    assert told["bad"]
    assert told["good"]


def test_explain_alone_lists_every_code(typed: Typed) -> None:
    """By class, once each."""
    told = typed("protocol", "explain")
    assert sorted(re.findall(r"^  ([A-Z]\d+)  ", told.out, re.MULTILINE)) == sorted(CATALOGUE)
    assert {each["code"] for each in typed("protocol", "explain", "--json").json} == set(CATALOGUE)


@pytest.mark.parametrize("code", ["P2O1", "nothing", "", "P201\x1b[2J", "P" * 5_000])
def test_an_unknown_code_is_refused_with_the_nearest(typed: Typed, code: str) -> None:
    """Exit code 2, one sentence."""
    assert "explain" in typed.refused(2, "protocol", "explain", code)


# -- schema ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", FILES)
def test_a_schema_is_printed(typed: Typed, kind: str) -> None:
    """As JSON; a protocol's when no kind is named."""
    assert typed("protocol", "schema", kind).json == schema(kind)
    assert typed("protocol", "schema").json == schema("protocol")


def test_a_schema_of_no_kind_is_refused(typed: Typed) -> None:
    """Exit code 2, naming the kinds there are."""
    assert "scenarios" in typed.refused(2, "protocol", "schema", "protocols")


# -- new ---------------------------------------------------------------------------------------------------------------


def test_a_new_pack_has_nothing_but_todos_and_its_scenarios_pass(typed: Typed, tmp_path: Path) -> None:
    """So the first thing an author sees is what is still to be written."""
    folder = tmp_path / "records-desk"
    assert typed("protocol", "new", str(folder)).code == 0
    told = typed("protocol", "check", str(folder), "--json")
    assert told.code == 1
    assert {(each["code"], each["severity"]) for each in told.json} == {("P406", "warning")}
    assert typed("protocol", "test", str(folder)).code == 0
    assert typed("protocol", "show", str(folder)).code == 0


def test_a_new_pack_has_the_id_and_title_that_were_given(typed: Typed, tmp_path: Path) -> None:
    """The folder's name is the id when none is given; a title may hold quotes and colons."""
    title = 'Records: "who asks?"'
    typed("protocol", "new", str(tmp_path / "records-desk"))
    typed("protocol", "new", str(tmp_path / "Other"), "--id", "phone-desk", "--title", title)
    for folder, pack_id, said in (("records-desk", "records-desk", None), ("Other", "phone-desk", title)):
        shown = typed("protocol", "show", str(tmp_path / folder), "--json").json
        assert shown["id"] == pack_id
        assert said is None or said in json.dumps(shown, ensure_ascii=False).replace('\\"', '"')


def test_a_new_pack_brings_the_schemas_its_files_name(typed: Typed, tmp_path: Path) -> None:
    """An editor completes without a network, wherever the folder is moved."""
    folder = tmp_path / "new-desk"
    typed("protocol", "new", str(folder))
    for kind, name in (
        ("protocol", "protocol.yaml"),
        ("scenarios", "scenarios.yaml"),
        ("contacts", "contacts.example.yaml"),
    ):
        first = (folder / name).read_text(encoding="utf-8").partition("\n")[0]
        assert json.loads((folder / first.partition("$schema=")[2]).read_text(encoding="utf-8")) == schema(kind)


def test_a_new_pack_writes_over_nothing(typed: Typed, tmp_path: Path) -> None:
    """A folder with anything in it, a file, a link to somewhere: exit code 2, and all stays."""
    full, file, link = tmp_path / "full", tmp_path / "file", tmp_path / "link"
    full.mkdir()
    (full / "notes.txt").write_text("mine", encoding="utf-8")
    file.write_text("mine", encoding="utf-8")
    link.symlink_to(tmp_path / "elsewhere")
    for place in (full, file, link):
        assert "exists already" in typed.refused(2, "protocol", "new", str(place), "--id", "mine")
    assert [path.name for path in full.iterdir()] == ["notes.txt"]
    assert not (tmp_path / "elsewhere").exists()


def test_an_empty_folder_is_taken(typed: Typed, tmp_path: Path) -> None:
    """An author may have made it already."""
    (tmp_path / "mine").mkdir()
    assert typed("protocol", "new", str(tmp_path / "mine")).code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("My Desk",),
        ("desk", "--id", "My Desk"),
        ("desk", "--id", "a" * 65),
        ("desk", "--title", " "),
        ("desk", "--title", "a {slot}"),
        ("desk", "--title", "a\nb"),
        ("desk", "--title", "x" * 81),
    ],
    ids=" ".join,
)
def test_an_id_or_title_that_does_not_fit_is_refused(typed: Typed, tmp_path: Path, words: tuple[str, ...]) -> None:
    """Exit code 2, and nothing is made."""
    folder, *flags = words
    typed.refused(2, "protocol", "new", str(tmp_path / folder), *flags)
    assert not (tmp_path / folder).exists()


def test_the_template_itself_is_no_pack(typed: Typed) -> None:
    """Nobody can run it by its name."""
    typed.refused(2, "protocol", "check", "template")


# -- a person with the manual ------------------------------------------------------------------------------------------


def test_the_first_five_minutes_of_the_manual_work(typed: Typed, home: Home, tmp_path: Path) -> None:
    """Its commands, typed one after the other in an empty folder, do what it says."""
    chapter = MANUAL.read_text(encoding="utf-8").partition("## Your first pack")[2].partition("\n## ")[0]
    lines = re.findall(r"^    kiosk (.*)$", chapter, re.MULTILINE)
    assert len(lines) == 6, "the chapter changed"
    codes = []
    for line in lines[:5]:
        words = [word.replace("my-desk", str(tmp_path / "my-desk")) for word in shlex.split(line)]
        if "--home" in words:
            at = words.index("--home")
            typed = Typed(Home(Path(words[at + 1])), typed._capsys)
            words = words[:at] + words[at + 2 :]
        codes.append(typed(*words).code)
    assert codes == [0, 1, 0, 0, 0]
    assert lines[5] == "--home my-desk --practice"
