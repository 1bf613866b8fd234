"""The threats in `db/README.md`: each has tests that carry it out, or it is one that nothing prevents."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]

TESTS: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("curious staff", "open the program and read lists"): (
        "commands/test_people.py::test_from_then_on_a_command_needs_a_person_with_the_right",
        "commands/test_people.py::test_each_look_is_one_entry_with_its_person",
        "log/test_signing_key.py::test_a_log_is_made_with_its_key",
        "record/disclosure/test_encryption.py::test_a_sealed_note_can_not_be_read_here",
    ),
    ("anyone at the desk", "guess a person's passphrase"): (
        "log/people/test_log_in.py::test_ten_wrong_passphrases_are_ten_entries_and_each_waits_longer",
        "log/people/test_log_in.py::test_failures_count_across_a_replaced_log",
        "log/intake/test_people.py::test_a_guess_among_many_at_once_does_not_get_in",
        "record/people/test_logins.py::test_setting_the_clock_forward_does_not_end_the_wait",
        "screens/review/test_log_in.py::test_ten_wrong_passphrases_hinder_only_that_log_in",
    ),
    ("a person who edits `keys/people.json`", "log in as another person"): (
        "log/people/test_log_in.py::test_an_exchanged_verifier_is_refused_before_it_is_tried",
        "log/people/test_known.py::test_a_damaged_file_lets_nobody_in",
        "app/test_people.py::test_a_changed_file_is_a_warning_on_the_home_screen_and_an_entry",
    ),
    ("a person who comes to a screen that another left", "read under another's name"): (
        "screens/review/test_log_in.py::test_hiding_keeps_the_log_in_and_idleness_ends_it",
    ),
    (
        "a person who owns the account",
        "read the log with another program; replace the program, or write entries with it",
    ): (
        "log/people/test_account.py::test_the_file_is_read_without_a_passphrase",
        "log/people/test_account.py::test_a_changed_program_writes_any_name",
    ),
    ("an agent at the counter", "speak hostile text, look, photograph, keep the verification code"): (
        "terminal/test_hostile_words_in_a_terminal.py::test_words_that_drive_a_terminal_are_only_shown",
        "terminal/test_hostile_words_in_a_terminal.py::test_no_exported_cell_begins_as_a_formula",
    ),
    ("a power cut, a killed program, a full disk", "lose the newest entries"): (
        "faults/test_power_cut.py::test_no_cut_loses_an_acknowledged_answer",
        "faults/test_store_faults.py::test_a_killed_writer_loses_nothing_it_acknowledged",
        "faults/test_store_faults.py::test_a_full_disk_is_finished_on_the_reserve",
    ),
    ("staff, through the program", "change or remove an entry"): (
        "db/test_guards.py::test_the_writing_connection_refuses",
        "db/test_guards.py::test_the_tables_refuse_even_a_stranger",
    ),
    ("a person with the file", "change, add or remove rows; remove triggers"): (
        "faults/test_tampering.py::test_what_is_done_to_the_file_is_caught",
        "faults/test_tampering.py::test_another_schema_is_caught_though_all_entries_match",
        "faults/test_tampering.py::test_every_byte_of_every_entry_and_value_is_caught",
    ),
    ("a person with the file and the kiosk's key", "rewrite and sign everything"): (
        "faults/test_tampering.py::test_what_is_done_with_the_kiosks_own_key_is_caught_by_a_code",
    ),
    ("anyone", "remove the newest entries"): (
        "faults/test_forgeries.py::test_a_forgery_is_never_called_verified",
        "commands/setup/test_logs.py::test_a_lost_checkpoint_stays_red_until_somebody_acknowledged_it",
    ),
    ("anyone", "put a log in its place that another key signed"): (
        "faults/test_tampering.py::test_a_log_signed_anew_with_another_key_is_caught",
        "faults/test_forgeries.py::test_a_forgery_is_never_called_verified",
        "faults/test_forgeries.py::test_what_nothing_here_can_show_is_found_by_the_key_or_the_code_on_paper",
    ),
    ("one person alone", "destroy records that the law or others want kept"): (
        "commands/log/retention/test_authorize.py::test_a_forged_authorization_destroys_nothing",
        "commands/log/retention/test_authorize.py::test_one_person_can_not_do_both",
        "commands/log/retention/test_authorize.py::test_a_key_that_an_editor_put_into_the_settings_authorizes_nothing",
        "record/verification/test_authority.py::test_a_destruction_without_the_officer_is_found",
    ),
    ("one person alone", "show in a copy what an earlier copy withheld"): (
        "record/disclosure/test_lifting.py::test_the_same_or_a_wider_audience_sees_it_again",
        "commands/log/test_export_second.py::test_while_nobody_is_set_up_the_two_are_named",
        "commands/log/test_export_second.py::test_people_who_are_set_up_both_log_in",
    ),
    ("anyone", "restore a forged or forked backup"): (
        "log/test_restore.py::test_a_log_with_other_entries_than_the_one_here_is_refused",
        "log/test_restore.py::test_a_log_of_the_same_id_that_another_key_signed_is_refused",
        "log/test_restore.py::test_the_key_of_another_kiosk_is_known_only_when_it_is_given",
    ),
    ("anyone", "replace the log with an older copy or a fork"): (
        "log/test_continuity.py::test_a_log_that_does_not_continue_what_was_signed_must_be_replaced",
        "reports/test_verified_logs.py::test_a_further_copy_with_other_entries_is_a_problem",
    ),
    ("a person who destroys records", "destroy a record on hold"): (
        "db/test_destruction.py::test_a_hold_stands_against_a_stranger_too",
        "db/test_destruction.py::test_under_a_hold_neither_entry_nor_purge_is_written",
    ),
    ("a person who does not use the kiosk", "leave no record of a visit"): (),
    ("a thief with the disk", "read files"): (
        "record/disclosure/test_encryption.py::test_a_sealed_note_can_not_be_read_here",
    ),
    ("malware on the kiosk", "show other text, log false entries, sign them"): (
        "packs/test_in_force.py::test_every_entry_carries_the_pack_in_force",
        "faults/test_tampering.py::test_what_is_done_with_the_kiosks_own_key_is_caught_by_a_code",
    ),
    (
        "a person who sets the clock",
        "make entries look earlier or later; make records eligible for destruction; put the protocol out of force",
    ): (
        "record/test_clock_changes.py::test_a_step_is_an_entry_with_by_how_much",
        "record/retention/test_schedule.py::test_the_cooling_off_is_counted_from_the_newest_day_that_is_known",
        "commands/log/retention/test_authorize.py::test_a_clock_that_is_put_forward_makes_an_authorization_no_stronger",
        "packs/test_today.py::test_a_desk_with_a_dead_battery_opens_live_and_names_the_clock",
    ),
    ("a person who edits the contacts", "have the desk call another number"): (
        "desk/test_contact_changes.py::test_a_number_changed_by_hand_is_recorded_and_shown_for_a_week",
    ),
    ("another account on the computer", "send entries to the open kiosk"): (
        "system/test_local_socket.py::test_only_this_account_can_open_it",
        "system/test_local_socket.py::test_another_account_gets_in_at_neither_end",
        "log/intake/test_checks.py::test_text_that_must_not_be_stored_is_refused_wherever_it_is",
    ),
    ("the recipient of a package", "change it and pass it on"): (
        "reports/package/test_verify.py::test_every_changed_byte_of_a_copy_is_refused_by_the_whole_check",
        "reports/package/test_verify.py::test_without_the_district_s_key_a_package_is_not_verified",
    ),
    ("the reader of a public copy or of statistics", "find out what was withheld"): (
        "record/disclosure/test_statistics.py::test_no_suppressed_count_can_be_solved_for",
        "commands/log/test_export_classes.py::test_no_format_shows_the_marked_step_below_its_class",
        "reports/package/test_verify.py::test_a_public_copy_holds_no_name_and_no_typed_word_but_public_ones",
    ),
    ("a person who swaps the protocol", "change the text on the screen"): (
        "log/test_recorded_keys.py::test_another_key_in_the_settings_runs_nothing_of_its_own",
        "packs/test_in_force.py::test_an_altered_pack_is_not_installed",
        "packs/test_in_force.py::test_only_a_higher_version_is_installed",
    ),
    ("a person who takes the district key", "decrypt notes"): (
        "record/test_key_file.py::test_the_file_does_not_hold_the_key_in_the_clear",
        "record/test_key_file.py::test_a_key_opens_with_its_passphrase_only",
    ),
}
"""(who, threat) → the tests that carry it out."""


def rows() -> list[tuple[str, str]]:
    """The first two cells of each row of the table of threats."""
    text = (ROOT / "db" / "README.md").read_text("utf-8")
    table = text.partition("## Threats")[2].partition("\n\nNothing")[0]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line[:1] == "|"]
    return [(who, threat) for who, threat, *_ in cells[2:]]


def test_every_threat_has_its_tests_and_no_other_is_listed() -> None:
    """In the order of the table."""
    assert list(TESTS) == rows()


def test_only_a_visit_without_the_kiosk_is_tested_by_nothing() -> None:
    """Nothing can prevent or detect it."""
    assert [who for (who, _), tests in TESTS.items() if not tests] == ["a person who does not use the kiosk"]


@pytest.mark.parametrize("test", sorted({test for tests in TESTS.values() for test in tests}))
def test_each_of_these_tests_exists(test: str) -> None:
    """By its file and its name."""
    file, _, name = test.partition("::")
    assert re.search(rf"^ *(async )?def {name}\(", (ROOT / "tests" / file).read_text("utf-8"), re.MULTILINE)
