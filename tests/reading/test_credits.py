"""The lines around a story that are about it."""

import pytest

from crawler.reading.credits import awaits_author, is_byline, is_legal_notice, is_meta_line


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Jane Doe", True),
        ("Von Max Muster und Erika Beispiel", True),
        ("December 3, 2025", True),
        ("Updated: 3 December 2025 at 10:15", True),
        ("2025年12月3日", True),
        ("Jane Doe - December 3, 2025", True),
        ("Jane Doe | 3 December 2025 | Local news", True),
        ("03.12.2025, 10:15 Uhr", True),
        ("Posted by admin", True),
        ("By noon the fog was gone.", False),
        ("By the numbers", False),
        ("By May 5, 2024 the bridge will be open", False),
        ("By the river, in May 2025", False),
        ("The winter of 2025", False),
        ("The programme of the day of the fair of 14 September 2018", False),
        ("In 2025 the ferry stopped running because of the fog, and so did the bus to the pier at last", False),
    ],
)
def test_lines_that_say_who_and_when(line: str, byline: bool) -> None:
    assert is_byline(line) is byline


@pytest.mark.parametrize(
    ("text", "legal"),
    [
        ("Disclaimer: the pictures belong to the people who took them.", True),
        ("Affiliate disclosure: the ledger earns a share of what is bought here.", True),
        ("© 2025 The Morning Ledger", True),
        ("Copyright 2025 The Morning Ledger. All rights reserved.", True),
        ("The Morning Ledger. All rights reserved.", True),
        ("The disclaimer was longer than the story, said the harbour master.", False),
        ("Copyright lawyers met on the ferry.", False),
    ],
)
def test_lines_that_say_under_which_terms(text: str, legal: bool) -> None:
    assert is_legal_notice(text) is legal


@pytest.mark.parametrize(
    ("line", "meta"),
    [
        (
            "Posted on Friday, November 14, 2025 by Jane Doe and John Roe | Updated November 15, 2025 at 9:00 a.m. ET",
            True,
        ),
        ("Written by Jane Doe (Published: 14/11/2025 – 08:15) – Last modified: 15/11/2025", True),
        ("Von der Redaktion | Veröffentlicht am 14.11.2025", True),
        ("Posted by Jane Doe on Friday, November 14, 2025", True),
        ("Published by admin on November 14, 2025", True),
        ("14.11.2025 – 15.11.2025", False),
        ("By Jane Doe", False),
        ("Updated November 15, 2025: two are dead", False),
        ("By Jane Doe, who saw it on November 14, 2025", False),
    ],
)
def test_lines_that_say_several_things(line: str, meta: bool) -> None:
    assert is_meta_line(line) is meta


@pytest.mark.parametrize(
    ("line", "awaited"),
    [
        ("By", True),
        ("Written by", True),
        ("Posted on November 14, 2025 by:", True),
        ("14.11.2025 | Autor:", True),
        ("", False),
        ("Posted on November 14, 2025", False),
        ("Edited by", False),
        ("Updated November 14, 2025 by", False),
        ("Standby", False),
    ],
)
def test_lines_that_an_author_follows(line: str, awaited: bool) -> None:
    assert awaits_author(line) is awaited
