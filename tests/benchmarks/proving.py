"""Proving a protocol's guarantees beside pyxform converting as long a form. `python -m tests.benchmarks.proving`.

Both read text, find what is wrong with it and answer; pyxform writes an XForm, the check writes verdicts. They take
turns in one process, so that the ratio means the same on any machine. Aim: one for each guarantee that is proved.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from pyxform.xls2xform import convert

from kiosk.checks.guarantees import verdicts
from kiosk.checks.run import check_pack
from kiosk.protocol.findings.collector import errors
from kiosk.protocol.pack import PROTOCOL_FILE, read_pack
from tests.checks.guarantees.big import realistic

ROWS = 1_000
ROUNDS = 5


def timed(work: Callable[[], object]) -> float:
    """How long `work` took, in milliseconds of the processor."""
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def form(rows: int) -> str:
    """A form as a Markdown table: questions with four answers, notes, texts and conditions, as in the protocol."""
    lines = ["| survey |", "| | type | name | label | relevant |"]
    for n in range(rows):
        match n % 10:
            case 0 | 1 | 4 | 7 | 8:
                lines.append(f"| | select_one answers | s{n} | Question {n}? | {_relevant(n)} |")
            case 9:
                lines.append(f"| | select_multiple answers | s{n} | Which {n}? | |")
            case 5 | 6:
                lines.append(f"| | text | s{n} | Write {n} | {_relevant(n)} |")
            case _:
                lines.append(f"| | note | s{n} | Do {n} | |")
    lines += ["| choices |", "| | list_name | name | label |"]
    lines += [f"| | answers | o{n} | {label} |" for n, label in enumerate("ABCD")]
    return "\n".join(lines) + "\n"


def _relevant(n: int) -> str:
    return f"${{s{n - n % 10}}} = 'o0'" if n % 10 in (1, 6) else ""


def main() -> None:
    """Measure both, interleaved, and print the ratios."""
    protocol, table = realistic(ROWS).encode(), form(ROWS)
    reading = read_pack({PROTOCOL_FILE: protocol})
    assert reading.protocol is not None, errors(reading.findings)
    proved = reading.protocol
    rounds = [
        (
            timed(lambda: check_pack(read_pack({PROTOCOL_FILE: protocol}))),
            timed(lambda: verdicts(proved)),
            timed(lambda: convert(table, file_type=".md", validate=False)),
        )
        for _ in range(ROUNDS)
    ]
    whole, alone, floor = (statistics.median(column) for column in zip(*rounds, strict=True))
    count = len(verdicts(proved))
    columns = (("reading and checking all", whole), (f"{count} guarantees", alone), ("one guarantee", alone / count))
    for what, ours in columns:
        row = f"{ROWS} steps, {what:<26} {ours:8.1f} ms  pyxform {floor:8.1f} ms  ratio {ours / floor:5.2f}"
        print(row)  # noqa: T201 - a benchmark's answer


if __name__ == "__main__":
    main()
