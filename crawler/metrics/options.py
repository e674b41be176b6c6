"""The ``METRICS_…`` settings, each with the reason for its default."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from scrapy.settings import BaseSettings

from crawler.numbers import whole_number

_TASK = re.compile(r"[\w.:/-]{1,100}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricsOptions:
    """Where metrics are told, and in whose name."""

    task: str
    """Tells jobs from each other: the name of their file, or of their spider, if nobody says."""
    file: Path | None = None
    host: str = "127.0.0.1"
    """Prometheus on the same machine: what it tells is nobody else's business."""
    port: int | None = None
    """0: any free one."""
    seconds: float = 15.0
    """Between two looks at the database, and two writings of the file: as often as Prometheus usually asks."""

    @property
    def is_wanted(self) -> bool:
        """Whether anybody is told."""
        return self.file is not None or self.port is not None

    @classmethod
    def of(cls, settings: BaseSettings, spider: str) -> Self:
        """Those of a project's settings. Raises ValueError if something is wrong, naming the setting."""
        file = _file(settings.get("METRICS_FILE"))
        task = settings.get("METRICS_TASK") or (file.stem if file else spider)
        if not _TASK.fullmatch(task):
            raise ValueError(f"METRICS_TASK is {task!r}: write up to 100 letters, digits, and . : / - _")
        port = whole_number(settings, "METRICS_PORT") if settings.get("METRICS_PORT") not in (None, "") else None
        if port is not None and not 0 <= port < 65536:
            raise ValueError(f"METRICS_PORT is {port}; a port is a number up to 65535")
        return cls(
            task=task,
            file=file,
            host=settings.get("METRICS_HOST") or "127.0.0.1",
            port=port,
            seconds=_seconds(settings),
        )


def _file(told: str | None) -> Path | None:
    if not told:
        return None
    path = Path(told).absolute()
    if path.suffix != ".prom":
        raise ValueError(f"METRICS_FILE is {told!r}: node_exporter reads only files whose name ends in .prom")
    if not path.parent.is_dir():
        raise ValueError(f"METRICS_FILE is {told!r}: there is no folder {str(path.parent)!r}; make it first")
    return path


def _seconds(settings: BaseSettings) -> float:
    try:
        seconds = settings.getfloat("METRICS_SECONDS", 15.0)
    except (TypeError, ValueError):
        seconds = 0.0
    if not 0.1 <= seconds <= 3600:
        raise ValueError(f"METRICS_SECONDS is {settings['METRICS_SECONDS']!r}; write 0.1 to 3600")
    return seconds
