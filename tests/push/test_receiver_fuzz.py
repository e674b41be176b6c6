"""A fuzzer against the receiver, by its OpenAPI description; and bytes that are no HTTP at all."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.push.calls import wordpress_ping
from tests.push.receiving import SECRET, TOKEN, Receiving, read_all, registered, subscribed

OPENAPI = Path(__file__).resolve().parents[2] / "crawler/push/openapi.yaml"
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "unsupported_method",
    "ignored_auth",
)


@pytest.fixture
def description(tmp_path: Path) -> Path:
    """The description of the receiver, with the token of a subscription that there is."""
    told = yaml.safe_load(OPENAPI.read_text("utf-8"))
    told["paths"]["/websub/{token}"]["parameters"][0]["schema"] = {"enum": [TOKEN]}
    written = tmp_path / "openapi.yaml"
    written.write_text(yaml.safe_dump(told), "utf-8")
    return written


def test_a_fuzzer_finds_no_fault_and_schedules_nothing(receiver: Receiving, description: Path) -> None:
    receiver.set_up(
        sites=["unheard.example"],
        webhook_secrets=[SECRET],
        subscriptions=[subscribed()],
        registrations=[registered()],
        bad_requests=[1e6, 1e6],
    )
    done = subprocess.run(
        [
            str(Path(sys.executable).with_name("schemathesis")),
            *("run", str(description), "--url", f"http://127.0.0.1:{receiver.port}"),
            *("--checks", ",".join(CHECKS), "--max-examples", "25", "--seed", "1", "--no-color"),
        ],
        cwd=description.parent,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    assert [accepted for accepted in receiver.accepted if accepted[1] != "rsscloud"] == []
    counts = receiver.counts
    assert counts["refused/token"] > 0
    assert counts["websub/signature_wrong"] + counts["websub/signature_unknown_method"] > 0
    assert counts["refused/method"] > 0
    assert counts["failed/store"] == 0
    assert receiver.send("GET", "/healthz").status == 200


REQUEST = b"""GET |POST |/rpc| HTTP/1.1\r\n|\r\n|Host: x\r\n|Content-Type: text/xml\r\n|\0| |Content-Length: 3\r\n|\
Transfer-Encoding: chunked\r\n|Expect: 100-continue\r\n|0\r\n\r\n|3\r\nabc"""
PIECES = st.sampled_from([*REQUEST.split(b"|"), wordpress_ping("https://other.example")])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES | st.binary(max_size=20), max_size=12).map(b"".join))
def test_any_bytes_are_answered_in_http_or_not_at_all(receiver: Receiving, data: bytes) -> None:
    with socket.create_connection(("127.0.0.1", receiver.port), timeout=5) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        answer = read_all(connection)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 ")
    assert not answer.startswith(b"HTTP/1.1 5")
    assert receiver.accepted == []
