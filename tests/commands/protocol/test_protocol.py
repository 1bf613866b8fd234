"""The commands about protocol, scenarios, approval and contacts."""

from __future__ import annotations

import pytest

from kiosk.record.approval import read_statement
from kiosk.record.transparency.signed_note import verifier_key, verify
from kiosk.settings import Home
from tests.homes import CONTACTS, KEY, PACK, PASSPHRASE, PUBLIC, SCENARIOS
from tests.typed import Stage, Typed, at_a_terminal, set_up

pytestmark = pytest.mark.stage(Stage.NEW)


def key(home: Home) -> tuple[str, ...]:
    """The flags that name the made-up superintendent's key, put beside the home with its passphrase."""
    file, passphrase = home.path.parent / "superintendent.key", home.path.parent / "passphrase"
    file.write_bytes(KEY)
    passphrase.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    return "--key", str(file), "--passphrase-file", str(passphrase)


def test_a_protocol_in_order_passes(typed: Typed) -> None:
    """Nothing on stdout, one sentence on stderr."""
    told = typed("protocol", "check", "small")
    assert (told.code, told.out) == (0, "")
    assert "in order" in told.err


@pytest.mark.parametrize("broken", [PACK.replace("next: routed", "next: nowhere"), "a: [", "a: 1\na: 2\n", ""])
def test_a_protocol_with_findings_ends_with_one(typed: Typed, home: Home, broken: str) -> None:
    """Each finding is a line with its place and repair, also for what is no YAML at all."""
    folder = home.path / "protocols" / "small"
    (folder / "protocol.yaml").write_text(broken, encoding="utf-8")
    for target in ("small", str(folder), str(folder / "protocol.yaml")):
        told = typed("protocol", "check", target)
        assert told.code == 1
        assert "→" in told.out
    assert typed("protocol", "check", "small", "--json").json[0]["code"]


def test_a_protocol_is_shown_in_plain_words(typed: Typed, home: Home) -> None:
    """Every step with its answers and where they lead, the settings in force, content hash and approval."""
    set_up(typed, home)
    told = typed("protocol", "show")
    assert told.code == 0
    for words in ("STEP channel (where it begins)", "1  Door → call-now", "Please wait outside.", "cites memo"):
        assert words in told.out
    assert "approved by A. Example" in told.out
    shown = typed("protocol", "show", "--json").json
    assert (shown["approved"], shown["settings"], len(shown["content_hash"])) == (True, {"wait-place": "outside"}, 64)


def test_one_step_is_shown_alone(typed: Typed) -> None:
    """And one that is not there is refused."""
    assert "STEP identify" in typed("protocol", "show", "small", "--step", "identify").out
    assert typed("protocol", "show", "small", "--step", "identify", "--json").json["id"] == "identify"
    typed.refused(2, "protocol", "show", "small", "--step", "gone")


def test_the_shipped_protocol_is_shown_whole(typed: Typed) -> None:
    """Every kind of step there is has a way of being told."""
    told = typed("protocol", "show", "ct-outside-agent")
    assert told.code == 0
    assert told.out.count("STEP ") > 40


def test_scenarios_are_played_and_told(typed: Typed, home: Home) -> None:
    """Each with its story; what none of them touches is listed, and ends the pack's own test with 1."""
    only_first = SCENARIOS.partition("- name: A call")[0]
    (home.path / "protocols" / "small" / "scenarios.yaml").write_text(only_first, encoding="utf-8")
    told = typed("protocol", "test", "small")
    assert told.code == 1
    for words in ("pass  An agent at the door", "1 of 1 scenarios pass.", "never touched: interrupt left"):
        assert words in told.out
    played = typed("protocol", "test", "small", "--json").json
    assert (played["scenarios"][0]["passed"], played["scenarios"][0]["outcome"]) == (True, "handover")
    assert played["coverage"]["complete"] is False


def test_the_shipped_scenarios_pass_and_leave_nothing_out(typed: Typed) -> None:
    """Exit code 0."""
    told = typed("protocol", "test", "ct-outside-agent")
    assert told.code == 0, told.out


def test_other_scenarios_need_not_touch_everything(typed: Typed, home: Home) -> None:
    """A file of one's own passes when its cases hold, and fails by name when one does not."""
    file = home.path.parent / "mine.yaml"
    file.write_text(SCENARIOS, encoding="utf-8")
    assert typed("protocol", "test", "small", "--scenarios", str(file)).code == 0
    file.write_text(SCENARIOS.replace("outcome: handover", "outcome: gone"), encoding="utf-8")
    told = typed("protocol", "test", "small", "--scenarios", str(file))
    assert told.code == 1
    assert "FAIL  An agent at the door" in told.out


@pytest.mark.parametrize("broken", ["", "[", "- {name: x}\n", SCENARIOS.replace("channel: door", "channel: roof")])
def test_scenarios_that_do_not_read_are_findings(typed: Typed, home: Home, broken: str) -> None:
    """Exit code 1, with the place and the repair."""
    file = home.path.parent / "mine.yaml"
    file.write_text(broken, encoding="utf-8")
    told = typed("protocol", "test", "small", "--scenarios", str(file))
    assert told.code == 1
    assert "→" in told.out
    assert typed("protocol", "test", "small", "--scenarios", str(file), "--json").json["findings"]


def test_scenarios_need_a_protocol_without_errors_and_a_file(typed: Typed, home: Home) -> None:
    """Exit code 2."""
    folder = home.path / "protocols" / "small"
    typed.refused(2, "protocol", "test", "small", "--scenarios", "nowhere.yaml")
    (folder / "scenarios.yaml").unlink()
    typed.refused(2, "protocol", "test", "small")
    (folder / "protocol.yaml").write_text("{", encoding="utf-8")
    typed.refused(2, "protocol", "test", "small")


def test_a_pack_with_an_unreadable_file_is_not_sealed(typed: Typed, home: Home) -> None:
    """The protocol alone is in order, but the pack can't be approved."""
    (home.path / "protocols" / "small" / "scenarios.yaml").write_text("[", encoding="utf-8")
    for words in ((), ("--json",)):
        assert typed("protocol", "check", "small", *words).code == 1
    told = typed("protocol", "approve", "small", "--name", "A", "--role", "S")
    assert (told.code, told.out) == (3, "")


def test_an_approval_is_bound_to_the_content(typed: Typed, home: Home) -> None:
    """One changed word, and it holds no more."""
    set_up(typed, home)
    pack = home.path / "protocols" / "small" / "protocol.yaml"
    pack.write_text(PACK.replace("Call.", "Ring."), encoding="utf-8")
    assert "changed after it was approved by A. Example" in typed("protocol", "show").out


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--name", "A. Example"),
        ("--name", "  ", "--role", "Superintendent"),
        ("--name", "A\x1b[2J", "--role", "Superintendent"),
        ("--name", "x" * 81, "--role", "Superintendent"),
        ("--name", "A", "--role", "S", "--date", "soon"),
        ("--name", "A", "--role", "S", "--date", "2999-01-01"),
    ],
    ids=" ".join,
)
def test_an_approval_needs_a_name_a_role_and_a_day(typed: Typed, home: Home, words: tuple[str, ...]) -> None:
    """Nothing is approved by nobody, or in the future."""
    typed.refused(2, "protocol", "approve", "small", *words, *key(home))
    assert not (home.path / "protocols" / "small" / "approval.note").exists()


def test_a_protocol_with_errors_is_not_approved(typed: Typed, home: Home) -> None:
    """Exit code 3."""
    pack = home.path / "protocols" / "small" / "protocol.yaml"
    pack.write_text(PACK.replace("next: routed", "next: nowhere"), encoding="utf-8")
    told = typed("protocol", "approve", "small", "--name", "A", "--role", "S", *key(home))
    assert (told.code, told.out, "P201" in told.err) == (3, "", True)


@pytest.mark.parametrize(
    ("old", "new", "file", "code"),
    [
        ("status: final", "status: draft", "protocol.yaml", "A101"),
        ('{en: "Call."}', '{en: "TODO: whom?"}', "protocol.yaml", "A102"),
        (SCENARIOS, "", "scenarios.yaml", "S"),
        ("outcome: handover", "outcome: gone", "scenarios.yaml", "S115"),
        ("press: left", "call-now: {office: reached}", "scenarios.yaml", "S115"),
        ("review_by: 2099-06-30", "review_by: 2026-06-30", "protocol.yaml", "P503"),
    ],
)
def test_what_is_not_ready_is_not_approved(typed: Typed, home: Home, old: str, new: str, file: str, code: str) -> None:
    """Each with its code and its line, and no note is written."""
    path = home.path / "protocols" / "small" / file
    words = path.read_text(encoding="utf-8")
    assert old in words
    path.write_text(words.replace(old, new), encoding="utf-8")
    told = typed("protocol", "approve", "small", "--name", "A", "--role", "S", *key(home))
    assert (told.code, told.out, f" {code}" in told.err) == (3, "", True), told
    assert not (home.path / "protocols" / "small" / "approval.note").exists()


def test_a_pack_without_scenarios_is_not_approved(typed: Typed, home: Home) -> None:
    """Nobody could read what was meant."""
    (home.path / "protocols" / "small" / "scenarios.yaml").unlink()
    assert " A103" in typed("protocol", "approve", "small", "--name", "A", "--role", "S", *key(home)).err


def test_the_shipped_pack_is_not_signed_in_place(typed: Typed, home: Home) -> None:
    """It is a draft that belongs to the program."""
    assert typed("protocol", "approve", "ct-outside-agent", "--name", "A", "--role", "S", *key(home)).code in {2, 3}


def test_approving_without_a_key_is_wrong_use(typed: Typed) -> None:
    """And says where keys come from."""
    assert "key new" in typed.refused(2, "protocol", "approve", "small", "--name", "A", "--role", "S")


def test_a_wrong_passphrase_and_a_damaged_key_are_one_sentence_each(typed: Typed, home: Home) -> None:
    """Neither writes a note."""
    words = ("protocol", "approve", "small", "--name", "A", "--role", "S")
    given = key(home)
    (home.path.parent / "passphrase").write_text("not the right words at all\n", encoding="utf-8")
    assert "passphrase is wrong" in typed.refused(3, *words, *given)
    file = home.path.parent / "superintendent.key"
    file.write_bytes(file.read_bytes().replace(b"encrypted: ", b"encrypted: A"))
    assert "damaged" in typed.refused(3, *words, *given)
    file.unlink()
    assert "can't be read" in typed.refused(2, *words, *given)
    assert not (home.path / "protocols" / "small" / "approval.note").exists()


def test_a_look_at_an_approval_of_another_day_signs_nothing(typed: Typed, home: Home) -> None:
    """`--as-of` prints what would be signed, and needs no key."""
    told = typed("protocol", "approve", "small", "--as-of", "2027-03-01", "--name", "A. Example", "--role", "S")
    assert (told.code, "approved on: 2027-03-01" in told.out) == (0, True), told
    assert not (home.path / "protocols" / "small" / "approval.note").exists()
    assert typed("protocol", "approve", "small", "--as-of", "2199-03-01").code == 3


def test_an_approval_at_the_terminal_is_confirmed(typed: Typed, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anything but yes approves nothing."""
    at_a_terminal(monkeypatch, "A. Example\n", "\n", "perhaps\n")
    told = typed("protocol", "approve", "small", *key(home))
    assert (told.code, "content hash: " in told.err) == (3, True)
    at_a_terminal(monkeypatch, "A. Example\n", "\n", "yes\n")
    assert typed("protocol", "approve", "small", *key(home)).code == 0
    note = (home.path / "protocols" / "small" / "approval.note").read_bytes()
    approval = read_statement(verify(note, verifier_key(PUBLIC)))
    assert (approval.name, approval.role) == ("A. Example", "Superintendent")


def test_contacts_are_checked_shown_and_imported(typed: Typed, home: Home) -> None:
    """From a file beside the home to the one in use."""
    typed("setup", "--upgrade-log")
    home.settings_file.write_text('[protocol]\nid = "small"\n', encoding="utf-8")
    file = str(home.path.parent / "contacts.yaml")
    assert typed("contacts", "check", file).code == 0
    assert typed("contacts", "import", file).code == 0
    assert "The office" in typed("contacts", "show").out
    shown = typed("contacts", "show", "--json").json
    assert shown["roles"]["office"][0]["phone"] == "890-555-0242"
    assert typed("contacts", "check", "--json").json == []


def test_example_contacts_are_taken_for_practice_and_found(typed: Typed, home: Home) -> None:
    """Each command says so; the desk that is otherwise ready stays in PRACTICE."""
    set_up(typed, home)
    examples = home.path.parent / "examples.yaml"
    examples.write_text(CONTACTS.replace("890-555-0242", "860-555-0142"), encoding="utf-8")
    assert typed("contacts", "check", str(examples), "--json").json[0]["code"] == "C109"
    told = typed("contacts", "import", str(examples))
    assert (told.code, "C109" in told.err) == (1, True)
    assert home.contacts_file.read_bytes() == examples.read_bytes()
    told = typed("setup", "--contacts", str(examples))
    assert (told.code, "Still in PRACTICE: “860-555-0142”" in told.err) == (0, True)
    contacts = next(c for c in typed("doctor", "--json").json["checks"] if c["name"] == "contacts")
    assert contacts["state"] == "red"


@pytest.mark.parametrize("broken", [CONTACTS.replace("office:", "nobody:"), "{", "", "kind: contacts\n"])
def test_contacts_with_errors_are_found_and_not_imported(typed: Typed, home: Home, broken: str) -> None:
    """`check` ends with 1, `import` with 2, and the ones in use stay."""
    set_up(typed, home)
    before = home.contacts_file.read_bytes()
    file = home.path.parent / "bad.yaml"
    file.write_text(broken, encoding="utf-8")
    assert typed("contacts", "check", str(file)).code == 1
    assert typed("contacts", "import", str(file)).code == 2
    assert home.contacts_file.read_bytes() == before


def test_a_file_of_endless_length_is_refused(typed: Typed, home: Home) -> None:
    """It is not even read."""
    file = home.path.parent / "large.yaml"
    file.write_bytes(b"#" * (2 << 20))
    typed.refused(2, "contacts", "check", str(file))
