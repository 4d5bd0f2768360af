#!/usr/bin/env python3
"""What row-level security costs a list on PostgreSQL: with and without, side by side, three rounds.

  bench/wall.py             about a minute; wants wrk, PostgreSQL and the release binary
"""

import statistics
import tempfile
from pathlib import Path

import servers
import storm

ROUNDS, SECONDS = 3, 5


def main():
    postgres = servers.Postgres()
    try:
        # A superuser walks through any wall, so the server is given a role that is none.
        postgres.query("CREATE ROLE walled LOGIN")
        postgres.query("CREATE DATABASE wall OWNER walled")
        url = postgres.url("wall").replace("//postgres@", "//walled@")
        found = {"no": [], "yes": []}
        token = None
        for _ in range(ROUNDS):
            for wall in found:
                settings = storm.SETTINGS | {"TICKBOX_DB_ROW_SECURITY": wall}
                with tempfile.TemporaryDirectory() as folder:
                    server = servers.Server(storm.BINARY, Path(folder), url, settings)
                    try:
                        token = token or storm.fill(server)
                        found[wall].append(measure(server, token))
                    finally:
                        server.stop()
    finally:
        postgres.stop()
    for wall, runs in found.items():
        rate, cpu = (statistics.median(column) for column in zip(*runs))
        print(f"row-level security {wall}: {rate:,.0f} lists/s, {cpu:.0f} us of CPU each")
    without, with_wall = (statistics.median(rate for rate, _ in found[it]) for it in ("no", "yes"))
    print(f"it costs {1 - with_wall / without:.0%} of the lists a second")


def measure(server, token):
    before = server.cpu_seconds()
    bearer = {"Authorization": f"Bearer {token}"}
    rate, _, failed = storm.wrk(server, "/api/tasks?limit=25", SECONDS, bearer)
    assert not failed
    return rate, (server.cpu_seconds() - before) / (rate * SECONDS) * 1e6


if __name__ == "__main__":
    main()
