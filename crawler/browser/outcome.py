"""What came of a page in the browser: a response, or why there is none. Pure."""

from scrapy.http import HtmlResponse, Response


def rendered(document: Response, html: str, flags: list[str]) -> Response:
    """What scripts made of a document, without its validators: they say nothing of what its scripts fetched."""
    headers = document.headers.copy()
    for name in ("Content-Encoding", "Content-Length", "Transfer-Encoding", "ETag", "Last-Modified"):
        headers.pop(name, None)
    headers["Content-Type"] = "text/html; charset=utf-8"
    return HtmlResponse(document.url, headers=headers, body=html.encode(), encoding="utf-8", flags=flags)


def reason_of(error: BaseException | None) -> str:
    """Why a page was given up, fit for a counter."""
    return "browser_timeout" if type(error).__name__ == "TimeoutError" else "browser_failed"


def is_of_launch(error: BaseException | None) -> bool:
    """Whether Chromium did not start at all."""
    return "BrowserType.launch" in str(error)


def first_line(error: BaseException | None) -> str:
    """What an error says, for a line of the log: Playwright's go on for pages."""
    lines = str(error).splitlines() if error else []
    return f"({lines[0][:200]})" if lines else ""
