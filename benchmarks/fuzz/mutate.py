"""From an input that is well formed to one that is not, or that means something else. Pure: all chance is handed in."""

import json
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

LARGEST = 60_000
"""Bytes of an input: size is a matter of tests of their own."""

_WORDS = """
< > </ <!-- --> <![CDATA[ ]]> <?xml &a; &#0; &#x110000; &nbsp; &amp;amp; <div> </div> <p> <article> </article> <script>
</script> <style> <noscript> <template> <svg> <math> <table><td> <time~datetime= <base~href=//x> <meta~charset=utf-7>
<!DOCTYPE~x~[<!ENTITY~a~'b'>]> <body~class='single~postid-9'> <iframe~src=javascript:alert(1)> ~onload=alert(1)~
style='x:expression()' <img~src=x~onerror=y> srcset='a~9999999999w,~b~-1x' ~itemprop=datePublished~ ~rel=prev~
class=byline 0000-00-00 9999-12-31T23:59:60Z 0001-01-01T00:00:00+23:59 2025-02-30 3.~Dezember~2025 12/03/2025 1e999
２０２５年１２月３日 ٣~ديسمبر~٢٠٢٥ 2~days~ago 99999999999999999999~days~ago -1 1e308 9223372036854775808 NaN Infinity
null true [] {} {"$where":"1"} "$gt" "\\ud800" "\\u0000" {"@graph":[ "@type":"NewsArticle" "@id":"#x" "rendered":
"_embedded": http:// https://[::1]/ // /../ %00 %2e%2e%2f % ?p= # @ :0 :99999 javascript: data:text/html, xn-- <loc>
<lastmod> <item> <entry> <content:encoded> <guid> <link/> <sitemap>
"""
"""What the grammars are made of, and what breaks readers; ``~`` is a space."""

TOKENS: tuple[bytes, ...] = (
    *(word.replace("~", " ").encode() for word in _WORDS.split()),
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r\n", b"\t"),
    *(character.encode() for character in "\u202e\u00ad\u0130\u00df\U0001f600"),
)


def mutated(seed: bytes, others: Sequence[bytes], random: Random) -> bytes:
    """The seed after one to eight mutations; ``others`` lend it parts of theirs."""
    data = seed
    for _ in range(random.choice((1, 1, 2, 3, 5, 8))):
        data = random.choice(MUTATIONS)(data, others, random)[:LARGEST]
    return data


def _flip(data: bytes, _others: Sequence[bytes], random: Random) -> bytes:
    """Some bytes are others."""
    changed = bytearray(data)
    for _ in range(random.randint(1, 16) if data else 0):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _cut(data: bytes, _others: Sequence[bytes], random: Random) -> bytes:
    start, end = _span(data, random)
    return data[:start] + data[end:]


def _end(data: bytes, _others: Sequence[bytes], random: Random) -> bytes:
    """It breaks off."""
    return data[: random.randint(0, len(data))]


def _repeat(data: bytes, _others: Sequence[bytes], random: Random) -> bytes:
    start, end = _span(data, random)
    return data[:end] + data[start:end] * random.choice((1, 2, 10, 200)) + data[end:]


def _token(data: bytes, _others: Sequence[bytes], random: Random) -> bytes:
    place = random.randint(0, len(data))
    return data[:place] + random.choice(TOKENS) * random.choice((1, 1, 1, 2, 50, 2000)) + data[place:]


def _instead(data: bytes, _others: Sequence[bytes], random: Random) -> bytes:
    start, end = _span(data, random, 40)
    return data[:start] + random.choice(TOKENS) + data[end:]


def _move(data: bytes, _others: Sequence[bytes], random: Random) -> bytes:
    start, end = _span(data, random)
    rest, place = data[:start] + data[end:], random.randint(0, start)
    return rest[:place] + data[start:end] + rest[place:]


def _splice(data: bytes, others: Sequence[bytes], random: Random) -> bytes:
    other = random.choice(others)
    start, end = _span(other, random)
    place = random.randint(0, len(data))
    return data[:place] + other[start:end] + data[place:]


def _element(data: bytes, _others: Sequence[bytes], random: Random) -> bytes:
    """From one tag to another, gone: elements lose their start, their end or their attributes."""
    start = data.find(b"<", random.randint(0, len(data)))
    end = data.find(b">", start)
    return data[:start] + data[end + 1 :] if 0 <= start < end else data


def _quote(data: bytes, _others: Sequence[bytes], random: Random) -> bytes:
    """One quotation mark less."""
    place = data.find(b'"', random.randint(0, len(data)))
    return data[:place] + data[place + 1 :] if place >= 0 else data


def _value(data: bytes, others: Sequence[bytes], random: Random) -> bytes:
    """Another value somewhere in JSON; of what is none, another token."""
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        return _instead(data, others, random)
    if not isinstance(tree, dict | list) or not tree:
        return data
    node: Any = tree
    while True:
        key = random.choice(list(node)) if isinstance(node, dict) else random.randrange(len(node))
        if not isinstance(node[key], dict | list) or not node[key] or random.random() < 0.2:
            node[key] = random.choice(_VALUES)
            return json.dumps(tree).encode()
        node = node[key]


_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 10**30, float("nan"), "", "\x00", "\ud800", "a" * 5000, "<b>&amp;</b>", "<p>" * 500,
    [], {}, [[]], [None], [0], [{}], ["x"], {"rendered": None}, {"rendered": 1}, {"$gt": ""}, {"name": ["x"]},
    {"id": {}}, {"": "x"}, "0000-00-00T00:00:00", "9999-12-31T23:59:59", "0001-01-01T00:00:00+14:00", "//x",
    "https://other.example/", "javascript:x",
)  # fmt: skip


def _span(data: bytes, random: Random, longest: int = 2000) -> tuple[int, int]:
    start = random.randint(0, len(data))
    return start, min(len(data), start + random.randint(0, longest))


Mutation = Callable[[bytes, Sequence[bytes], Random], bytes]

MUTATIONS: tuple[Mutation, ...] = (
    _flip, _cut, _end, _repeat, _token, _token, _instead, _instead, _move, _splice, _element, _element, _quote,
    _value, _value, _value,
)  # fmt: skip
