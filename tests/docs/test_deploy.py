"""The files of deploy/, docker-compose.yml and the Dockerfile."""

import configparser
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from crawler.settings import DOWNLOAD_TIMEOUT, WORK_STOP_SECONDS
from demo.content import demo_site
from demo.server import serve
from tests.spiders.running import Scrapy

_ROOT = Path(__file__).resolve().parents[2]
_CRON_LINE = re.compile(r"^(?:[\d*/,-]+\s+){5}(?P<command>.+)$", re.MULTILINE)

CRON_COMMANDS = [match["command"] for match in _CRON_LINE.finditer((_ROOT / "deploy/crontab").read_text("utf-8"))]


def installed_at(folder: Path, home: str) -> None:
    """The project as an operator has it: a checkout, a virtual environment, a list of sites."""
    for name in ("scrapy.cfg", "crawler", "pipelines"):
        (folder / name).symlink_to(_ROOT / name)
    (folder / "data").mkdir()
    (folder / "sites.txt").write_text(f"# ours\n{home}  # the demo\n")
    scrapy = folder / ".venv/bin/scrapy"
    scrapy.parent.mkdir(parents=True)
    scrapy.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m scrapy "$@"\n')
    scrapy.chmod(0o755)


def test_there_are_lines_for_cron() -> None:
    assert len(CRON_COMMANDS) == 4


@pytest.mark.parametrize("command", CRON_COMMANDS)
def test_a_line_of_the_crontab_works_and_says_nothing(
    tmp_path: Path, mongodb_uri: str, database_name: str, command: str
) -> None:
    with serve(demo_site(), "classic") as served:
        installed_at(tmp_path, served.url)
        line = command.replace("https://news.example/", served.url).replace("https://news.example", served.url)
        line = line.replace("politics", "town")
        environment = {"PRESSWALK": str(tmp_path), "MONGODB_URI": mongodb_uri, "MONGODB_DATABASE": database_name}
        done = subprocess.run(
            ["/bin/sh", "-c", line],
            env=os.environ | environment,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    stored = Scrapy(mongodb_uri, database_name).find()
    old_news, nobody_listed = "since=2d" in command, "due=1" in command
    assert bool(stored) is not (old_news or nobody_listed)


@pytest.fixture
def compose() -> dict[str, Any]:
    """docker-compose.yml."""
    document: dict[str, Any] = yaml.safe_load((_ROOT / "docker-compose.yml").read_text("utf-8"))
    return document


def test_compose_keeps_mongodb_in_a_named_volume_and_waits_for_its_health(compose: dict[str, Any]) -> None:
    mongo, crawler = compose["services"]["mongo"], compose["services"]["crawler"]
    assert re.fullmatch(r"mongo:\d+\.\d+", mongo["image"])
    (volume,) = mongo["volumes"]
    assert volume.partition(":")[0] in compose["volumes"]
    assert "ping" in " ".join(mongo["healthcheck"]["test"])
    assert crawler["depends_on"] == {"mongo": {"condition": "service_healthy"}}
    assert crawler["environment"]["MONGODB_URI"] == "mongodb://mongo:27017/"


def test_what_the_containers_need_is_in_the_project(compose: dict[str, Any]) -> None:
    dockerfile = (_ROOT / "Dockerfile").read_text("utf-8")
    copied = [name for line in re.findall(r"^COPY (.+) \S+$", dockerfile, re.MULTILINE) for name in line.split()]
    allowed = set((_ROOT / ".dockerignore").read_text("utf-8").split())
    for name in copied:
        assert (_ROOT / name).exists()
        assert f"!{name}" in allowed
    assert re.search(r"^FROM python:3\.\d+\.\d+-slim-\w+ AS base$", dockerfile, re.MULTILINE)
    assert re.search(r"^USER (?!root)\w+$", dockerfile, re.MULTILINE)
    script = compose["services"]["crawler"]["command"][-1]
    assert subprocess.run(["/bin/sh", "-n", str(_ROOT / script)], check=False).returncode == 0


def test_a_container_may_write_where_its_volumes_are(compose: dict[str, Any]) -> None:
    made = re.search(r"^RUN install -d -o presswalk (.+)$", (_ROOT / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    assert made
    volumes = {tuple(one.split(":")) for name in ("crawler", "listen") for one in compose["services"][name]["volumes"]}
    written = {volume[1] for volume in volumes if len(volume) == 2}
    assert written == {"/app/data/spill", "/app/out"}
    assert written <= set(made[1].split())
    assert {volume[0] for volume in volumes if len(volume) == 2} <= set(compose["volumes"])


def test_there_is_an_image_with_chromium_which_nothing_else_is_built_as(compose: dict[str, Any]) -> None:
    browser = compose["services"]["browser"]
    assert browser["profiles"] == ["browser"]
    assert browser["cap_drop"] == ["ALL"]
    dockerfile = (_ROOT / "Dockerfile").read_text("utf-8")
    stages = re.split(r"^FROM ", dockerfile, flags=re.MULTILINE)[1:]
    (own,) = [stage for stage in stages if stage.startswith(f"base AS {browser['build']['target']}\n")]
    assert "install --yes --no-install-recommends chromium" in own
    assert own.index("USER root") < own.index("apt-get") < own.index("USER presswalk")
    assert "ENV BROWSER_SANDBOX=0" in own
    assert stages[-1].strip() == "base"
    assert [name for name, one in compose["services"].items() if isinstance(one.get("build"), dict)] == ["browser"]


def test_compose_listens_for_a_proxy_on_the_host_alone(compose: dict[str, Any]) -> None:
    listen = compose["services"]["listen"]
    assert listen["profiles"] == ["listen"]
    assert [port.rpartition(":")[0] for port in listen["ports"]] == ["127.0.0.1:6080"]
    assert listen["command"] == ["scrapy", "crawl", "listen"]
    told = {name: value for name, value in listen["environment"].items() if name.startswith("PUSH_")}
    assert told.pop("PUSH_HOST") == "0.0.0.0"
    assert set(told) <= set(re.findall(r"PUSH_[A-Z_]+", (_ROOT / "docs/listening.md").read_text("utf-8")))


def test_the_service_that_listens_is_stopped_in_time_and_started_again() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]  # as configparser's documentation has it
    unit.read(_ROOT / "deploy/presswalk-listen.service", "utf-8")
    service = unit["Service"]
    assert service["ExecStart"].endswith("/scrapy crawl listen")
    assert service["Restart"] == "on-failure"
    assert int(service["TimeoutStopSec"]) > DOWNLOAD_TIMEOUT


def test_the_receiver_is_told_by_the_environment(scrapy: Scrapy) -> None:
    told = scrapy.run("settings", "--get", "PUSH_WEBHOOK_SECRETS", PUSH_WEBHOOK_SECRETS="one,two")
    assert told.out.strip() == "one,two"


def test_workers_share_a_queue_and_are_stopped_in_time(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert [name for name, one in services.items() if one.get("profiles") == ["workers"]] == ["nats", "work", "enqueue"]
    assert re.fullmatch(r"nats:\d+\.\d+", services["nats"]["image"])
    assert services["nats"]["command"][0] == "-js"
    assert services["nats"]["volumes"][0].partition(":")[0] in compose["volumes"]
    for name in ("work", "enqueue"):
        assert services[name]["depends_on"]["nats"] == {"condition": "service_started"}
        assert services[name]["environment"]["NATS_URL"] == "nats://nats:4222"
    assert services["work"]["command"] == ["scrapy", "work"]
    assert int(services["work"]["stop_grace_period"].removesuffix("s")) > 2 * WORK_STOP_SECONDS


def test_the_service_of_a_worker_is_stopped_in_time_and_always_started_again() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]  # as configparser's documentation has it
    unit.read(_ROOT / "deploy/presswalk-work.service", "utf-8")
    service = unit["Service"]
    assert service["ExecStart"].endswith("/scrapy work")
    assert service["Restart"] == "always"
    assert int(service["TimeoutStopSec"]) > 2 * WORK_STOP_SECONDS
