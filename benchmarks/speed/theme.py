"""What is around the post on every page of the newspaper: as much as on those of news sites."""

import json
from functools import cache

from benchmarks.speed.prose import title_of


@cache
def styles() -> str:
    """As core prints them into every page: a style for each block, presets, and scripts of plugins."""
    rules = "".join(
        f".wp-block-{name}-{turn}{{margin:0 auto;padding:{turn}px 1.25em;color:var(--wp--preset--color--c{turn});"
        f"border-radius:{turn}px;box-sizing:border-box}}"
        for name in ("button", "columns", "cover", "gallery", "group", "image", "list", "media-text", "quote", "table")
        for turn in range(16)
    )
    presets = "".join(f"--wp--preset--color--c{turn}:#{turn:06x};" for turn in range(200))
    sheets = "".join(
        f'<link rel="stylesheet" id="plugin-{n}-css" media="all" '
        f'href="/wp-content/plugins/plugin-{n}/style.css?ver=1.{n}">'
        for n in range(12)
    )
    return f'<style id="global-styles-inline-css">:root{{{presets}}}{rules}</style>{sheets}'


@cache
def furniture(origin: str) -> str:
    """What is above a post."""
    entries = "".join(
        f'<li id="menu-item-{n}" class="menu-item menu-item-type-taxonomy menu-item-object-category menu-item-{n}">'
        f'<a href="{origin}category/section-{n}/">Section {n}</a></li>'
        for n in range(48)
    )
    return (
        f'<a class="skip-link" href="#primary">Skip to content</a><header id="masthead" class="site-header">'
        f'<nav id="site-navigation" class="main-navigation"><ul id="primary-menu" class="menu">{entries}</ul></nav>'
        "</header>"
    )


@cache
def sidebar(origin: str) -> str:
    """What is beside it."""
    widgets = "".join(
        f'<section id="recent-posts-{widget}" class="widget widget_recent_entries"><h2 class="widget-title">Latest '
        f"{widget}</h2><ul>"
        + "".join(
            f'<li><a href="{origin}post-{widget * 10 + entry + 1}/">{title_of(widget * 10 + entry + 1)}</a>'
            f'<span class="post-date">1 day ago</span></li>'
            for entry in range(10)
        )
        + "</ul></section>"
        for widget in range(5)
    )
    return f'<aside id="secondary" class="widget-area">{widgets}</aside>'


@cache
def footer(origin: str) -> str:
    """What is below it, with the scripts of plugins."""
    links = "".join(f'<li><a href="{origin}page-{n}/">Page {n}</a></li>' for n in range(20))
    icons = '<svg class="icon" viewBox="0 0 24 24"><path d="M12 2C6.5 2 2 6.5 2 12s4.5 10 10 10"/></svg>' * 12
    options = json.dumps({f"option_{k}": f"value {k}" for k in range(40)})
    scripts = "".join(
        f'<script id="plugin-{n}-js-extra">var plugin_{n} = {options};'
        f'</script><script src="/wp-content/plugins/plugin-{n}/app.js?ver=1.{n}"></script>'
        for n in range(12)
    )
    return f'<footer id="colophon" class="site-footer"><ul>{links}</ul>{icons}</footer>{scripts}</body></html>'
