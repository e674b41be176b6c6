"""Runs and the locks of hosts."""

import os
import socket
import subprocess
import sys
from datetime import timedelta

import pytest
from bson import ObjectId

from crawler.changes import Document
from crawler.storage.indexes import Database
from crawler.storage.runs import LEASE, Runs

from ..examples import LATER, NOW, SITE

SECOND = timedelta(seconds=1)


async def test_a_run_begins_takes_up_hosts_and_ends(database: Database) -> None:
    runs, run_id = Runs(database), ObjectId()
    await runs.start(run_id, {"spider": "wordpress", "started_at": NOW, "hosts": []})
    for host in (SITE, "other.example", SITE):
        await runs.add_host(run_id, host, NOW)
    await runs.finish(run_id, {"finished_at": LATER, "exit_status": 0})
    assert await database["runs"].find_one() == {
        "_id": run_id,
        "spider": "wordpress",
        "started_at": NOW,
        "hosts": [SITE, "other.example"],
        "open_hosts": [SITE, "other.example"],
        "opened": [{"host": SITE, "at": NOW}, {"host": "other.example", "at": NOW}],
        "finished_at": LATER,
        "exit_status": 0,
    }


async def test_runs_that_were_killed_are_found_once(database: Database) -> None:
    runs, ours = Runs(database), ObjectId()
    ended, killed, killed_later, elsewhere = (ObjectId() for _ in range(4))
    for number, (run_id, host) in enumerate(
        [(ended, SITE), (killed, SITE), (killed_later, SITE), (elsewhere, "other.example"), (ours, SITE)]
    ):
        await runs.start(run_id, {"started_at": NOW + number * SECOND, "hosts": []})
        await runs.add_host(run_id, host, NOW + number * SECOND)
    await runs.add_host(killed, "third.example", NOW + SECOND)
    await runs.finish(ended, {"finished_at": LATER, "open_hosts": []})
    assert await runs.unfinished(SITE) == NOW + SECOND
    await runs.close_unfinished(SITE, ours, LATER)
    assert await runs.unfinished(SITE) is None
    assert await runs.unfinished("other.example") == NOW + 3 * SECOND
    assert await runs.unfinished("third.example") == NOW + SECOND  # the killed run had two hosts
    reasons = {run["_id"]: run.get("finish_reason") for run in await database["runs"].find().to_list()}
    assert reasons == {ended: None, killed: "killed", killed_later: "killed", elsewhere: None, ours: None}


async def test_of_a_run_of_weeks_a_host_is_undone_since_it_was_taken_up(database: Database) -> None:
    runs, killed = Runs(database), ObjectId()
    await runs.start(killed, {"started_at": NOW, "hosts": []})
    await runs.add_host(killed, SITE, NOW + SECOND)
    await runs.close_host(killed, SITE)
    await runs.add_host(killed, SITE, LATER)
    await runs.add_host(killed, SITE, LATER + SECOND)  # left open, and taken up again
    assert await runs.unfinished(SITE) == LATER
    run = await database["runs"].find_one()
    assert run is not None
    assert (run["open_hosts"], run["opened"]) == ([SITE], [{"host": SITE, "at": LATER}])


async def test_a_run_from_before_hosts_had_times_is_undone_since_it_began(database: Database) -> None:
    await Runs(database).start(ObjectId(), {"started_at": NOW, "open_hosts": [SITE]})
    assert await Runs(database).unfinished(SITE) == NOW


async def test_a_run_says_that_it_is_alive(database: Database) -> None:
    runs, run_id = Runs(database), ObjectId()
    await runs.start(run_id, {"started_at": NOW, "hosts": []})
    await runs.beat(run_id, LATER, {"requests": 3})
    run = await database["runs"].find_one()
    assert run is not None
    assert (run["alive_at"], run["counts"]) == (LATER, {"requests": 3})
    await runs.add_host(run_id, SITE, NOW)
    await runs.close_unfinished(SITE, ObjectId(), LATER)  # by a run that took its lock
    await runs.beat(run_id, LATER, {})
    run = await database["runs"].find_one()
    assert run is not None
    assert not {"finished_at", "finish_reason"} & run.keys()
    await runs.finish(run_id, {"finished_at": LATER, "exit_status": 0})
    await runs.beat(run_id, LATER, {"requests": 4})
    run = await database["runs"].find_one()
    assert run is not None
    assert (run["finished_at"], run["counts"]) == (LATER, {})


async def test_a_second_run_is_refused_and_told_who_has_the_lock(database: Database) -> None:
    runs, first, second = Runs(database), ObjectId(), ObjectId()
    assert await runs.lock(SITE, first, NOW) is None
    holder = await runs.lock(SITE, second, NOW + LEASE - SECOND)
    assert holder is not None
    assert (holder["run_id"], holder["pid"], holder["machine"]) == (first, os.getpid(), socket.gethostname())
    assert await runs.lock("other.example", second, NOW) is None
    assert await runs.lock(SITE, first, NOW) is None, "its own lock is not in its way"


async def test_a_lock_given_back_is_free(database: Database) -> None:
    runs, first, second = Runs(database), ObjectId(), ObjectId()
    await runs.lock(SITE, first, NOW)
    await runs.lock("other.example", second, NOW)
    await runs.unlock(first)
    assert await runs.lock(SITE, second, NOW) is None
    assert await runs.lock("other.example", first, NOW) is not None


async def test_a_host_that_is_done_is_given_back_alone(database: Database) -> None:
    runs, first, second = Runs(database), ObjectId(), ObjectId()
    await runs.start(first, {"started_at": NOW, "hosts": []})
    for host in (SITE, "other.example"):
        assert await runs.lock(host, first, NOW) is None
        await runs.add_host(first, host, NOW)
    await runs.close_host(first, SITE)
    await runs.unlock(first, SITE)
    assert await runs.lock(SITE, second, NOW) is None
    assert await runs.lock("other.example", second, NOW) is not None
    assert await runs.unfinished(SITE) is None
    assert await runs.unfinished("other.example") == NOW
    run = await database["runs"].find_one()
    assert run is not None
    assert (run["hosts"], run["open_hosts"]) == ([SITE, "other.example"], ["other.example"])


async def test_a_lease_that_ran_out_is_taken_over(database: Database) -> None:
    runs, first, second = Runs(database), ObjectId(), ObjectId()
    await runs.lock(SITE, first, NOW)
    assert await runs.lock(SITE, second, NOW + LEASE) is None
    assert await runs.lock(SITE, first, NOW + LEASE) is not None


async def test_whoever_has_a_host_is_told_until_its_lease_is_over_or_its_process_is_dead(database: Database) -> None:
    runs, run_id = Runs(database), ObjectId()
    assert await runs.lock(SITE, run_id, NOW) is None
    held = await runs.holder(SITE, NOW)
    assert held is not None
    assert (held["run_id"], held["expires_at"]) == (run_id, NOW + LEASE)
    assert [await runs.holder(SITE, NOW + LEASE), await runs.holder("other.example", NOW)] == [None, None]
    await database["locks"].update_one({"_id": SITE}, {"$set": {"process": "an earlier one with our id"}})
    assert await runs.holder(SITE, NOW) is None


async def test_a_renewed_lease_lasts(database: Database) -> None:
    runs, first, second = Runs(database), ObjectId(), ObjectId()
    await runs.lock(SITE, first, NOW)
    await runs.renew(first, NOW + LEASE - SECOND)
    await runs.renew(second, NOW + 10 * LEASE)
    assert await runs.lock(SITE, second, NOW + LEASE + SECOND) is not None
    assert await runs.lock(SITE, second, NOW + 2 * LEASE) is None


def ended_process() -> int:
    """The id of a process that is no more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


async def held_by(database: Database, **owner: object) -> Document | None:
    """The answer to a run that wants the lock which this owner has."""
    runs, first, second = Runs(database), ObjectId(), ObjectId()
    await runs.lock(SITE, first, NOW)
    await database["locks"].update_one({"_id": SITE}, {"$set": owner})
    answer = await runs.lock(SITE, second, NOW)
    if answer is None:
        taken = await database["locks"].find_one({"_id": SITE})
        assert taken is not None
        assert (taken["run_id"], taken["pid"], taken["expires_at"]) == (second, os.getpid(), NOW + LEASE)
    return answer


async def test_the_lock_of_a_dead_process_is_taken_over(database: Database) -> None:
    assert await held_by(database, pid=ended_process()) is None


async def test_the_lock_of_an_earlier_process_with_our_id_is_taken_over(database: Database) -> None:
    assert await held_by(database, process="an earlier number 1 of this container") is None


@pytest.mark.parametrize("owner", [{"pid": 1}, {"pid": os.getppid()}])
async def test_the_lock_of_a_living_process_is_respected(database: Database, owner: Document) -> None:
    assert await held_by(database, **owner) is not None


async def test_of_another_machine_only_the_lease_is_known(database: Database) -> None:
    holder = await held_by(database, machine="elsewhere", pid=ended_process())
    assert holder is not None
    assert holder["machine"] == "elsewhere"
