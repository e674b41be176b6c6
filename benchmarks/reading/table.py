"""The figures as Markdown tables."""

from collections.abc import Mapping

_NAMES = {
    "body_f1": "body F1", "page_f1": "page F1", "body_good": "≥ .95", "body_bad": "< .5", "snippet_f1": "snippets",
    "cpu_ms": "CPU ms",
}  # fmt: skip


def table(part: str, pages: int, by_reader: Mapping[str, Mapping[str, float]]) -> str:
    """Readers as columns, figures as rows; a dash where a reader gives no such answer."""
    rows = list(dict.fromkeys(name for found in by_reader.values() for name in found))
    rows.sort(key=lambda name: name == "cpu_ms")
    lines = [
        f"\n{part} ({pages} pages)\n",
        "| | " + " | ".join(by_reader) + " |",
        "|---|" + "---|" * len(by_reader),
        *(f"| {_label(row)} | " + " | ".join(_cell(row, found) for found in by_reader.values()) + " |" for row in rows),
    ]
    return "\n".join(lines)


def worst_pages(part: str, worst: Mapping[str, list[tuple[str, float]]]) -> str:
    """A line for each field: ids of pages with their figure."""
    return "".join(
        f"{part} {name}: " + ", ".join(f"{page} {value:.2f}" for page, value in rows) + "\n"
        for name, rows in worst.items()
        if rows
    )


def _label(row: str) -> str:
    return _NAMES.get(row, row.replace("_", " "))


def _cell(row: str, found: Mapping[str, float]) -> str:
    if row not in found:
        return "–"
    return f"{found[row]:.1f}" if row == "cpu_ms" else f"{found[row]:.3f}"
