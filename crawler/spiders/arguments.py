"""What the spiders may be told with ``-a``: documented, checked before anything is fetched."""

import re
from datetime import UTC, datetime, time, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PositiveInt, ValidationError, model_validator

from crawler.urls import canonical_url, is_web_url

_UNITS = {"h": "hours", "d": "days", "w": "weeks"}
_AGE = re.compile(r"([0-9]+)([hdw])")
_DATE = re.compile(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}")


def _web_url(value: Any) -> str:
    text = str(value).strip()
    url = text if "://" in text else f"https://{text}"
    if not is_web_url(url) or any(space in text for space in " \t\n"):
        raise ValueError(f"{text!r} is not a web address; write it like https://news.example")
    return canonical_url(url)


def _moment(value: Any) -> Any:
    """A date, a time or an age (``36h``, ``7d``, ``2w``); without a zone it is UTC."""
    text = str(value).strip()
    try:
        if age := _AGE.fullmatch(text):
            return datetime.now(UTC) - timedelta(**{_UNITS[age[2]]: int(age[1])})
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise ValueError(
            f"{text!r} is not a date; write 2025-12-03, 2025-12-03T18:00Z or an age: 36h, 7d, 2w"
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _end_of_day(value: Any) -> Any:
    """As ``_moment``, but a date alone includes that day."""
    moment = _moment(value)
    return datetime.combine(moment, time.max, moment.tzinfo) if _DATE.fullmatch(str(value).strip()) else moment


def _site_list(value: Any) -> list[str]:
    text = str(value).strip()
    lines = _lines_of(Path(text[1:])) if text.startswith("@") else text.split(",")
    sites = list(dict.fromkeys(_web_url(line) for line in lines if line.strip()))
    if not sites:
        raise ValueError("no site named; write -a site=https://news.example or -a site=@sites.txt")
    return sites


def _lines_of(file: Path) -> list[str]:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"cannot read the list of sites {str(file)!r}: {error}") from None
    return [line.partition("#")[0] for line in lines]


WebUrl = Annotated[str, BeforeValidator(_web_url)]


class Arguments(BaseModel):
    """What every spider takes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: PositiveInt | None = Field(None, description="N  stop after N articles of each site")

    @property
    def start_urls(self) -> list[str]:
        """Where the crawl begins."""
        raise NotImplementedError


class WordpressArguments(Arguments):
    """A whole site, or several."""

    site: Annotated[list[str], BeforeValidator(_site_list)] = Field(
        description="URL[,URL…]|@FILE  the home page of each site, or a file with one on each line"
    )
    since: Annotated[datetime | None, BeforeValidator(_moment)] = Field(
        None,
        description="DATE|AGE  only articles published at or after it: 2025-12-03, 2025-12-03T18:00Z, 7d",
    )
    until: Annotated[datetime | None, BeforeValidator(_end_of_day)] = Field(
        None, description="DATE|AGE  only articles published up to it"
    )

    @model_validator(mode="after")
    def _period_is_one(self) -> Self:
        if self.since and self.until and self.since > self.until:
            raise ValueError("since is later than until: no article can be asked for")
        return self

    @property
    def start_urls(self) -> list[str]:
        """The home pages."""
        return self.site


class NavigationArguments(Arguments):
    """From any post, along previous and next."""

    url: WebUrl = Field(description="URL  any post of the site")
    direction: Literal["both", "older", "newer"] = Field("both", description="both|older|newer")

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
    """The arguments of a spider, a line each, required ones first."""
    fields = sorted(model.model_fields.items(), key=lambda item: not item[1].is_required())
    rows = [(name, *(field.description or "").split("  ", 1), field.is_required()) for name, field in fields]
    lines = [f"  -a {name}={form:<22} {rest[0] if len(rest) > 1 else ''}{'' if rest[-1] else ' (optional)'}"
             for name, form, *rest in rows]  # fmt: skip
    return "\n".join([f"scrapy crawl {spider} takes:", *lines])


def problems(error: ValidationError) -> str:
    """What is wrong with the arguments, a line each, in words."""
    return "\n".join(_problem(detail) for detail in error.errors())


def _problem(detail: Any) -> str:
    name = ".".join(str(part) for part in detail["loc"])
    if detail["type"] == "missing":
        return f"-a {name}=… is missing"
    if detail["type"] == "extra_forbidden":
        return f"-a {name}=… is not an argument of this spider"
    return f"-a {name}: {detail['msg'].removeprefix('Value error, ')}".removeprefix("-a : ")


def is_loopback(url: str) -> bool:
    """Whether a URL names this machine, which needs no politeness."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
