"""``make demo``: serve the demo site on this machine and crawl it into the embedded MongoDB, as a user would."""

import subprocess
import sys

from demo.content import demo_site
from demo.server import serve

PORT = 8642
"""Always the same, so that a second run finds the same site: nothing new, nothing twice."""


def main() -> int:
    """The exit status of the crawl."""
    try:
        return _crawl()
    except OSError as error:
        sys.stderr.write(
            f"make demo: port {PORT} of this machine is in use, perhaps by another demo ({error.strerror})\n"
        )
        return 1


def _crawl() -> int:
    with serve(demo_site(), "pressbook", PORT) as served:
        command = [sys.executable, "-m", "scrapy", "crawl", "wordpress", "-a", f"site={served.url}", *sys.argv[1:]]
        sys.stdout.write(f"A small news site runs at {served.url}\n$ {' '.join(['scrapy', *command[3:]])}\n")
        sys.stdout.flush()
        return subprocess.run(command, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
