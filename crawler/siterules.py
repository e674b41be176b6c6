"""``SITE_RULES``: a TOML file of what users know of their sites, checked before a crawl. See docs/extending.md."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Self

import regex
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from scrapy.settings import BaseSettings

from crawler.reading.rules import NO_RULES, As, Pick, SiteRules
from crawler.reading.selectors import Selector, selector
from crawler.start_urls import start_url
from crawler.urls import site_id

EVERY_SITE = "*"
_NAME = r"^[a-z][a-z0-9_]{0,39}$"
_KEY = re.compile(r"[\w:-]{1,60}|\*")
_LONGEST_PATTERN = 300


def _selector(value: Any) -> Selector:
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not texts or not all(isinstance(text, str) for text in texts):
        raise ValueError("write a CSS selector, or a list of them")
    return Selector(tuple(chain for text in texts for chain in selector(text).chains))


def _path(value: Any) -> tuple[str, ...]:
    keys = tuple(str(value).split("."))
    if not all(_KEY.fullmatch(key) for key in keys) or keys[0] == "*":
        raise ValueError(f"{value!r} is no way into an answer; write keys with dots between, as in acf.rating")
    return keys


def _pattern(value: Any) -> "regex.Pattern[str]":
    if not isinstance(value, str) or len(value) > _LONGEST_PATTERN:
        raise ValueError(f"write a regular expression of at most {_LONGEST_PATTERN} characters")
    try:
        return regex.compile(value)
    except regex.error as error:
        raise ValueError(f"{value!r} is no regular expression: {error}") from None


def _in_short(value: Any) -> Any:
    """A selector alone is a pick by it."""
    return {"css": value} if isinstance(value, str | list) else value


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


Css = Annotated[Selector, BeforeValidator(_selector)]


class PickRule(_Model):
    """Where a value is."""

    css: Css | None = None
    attribute: str | None = Field(None, pattern=r"^[a-zA-Z_:][\w:.-]{0,60}$")
    rest: Annotated[tuple[str, ...], BeforeValidator(_path)] = ()
    taxonomy: str | None = Field(None, pattern=r"^[a-z0-9_-]{1,32}$")
    pattern: Annotated["regex.Pattern[str]", BeforeValidator(_pattern)] | None = None
    all: bool = False
    as_: As = Field("text", alias="as")

    @model_validator(mode="after")
    def _is_somewhere(self) -> Self:
        if not (self.css or self.rest or self.taxonomy):
            raise ValueError("says not where: css, rest or taxonomy")
        if self.rest and self.taxonomy:
            raise ValueError("either rest or taxonomy, not both")
        if self.attribute and not self.css:
            raise ValueError("attribute is one of an element: write css besides")
        return self

    @property
    def pick(self) -> Pick:
        """As the reader takes it."""
        return Pick(**{name: getattr(self, name) for name in type(self).model_fields})


def _pick(rule: PickRule | None) -> Pick | None:
    return rule.pick if rule else None


class SiteRule(_Model):
    """A table of the file."""

    post: Css | None = None
    body: Css | None = None
    remove: Css | None = None
    title: Annotated[PickRule | None, BeforeValidator(_in_short)] = None
    authors: Annotated[PickRule | None, BeforeValidator(_in_short)] = None
    published_at: Annotated[PickRule | None, BeforeValidator(_in_short)] = None
    extra: dict[Annotated[str, Field(pattern=_NAME)], Annotated[PickRule, BeforeValidator(_in_short)]] = Field({})

    @model_validator(mode="after")
    def _are_of_the_page(self) -> Self:
        for name in ("title", "authors", "published_at"):
            rule = getattr(self, name)
            if rule and not rule.css:
                raise ValueError(f"{name} is looked for on the page: write a CSS selector")
        return self

    @property
    def rules(self) -> SiteRules:
        """As the reader takes them."""
        return SiteRules(
            post=self.post,
            body=self.body,
            remove=self.remove,
            title=_pick(self.title),
            authors=_pick(self.authors),
            published_at=_pick(self.published_at),
            extra={name: rule.pick for name, rule in self.extra.items()},
        )


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules of all sites."""

    by_site: Mapping[str, SiteRules] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: BaseSettings) -> Self:
        """Those of ``SITE_RULES``. Raises ValueError, in words, naming what is wrong."""
        return cls(read_rules(Path(told))) if (told := settings.get("SITE_RULES")) else cls()

    def for_site(self, site: str) -> SiteRules:
        """Those of a site, else those of every site."""
        return self.by_site.get(site) or self.by_site.get(EVERY_SITE) or NO_RULES


def read_rules(path: Path) -> dict[str, SiteRules]:
    """The rules of a file, by site. Raises ValueError, in words."""
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ValueError(f"SITE_RULES: {path}: {error.strerror or error}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"SITE_RULES: {path} is no TOML: {error}") from None
    return {site: _of_site(path, site, rule) for site, rule in told.items()}


def _of_site(path: Path, site: str, told: Any) -> SiteRules:
    if isinstance(told, dict) and site != EVERY_SITE and site != (named := _site_named(site)):
        raise ValueError(f'SITE_RULES: {path}: no site is called {site!r}; write ["{named or "news.example"}"]')
    try:
        return SiteRule.model_validate(told).rules
    except ValidationError as error:
        lines = [f"  {'.'.join(map(str, _place(one)))}: {_said(one)}" for one in error.errors()]
        raise ValueError("\n".join([f"SITE_RULES: {path}, {site}:", *lines])) from None


def _site_named(text: str) -> str | None:
    """The site that is meant, as ``site`` of its articles; None where it cannot be told."""
    try:
        return site_id(start_url(text))
    except ValueError:
        return None


def _place(error: Any) -> tuple[Any, ...]:
    return tuple(error["loc"]) or ("rules",)


def _said(error: Any) -> str:
    if error["type"] == "model_type":
        return "write a table of rules"
    if error["type"] == "extra_forbidden" and isinstance(error["input"], dict):
        return 'there is no such rule; if it is part of a name, write that in quotes: ["news.example"]'
    if error["type"] == "extra_forbidden":
        return "there is no such rule; see docs/extending.md"
    if error["type"] == "string_pattern_mismatch":
        return f"{error['input']!r} is no name for it"
    return str(error["msg"]).removeprefix("Value error, ")
