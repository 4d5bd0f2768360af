#!/usr/bin/env python3
"""Fills a database, runs the product beside a server without one, and says whether it is fast.

    bench/run.py                    both engines, everything, about seventeen minutes
    bench/run.py --engine sqlite    one engine
    bench/run.py --plans            no measurement: how the engines find their rows
    bench/run.py --quick            a first impression in four minutes

Builds nothing: `cargo build --release` and `cargo build --release -p tickbox-bench` come first.
"""

import argparse
import datetime
import json
import os
import platform
import resource
import shutil
import signal
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

import fill
import load
import plans
import report
import servers

ROOT = Path(__file__).resolve().parent.parent
# What is there, and what its owners' counters say.
COUNT = """SELECT (SELECT count(*) FROM tasks), (SELECT sum(coalesce((
    SELECT task_count FROM journal WHERE user_id = users.id ORDER BY version DESC LIMIT 1
), users.task_count)) FROM users)"""
CONNECTIONS = [64, 1000]
# Changes after which the page is asked for.
PAIRS = 100


def options():
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release"
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--users", type=int, default=100_000, help="ordinary accounts")
    parser.add_argument("--tasks", type=int, default=10, help="open tasks of each of them")
    parser.add_argument("--seconds", type=int, default=5, help="length of one measurement")
    parser.add_argument("--rounds", type=int, default=3, help="medians are taken over the rounds")
    parser.add_argument("--engine", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--binary", type=Path, default=target / "tickbox")
    parser.add_argument("--comparison", type=Path, default=target / "tickbox-bench")
    parser.add_argument("--quick", action="store_true", help="one round of two seconds")
    parser.add_argument("--plans", action="store_true",
                        help="only print the query plans of both engines")
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.rounds, chosen.seconds = 1, 2
    for binary in (chosen.binary, chosen.comparison):
        if not binary.is_file():
            parser.error(f"{binary} is missing; build it first")
    if not shutil.which("wrk"):
        parser.error("wrk is missing; install it with: apt-get install wrk")
    return chosen


def main():
    chosen = options()
    raise_file_limit()
    today = datetime.datetime.now(datetime.timezone.utc).date()
    people = fill.People(chosen.users, chosen.tasks, today)
    if chosen.plans:
        return show_plans(chosen, people)
    engines = ["sqlite", "postgres"] if chosen.engine == "both" else [chosen.engine]
    result = {
        "load_average": [os.getloadavg()[0]],
        "machine": machine(),
        "binary_mib": chosen.binary.stat().st_size / 2**20,
        "users": people.total(),
        "tasks": people.total_tasks(),
        "seconds": chosen.seconds,
        "rounds": chosen.rounds,
        "engines": {},
    }
    with tempfile.TemporaryDirectory(prefix="tickbox-bench-") as folder:
        for engine in engines:
            stage = Sqlite if engine == "sqlite" else Postgres
            result["engines"][engine] = on(stage, chosen, people, Path(folder) / engine)
    result["load_average"].append(os.getloadavg()[0])
    results = ROOT / "bench" / "results"
    results.mkdir(exist_ok=True)
    (results / "latest.json").write_text(json.dumps(result, indent=2) + "\n")
    print(report.table(result))
    return 0 if report.all_met(result) else 1


class Sqlite:
    """A filled file, kept between runs, and a copy of it to write to."""

    def __init__(self, chosen, people, folder):
        mark = fill.fingerprint(ROOT, "sqlite", people)
        kept = ROOT / "bench" / "data" / f"{people.users}x{people.tasks}-{mark}.db"
        if not kept.is_file():
            kept.parent.mkdir(exist_ok=True)
            for old in kept.parent.glob("*.db*"):
                old.unlink()
            say(f"filling {people.total_tasks():,} tasks into SQLite, once")
            fresh = folder / "fresh" / "tickbox.db"
            migrate(chosen, folder / "fresh", fresh)
            fill.into_sqlite(fresh, people)
            shutil.move(fresh, kept)
        self.reading, self.writing = folder / "read.db", folder / "write.db"
        for path in (self.reading, self.writing):
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(kept, path)
        # Or the first fsync of the product would have to write the whole copy out.
        os.sync()
        self.engine = None

    def count(self):
        """Tasks in the copy that is written to, counted row by row and by their owners."""
        with sqlite3.connect(self.writing) as db:
            return db.execute(COUNT).fetchone()

    def stop(self):
        pass


class Postgres:
    """A cluster of its own, with a filled database and a copy of it to write to."""

    def __init__(self, chosen, people, folder):
        self.engine = servers.Postgres()
        self.reading, self.writing = self.engine.url("reading"), self.engine.url("writing")
        try:
            self.engine.query("CREATE DATABASE reading")
            migrate(chosen, folder / "fresh", self.reading)
            say(f"filling {people.total_tasks():,} tasks into PostgreSQL")
            fill.into_postgres(self.engine.psql("reading"), people)
            self.engine.query("CREATE DATABASE writing TEMPLATE reading")
            self.engine.query("CHECKPOINT")
        except BaseException:
            self.stop()
            raise

    def count(self):
        rows, owned = self.engine.query(COUNT, "writing").split("|")
        return int(rows), int(owned)

    def stop(self):
        self.engine.stop()


def migrate(chosen, folder, database):
    """Lets the product make its tables, and an account to take a token from."""
    server = servers.Server(chosen.binary, folder, database)
    server.sign("signup")
    server.stop()


def show_plans(chosen, people):
    with tempfile.TemporaryDirectory(prefix="tickbox-bench-") as folder:
        empty = Path(folder) / "empty" / "tickbox.db"
        migrate(chosen, empty.parent, empty)
        stage = Postgres(chosen, people, Path(folder))
        try:
            plans.show(people, stage.engine, "writing", chosen.binary, Path(folder) / "p", empty)
        finally:
            stage.stop()
    return 0


def on(stage, chosen, people, folder):
    """Measures one engine."""
    stage = stage(chosen, people, folder)
    running = []

    def start(binary, name, database=None):
        running.append(servers.Server(binary, folder / name, database))
        return running[-1]

    try:
        starts = []
        for _ in range(5):
            product = start(chosen.binary, "product", stage.reading)
            starts.append(product.start_ms)
            if len(starts) < 5:
                running.pop().stop()
        time.sleep(1)
        idle = product.memory_mib()
        creating = start(chosen.binary, "creating", stage.writing)
        comparison = start(chosen.comparison, "comparison")
        tokens = load.Tokens(product.sign("login"))
        busy = {open: load.busy_cases(people, tokens, product, open) for open in fill.BUSY}
        cases = load.cases(people, tokens, product, creating, comparison)
        for case in [*cases, *(case for asked in busy.values() for case in asked.values())]:
            load.prepare(case, folder)
        many_tasks = one_by_one(busy, chosen, stage)
        say("10,000 tasks: the page after changes")
        page_after_changes = load.after_changes(people, tokens, creating, PAIRS)
        before = stage.count()
        measured = rounds(cases, chosen, stage)
        # The hardest end there is: what was acknowledged must be there all the same.
        running.remove(creating)
        creating.stop(signal.SIGKILL)
        return {
            "start_ms": statistics.median(starts),
            "idle_mib": idle,
            "cases": {f"{name} @{connections}": medians(found)
                      for (name, connections), found in measured.items()},
            "many_tasks": many_tasks,
            "page_after_changes": page_after_changes,
            "creates": creates(stage, before, measured),
            "log_bytes": product.log.stat().st_size,
        }
    finally:
        for server in running:
            server.stop()
        stage.stop()


def rounds(cases, chosen, stage):
    measured = {}
    for number in range(chosen.rounds):
        for connections in CONNECTIONS:
            for case in cases:
                say(f"round {number + 1}/{chosen.rounds}: {case.name}, {connections} connections")
                found = load.measure(case, connections, chosen.seconds, stage.engine)
                measured.setdefault((case.name, connections), []).append(found)
                time.sleep(0.3)
    return measured


def one_by_one(busy, chosen, stage):
    """Each question of each busy person, over a single connection and for a second; all of them the
    same question in a row, so that a machine that slows down slows them all."""
    measured = {}
    for number in range(chosen.rounds):
        for question in next(iter(busy.values())):
            say(f"round {number + 1}/{chosen.rounds}: one person, {question}")
            for open, asked in busy.items():
                found = load.measure(asked[question], 1, 1, stage.engine)
                measured.setdefault(question, {}).setdefault(str(open), []).append(found)
    return {question: {open: medians(runs) for open, runs in by_person.items()}
            for question, by_person in measured.items()}


def creates(stage, before, measured):
    """Compares what was acknowledged with what is there."""
    runs = [(connections, run) for (name, connections), found in measured.items()
            for run in found if name == "create"]
    acknowledged = sum(run["requests"] - run["errors"].get("status", 0) for _, run in runs)
    # The request that was tried before the load, and those that wrk left unanswered at its end.
    in_flight = sum(connections for connections, _ in runs)
    rows, owned = (after - then for after, then in zip(stage.count(), before))
    return {
        "acknowledged": acknowledged,
        "rows": rows,
        "counted_by_owner": owned,
        "none_lost": acknowledged <= rows <= acknowledged + in_flight and rows == owned,
    }


def medians(runs):
    """One measurement out of several; errors add up."""
    def middle(name):
        return statistics.median(run[name] for run in runs)

    result = {name: middle(name) for name in ("requests", "per_second", "p50_ms", "p99_ms",
                                              "cpu_us", "switches", "bytes")}
    if runs[0]["engine_cpu_us"] is not None:
        result["engine_cpu_us"] = middle("engine_cpu_us")
    result["memory_mib"] = {kind: max(run["memory_mib"][kind] for run in runs)
                            for kind in runs[0]["memory_mib"]}
    result["errors"] = {}
    for run in runs:
        for kind, count in run["errors"].items():
            result["errors"][kind] = result["errors"].get(kind, 0) + count
    result["per_second_of_each_round"] = [round(run["per_second"]) for run in runs]
    result["p50_ms_of_each_round"] = [run["p50_ms"] for run in runs]
    return result


def machine():
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
    return {"cores": os.cpu_count(), "processor": model, "kernel": platform.release()}


def raise_file_limit():
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def say(words):
    print(f"{time.strftime('%H:%M:%S')} {words}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
