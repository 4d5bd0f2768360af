#!/usr/bin/env python3
"""What logging in costs everybody else, and what a token costs.

  bench/storm.py            about a minute; wants wrk and the release binary
  bench/storm.py --seconds 30

Three questions, one server with its defaults (bcrypt cost 12) but for the limits on log-ins:

  1. How long does a list take at 16 connections, while nobody logs in and while 32 do all the time?
  2. What becomes of 200 who log in at once?
  3. What does a request with a token cost more than one without?
"""

import argparse
import collections
import http.client
import json
import re
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import servers

ROOT = Path(__file__).resolve().parent.parent
BINARY = ROOT / "target/release/tickbox"
SETTINGS = {"TICKBOX_LIMIT_ACCOUNT": "0"}
LOGIN = json.dumps({"email": servers.EMAIL, "password": servers.PASSWORD})
JSON = {"Content-Type": "application/json"}
MILLISECONDS = {"us": 0.001, "ms": 1, "s": 1000}


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seconds", type=int, default=10, help="of each measurement")
    seconds = options.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        server = servers.Server(BINARY, Path(folder), settings=SETTINGS)
        try:
            token = fill(server)
            under_load(server, token, seconds)
            storm(server)
            price_of_a_token(server, token, seconds)
        finally:
            server.stop()


def fill(server):
    token = server.sign("signup")
    bearer = JSON | {"Authorization": f"Bearer {token}"}
    operations = [{"op": "create", "body": {"title": f"Task {n}"}} for n in range(100)]
    body = json.dumps({"operations": operations})
    status, _, answer = server.ask("POST", "/api/tasks/batch", bearer, body)
    assert status == 200, answer
    return token


def wrk(server, path, seconds, headers):
    """Requests a second, latencies by percentile in ms, and answers that were none."""
    command = ["wrk", "--latency", "-t1", "-c16", f"-d{seconds}s"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    command.append(f"http://127.0.0.1:{server.port}{path}")
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    latency = {
        percent: float(value) * MILLISECONDS[unit]
        for percent, value, unit in re.findall(r"(\d+)%\s+([\d.]+)(us|ms|s)", said)
    }
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])
    return rate, latency, int(failed[1]) if failed else 0


def log_in(server, timeout=60):
    """Status and Retry-After."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=timeout)
    connection.request("POST", "/api/auth/login", LOGIN, JSON)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, answer.headers.get("Retry-After")


def under_load(server, token, seconds):
    headers = {"Authorization": f"Bearer {token}"}
    ended, statuses = threading.Event(), collections.Counter()

    def keep_logging_in():
        while not ended.is_set():
            statuses[log_in(server)[0]] += 1

    show("list at 16 connections, nobody logs in", *wrk(server, "/api/tasks?limit=25", seconds, headers))
    crowd = [threading.Thread(target=keep_logging_in) for _ in range(32)]
    for person in crowd:
        person.start()
    time.sleep(1)
    busy = wrk(server, "/api/tasks?limit=25", seconds, headers)
    ended.set()
    for person in crowd:
        person.join()
    show("list at 16 connections, 32 log in", *busy)
    print(f"  log-ins meanwhile: {dict(statuses)}")
    goal("p99 under 50 ms while 32 log in", busy[1]["99"] < 50 and busy[2] == 0)


def storm(server):
    found, lock = [], threading.Lock()

    def one():
        answer = log_in(server)
        with lock:
            found.append(answer)

    crowd = [threading.Thread(target=one) for _ in range(200)]
    began = time.perf_counter()
    for person in crowd:
        person.start()
    for person in crowd:
        person.join()
    took = time.perf_counter() - began
    statuses = collections.Counter(status for status, _ in found)
    print(f"200 log in at once: {dict(statuses)} in {took:.1f} s")
    waits = all(wait for status, wait in found if status == 503)
    goal("nothing but 200 and 503, and each 503 says when to come back",
         set(statuses) <= {200, 503} and waits)


def price_of_a_token(server, token, seconds):
    bearer = {"Authorization": f"Bearer {token}"}
    _, headers, _ = server.ask("GET", "/api/tasks?limit=25", bearer)
    known = bearer | {"If-None-Match": headers["ETag"]}

    def cpu(path, headers):
        before = server.cpu_seconds()
        rate, _, failed = wrk(server, path, seconds, headers)
        assert not failed
        return (server.cpu_seconds() - before) / (rate * seconds) * 1e6

    without = cpu("/healthz", {})
    with_token = cpu("/api/tasks?limit=25", known)
    print(f"CPU a request: /healthz {without:.1f} us; 304 of a list, token and account checked: "
          f"{with_token:.1f} us")
    goal("a token and its account cost less than 30 us", with_token - without < 30)


def show(what, rate, latency, failed):
    print(f"{what}: {rate:,.0f}/s, p50 {latency['50']:.2f} ms, p99 {latency['99']:.2f} ms, "
          f"{failed} failed")


def goal(words, met):
    print(f"  {'met' if met else 'NOT MET'}: {words}")


if __name__ == "__main__":
    main()
