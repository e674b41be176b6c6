"""What users know of a site and no reader could: where its pages have what, and fields of their own. Pure.

``crawler.siterules`` makes these of a file.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, Literal

import regex

from crawler.items import Article
from crawler.reading.article import read_joined, read_pages
from crawler.reading.container import layout
from crawler.reading.datetext import Stamp, parse_machine_date, parse_shown_date
from crawler.reading.kind import Kind, page_kind
from crawler.reading.language import page_language
from crawler.reading.markup import shown_text
from crawler.reading.names import names_in
from crawler.reading.page import Page
from crawler.reading.selectors import Selector
from crawler.reading.zone import in_utc, is_exact

Value = str | int | float
As = Literal["text", "int", "float"]

MOST_VALUES = 100
LONGEST_VALUE = 2000
"""Values of a field, and characters of one: what is more is left out."""

PATTERN_SECONDS = 0.05
"""A pattern that goes back and forth over what a site wrote finds nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """Where a value is: on the page, in an item of the REST API, or among its terms of a taxonomy."""

    css: Selector | None = None
    attribute: str | None = None
    """Of the element, in place of its text."""
    rest: tuple[str, ...] = ()
    """Keys on the way; ``*``: every element of a list."""
    taxonomy: str | None = None
    pattern: "regex.Pattern[str] | None" = None
    """Only what its first group matches, or all of it."""
    all: bool = False
    """Every value, as a list."""
    as_: As = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRules:
    """The rules of one site; by default none."""

    post: Selector | None = None
    """What only a post's page has."""
    body: Selector | None = None
    remove: Selector | None = None
    title: Pick | None = None
    authors: Pick | None = None
    published_at: Pick | None = None
    extra: Mapping[str, Pick] = field(default_factory=dict)

    @property
    def are_of_pages(self) -> bool:
        """Whether they say anything of pages."""
        told = (self.post, self.body, self.remove, self.title, self.authors, self.published_at)
        return any(told) or any(pick.css for pick in self.extra.values())

    @property
    def need_pages(self) -> bool:
        """Whether they tell what only pages have, so that what REST or a feed gives is not enough."""
        told = (self.body, self.remove, self.title, self.authors, self.published_at)
        return any(told) or any(not pick.rest and not pick.taxonomy for pick in self.extra.values())

    @property
    def rest_fields(self) -> tuple[str, ...]:
        """What the REST API is to be asked for besides."""
        return tuple(dict.fromkeys(pick.rest[0] for pick in self.extra.values() if pick.rest))


NO_RULES = SiteRules()


def kind_by(page: Page, rules: SiteRules) -> Kind:
    """What a page is: a post, where the rules say so; a wall stays one."""
    kind = page_kind(page)
    is_post = rules.post is not None and kind is not Kind.CHALLENGE and rules.post.select(page)
    return Kind.POST if is_post else kind


def read_pages_by(pages: Sequence[Page], rules: SiteRules) -> Article:
    """As ``read_pages``, with what the rules of the site say taken before everything that a reader would find.

    Raises what ``read_pages`` raises.
    """
    if not rules.are_of_pages:
        return read_pages(pages)
    prepared = [_prepared(page, rules) for page in pages]
    article = read_joined(prepared) if kind_by(pages[0], rules) is Kind.POST else read_pages(prepared)
    first = pages[0]
    if rules.title and (title := _first(_of_page(first, rules.title))):
        article.title = title
    if rules.authors and (names := [name for text in _of_page(first, rules.authors) for name in names_in(text)]):
        article.authors = list(dict.fromkeys(names))
    if rules.published_at and (stamp := _stamp(first, rules.published_at)):
        article.published_at = in_utc(first, stamp)
        article.published_precision = "time" if is_exact(first, stamp) else "day"
    article.extra = _extra(rules, lambda pick: _of_page(first, pick) if pick.css else iter(()))
    return article


def rest_extra(item: Mapping[str, Any], rules: SiteRules) -> dict[str, Any] | None:
    """The fields that the rules find in an item of the REST API."""
    return _extra(rules, lambda pick: _of_item(item, pick))


def _prepared(page: Page, rules: SiteRules) -> Page:
    """A page of its own without what is to be removed, whose body is where the rules say."""
    own = replace(page, root=deepcopy(page.root), memo={})
    for element in rules.remove.select(own) if rules.remove else ():
        if element.getparent() is not None:
            element.drop_tree()
    own.memo.clear()
    chosen = rules.body.select(own) if rules.body else []
    if outermost := [one for one in chosen if not any(above in chosen for above in one.iterancestors())]:
        found = layout(own)
        is_inside = found.main_post is not None and found.main_post in outermost[0].iterancestors()
        own.memo[layout.__wrapped__] = replace(  # type: ignore[attr-defined]  # per_page remembers by what it wraps
            found, main_post=found.main_post if is_inside else None, containers=tuple(outermost),
            kept=frozenset(outermost), boxes=frozenset(), evidence="site rules",
        )  # fmt: skip
    return own


def _extra(rules: SiteRules, look: Any) -> dict[str, Any] | None:
    found = {}
    for name, pick in rules.extra.items():
        values = list(islice((value for text in look(pick) for value in _value(text, pick)), MOST_VALUES))
        if values:
            found[name] = values if pick.all else values[0]
    return found or None


def _of_page(page: Page, pick: Pick) -> Iterator[str]:
    for element in islice(pick.css.select(page), MOST_VALUES) if pick.css else ():
        text = element.get(pick.attribute) if pick.attribute else shown_text(element)
        if text := " ".join((text or "").split())[:LONGEST_VALUE]:
            yield from _matched(text, pick)


def _of_item(item: Mapping[str, Any], pick: Pick) -> Iterator[str]:
    if pick.taxonomy:
        values: Iterator[Any] = _terms(item, pick.taxonomy)
    else:
        values = _along(item, pick.rest) if pick.rest else iter(())
    for value in islice(values, MOST_VALUES):
        if isinstance(value, str | int | float) and (text := " ".join(str(value).split())[:LONGEST_VALUE]):
            yield from _matched(text, pick)


def _along(value: Any, path: Sequence[str]) -> Iterator[Any]:
    if not path:
        yield from value if isinstance(value, list) else [value]
    elif path[0] == "*" and isinstance(value, list):
        for part in islice(value, MOST_VALUES):
            yield from _along(part, path[1:])
    elif isinstance(value, Mapping) and path[0] in value:
        yield from _along(value[path[0]], path[1:])


def _terms(item: Mapping[str, Any], taxonomy: str) -> Iterator[Any]:
    """Names of the embedded terms of a taxonomy (``wp:term``)."""
    for term in _along(item, ("_embedded", "wp:term", "*", "*")):
        if isinstance(term, Mapping) and term.get("taxonomy") == taxonomy:
            yield term.get("name")


def _matched(text: str, pick: Pick) -> Iterator[str]:
    if pick.pattern is None:
        yield text
        return
    try:
        match = pick.pattern.search(text, timeout=PATTERN_SECONDS)
    except TimeoutError:
        return
    if match and (found := match[1] if match.re.groups else match[0]):
        yield found


def _value(text: str, pick: Pick) -> Iterator[Value]:
    try:
        match pick.as_:
            case "int":
                yield int(text)
            case "float":
                number = float(text)
                yield from [number] if abs(number) < 2**53 else []  # neither infinite nor no number
            case _:
                yield text
    except ValueError:
        return


def _first(values: Iterator[str]) -> str | None:
    return next(values, None)


def _stamp(page: Page, pick: Pick) -> Stamp | None:
    """The first value that is a date, as machines or as people write it."""
    told = list(islice(_of_page(page, pick), 10))
    machines = (parse_machine_date(text) for text in told)
    shown = (parse_shown_date(text, page_language(page)) for text in told)
    return next((stamp for stamp in (*machines, *shown) if stamp), None)
