"""Two paths side by side, up to the point where they differ."""

from __future__ import annotations

from kiosk.scenarios.fork import NEAR, WIDTH, Diverged, Fork, side_by_side
from tests.builders import a_protocol

PROTOCOL = a_protocol()


def lines(expected: tuple[str, ...], actual: tuple[str, ...]) -> list[str]:
    """The lines below the title."""
    return list(side_by_side(PROTOCOL, Fork(1, expected, actual)))[1:]


def test_only_the_step_where_the_paths_differ_is_marked() -> None:
    """The steps before it are the same on both sides."""
    same, fork = lines(("danger", "who"), ("danger", "wait"))
    assert (same[4], fork[4]) == (" ", ">")
    left, right = fork[6 : 6 + WIDTH], fork[6 + WIDTH :]
    assert left.split()[0] == "who"
    assert right.split()[0] == "wait"


def test_ids_have_the_words_of_their_screen_and_other_text_stays() -> None:
    """A step's first text, and an outcome's title."""
    (fork,) = lines(("left",), ("never shown",))
    assert fork[6:].split("  ")[:2] == ["left", "They left"]
    assert fork.endswith("  never shown")
    assert PROTOCOL.steps["papers"].title is not None
    (step,) = lines(("nothing",), ("papers",))
    assert step.endswith("papers  Papers")


def test_a_shorter_path_leaves_its_side_empty() -> None:
    """The longer one has the last item alone."""
    assert [line.split() for line in lines((), ("x",))] == [[">", "x"]]
    assert [line.split() for line in lines(("x",), ())] == [[">", "x"]]


def test_a_long_way_before_the_fork_is_counted() -> None:
    """Only the nearest steps are shown."""
    way = tuple(f"at-{n}" for n in range(NEAR + 3))
    shown = lines((*way, "a"), (*way, "b"))
    assert shown[0].split()[1] == "3"
    assert [line.split()[0] for line in shown[1:-1]] == list(way[3:])
    assert shown[-1].split() == [">", "a", "b"]


def test_long_words_are_cut_to_fit_80_columns() -> None:
    """Both sides."""
    (line,) = lines(("word " * 30,), ("longer" * 30,))
    assert len(line) <= 80
    assert line.count("…") == 2


def test_the_error_carries_its_sentence_and_fork() -> None:
    """So that a report can show both."""
    fork = Fork(3, ("a",), ("b",))
    error = Diverged("They differ.", fork)
    assert (error.sentence, error.fork, str(error)) == ("They differ.", fork, "They differ.")
