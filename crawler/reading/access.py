"""Whether the page shows the whole text: open, behind a password, or a teaser before a paywall."""

import re

from crawler.items import Access
from crawler.reading.evidence import Found
from crawler.reading.markup import having_class
from crawler.reading.page import Page, per_page, tagged
from crawler.reading.place import is_elsewhere
from crawler.reading.structured import article_node, page_node, values

_PROMPTS = (
    "paywall", "leaky_paywall_message", "leaky-paywall", "issuem-leaky-paywall", "pmpro_content_message",
    "mepr-unauthorized-message", "mepr_error", "rcp_restricted", "woocommerce-membership-restriction",
    "wc-memberships-content-restricted-message", "swpm-post-not-logged-in-msg", "newspack-memberships__content-gate",
    "newspack-content-gate__gate", "paywall-message", "paywall__content", "restricted-content", "um-locked-content",
    "premium-content", "wp-block-premium-content-logged-out-view", "subscribe-wall", "paid-content-message",
    "wpd-restricted",
)  # fmt: skip
"""Classes of the boxes that membership and paywall plugins put where the text ends."""

_PROTECTED_WORDS = (
    "Protected", "Geschützt", "Protégé", "Protetto", "Protegido", "Beveiligd", "Beschermd", "Защищено", "Захищено",
    "Zabezpieczone", "Chráněno", "Skyddad", "Beskyttet", "Suojattu", "Korumalı", "Védett", "Protejat", "Chránené",
    "Заштићено", "Защитен", "Προστατευμένο", "محمي", "محافظت‌شده", "מוגן", "保護中", "보호된 글", "密码保护", "受保护",
    "受密碼保護的文章",
    "Dilindungi", "Terproteksi", "Được bảo vệ",
)  # fmt: skip
_PROTECTED = re.compile(rf"^(?:{'|'.join(_PROTECTED_WORDS)})\s*[:：]\s*", re.IGNORECASE)


def without_protected_prefix(title: str) -> str:
    """A password-protected post's title without "Protected: " (core's ``protected_title_format``), localised."""
    return _PROTECTED.sub("", title)


def has_password_form(page: Page) -> bool:
    """The form of core's ``get_the_password_form``."""
    if having_class(page, "post-password-form"):
        return True
    return any(e.get("name") == "post_password" for e in tagged(page, "input"))


@per_page
def access(page: Page) -> Found[Access] | None:
    """How much of the post the page shows; None where nothing restricts it."""
    if has_password_form(page):
        return Found("password", "password form")
    if _not_free(page):
        return Found("teaser", "isAccessibleForFree false")
    if any(not is_elsewhere(page, e) for e in having_class(page, *_PROMPTS)):
        return Found("teaser", "paywall prompt")
    return None


def _not_free(page: Page) -> bool:
    nodes = [node for node in (article_node(page), page_node(page)) if node]
    return any(str(value).lower() == "false" for node in nodes for value in values(page, node, "isAccessibleForFree"))
