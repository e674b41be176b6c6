"""Ages as themes show them in the place of a date: "2 days ago", "vor 3 Stunden", "منذ يومين"."""

from datetime import UTC, datetime


def counted_back(age: str, language: str | None, now: datetime) -> datetime | None:
    """The moment (UTC) that lies so long before ``now`` (with a zone); None if the text is no age, or more than one.

    In the page's language (BCP 47), else in English, which themes may leave untranslated.
    """
    languages = dict.fromkeys([(language or "en").partition("-")[0].lower(), "en"])
    moments = (_relative_to(now, age, language) for language in languages)
    return next((moment for moment in moments if moment and moment < now), None)


def _relative_to(now: datetime, age: str, language: str) -> datetime | None:
    """By dateparser, which beside the CLDR's phrases has those of WordPress's translators (``%s ago``).

    A duration alone ("5 min", of reading) says neither way: asked for the future, it is told from an age.
    """
    from dateparser import parse  # noqa: PLC0415  # 0.4 s to import, and few pages need it

    settings = {
        "PARSERS": ["relative-time"],
        "RELATIVE_BASE": now,
        "PREFER_DATES_FROM": "future",
        "TIMEZONE": "UTC",
        "RETURN_AS_TIMEZONE_AWARE": True,
    }
    try:
        found = parse(age, languages=[language], settings=settings)
        return found.astimezone(UTC) if found else None
    except (ValueError, OverflowError):  # a language that dateparser does not know; an age beyond all years
        return None
