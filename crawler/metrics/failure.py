"""A crawl that could not begin, for want of a database: nobody else would tell of it."""

from datetime import datetime

from crawler.exit_status import ExitStatus
from crawler.metrics import figures, of_runs
from crawler.metrics.file import MetricsFile
from crawler.metrics.options import MetricsOptions
from crawler.metrics.sums import total


async def tell_failure(options: MetricsOptions, status: ExitStatus, now: datetime) -> None:
    """In the file of the job, if it has one."""
    if options.file is not None:
        task = options.task
        end = of_runs.ended(task, status, now, now)
        await MetricsFile(options.file).write(total([of_runs.begun(task, now, 0), end, figures.samples(None, task)]))
