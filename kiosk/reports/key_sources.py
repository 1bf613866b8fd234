"""How the key of each verified log is known: given by the reader, known to this kiosk, cited, or not at all."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kiosk.errors import StoreUnusable
from kiosk.log.archive import archived_file
from kiosk.log.signing_key import keys_file, known_keys, read_signer
from kiosk.record.transparency.signed_note import VerifierKey
from kiosk.record.transparency.verification_code import short_log_id
from kiosk.record.verification.segment import Problem
from kiosk.record.verification.verdict import KeySource
from kiosk.reports.verification import LogReport
from kiosk.settings import Home, Mode

_OTHER_KEY: Final = "The log is signed with another key than the one that you gave."


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """The keys that can confirm a log's key.

    given: keys that the reader gave; strange: those of them that no previous log here names.
    signing: the public part of the key that signs here; None when it is not here.
    listed: the keys in this kiosk's list. problem: what is wrong with the list; unsure: what is missing; sentences.
    """

    given: tuple[VerifierKey, ...] = ()
    strange: tuple[VerifierKey, ...] = ()
    signing: VerifierKey | None = None
    listed: tuple[VerifierKey, ...] = ()
    problem: str = ""
    unsure: str = ""


def own_keys(home: Home, mode: Mode, given: Sequence[VerifierKey], previous: Iterable[VerifierKey] = ()) -> OwnKeys:
    """Return the keys that can confirm a log of this home. previous: the keys that previous logs here name."""
    signing, problem, unsure = None, "", ""
    listed: tuple[VerifierKey, ...] = ()
    try:
        listed = known_keys(home, mode)
    except StoreUnusable as error:
        problem = error.what
    try:
        signing = read_signer(home, mode).public
    except StoreUnusable as error:
        unsure = error.what
    if not (listed or problem):
        unsure = f"The list of the keys that this kiosk signed with, {keys_file(home, mode)}, is missing."
    strange = tuple(key for key in given if key not in set(previous))
    return OwnKeys(tuple(given), strange, signing, listed, problem, unsure)


def current(log: LogReport, keys: OwnKeys) -> LogReport:
    """Return the report on the log in use with the source of its key, and problems if a key contradicts it."""
    key = log.result.key
    if key is None:
        return log
    wrong = [keys.problem] if keys.problem else []
    if keys.strange and key not in keys.strange:
        wrong.append(_OTHER_KEY)
    if keys.signing is not None and keys.signing != key:
        wrong.append("The key that the log names is not this kiosk's log signing key: one of the two was replaced.")
    if keys.listed and key not in keys.listed:
        wrong.append("The log is signed with a key that is not in the list of the keys that this kiosk signed with.")
    if missing := [cited for cited in log.cited_keys if cited not in map(str, keys.listed)] if keys.listed else []:
        wrong.append(f"The list of the keys that this kiosk signed with lacks {len(missing)} that the log cites.")
    return _with(log, wrong, _source(key, keys), keys.unsure)


def _source(key: VerifierKey, keys: OwnKeys) -> KeySource:
    if key in keys.given:
        return KeySource.GIVEN
    return KeySource.KIOSK if key == keys.signing and key in keys.listed else KeySource.UNKNOWN


def previous(log: LogReport, now: LogReport, keys: OwnKeys) -> LogReport:
    """Return the report on a previous log with the source of its key. now: the report on the log in use."""
    key = log.result.key
    if key is None:
        return log
    wrong = []
    if key in keys.given:
        source = KeySource.GIVEN
    elif str(key) in now.cited_keys:
        source = KeySource.UNKNOWN if now.key_source is KeySource.UNKNOWN else KeySource.CITED
    else:
        source = KeySource.UNKNOWN
        if key.name in {cited.split("+")[0] for cited in now.cited_keys}:
            wrong.append("This log is signed with another key than the one that this kiosk signed it with.")
    return _with(log, wrong, source, "The log in use does not cite its key.")


def elsewhere(log: LogReport, keys: OwnKeys) -> LogReport:
    """Return the report on a file that the reader named, with the source of its key."""
    key = log.result.key
    if key is None:
        return log
    wrong = []
    if keys.given and key not in keys.given:
        wrong.append(_OTHER_KEY)
    if any(known.name == key.name and known != key for known in keys.listed):
        wrong.append("This kiosk signed the log of this ID with another key.")
    source = KeySource.LISTED if key in keys.listed else KeySource.UNKNOWN
    return _with(log, wrong, KeySource.GIVEN if key in keys.given else source, "This kiosk does not know its key.")


def unseen(home: Home, mode: Mode, keys: OwnKeys, here: Container[str]) -> list[str]:
    """Return a sentence for each log that this kiosk signed, by its list of keys, and that is not here.

    here: IDs of logs that are not in the archive.
    """
    listed = [key.name for key in keys.listed if key.name not in here]
    names = [name for name in listed if not archived_file(home, mode, name).exists()]
    return [f"Log {short_log_id(name)}, whose key this kiosk lists, is not here." for name in names]


def _with(log: LogReport, wrong: Sequence[str], source: KeySource, unsure: str) -> LogReport:
    problems = (*(Problem(None, words) for words in wrong), *log.result.problems)
    return replace(log, result=replace(log.result, problems=problems), key_source=source, unsure=unsure)
