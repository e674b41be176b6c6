"""What a copy says of where it comes from."""

import pytest

from crawler.reading.syndication import syndicated_from

from .build import HOME, URL, page

_ORIGINAL = "https://agency.example/2025/bridge-opens/"


@pytest.mark.parametrize(
    ("head", "evidence"),
    [
        (f'<link rel="canonical" href="{_ORIGINAL}">', "rel=canonical"),
        (
            f'<link rel="canonical" href="{URL}"><meta name="syndication-source" content="{_ORIGINAL}">',
            "syndication-source",
        ),
        (f'<meta name="original-source" content="{_ORIGINAL}">', "original-source"),
    ],
)
def test_a_copy_names_its_original(head: str, evidence: str) -> None:
    found = syndicated_from(page(head=head))
    assert found is not None
    assert (found.value, found.evidence) == (_ORIGINAL, evidence)


@pytest.mark.parametrize(
    "url",
    [
        URL,
        f"{HOME}?p=7",
        "https://www.news.example/x/",
        "https://agency.example/",
        "https://agency.example",
        "mailto:a@b.example",
        "",
    ],
)
def test_a_post_of_its_own_names_none(url: str) -> None:
    assert syndicated_from(page(head=f'<link rel="canonical" href="{url}">')) is None
