"""The guide for administrators and counsel: from a question to its keys and its command."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kiosk.i18n.strings import text
from kiosk.presentation.review import OPEN_WORK
from kiosk.reports.document.model import Block, Bullets, Cell, Heading, Pairs, Paragraph, Table, cell
from kiosk.reports.guides.words import commands, key, label, picture

TITLE: Final = "Administrators and counsel: records"
FOOT: Final = "Guide for administrators and counsel. It is not legal advice."

_LEVELS: Final = (
    ("statistics", "Counts of whole months; small counts are suppressed."),
    ("public", "What may be released: facts, steps and outcomes of class public, and calls by role. No note."),
    ("counsel", "Also exempt facts, notes, names, and the words of the screens."),
    ("full", "Everything, also privileged notes."),
)
_SHARES: Final = (3.2, 2.9, 5)


def blocks() -> Iterator[Block]:
    """Yield the guide."""
    yield Heading("Read the records")
    yield Bullets(_reading())
    yield picture("records", "The upper part of the records: lists with their numbers, a search, reports.", share=0.50)
    yield picture("record", "A record: other records with the same values, then what is known of it.", share=0.50)
    yield Heading("From a question to its answer")
    yield Table(("Question", "At the screen", "Command"), _questions(), _SHARES)
    yield Heading("Complete a record")
    yield Paragraph(
        f"In a record, choose {label('records.group.record', no='2026-0001')}. The screen asks, and shows what it "
        "would save. The record stays as it is: each act adds an entry with the name of the person."
    )
    yield Table(("At the screen", "Command"), _acts(), (3.4, 7))
    yield Heading("Duties, requests, presence, people")
    yield Table(("What", "At the screen", "Command"), _beyond(), (2.0, 3.4, 7))
    yield Heading("Share: four levels")
    yield Pairs(_LEVELS)
    yield Heading("Keep, hold and destroy")
    yield Table(("What", "Command"), _retention(), (2.6, 7))
    yield Paragraph(
        "Anyone can check an evidence package with the verify.py in it. Keep verification codes and the line of "
        "“kiosk key show log” on paper: they show later whether the log was changed."
    )


def _reading() -> tuple[str, ...]:
    return (
        f"On the first screen, press {key('admin')}, then {key('review')}. In a terminal, “kiosk review” shows the "
        "same; the desk keeps working. Once people are set up, choose your name and type your passphrase. The log "
        "keeps who read what. Reading changes nothing.",
        f"Open work comes first: {', '.join(label(f'records.{shelf}') for shelf in OPEN_WORK)}.",
        f"A record shows each step, answer, call and amendment with its time. Its first lines, such as "
        f"{text('records.alike', words='4471')}, lead to earlier records with the same badge, name, agency or number.",
    )


def _questions() -> tuple[tuple[Cell, ...], ...]:
    reports = label("records.group.reports")
    report = (reports, label("save.report"), label("save.days.last-month"))
    period = commands("report period --names --from 2026-10-01 --to 2026-10-31 -o october.pdf")
    return tuple(
        (cell(question), cell(*screen), command)
        for question, screen, command in (
            ("1 Visits last month, by agency and outcome", report, period),
            ("2 Minutes until someone was reached", ("As 1",), cell("As 1")),
            ("3 Steps where records got stuck", ("As 1",), cell("As 1")),
            ("4 Facts that were refused", ("As 1",), cell("As 1")),
            (
                "5 Who amended what, when",
                ("In the record",),
                cell("As 1; for one record:", *commands("log show 2026-0001")),
            ),
            ("6 Eligible for destruction", (label("records.eligible"),), commands("log retention eligible")),
            (
                "7 FERPA 99.32 entries owed",
                (label("records.duties"), label("records.search.list")),
                commands("duty list --search 99.32"),
            ),
            (
                "8 A visit, redacted, for a reporter, by Friday",
                ("In the record:", label("save.record")),
                _for_a_reporter(),
            ),
            (
                "9 Have we met this badge before?",
                (label("records.search"),),
                commands("log list --search 4471"),
            ),
            (
                "10 Prove that a page is unchanged",
                ("The code on the page",),
                commands("log verify --code FOK1:…", "report certification --of copy.html -o sign.pdf"),
            ),
            (
                "11 One page for the board",
                (reports, label("save.report")),
                commands("report board -o board.pdf"),
            ),
            ("12 Was the version in force followed?", ("As 1, at each kiosk",), cell("As 1, at each kiosk")),
        )
    )


def _for_a_reporter() -> Cell:
    return commands(
        'request new --requester "Robin Example" --how email --business-days 4 --record 2026-0001',
        'log export --format html --level public --record 2026-0001 --for "Robin Example" -o copy.html',
    )


def _acts() -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (cell(label(f"act.record.{act}")), commands(line))
        for act, line in (
            ("correct", 'log amend 2026-0001 --field badge --value 4471 --reason "Misread"'),
            ("add", 'log amend 2026-0001 --add "They came back"'),
            ("called", "log amend 2026-0001 --called superintendent-office --result reached"),
            ("read", "log amend 2026-0001 --reviewed"),
            ("assess", "assess 2026-0001 --role administrator --decision complete"),
            ("close", 'log amend 2026-0002 --close --reason "It was over"'),
        )
    )


def _beyond() -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (cell(what), cell(*map(label, screen)), commands(*lines))
        for what, screen, lines in (
            ("A duty is done", ("records.duties", "act.duty.done"), ("duty done 2026-0001 papers-forwarded",)),
            (
                "A copy was given; its letter",
                ("records.open-requests", "save.letter"),
                ("request give R-2026-0001 --export 112", "report request R-2026-0001 -o letter.pdf"),
            ),
            (
                "Officers were seen; they left",
                ("records.open-presence",),
                (
                    "presence report --where street --source family",
                    'presence confirm S-2026-0001 --where entrance --confirmed-by "Dana Ruiz"',
                    "presence clear S-2026-0001 --message agents-left --to families",
                ),
            ),
            (
                "A contact, or a closed day",
                ("records.group.contacts",),
                ('contacts away "Dana Ruiz" --from 2026-10-05 --to 2026-10-09',),
            ),
        )
    )


def _retention() -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (cell(what), commands(*lines))
        for what, lines in (
            ("Place a legal hold", ('log hold place 2026-0001 --matter 24-117 --reason "Subpoena"',)),
            ("Period is over: request", ("log retention eligible -o request.txt",)),
            ("The officer signs, elsewhere", ("log retention authorize request.txt --key records.key -o signed.txt",)),
            ("A second person destroys", ('log retention destroy --authorization signed.txt --reason "Period over"',)),
        )
    )
