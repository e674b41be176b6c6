"""Excerpts."""

import pytest

from crawler.reading.excerpt import excerpt
from tests.reading.build import article, page


@pytest.mark.parametrize(
    ("inside", "head", "text", "evidence"),
    [
        ('<p class="wp-block-post-excerpt__excerpt">Nine years late.</p>', "", "Nine years late.", "shown excerpt"),
        (
            "",
            '<script type="application/ld+json">{"@type":"Article","description":"Tom &amp; Ann"}</script>',
            "Tom & Ann",
            "JSON-LD description",
        ),
        ("", '<meta property="og:description" content="Tom &amp;amp; Ann">', "Tom & Ann", "description meta tag"),
    ],
)
def test_evidence(inside: str, head: str, text: str, evidence: str) -> None:
    found = excerpt(page(article(inside), head))
    assert found is not None
    assert (found.value, found.evidence) == (text, evidence)


def test_none_is_invented() -> None:
    assert excerpt(page(article(""))) is None
