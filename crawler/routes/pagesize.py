"""How many posts are asked for at once: fewer where a site cannot give, or will not give, as many."""

import re

MAX_PER_PAGE = 100
"""More is answered with 400 ``rest_invalid_param`` (``WP_REST_Controller::get_collection_params``)."""

PER_PAGE_REFUSED = "rest_invalid_per_page"
"""The reason of an answer ``rest_invalid_param`` that names ``per_page``."""

_FEWER = (50, 20, 10)
_TOO_MUCH = re.compile(rf"{PER_PAGE_REFUSED}|http_400|http_5\d\d|internal_server_error|timeout|too_large|truncated")
"""What a site says, or what comes of it, that has no memory or time for so many, or a limit of its own.

``internal_server_error`` is the code of PHP's fatal errors (``WP_Fatal_Error_Handler``).
"""


def fewer(size: int, refused: str | None) -> int | None:
    """How many to ask for after an answer was refused for this reason; None if it is no use."""
    if refused is None or not _TOO_MUCH.fullmatch(refused):
        return None
    return next((smaller for smaller in _FEWER if smaller < size), None)
