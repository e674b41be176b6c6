"""Samples <-> Prometheus's text formats, by its client library: imported where metrics are wanted alone."""

from collections.abc import Iterable, Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.core import Metric as MetricFamily
from prometheus_client.exposition import choose_encoder, generate_latest
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from crawler.metrics.catalogue import METRICS, TASK, Key, Metric, Samples


class _Collected(Collector):
    """What the library writes."""

    def __init__(self, families: Iterable[MetricFamily]) -> None:
        self._families = families

    def collect(self) -> Iterable[MetricFamily]:
        """Those families."""
        return self._families


def text(samples: Samples) -> bytes:
    """As node_exporter's textfile collector reads it: the text format, without times."""
    return generate_latest(_Collected(_families(samples)))


def answer(samples: Samples, accept: str) -> tuple[bytes, str]:
    """To a scrape: a body in the format that it accepts, and its media type. With what the library tells of processes.

    Of a file that would contradict what node_exporter tells of itself.
    """
    encode, media_type = choose_encoder(accept)
    return encode(_Collected([*_families(samples), *ProcessCollector(registry=None).collect()])), media_type


def parsed(stored: str) -> Samples:
    """What ``text`` wrote; metrics that this version does not have are left out. Raises ValueError if it did not."""
    return dict(_series(text_string_to_metric_families(stored)))


def _families(samples: Samples) -> Iterator[MetricFamily]:
    by_name: dict[str, list[Key]] = {}
    for key in samples:
        by_name.setdefault(key[0], []).append(key)
    for name, metric in METRICS.items():
        if name in by_name:
            yield _family(metric, {key: samples[key] for key in sorted(by_name[name])})


def _family(metric: Metric, samples: Samples) -> MetricFamily:
    kind = CounterMetricFamily if metric.kind == "counter" else GaugeMetricFamily
    family = kind(metric.name, metric.help, labels=[TASK, *metric.labels])
    for (_, labels), value in samples.items():
        family.add_metric([text for _, text in labels], value)
    return family


def _series(families: Iterable[MetricFamily]) -> Iterator[tuple[Key, float]]:
    for family in families:
        for sample in family.samples:
            names = (TASK, *METRICS[sample.name].labels) if sample.name in METRICS else ()
            if names and sample.labels.keys() == set(names):
                yield (sample.name, tuple((name, sample.labels[name]) for name in names)), float(sample.value)
