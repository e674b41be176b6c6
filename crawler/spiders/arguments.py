"""What the spiders may be told with ``-a``: documented, checked before anything is fetched."""

import re
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    InstanceOf,
    PositiveInt,
    ValidationError,
    model_validator,
)

from crawler.moments import end_of_day, moment
from crawler.nearest import did_you_mean
from crawler.routes.ladder import Route
from crawler.start_urls import start_url, urls_of_file

_POST_TYPE = re.compile(r"[a-z0-9_-]{1,20}")
"""A key that ``register_post_type()`` takes and ``sanitize_key()`` leaves as it is."""

_OPTIONAL = "(optional)"

_A_NUMBER = "write how many: 1, 20 …"
_IN_WORDS = {"bool_parsing": "write 1 or 0, or leave it out", "int_parsing": _A_NUMBER, "greater_than": _A_NUMBER}
"""Instead of pydantic's own words."""


def _web_url(value: Any) -> str:
    return start_url(str(value))


def _site_list(value: Any) -> list[str]:
    text = str(value).strip()
    if text.startswith("@"):
        sites = urls_of_file(Path(text[1:]))
    else:
        sites = list(dict.fromkeys(start_url(part) for part in text.split(",") if part.strip()))
    if not sites:
        raise ValueError(
            f"{text[1:]} names no site: write one on each line"
            if text.startswith("@")
            else "no site named; write -a site=https://news.example or -a site=@sites.txt"
        )
    return sites


def _route_list(value: Any) -> list[str]:
    routes = list(dict.fromkeys(part.strip() for part in str(value).split(",") if part.strip()))
    unknown = [name for name in routes if name not in set(Route)]
    if unknown or not routes:
        what = f"{unknown[0]!r} is not a route" if unknown else "no route named"
        raise ValueError(f"{what}; there are: {', '.join(Route)}")
    return routes


def _type_list(value: Any) -> list[str]:
    types = list(dict.fromkeys(part.strip() for part in str(value).split(",") if part.strip()))
    for name in types:
        if not _POST_TYPE.fullmatch(name):
            raise ValueError(f"{name!r} is not a post type; WordPress names them with 1 to 20 of a-z, 0-9, _ and -")
    if not types:
        raise ValueError("no post type named; write -a types=post,product")
    return types


WebUrl = Annotated[InstanceOf[str], BeforeValidator(_web_url)]
"""Of which it stays known whether it had a scheme."""


class Arguments(BaseModel):
    """What every spider takes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    one_of: ClassVar[tuple[str, ...]] = ()
    """Arguments of which exactly one is to be given."""
    fixed: ClassVar[tuple[str, ...]] = ()
    """Arguments that this spider does not take, and has a value for."""

    limit: PositiveInt | None = Field(None, description="N  stop after N articles of each site")

    browser: bool | None = Field(
        None, description="1|0  every page in a browser, or none; else those that are empty until scripts run"
    )

    @classmethod
    def taken(cls) -> list[str]:
        """The names of those that this spider takes."""
        return [name for name in cls.model_fields if name not in cls.fixed]

    @property
    def start_urls(self) -> list[str]:
        """Where the crawl begins."""
        raise NotImplementedError


class WordpressArguments(Arguments):
    """A whole site, or several; or those of the list whose time has come."""

    one_of: ClassVar[tuple[str, ...]] = ("site", "due")

    site: Annotated[list[InstanceOf[str]], BeforeValidator(_site_list)] = Field(
        [], description="URL[,URL…]|@FILE  the home page of each site, or a file with one on each line"
    )
    due: bool = Field(False, description="1  instead: the sites of the list (scrapy sites) whose time has come")
    since: Annotated[datetime | None, BeforeValidator(moment)] = Field(
        None,
        description="DATE|AGE  only articles published at or after it: 2025-12-03, 2025-12-03T18:00Z, 7d",
    )
    until: Annotated[datetime | None, BeforeValidator(end_of_day)] = Field(
        None, description="DATE|AGE  only articles published up to it"
    )
    full: bool = Field(False, description="1  everything now, not only what is new since the last crawl")
    routes: Annotated[list[Route], BeforeValidator(_route_list)] = Field(
        list(Route), description=f"ROUTE[,ROUTE…]  only these ways of finding posts: {', '.join(Route)}"
    )
    types: Annotated[list[str] | None, BeforeValidator(_type_list)] = Field(
        None, description="TYPE[,TYPE…]  post types to ask for: post and custom ones, as in post,product"
    )

    @model_validator(mode="after")
    def _says_which_sites(self) -> Self:
        if self.site and self.due:
            raise ValueError("either -a site=… or -a due=1, not both: they name the sites in two ways")
        if not self.site and not self.due:
            raise ValueError("-a site=… is missing; or crawl the sites of the list that are due: -a due=1")
        return self

    @model_validator(mode="after")
    def _due_is_whole(self) -> Self:
        narrowed = [name for name in ("since", "until", "limit") if getattr(self, name) is not None]
        if self.due and narrowed:
            raise ValueError(
                f"-a due=1 looks for all that is new, so that the next look is due later; it takes no {narrowed[0]}"
            )
        return self

    @model_validator(mode="after")
    def _period_is_one(self) -> Self:
        if self.since and self.until and self.since > self.until:
            raise ValueError("since is later than until: no article can be asked for")
        return self

    @property
    def start_urls(self) -> list[str]:
        """The home pages; with ``due`` only the database knows them."""
        return self.site


class ListenArguments(WordpressArguments):
    """The sites of the list, whenever their time comes, for as long as the process runs."""

    one_of: ClassVar[tuple[str, ...]] = ()
    fixed: ClassVar[tuple[str, ...]] = ("site", "due", "since", "until", "limit", "full", "types")

    due: bool = True

    @model_validator(mode="before")
    @classmethod
    def _follows_the_list(cls, told: Any) -> Any:
        for name in cls.fixed if isinstance(told, dict) else ():
            if name in told:
                raise ValueError(f"listen takes no {name}: it follows the list, which scrapy sites add and remove keep")
        return told


class NavigationArguments(Arguments):
    """From any post, along previous and next."""

    url: WebUrl = Field(description="URL  any post of the site")
    direction: Literal["both", "older", "newer"] = Field("both", description="both|older|newer  which way to go")

    @property
    def start_urls(self) -> list[str]:
        """The post."""
        return [self.url]


class CategoryArguments(Arguments):
    """One archive, all its pages."""

    url: WebUrl = Field(description="URL  a category, tag, author or date archive")

    @property
    def start_urls(self) -> list[str]:
        """The archive."""
        return [self.url]


def usage(spider: str, model: type[Arguments]) -> str:
    """The arguments of a spider, a line each, those first without which it does not start."""
    names = sorted(model.taken(), key=lambda name: _need(name, model) == _OPTIONAL)
    return "\n".join([f"scrapy crawl {spider} takes:", *(_usage_line(name, model) for name in names)])


def _usage_line(name: str, model: type[Arguments]) -> str:
    form, _, what = (model.model_fields[name].description or "").partition("  ")
    return " ".join(filter(None, (f"  -a {f'{name}={form}':<27}", what, _need(name, model))))


def _need(name: str, model: type[Arguments]) -> str:
    return "" if name in model.one_of or model.model_fields[name].is_required() else _OPTIONAL


def problems(error: ValidationError, model: type[Arguments]) -> str:
    """What is wrong with the arguments, a line each, in words."""
    return "\n".join(_problem(detail, model) for detail in error.errors())


def _problem(detail: Any, model: type[Arguments]) -> str:
    name = ".".join(str(part) for part in detail["loc"])
    if detail["type"] == "missing":
        return f"-a {name}=… is missing"
    if detail["type"] == "extra_forbidden":
        return f"-a {name}=… is not an argument of this spider{did_you_mean(name, model.taken(), '-a {}=…')}"
    said = _IN_WORDS.get(detail["type"], detail["msg"].removeprefix("Value error, "))
    return f"-a {name}: {said}".removeprefix("-a : ")


def is_loopback(url: str) -> bool:
    """Whether a URL names this machine, which needs no politeness."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
