"""``scrapy db``: keeps the database running and says where it is, for mongosh, Compass or a notebook."""

import argparse
import signal
import sys

from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

from crawler.commands.refusal import no_storage, warn_of_misspelt
from crawler.storage.connect import StorageUnavailable, redact, storage_session


class Command(ScrapyCommand):
    """Hold the embedded MongoDB open until Ctrl-C."""

    requires_project = True
    requires_crawler_process = False
    settings: Settings

    def short_desc(self) -> str:
        """One line for ``scrapy``."""
        return "Keep the embedded MongoDB running and print its URI"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Wait for SIGINT or SIGTERM."""
        warn_of_misspelt(self.settings)
        stops = {signal.SIGINT, signal.SIGTERM}
        signal.pthread_sigmask(signal.SIG_BLOCK, stops)  # from here on they wait for sigwait
        own = self.settings.get("MONGODB_URI")
        try:
            with storage_session(self.settings) as uri:
                name = self.settings["MONGODB_DATABASE"]
                if own:
                    sys.stdout.write(f"MONGODB_URI is set: your MongoDB at {redact(own)} answers; database {name}\n")
                    return
                sys.stdout.write(f"{uri}\ndatabase {name}; it runs until Ctrl-C, or as long as a crawl uses it\n")
                sys.stdout.flush()
                signal.sigwait(stops)
        except StorageUnavailable as error:
            self.exitcode = no_storage("db", error)
