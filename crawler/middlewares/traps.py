"""Pages like those that too often yielded nothing are not fetched."""

from scrapy import Request, Spider

from crawler.failures import SpentBudgetError
from crawler.routes.candidates import Candidate
from crawler.spiders.progress import SiteProgress


class Traps:
    """Downloader middleware: the budget of ``routes.budget`` is looked at when a request's turn has come.

    When it was made, none of those made with it had been answered yet.
    """

    def process_request(self, request: Request, spider: Spider | None = None) -> None:
        """Raises SpentBudgetError."""
        progress, candidate = request.cb_kwargs.get("progress"), request.cb_kwargs.get("candidate")
        if (
            isinstance(progress, SiteProgress)
            and isinstance(candidate, Candidate)
            and progress.budget.is_spent_for(candidate)
        ):
            raise SpentBudgetError(request.url)
