"""nginx over a folder, on loopback."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which

from benchmarks.speed.newspaper import Newspaper

_SECONDS = 20

_CONFIGURATION = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/tmp;
    proxy_temp_path {folder}/tmp;
    fastcgi_temp_path {folder}/tmp;
    uwsgi_temp_path {folder}/tmp;
    scgi_temp_path {folder}/tmp;
    types {{ text/html html; application/json json; application/xml xml; }}
    charset utf-8;
    charset_types application/xml;
    gzip_static always;
    keepalive_requests 100000;
    include {folder}/map.conf;
    server {{
        listen 127.0.0.1:{port};
        root {folder};
        set $list "$arg_orderby,$arg_order,$arg_modified_after";
        location = / {{ rewrite ^ /pages/home.html last; }}
        location ~ ^/post-\\d+/$ {{ rewrite ^/(post-\\d+)/$ /pages/$1.html last; }}
        location /pages/ {{ internal; }}
        location = /wp-json/wp/v2/posts {{
            if (!-f $document_root/rest/$list.json.gz) {{ return 200 "[]"; }}
            add_header X-WP-Total $total;
            rewrite ^ /rest/$list.json break;
        }}
    }}
}}
"""


def nginx() -> str | None:
    """The program, if it is installed: Debian's ``nginx-light`` is enough."""
    return which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")


@contextmanager
def served(posts: int, folder: Path) -> Iterator[Newspaper]:
    """A newspaper on 127.0.0.1 for as long as the context lasts. Raises RuntimeError if there is no nginx."""
    program, port = nginx(), _free_port()
    if program is None:
        raise RuntimeError("nginx is not installed: apt-get install nginx-light")
    paper = Newspaper(posts, f"http://127.0.0.1:{port}/")
    paper.write(folder)
    (folder / "tmp").mkdir()
    conf = folder / "nginx.conf"
    conf.write_text(_CONFIGURATION.format(folder=folder, port=port))
    server = subprocess.Popen([program, "-c", str(conf), "-e", str(folder / "error.log")])  # noqa: S603 - the server
    try:
        _wait(port, server)
        yield paper
    finally:
        server.terminate()
        server.wait()


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("nginx did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
