"""How each desk is, in Prometheus' text format, for the textfile collector of its node exporter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from db.district.fleet import LogStatus
from kiosk.district.fleet import Color, DeskLine, behind

_NUMBERS: Final = {Color.GREEN: 0, Color.AMBER: 1, Color.RED: 2, Color.GRAY: -1}


class _Metric(NamedTuple):
    """A gauge. of: its value for a desk, None for a desk that has none."""

    name: str
    help: str
    of: Callable[[DeskLine], float | None]


def _of_log(value: Callable[[LogStatus], float]) -> Callable[[DeskLine], float | None]:
    return lambda one: None if one.status.log is None else value(one.status.log)


_METRICS: Final = (
    _Metric("state", "State of the desk: 0 green, 1 amber, 2 red, -1 retired.", lambda one: _NUMBERS[one.color]),
    _Metric("enrolled_seconds", "Time of enrollment.", lambda one: one.status.enrolled_at.timestamp()),
    _Metric(
        "last_contact_seconds", "Time of the last call of the desk.", _of_log(lambda log: log.last_contact.timestamp())
    ),
    _Metric(
        "runs_published",
        "1 if the newest bundle for the desk is installed, or there is none.",
        lambda one: None if one.status.retired else float(one.status.runs_published),
    ),
    _Metric("entries", "Entries of the newest log that the server has.", _of_log(lambda log: log.size)),
    _Metric("entries_at_desk", "Entries that the desk said it has.", _of_log(lambda log: log.head)),
    _Metric("entries_behind", "Entries that the server does not have in full.", _of_log(behind)),
    _Metric("quarantined", "1 if nothing more is taken from the log.", _of_log(lambda log: log.state == "quarantined")),
)


def as_metrics(found: Sequence[DeskLine], now: datetime) -> str:
    """Return the desks as gauges, each with its school and desk as labels. now: by the server's clock."""
    lines = [line for metric in _METRICS for line in _gauge(metric, found)]
    lines += _headed("newest_entry_seconds", "Time of the newest entry of a kind, by the desk's clock.")
    for one in found:
        for kind, at in sorted(one.status.log.newest.items()) if one.status.log else ():
            lines.append(_sample("newest_entry_seconds", _desk(one) | {"kind": kind}, at.timestamp()))
    lines += _headed("protocol_info", "1; the protocol that the desk installed last is a label.")
    for one in found:
        if one.status.log and one.status.log.protocol:
            lines.append(_sample("protocol_info", _desk(one) | {"protocol": one.status.log.protocol}, 1))
    lines += _headed("status_seconds", "Time of this status, by the server's clock.")
    lines.append(_sample("status_seconds", {}, now.timestamp()))
    return "".join(f"{line}\n" for line in lines)


def _gauge(metric: _Metric, found: Iterable[DeskLine]) -> list[str]:
    values = ((one, metric.of(one)) for one in found)
    samples = [_sample(metric.name, _desk(one), value) for one, value in values if value is not None]
    return [*_headed(metric.name, metric.help), *samples]


def _headed(name: str, words: str) -> list[str]:
    return [f"# HELP kiosk_district_{name} {words}", f"# TYPE kiosk_district_{name} gauge"]


def _desk(one: DeskLine) -> dict[str, str]:
    return {"school": one.status.school, "desk": one.status.desk}


def _sample(name: str, labels: dict[str, str], value: float) -> str:
    named = ",".join(f'{label}="{_escaped(words)}"' for label, words in labels.items())
    number = int(value) if float(value).is_integer() else round(value, 3)
    return f"kiosk_district_{name}{f'{{{named}}}' if named else ''} {number}"


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
