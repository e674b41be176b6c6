"""A page in a browser until nothing changes any more; a list until it does not get longer."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crawler.browser.serving import Clock, Serving
from crawler.routes.more import control_of, more_control

if TYPE_CHECKING:
    from playwright.async_api import Page

logger = logging.getLogger(__name__)

_LOOK_SECONDS = 0.1

_CONTROLS = "a, button, [role=button], input[type=button], input[type=submit]"
_LINKS = "new Set(Array.from(document.links, a => a.href)).size"
_SIZE = (
    "document.body ? document.getElementsByTagName('*').length + '/' + document.body.textContent.length + '/' + "
    f"{_LINKS} : ''"
)
_TELL = f"""() => Array.from(document.querySelectorAll({_CONTROLS!r})).slice(0, 5000).map((e, place) => {{
  if (e.disabled || !e.getClientRects().length) return null;
  const elsewhere = e.tagName === 'A' && e.href && !/^javascript:/i.test(e.href)
    && e.href.split('#')[0] !== location.href.split('#')[0];
  return {{
    place, text: (e.innerText || e.value || '').slice(0, 200), label: e.getAttribute('aria-label') || e.title || '',
    names: String(e.getAttribute('class') || '').slice(0, 500) + ' ' + (e.id || ''), href: elsewhere ? e.href : null,
    comments: !!e.closest('[id*=comment], [class*=comment], #respond'),
  }};
}}).filter(e => e)"""
_CLICK = f"place => document.querySelectorAll({_CONTROLS!r})[place].click()"
_SCROLL = (
    "() => { window.scrollTo(0, document.documentElement.scrollHeight); window.dispatchEvent(new Event('scroll')); }"
)


@dataclass(slots=True)
class Unfolding:
    """``is_list`` says of the HTML of a page whether it lists posts; ``is_over``, whether the crawl is being ended."""

    serving: Serving
    is_list: Callable[[str], bool]
    is_over: Callable[[], bool]
    clock: Clock = field(init=False)

    def __post_init__(self) -> None:
        self.clock = Clock(self.serving)

    async def __call__(self, page: "Page") -> None:
        """Until all is there."""
        await self._settle(page)
        if await self._is_list(page):
            await self._unfold(page)

    async def _is_list(self, page: "Page") -> bool:
        return self.is_list(await page.content())

    async def _settle(self, page: "Page") -> None:
        """Until the page is quiet, or has had its time."""
        options, clock, quiet, before = self.serving.options, Clock(self.serving), 0.0, ""
        while quiet < options.quiet_seconds:
            if clock.own > options.settle_seconds or clock.wall > options.wait_seconds:
                self.serving.stats.browser("pages", "never_quiet")
                return
            await asyncio.sleep(_LOOK_SECONDS)
            size = await page.evaluate(_SIZE)
            clock.tick()
            is_quiet = size == before and not self.serving.under_way
            quiet, before = (quiet + _LOOK_SECONDS if is_quiet else 0.0), size

    async def _unfold(self, page: "Page") -> None:
        """Click what shows more, or scroll, as long as there are more links than before."""
        options, clicks = self.serving.options, 0
        links = await _links(page)
        while clicks < options.more_clicks and self.clock.wall < options.more_seconds and not self.is_over():
            await self._more(page)
            await self._settle(page)
            found = await _links(page)
            if found <= links:
                return
            links, clicks, self.clock.own = found, clicks + 1, 0.0
            self.serving.grew()
            self.serving.stats.browser("pages", "unfolded")
        self.serving.is_cut = True
        logger.warning(
            "%s: its list goes on after %d times more of it; it is left there", self.serving.plain.url, clicks
        )

    async def _more(self, page: "Page") -> None:
        told: list[dict[str, Any]] = await page.evaluate(_TELL)
        control = more_control([control_of(one) for one in told])
        if control is None:
            await page.evaluate(_SCROLL)
        else:
            await page.evaluate(_CLICK, control.place)


async def _links(page: "Page") -> int:
    return int(await page.evaluate(_LINKS))
