"""``python -m demo [--port N] [--theme NAME] [--permalinks STRUCTURE] [--path FOLDER]``: serve the demo site."""

import argparse
import signal
import sys

from demo.content import DATED, demo_site
from demo.server import serve
from demo.themes import THEMES


def main() -> None:
    """Serve until interrupted; the first line of output is the URL."""
    parser = argparse.ArgumentParser(prog="python -m demo", description="Serve a small WordPress-like news site.")
    parser.add_argument("--port", type=int, default=8642, help="0 takes a free one (default: %(default)s)")
    parser.add_argument("--theme", choices=sorted(THEMES), default="classic")
    parser.add_argument("--permalinks", default=DATED, metavar="STRUCTURE")
    parser.add_argument("--path", default="", metavar="FOLDER", help="where it is installed, such as /blog")
    options = parser.parse_args()
    ends = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)  # before any thread starts, so that sigwait() gets them
    site = demo_site(permalinks=options.permalinks, home_path=options.path)
    with serve(site, options.theme, options.port) as served:
        sys.stdout.write(f"{served.url}\n")
        sys.stdout.flush()
        signal.sigwait(ends)


if __name__ == "__main__":
    main()
