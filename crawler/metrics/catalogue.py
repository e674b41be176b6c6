"""Every metric: its name, what it is, its labels. An API, listed in docs/metrics.md. Pure.

Each has the label ``task`` besides. None has one for sites: a list of thousands would make millions of time series.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Labels = tuple[tuple[str, str], ...]
"""Names and values, in the order of the catalogue."""

Key = tuple[str, Labels]
"""A time series: the name of its metric, and its labels."""

Samples = Mapping[Key, float]

TASK = "task"


@dataclass(frozen=True, slots=True)
class Metric:
    """What is told under one name, which says the unit: seconds, bytes, or a number of what it names."""

    name: str
    help: str
    labels: tuple[str, ...] = ()
    is_kept: bool = False
    """A gauge that holds until another run says otherwise, in a file that outlasts runs; counters always do."""

    @property
    def kind(self) -> Literal["counter", "gauge"]:
        """Counters end in ``_total``, as Prometheus has it."""
        return "counter" if self.name.endswith("_total") else "gauge"

    def of(self, task: str, *values: str) -> Key:
        """The time series with these values of its labels."""
        return self.name, ((TASK, task), *zip(self.labels, values, strict=True))


ARTICLES = Metric("presswalk_articles_total", "Articles, by what became of them.", ("outcome",))
SITE_CRAWLS = Metric("presswalk_site_crawls_total", "Sites of crawls, by what became of them.", ("outcome",))
SKIPPED = Metric("presswalk_pages_skipped_total", "Pages that are no article to store.", ("reason",))
REJECTED = Metric("presswalk_links_rejected_total", "Links that were not followed.", ("rule",))
ERRORS = Metric("presswalk_errors_total", "Pages that may be articles and could not be had.", ("reason",))
SITES_LEFT = Metric("presswalk_sites_left_total", "Sites that were left before their crawl was done.", ("reason",))
PAGES_LEFT = Metric("presswalk_pages_left_total", "Pages not asked for because their site was left.", ("reason",))
PAUSES = Metric("presswalk_pauses_total", "Pauses of a host that asked for one.", ("reason",))
PAUSE_SECONDS = Metric("presswalk_pause_seconds_total", "Length of these pauses.")
EVENTS_DELIVERED = Metric("presswalk_events_delivered_total", "Events that webhooks took.")
DELIVERIES_FAILED = Metric("presswalk_event_deliveries_failed_total", "Messages that webhooks did not take.")
SINKS_PARKED = Metric("presswalk_sinks_found_parked_total", "Webhooks that a process found parked.")
PUSHES = Metric("presswalk_pushes_total", "What sites, hubs and servers sent, or were asked.", ("outcome", "detail"))
JOBS = Metric("presswalk_jobs_total", "Jobs of a worker, by what became of them.", ("outcome",))
ARCHIVED = Metric("presswalk_archived_answers_total", "Answers for the archive.", ("outcome",))
BROWSER = Metric("presswalk_browser_total", "Pages in the browser, and what they asked for.", ("outcome", "detail"))
NOT_STORED = Metric("presswalk_articles_not_stored_total", "Articles that could not be stored.", ("outcome",))
SPILLED = Metric("presswalk_spill_articles_total", "Articles that earlier runs kept on disk.", ("outcome",))
OUTAGES = Metric("presswalk_database_outages_total", "How often the database went away.")
GIVEN_UP = Metric("presswalk_database_given_up_total", "How often it was away for too long, and a crawl ended.")
AWAY_SECONDS = Metric("presswalk_database_away_seconds_total", "How long crawls waited for the database.")
REQUESTS = Metric("presswalk_requests_total", "Requests to sites.")
RESPONSES = Metric("presswalk_responses_total", "Answers of sites, by class of HTTP status.", ("status",))
REQUEST_BYTES = Metric("presswalk_request_bytes_total", "Bytes of requests.")
RESPONSE_BYTES = Metric("presswalk_response_bytes_total", "Bytes of answers, as they came.")
RETRIES = Metric("presswalk_retries_total", "Requests that were made again.")
FETCH_FAILURES = Metric("presswalk_fetch_failures_total", "Requests without an answer.")
EXCEPTIONS = Metric("presswalk_exceptions_total", "Exceptions in callbacks: each is a fault of the program.")
LOGGED = Metric("presswalk_log_messages_total", "Lines of the log.", ("level",))

RUNS = Metric("presswalk_runs_total", "Crawls that have ended, by exit status.", ("outcome",))
RUNNING = Metric("presswalk_crawls_running", "Crawls under way.")
LAST_START = Metric("presswalk_last_run_start_timestamp_seconds", "When the latest crawl began.", is_kept=True)
LAST_END = Metric("presswalk_last_run_end_timestamp_seconds", "When the latest crawl ended.", is_kept=True)
LAST_STATUS = Metric("presswalk_last_run_exit_status", "Exit status of the latest crawl that ended.", is_kept=True)
LAST_SECONDS = Metric("presswalk_last_run_duration_seconds", "How long the latest crawl took.", is_kept=True)
LAST_SUCCESS = Metric(
    "presswalk_last_success_timestamp_seconds", "When a crawl last ended with status 0, 3 or 10.", is_kept=True
)

CPU = Metric("presswalk_process_cpu_seconds_total", "CPU of the process.")
MEMORY = Metric("presswalk_process_resident_memory_max_bytes", "Most memory that the process ever had.")
BUILD = Metric("presswalk_build_info", "1; the versions are the labels.", ("version", "scrapy", "python"))

DATABASE_UP = Metric("presswalk_database_up", "Whether the database answered when it was asked last.")
FIGURES_AT = Metric("presswalk_figures_timestamp_seconds", "When the figures of the database are of.")
LISTED = Metric("presswalk_sites_listed", "Sites on the list.")
NOT_CRAWLED = Metric("presswalk_sites_not_crawled", "Listed sites that no crawl has looked at yet.")
DUE = Metric("presswalk_sites_due", "Listed sites whose time has come.")
OVERDUE = Metric("presswalk_sites_overdue", "Listed sites that wait for more than an hour.")
LONGEST_DUE = Metric("presswalk_sites_longest_due_seconds", "How long the one waits that waits longest.")
FAILING = Metric("presswalk_sites_failing", "Listed sites that the latest crawl could not read.")
BLOCKED = Metric("presswalk_sites_blocked", "Listed sites that keep crawlers out.")
PUSHED = Metric("presswalk_sites_pushed", "Listed sites that told of news and are to be looked at now.")
DEBOUNCED = Metric("presswalk_sites_debounced", "Listed sites whose news are gathered before they are looked at.")
LEASES = Metric("presswalk_leases", "Locks of hosts, leases of sites and webhooks.", ("kind", "state"))
STORED = Metric("presswalk_articles_stored", "Articles in the database, about.")
LAG_EVENTS = Metric("presswalk_sink_lag_events", "Events that a webhook does not have yet.", ("sink",))
LAG_SECONDS = Metric("presswalk_sink_lag_seconds", "Age of the oldest of them.", ("sink",))
SINK_FAILURES = Metric("presswalk_sink_failures", "Failures of a webhook in a row.", ("sink",))
SINK_PARKED = Metric("presswalk_sink_parked", "Whether a webhook is parked.", ("sink",))
SPILL_BYTES = Metric("presswalk_spill_bytes", "What is in SPILL_FOLDER, of all runs together.")
SPILL_FILES = Metric("presswalk_spill_files", "Files of it: each of a run that could not store everything.")

METRICS: Mapping[str, Metric] = {one.name: one for one in tuple(globals().values()) if isinstance(one, Metric)}
"""All of them, in their order, by name."""
