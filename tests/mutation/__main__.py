"""The mutation score of the pure core, as a table. `python -m tests.mutation [PATTERN …]`.

With patterns, such as `kiosk.record.holds*`, only those mutants are tried, and nothing is compared with `argued.toml`.
"""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parents[2]
MUTANTS: Final = ROOT / "mutants"
ARGUED: Final = Path(__file__).with_name("argued.toml")

_SURVIVED: Final = 0
_NO_TEST: Final = frozenset({5, 33})
_MARK: Final = "__mutmut_"


class State(StrEnum):
    """The result of one mutant. UNTRIED: the run was limited to others."""

    KILLED = "killed"
    WORDS = "words"
    SURVIVED = "survived"
    NO_TEST = "no test"
    UNTRIED = "untried"


class Mutant(NamedTuple):
    """One mutant. function: the full name of what it changes, as `kiosk.record.holds.placing`."""

    module: str
    function: str
    state: State


def mutants() -> Iterator[Mutant]:
    """Every mutant of the last run."""
    for meta in sorted(MUTANTS.rglob("*.py.meta")):
        codes = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
        code = meta.with_suffix("")
        module = ".".join(code.relative_to(MUTANTS).with_suffix("").parts)
        functions = _functions(code) if codes else {}
        for name, result in codes.items():
            short = name.removeprefix(f"{module}.")
            yield Mutant(module, f"{module}.{_plain(short)}", _state(result, short, functions))


def _state(result: int | None, short: str, functions: Mapping[str, ast.AST]) -> State:
    if result is None:
        return State.UNTRIED
    if result in _NO_TEST:
        return State.NO_TEST
    if result != _SURVIVED:
        return State.KILLED
    name = short.rpartition(".")[2]
    changed, original = functions[name], functions[f"{name.rpartition(_MARK)[0]}{_MARK}orig"]
    return State.WORDS if _without_words(changed) == _without_words(original) else State.SURVIVED


def _plain(short: str) -> str:
    """`x_placing__mutmut_3` is of `placing`, `xǁManifestǁlines__mutmut_1` of `Manifest.lines`."""
    return short.rpartition(_MARK)[0].removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")


def _functions(code: Path) -> dict[str, ast.AST]:
    tree = ast.parse(code.read_text(encoding="utf-8"))
    return {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


class _Blank(ast.NodeTransformer):
    """Sentences and f-strings become nothing, and so does the name of the function."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.name = ""
        return self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return ast.Constant("") if isinstance(node.value, str) and " " in node.value else node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        parts = (part.value for part in node.values if isinstance(part, ast.Constant))
        return ast.Constant("") if any(" " in str(part) for part in parts) else self.generic_visit(node)


def _without_words(function: ast.AST) -> str:
    return ast.dump(_Blank().visit(ast.parse(ast.unparse(function))))


def table(found: list[Mutant]) -> Iterator[str]:
    """One line for each module, the whole last. The score leaves out what only changes words."""
    by_module: dict[str, Counter[State]] = defaultdict(Counter)
    for one in found:
        by_module[one.module][one.state] += 1
        by_module["all"][one.state] += 1
    yield f"{'module':<48}{'mutants':>8}{'killed':>8}{'words':>8}{'left':>8}{'score':>8}"
    for module, counted in sorted(by_module.items(), key=lambda item: (item[0] == "all", item[0])):
        left = counted[State.SURVIVED] + counted[State.NO_TEST]
        tried = counted[State.KILLED] + left
        score = f"{100 * counted[State.KILLED] / tried:.1f} %" if tried else "-"
        yield (
            f"{module:<48}{counted.total():>8}{counted[State.KILLED]:>8}{counted[State.WORDS]:>8}{left:>8}{score:>8}"
        )


def unargued(found: list[Mutant]) -> Iterator[str]:
    """Functions in which more mutants are left than `argued.toml` gives a reason for; and reasons for more than are."""
    argued = tomllib.loads(ARGUED.read_text(encoding="utf-8"))
    left = Counter(one.function for one in found if one.state in {State.SURVIVED, State.NO_TEST})
    for function in sorted({*left, *argued}):
        most = argued.get(function, {"left": 0})["left"]
        if left[function] != most:
            yield f"{function}: {left[function]} left, {most} argued"


def main() -> int:
    """Run mutmut from the start and print the table; 1 when something is left without a reason."""
    patterns = sys.argv[1:]
    shutil.rmtree(MUTANTS, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "mutmut", "run", *patterns], cwd=ROOT, check=True)
    found = list(mutants())
    print(*table(found), sep="\n")  # noqa: T201 - its result
    problems = [] if patterns else list(unargued(found))
    print(*problems, sep="\n")  # noqa: T201 - its result
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
