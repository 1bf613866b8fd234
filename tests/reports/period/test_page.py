"""A report as a page: self-contained, safe against any words, every part in order."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kiosk.reports import pages
from kiosk.reports.figures.figure import Figure, Table
from kiosk.reports.period import page, superintendent
from kiosk.reports.period.model import Big, Report, Section
from tests.reports.figures.drawn import contrast
from tests.reports.period.periods import a_head, a_period, some_records
from tests.reports.records import HOSTILE

NASTY = HOSTILE + "</style><script>x</script>{{7*7}} \"' onerror=x"


class Tags(HTMLParser):
    """The tags of a page, in order, with the text between them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.tags.append((tag, dict(attrs)))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every tag of this name."""
        return [attributes for name, attributes in self.tags if name == tag]


def html(report: Report) -> str:
    """The page."""
    return "".join(page.pieces(report))


def report_of(count: int) -> Report:
    """The report of so many encounters."""
    return superintendent.report(a_period(*some_records(count)), a_head())


def nasty() -> Report:
    """A report with hostile words wherever words can be."""
    table = Table(NASTY, (NASTY, NASTY), ((NASTY, NASTY),), linked=True)
    section = Section(NASTY, (NASTY,), (Figure("", NASTY, NASTY, NASTY, table),), (table,))
    return Report(NASTY, NASTY, NASTY, (Big(NASTY, NASTY),), (section,), ((NASTY, NASTY),), NASTY)


def test_words_of_any_kind_are_words() -> None:
    """No tag, no attribute and no style comes from them."""
    text = html(nasty())
    found = Tags(text)
    assert {name for name, _ in found.tags} <= {
        "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "ul", "li", "strong", "span",
        "a", "section", "figure", "figcaption", "div", "table", "caption", "thead", "tbody", "tr", "th", "td", "dl",
        "dt", "dd",
    }  # fmt: skip
    assert not any(name.startswith("on") for _, attributes in found.tags for name in attributes)
    assert text.replace("\n", "").isprintable()
    assert text.count("</style>") == 1


def test_a_page_loads_nothing_and_says_so_to_the_browser() -> None:
    """No script, no address; each link leads to a place of the page."""
    text = html(report_of(60))
    found = Tags(text)
    assert "default-src 'none'" in text
    assert not re.search(r"<script|<link|<iframe|src=|url\((?!#)|@import", text)
    assert set(re.findall(r"https?://[^\s\"<]*", text)) == {"http://www.w3.org/2000/svg"}
    ids = [attributes["id"] for _, attributes in found.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = {str(attributes["href"]) for attributes in found.of("a")}
    assert len(links) > 5
    assert {link.removeprefix("#") for link in links} <= set(map(str, ids))


def test_a_page_has_one_main_heading_a_language_and_labeled_tables() -> None:
    """Each table has a caption and heads with a scope; each region that scrolls can be reached and has a name."""
    found = Tags(html(report_of(60)))
    assert (len(found.of("h1")), found.of("html")[0]["lang"]) == (1, "en")
    assert len(found.of("table")) == len(found.of("caption")) == len(found.of("div")) > 10
    assert all(one.get("scope") in {"col", "row"} for one in found.of("th"))
    assert all(one.get("tabindex") == "0" and one.get("aria-labelledby") for one in found.of("div"))


def test_the_head_says_level_period_school_mode_who_and_when() -> None:
    """On the page, and in the margin of each printed page."""
    made = superintendent.report(a_period(*some_records(9)), a_head(whom="A. Example"))
    text = html(made)
    names = re.findall("<dt>(.*?)</dt><dd>(.*?)</dd>", text)
    wanted = ["Disclosure level", "Period", "School", "Mode", "Made", "Made for", "Log", "Protocol"]
    assert [name for name, _ in names] == wanted
    assert dict(names)["Made for"] == "A. Example"
    assert pages.css_string(made.mark) in text


def test_the_page_is_the_same_each_time() -> None:
    """To the byte."""
    assert html(report_of(60)) == html(report_of(60))


def test_a_page_of_nothing_has_its_head() -> None:
    """And no empty table."""
    found = Tags(html(superintendent.report(a_period(), a_head())))
    assert (len(found.of("table")), len(found.of("dl"))) == (0, 1)


def test_text_on_the_page_has_enough_contrast() -> None:
    """7:1 on white, also the mark and the highlighted row."""
    css = (Path(pages.__file__).parent / "templates" / "period.css").read_text(encoding="utf-8")
    colors = re.findall(r"(?<!-)color: (#[0-9a-f]{3,6})", css)
    full = ["#" + "".join(c * 2 for c in color[1:]) if len(color) == 4 else color for color in colors]
    assert full
    assert min(contrast(color, "#ffffff") for color in full) >= 7
    assert contrast("#000000", "#ffe9a8") >= 7


@pytest.mark.parametrize("rule", ["thead { display: table-header-group", "break-after: avoid", "break-inside: avoid"])
def test_no_head_is_left_alone_in_print(rule: str) -> None:
    """The rules that keep it with what follows."""
    assert rule in html(report_of(9))
