"""The loop that pings: ``python -m benchmarks.push.loop PORT RATE SECONDS HOME…``; what came of it as JSON."""

import asyncio
import json
import sys
import time
from statistics import quantiles

from tests.push.calls import wordpress_ping

CONNECTIONS = 32


async def main(port: int, rate: int, seconds: float, homes: list[str]) -> None:
    """Ping from all connections, each so often that together they keep the rate, whatever the answers take."""
    began, took = time.monotonic(), list[float]()
    await asyncio.gather(*[_ping(port, took, number, rate, began + seconds, homes) for number in range(CONNECTIONS)])
    cuts = quantiles(took, n=100)
    told = {"answered": len(took), "seconds": time.monotonic() - began, "median": cuts[49], "p99": cuts[98]}
    sys.stdout.write(json.dumps(told))


async def _ping(port: int, took: list[float], first: int, rate: int, end: float, homes: list[str]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    due, turn = time.monotonic() + first / rate, first
    while due < end:
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        body, asked = wordpress_ping(homes[turn % len(homes)]), time.monotonic()
        writer.write(
            b"POST /rpc HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/xml\r\nContent-Length: %d\r\n\r\n" % len(body)
        )
        writer.write(body)
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
        await reader.readexactly(length)
        if head.startswith(b"HTTP/1.1 200"):
            took.append(time.monotonic() - asked)
        turn, due = turn + CONNECTIONS, max(due + CONNECTIONS / rate, time.monotonic() - 1)
    writer.close()


if __name__ == "__main__":
    port, rate, seconds, *homes = sys.argv[1:]
    asyncio.run(main(int(port), int(rate), float(seconds), homes))
