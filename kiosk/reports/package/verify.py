#!/usr/bin/env python3
"""Verify an evidence package of a front-office kiosk: `python3 verify.py [FOLDER] [--key LINE] [--code CODE]`.

Needs Python 3.8 or later and nothing else. Exit code: 0 VERIFIED; 1 DOES NOT MATCH; 5 NOT CHECKED: nothing is wrong,
but something could not be decided, such as whose key signed the package. The first lines say what is not proven.

1. Is manifest.note, the list of files, signed by the key in key.txt (C2SP signed note, Ed25519), and is that the one
   given with --key? Is each file there, with the SHA-256 that the list gives, and none that the list does not name?
2. For each log (folders log-1, log-2 ...): is checkpoint.note signed by the log's key? It gives the number of entries
   in the log, and the root: one hash over all of them (the Merkle tree of RFC 6962).
3. Is each line of events.jsonl, hashed as SHA-256(0x00 + line), at its number in proof.txt, and do the hashes there,
   joined two by two as SHA-256(0x01 + left + right), give the root? Then each was signed, at its number, unchanged.
4. An entry has no value, only ("sd") the SHA-256 of each value with its random salt. Has each value in
   disclosures.jsonl that hash, and does that file say of every other value why it is withheld from this package?
5. With --code: had this log, at the size in the verification code, the root in that code?
"""

from __future__ import annotations

import argparse
import base64
import functools
import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

PIECE = 1 << 20
LONGEST = 1 << 24
"""Files are read in pieces, of so many bytes; a line, and a file that is needed whole, is never longer than LONGEST."""

LEFTOVERS = re.compile(
    r"\.DS_Store|\._.*|\.Spotlight-V100|\.Trashes|Thumbs\.db|desktop\.ini|~\$.*|\.~lock\..*#", re.IGNORECASE
)
"""Names of files that operating systems and office programs leave in a folder. They are named and passed over."""


class Bad(Exception):
    """Something that does not match; the words say where and what."""


def need(true: bool, what: str) -> None:
    """Raise Bad unless it is true."""
    if not true:
        raise Bad(what)


# Ed25519, the signature of RFC 8032: P, ORDER and D are its constants of section 5.1.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


class Point(NamedTuple):
    """A point of the curve in extended coordinates: its x is x/z, its y is y/z, and their product is t/z."""

    x: int
    y: int
    z: int
    t: int


def added(a: Point, b: Point) -> Point:
    """Return the sum of two points (section 5.1.4)."""
    one, two = (a.y - a.x) * (b.y - b.x) % P, (a.y + a.x) * (b.y + b.x) % P
    three, four = 2 * a.t * b.t * D % P, 2 * a.z * b.z % P
    e, f, g, h = two - one, four - three, four + three, two + one
    return Point(e * f % P, g * h % P, f * g % P, e * h % P)


def times(number: int, point: Point) -> Point:
    """Return the point, added to itself so many times."""
    total = Point(0, 1, 1, 0)
    while number:
        total, point, number = added(total, point) if number & 1 else total, added(point, point), number >> 1
    return total


def point_of(data: bytes) -> Point | None:
    """Return the point in 32 bytes (section 5.1.3); None if they are not the encoding of one."""
    y, odd = int.from_bytes(data, "little") & (2**255 - 1), data[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    if y >= P or x * x % P != square or (not x and odd):
        return None
    x = x if x & 1 == odd else P - x
    return Point(x, y, 1, x * y % P)


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed_by(public: bytes, signature: bytes, message: bytes) -> bool:
    """Return whether this key made this signature over the message (section 5.1.7)."""
    key, s = point_of(public) if len(public) == 32 else None, int.from_bytes(signature[32:], "little")
    if key is None or BASE is None or len(signature) != 64 or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    sum_ = added(times(s, BASE), times(ORDER - k, key))
    scale = pow(sum_.z, P - 2, P)
    x, y = sum_.x * scale % P, sum_.y * scale % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


def join(right: bytes, left: bytes) -> bytes:
    """Return the hash of a node of the tree from the hashes of its two halves."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def parsed(code: str) -> tuple[str, int, bytes]:
    """Return the parts of a verification code: eight digits of the log's ID, number of entries, root."""
    parts = re.fullmatch(r"FOK1:([0-9A-F]{8})/([0-9]{1,15})/([A-Z2-7]{52})", re.sub(r"\s", "", code).upper())
    return (parts[1], int(parts[2]), base64.b32decode(parts[3] + "====")) if parts else ("", 0, b"")


class Package:
    """A package in a folder. Sentences about it: `verified`, `wrong`, `unchecked`, `passed`.

    said: the lines of the file list. values: the entries' values, for --list.
    """

    def __init__(self, folder: Path, keys: list[str], codes: list[str]) -> None:
        self.folder, self.keys, self.codes, self.at = folder, keys, codes, ""
        self.verified: list[str] = []
        self.wrong: list[str] = []
        self.unchecked: list[str] = []
        self.passed: list[str] = []
        self.said: list[tuple[str, str]] = []
        self.values: dict[tuple[str, int], list[str]] = {}

    def check(self) -> Package:
        """Check everything; return the package."""
        self.attempt(self.manifest)
        if self.said:  # else there is nothing that the rest could be compared with
            self.attempt(self.files)
        for said in [value for name, value in self.said if name == "log"]:
            self.attempt(self.log, said)
        self.wrong += [f"{code} is not a verification code of a log in this package." for code in self.codes]
        return self

    def attempt(self, check: Callable[..., str], *given: Any) -> None:
        """Run one check, which returns a sentence about what it verified, or raises Bad or adds to `wrong`."""
        try:
            before, found = len(self.wrong), check(*given)
            self.verified += [found] if len(self.wrong) == before else []
        except Bad as bad:
            self.wrong.append(str(bad))
        except MemoryError:
            self.unchecked.append(f"{self.at} is too large for this computer's memory.")
        except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, OSError, RecursionError) as error:
            self.wrong.append(f"{self.at} can't be read ({error}): it was changed or is missing.")

    def pieces(self, path: Path) -> Iterator[bytes]:
        """Yield the bytes of a file in pieces. Raises Bad for a link, a pipe or a device."""
        need(path.is_file() and not path.is_symlink(), f"{self.at or path.name} is not a file, or is missing.")
        with path.open("rb") as file:
            yield from iter(lambda: file.read(PIECE), b"")

    def text(self, path: Path) -> str:
        """Return the text of a short file."""
        data = b""
        for piece in self.pieces(path):
            data += piece
            need(len(data) <= LONGEST, f"{self.at} is longer than {LONGEST} bytes.")
        return data.decode("utf-8")

    def lines(self, path: Path) -> Iterator[tuple[str, bytes]]:
        """Yield the place and the bytes of each line of a file."""
        number, left = 0, b""
        self.at = f"{path.parent.name}/{path.name}"
        for piece in self.pieces(path):
            *whole, left = (left + piece).split(b"\n")
            for line in whole:
                number += 1
                self.at = f"{path.parent.name}/{path.name} line {number}"
                yield self.at, line
            need(len(left) <= LONGEST, f"{path.parent.name}/{path.name}: a line is longer than {LONGEST} bytes.")
        need(not left, f"{path.parent.name}/{path.name}: the last line does not end.")

    def manifest(self) -> str:
        """Step 1: check the signature of the list of files, and whose it is."""
        key, text = self.signed(self.folder / "key.txt", self.folder / "manifest.note")
        need(not self.keys or key in self.keys, f"The package is signed by another key than the one you gave: {key}")
        need(text.startswith("front-office-kiosk copy 1\n"), "manifest.note is not the file list of a package.")
        self.said = [(name, value) for name, _, value in (line.partition(": ") for line in text.split("\n")[1:-1])]
        if not self.keys:
            self.unchecked.append(f"Whose key signed this package. Compare it with the district's (--key): {key}")
        whose = ", which is the one you gave" if self.keys else ""
        about = "; ".join(f"{name} {value}" for name, value in self.said if name not in {"file", "log"})
        return f"The file list is signed by the key in key.txt{whose}. The list says: {about}."

    def signed(self, key_file: Path, path: Path) -> tuple[str, str]:
        """Return the key and the text that it signed. Raises Bad if the signature is missing or does not match."""
        self.at = f"{path.relative_to(self.folder).as_posix()} or its key.txt"
        key = self.text(key_file).rstrip("\n")
        name, said_id, public = key.split("+", 2)
        raw = base64.b64decode(public, validate=True)
        key_id = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
        need(raw[:1] == b"\x01" and len(raw) == 33 and key_id.hex() == said_id, f"{key_file.name} has no key in it.")
        text, _, lines = self.text(path).rpartition("\n\n")
        for line in lines.split("\n")[:-1]:
            dash, who, made = line.split(" ")
            signature = base64.b64decode(made, validate=True)
            if (dash, who, base64.b64encode(key_id + signature[4:]).decode()) == ("\u2014", name, made):
                true = signed_by(raw[1:], signature[4:], f"{text}\n".encode())
                need(true, f"{path.name}: the signature does not match. That file or key.txt was changed.")
                return key, f"{text}\n"
        raise Bad(f"{path.name} is not signed by the key {key}.")

    def files(self) -> str:
        """Step 1: compare every file with the list."""
        found = (p for p in self.folder.rglob("*") if p.is_symlink() or not p.is_dir())
        got = {p.relative_to(self.folder).as_posix() for p in found}
        listed = {value[65:]: value[:64] for name, value in self.said if name == "file"}
        strange = got - {*listed, "manifest.note"}
        left = {path for path in strange if any(LEFTOVERS.fullmatch(part) for part in path.split("/"))}
        self.passed += [f"{path}, which this computer or an office program left here." for path in sorted(left)]
        self.wrong += [f"{path} is not in the file list." for path in sorted(strange - left)]
        self.wrong += [f"{path} is in the file list but missing." for path in sorted(set(listed) - got)]
        for path in sorted(got & {*listed}):
            self.at, digest = path, hashlib.sha256()
            for piece in self.pieces(self.folder / path):
                digest.update(piece)
            if digest.hexdigest() != listed[path]:
                self.wrong.append(f"{path} was changed: its SHA-256 does not match the list.")
        return f"{len(listed)} files match the file list."

    def log(self, said: str) -> str:
        """Steps 2 to 5: check one log of the package."""
        place, origin, size, root = said.split(" ")
        here = self.folder / place
        key, text = self.signed(here / "key.txt", here / "checkpoint.note")
        same = text.startswith(f"{origin}\n{size}\n{root}\n") and key.startswith(f"{origin}+")
        need(same, f"{place}/checkpoint.note does not match the file list.")
        entries = self.entries(here / "events.jsonl", origin)
        codes = [c for c in self.codes if parsed(c)[0] == origin.rsplit("/", 1)[-1][:8].upper()]
        roots = self.proof(here / "proof.txt", entries, int(size), {parsed(code)[1] for code in codes})
        need(roots[int(size)] == base64.b64decode(root), f"{place}/proof.txt does not give the signed root hash.")
        shown, hidden = self.disclosures(here / "disclosures.jsonl", entries)
        self.codes = [code for code in self.codes if code not in codes]
        for code in codes:
            self.attempt(self.compared, code, roots, int(size))
        whose = "" if not self.keys or key in self.keys else f" Only the file list confirms its key: {key}"
        told = f"{place}: {len(entries)} entries match the checkpoint, each at its number of {size} in log {origin}."
        return f"{told} {shown} values match their hashes; {hidden} more are named but withheld.{whose}"

    def entries(self, path: Path, origin: str) -> dict[int, tuple[str, bytes, Any]]:
        """Return by number: the place, the leaf hash and the header of each entry."""
        found: dict[int, tuple[str, bytes, Any]] = {}
        for where, line in self.lines(path):
            seq = (header := json.loads(line))["seq"]
            need(header["origin"] == origin and seq not in found, f"{where} is from another log, or is there twice.")
            found[seq] = (where, hashlib.sha256(b"\x00" + line).digest(), header)
        return found

    def proof(self, path: Path, entries: dict[int, Any], size: int, sizes: set[int]) -> dict[int, bytes]:
        """Step 3: compute the root at `size`, and at each of `sizes` if possible, from the blocks of proof.txt."""
        peaks: list[tuple[int, bytes]] = []  # complete subtrees, largest first: (number of entries, hash)
        at, met, roots = 0, 0, {}
        for where, line in self.lines(path):
            count, node = int(line.split(b" ")[1]), bytes.fromhex(line[-64:].decode())
            fits = count > 0 and count & (count - 1) == 0 and at % count == 0
            need(fits and line.decode() == f"{at} {count} {node.hex()}", f"{where} was changed.")
            if count == 1 and at in entries:
                met += 1
                if entries[at][1] != node:
                    self.wrong.append(f"{entries[at][0]} (entry {at}) does not match its hash.")
            at += count
            while peaks and peaks[-1][0] == count:
                count, node = 2 * count, join(node, peaks.pop()[1])
            peaks.append((count, node))
            if at == size or at in sizes:
                roots[at] = functools.reduce(join, [node for _, node in peaks[::-1]])
        need(met == len(entries) and at == size, f"{path.parent.name}/proof.txt omits or adds entries.")
        return roots

    def disclosures(self, path: Path, entries: dict[int, Any]) -> tuple[int, int]:
        """Step 4: compare every value with its hash. Return the numbers of shown and of only named values."""
        owed = {(seq, name) for seq, (_, _, header) in entries.items() for name in header["sd"]}
        whole, shown = len(owed), 0
        for where, line in self.lines(path):
            said = json.loads(line)
            seq, name, told = said["entry"], said["name"], f"({said.get('withheld')})"
            need((seq, name) in owed, f"{where}: entry {seq} has no “{name}”, or it is there twice.")
            owed.remove((seq, name))
            open_, shut = said.get("disclosure"), said.get("encrypted")
            if open_ or shut:  # shut: only the district can read it, but the entry has a hash of these bytes
                data = open_.encode("ascii") if open_ else base64.b64decode(shut)
                found = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
                committed = entries[seq][2]["sd" if open_ else "sd_encrypted"].get(name)
                need(committed == found, f"{where}: “{name}” of entry {seq} does not match its hash.")
            if open_:
                shown, told = shown + 1, json.dumps(json.loads(base64.urlsafe_b64decode(open_ + "=="))[2])
            self.values.setdefault((path.parent.name, seq), []).append(f"{name}: {told}")
        need(not owed, f"{path.parent.name}/disclosures.jsonl omits {sorted(owed)[:3]}.")
        return shown, whole - shown

    def compared(self, code: str, roots: dict[int, bytes], size: int) -> str:
        """Step 5: compare one verification code with this log."""
        _, seen, root = parsed(code)
        older = "this package can't show the log of that moment; the kiosk can."
        newer = "this code is newer than this package; ask for a newer package."
        self.unchecked += [] if seen in roots else [f"{code}: {newer if seen > size else older}"]
        need(roots.get(seen, root) == root, f"{code} does not match: the log was rewritten since that moment.")
        return f"{code} is of a log in this package" + f", and its first {seen} entries match it." * (seen in roots)


def report(found: Package, codes: list[str], values: list[str]) -> Iterator[str]:
    """Yield the lines: what is not proven, the values that were asked for, what was checked, and the result."""
    if not found.keys:
        yield "NOT PROVEN      That this package is from the district's kiosk: no key was given with --key."
    if not codes:
        yield "NOT PROVEN      That the kiosk's owner did not rewrite the whole log: no code was given with --code."
    yield "NOT PROVEN      That what was written is true, that everything was recorded, and that the clock was right."
    yield from values
    yield from (f"VERIFIED        {line}" for line in found.verified)
    yield from (f"PASSED OVER     {line}" for line in found.passed)
    yield from (f"NOT CHECKED     {line}" for line in found.unchecked)
    yield from (f"DOES NOT MATCH  {line}" for line in found.wrong)
    yield "DOES NOT MATCH." if found.wrong else "NOT CHECKED: see above." if found.unchecked else "VERIFIED."


def main(words: list[str] | None = None) -> int:
    """Check the package and print the results."""
    parser = argparse.ArgumentParser(description="Verifies an evidence package of a front-office kiosk.")
    parser.add_argument("folder", nargs="?", default=Path(__file__).resolve().parent, type=Path, help="the package")
    parser.add_argument("--key", action="append", default=[], help="the key that the district has on paper; repeatable")
    parser.add_argument("--code", action="append", default=[], help="a verification code of the kiosk; repeatable")
    parser.add_argument("--list", action="store_true", help="also print each entry's values")
    asked = parser.parse_args(words)
    if not (asked.folder / "manifest.note").exists():
        sys.exit("Unpack the .zip first." if asked.folder.is_file() else "There is no evidence package here.")
    found = Package(asked.folder, [key.strip() for key in asked.key], list(asked.code)).check()
    values = [f"{at} entry {seq}   {'; '.join(says)}" for (at, seq), says in found.values.items() if asked.list]
    for line in report(found, asked.code, values):
        # Characters other than plain ASCII are escaped, so that a package can't control the terminal.
        sys.stdout.write("".join(c if " " <= c <= "~" else ascii(c)[1:-1] for c in line) + "\n")
    return 1 if found.wrong else 5 if found.unchecked else 0


if __name__ == "__main__":
    sys.exit(main())
