"""Documents as JSON text. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from bson import json_util

_TERMINAL_COMMANDS = re.compile("[\x7f-\x9f]")


def json_text(document: Mapping[str, Any]) -> str:
    """MongoDB's Extended JSON, relaxed, on one line: what ``mongoimport`` and ``bson.json_util`` read."""
    line = json_util.dumps(document, json_options=json_util.RELAXED_JSON_OPTIONS, ensure_ascii=False)
    return _TERMINAL_COMMANDS.sub(lambda found: f"\\u{ord(found[0]):04x}", line)  # JSON escapes only those below U+0020
