"""``make demo``: serve the demo site on this machine and crawl it into the embedded MongoDB, as a user would."""

import subprocess
import sys

from demo.content import demo_site
from demo.server import serve

PORT = 8642
"""Always the same, so that a second run finds the same site: nothing new, nothing twice."""

NEXT = (
    ("scrapy articles --search piano", "what is stored; --help says what can be asked"),
    ("scrapy stories", "what more than one article tells"),
    ("scrapy events --type article", "what happened, as JSON lines"),
)
"""What a newcomer may want to do then."""


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
        status = subprocess.run(command, check=False).returncode  # noqa: S603
        if status == 0:
            sys.stdout.write("\nNext:\n" + "".join(f"  .venv/bin/{what:<32}  {why}\n" for what, why in NEXT))
        return status


if __name__ == "__main__":
    sys.exit(main())
