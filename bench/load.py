"""What is asked of the servers, and wrk, which does the asking."""

import base64
import hashlib
import hmac
import http.client
import json
import random
import re
import statistics
import subprocess
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

import fill
import servers

TOKENS = 500
WEEK = 7 * 24 * 3600


@dataclass
class Case:
    """One kind of request, to one server."""

    name: str
    server: servers.Server
    requests: list
    expect: int
    rows: int = 25
    writes: bool = False
    file: Path = None


class Tokens:
    """Login tokens as the product writes them; the header is taken from one of its own."""

    def __init__(self, sample):
        self.header = sample.split(".")[0]
        self.chance = random.Random(11)

    def of(self, person):
        now = int(time.time())
        claims = {
            "iss": "tickbox",
            "aud": "tickbox",
            "sub": hyphenated(person.id),
            "sid": self.chance.randbytes(16).hex(),
            "epoch": person.epoch,
            "iat": now,
            "exp": now + WEEK,
        }
        message = f"{self.header}.{base64url(json.dumps(claims).encode())}"
        signature = hmac.new(servers.SECRET.encode(), message.encode(), hashlib.sha256).digest()
        return f"{message}.{base64url(signature)}"


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def hyphenated(id):
    return str(uuid.UUID(bytes=id))


def raw(server, method, path, headers, body=""):
    lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{server.port}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body.encode())}"]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def cases(people, tokens, product, creating, comparison):
    """What is measured with many readers, in the order of a round: comparison and product side by
    side."""
    chance = random.Random(5)
    readers = [people.reader(n) for n in chance.sample(range(fill.READERS), TOKENS)]
    bearers = [(person, {"Authorization": f"Bearer {tokens.of(person)}"}) for person in readers]
    cookies = [(person, {"Cookie": f"tickbox={tokens.of(person)}"}) for person in readers]
    writers = [people.ordinary(n) for n in chance.sample(range(people.users),
                                                         min(1000, people.users))]
    zipped = {"Accept-Encoding": "gzip"}
    json_path, page_path = "/api/tasks?limit=25", "/tasks"

    def ask(server, path, visitors, more=None):
        return [raw(server, "GET", path, visitor | (more or {})) for _, visitor in visitors]

    def known(server, path, visitors):
        for _, visitor in visitors:
            tag = server.ask("GET", path, visitor)[1]["ETag"]
            yield raw(server, "GET", path, visitor | {"If-None-Match": tag})

    def one(person, headers):
        task = fill.task_id(person, chance.randrange(fill.READER_TASKS))
        return raw(product, "GET", f"/api/tasks/{hyphenated(task)}", headers)

    def create(person):
        headers = {"Authorization": f"Bearer {tokens.of(person)}"}
        body = json.dumps({"title": f"{chance.choice(fill.TITLES)} ({person.number})"})
        return raw(creating, "POST", "/api/tasks", headers, body)

    return [
        Case("plain: 13 bytes", comparison, [raw(comparison, "GET", "/plain", {})], 200),
        Case("list JSON: constants", comparison, ask(comparison, json_path, bearers), 200),
        Case("list JSON", product, ask(product, json_path, bearers), 200),
        Case("list page: constants", comparison, ask(comparison, page_path, cookies), 200),
        Case("list page", product, ask(product, page_path, cookies), 200),
        Case("list page, gzip: constants", comparison, ask(comparison, page_path, cookies, zipped),
             200),
        Case("list page, gzip", product, ask(product, page_path, cookies, zipped), 200),
        Case("list JSON, unchanged", product, list(known(product, json_path, bearers)), 304),
        Case("get", product, [one(*visitor) for visitor in bearers for _ in range(4)], 200),
        Case("create", creating, [create(person) for person in writers], 201, writes=True),
    ]


def busy_cases(people, tokens, product, open):
    """What one person with so many open tasks asks for: each question by its name."""
    person, today = people.busy(open), people.today
    tasks = list(fill.busy_tasks(person, today))
    bearer = {"Authorization": f"Bearer {tokens.of(person)}"}
    cookie = {"Cookie": f"tickbox={tokens.of(person)}"}
    narrow = "/api/tasks?limit=25&status=open"
    label, place = fill.LABELS[2], 1
    in_list = f"{narrow}&list={hyphenated(person.lists[place])}"

    def case(path, visitor, keep):
        rows = sum(1 for task in tasks if keep(task))
        return Case(f"{path}, of {open}", product, [raw(product, "GET", path, visitor)], 200,
                    min(rows, 25))

    def is_open(task):
        return task.finished is None

    def is_for_today(task):
        return is_open(task) and task.due and task.due <= today >= (task.start or today)

    return {
        "list JSON": case("/api/tasks?limit=25", bearer, lambda task: True),
        "list page": case("/tasks", cookie, lambda task: is_open(task) and task.parent is None),
        "Today JSON": case(f"{narrow}&due=..today&started=true&sort=due", bearer, is_for_today),
        "Today page": case("/today", cookie, is_for_today),
        "search without a hit": case(f"{narrow}&q=xyzzyq", bearer, lambda task: False),
        "one label": case(f"{narrow}&label={label.lower()}", bearer,
                          lambda task: is_open(task) and label in task.labels),
        "one list": case(in_list, bearer, lambda task: is_open(task) and task.list == place),
        "one list, in its order": case(f"{in_list}&sort=order", bearer,
                                       lambda task: is_open(task) and task.list == place),
        "by title": case(f"{narrow}&sort=title", bearer, is_open),
    }


def after_changes(people, tokens, server, pairs):
    """The page of somebody with 10,000 tasks, in ms: right after a change of theirs, once more, and
    after a change of somebody else.

    Whatever changed, what a connection of SQLite's has read must be read again, so only the first
    and the last differ by nothing but the counting of the navigation.
    """
    owner, stranger = people.busy(10_000), people.reader(0)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    found = {"after_own_change": [], "again": [], "after_change_of_another": []}

    def ask(method, path, headers, body=None):
        began = time.perf_counter()
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        took = (time.perf_counter() - began) * 1000
        if answer.status != 200:
            raise SystemExit(f"{method} {path} answered {answer.status}: {content[:500]}")
        return took

    def change(person, number):
        body = json.dumps({"title": f"{fill.TITLES[0]}, {number}"})
        headers = bearers[person] | {"Content-Type": "application/json"}
        ask("PATCH", f"/api/tasks/{hyphenated(fill.task_id(person, 0))}", headers, body)

    def page(kind):
        found[kind].append(ask("GET", "/tasks", cookie))

    bearers = {person: {"Authorization": f"Bearer {tokens.of(person)}"}
               for person in (owner, stranger)}
    cookie = {"Cookie": f"tickbox={tokens.of(owner)}"}
    for number in range(pairs):
        change(owner, number)
        page("after_own_change")
        page("again")
        change(stranger, number)
        page("after_change_of_another")
    connection.close()
    return {kind: statistics.median(times) for kind, times in found.items()}


def prepare(case, folder):
    """Writes the requests to a file for wrk, after trying one of them."""
    first = case.requests[0].decode()
    head, _, body = first.partition("\r\n\r\n")
    method, path, _ = head.split("\r\n")[0].split(" ")
    headers = dict(line.split(": ", 1) for line in head.split("\r\n")[1:])
    status, sent, content = case.server.ask(method, path, headers, body or None)
    if status != case.expect:
        raise SystemExit(f"{case.name}: answered {status}, not {case.expect}: {content[:500]}")
    rows = None
    if status == 200 and path.startswith("/api/tasks?"):
        rows = len(json.loads(content))
    elif status == 200 and path in ("/tasks", "/today") and not sent["Content-Encoding"]:
        rows = len(re.findall(rb'id="task-', content))
    if rows not in (None, case.rows):
        raise SystemExit(f"{case.name}: shows {rows} rows, not {case.rows}")
    case.file = folder / (re.sub(r"\W+", "-", case.name) + ".requests")
    with open(case.file, "wb") as file:
        for request in case.requests:
            file.write(f"{len(request)}\n".encode() + request)


def measure(case, connections, seconds, engine=None):
    """Runs wrk once. wrk has one thread, because two cores are the server's as well."""
    server = case.server
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency",
               "-s", str(Path(__file__).with_name("wrk.lua")),
               f"http://127.0.0.1:{server.port}/", "--", str(case.file)]
    before = server.cpu_seconds(), server.context_switches(), engine and engine.cpu_seconds()
    wrk = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    time.sleep(seconds * 0.8)
    memory = server.memory_mib()
    output, _ = wrk.communicate(timeout=seconds + 60)
    after = server.cpu_seconds(), server.context_switches(), engine and engine.cpu_seconds()
    found = re.search(r"^OUTCOME (.*)$", output, re.MULTILINE)
    if not found:
        raise SystemExit(f"wrk said nothing of use:\n{output}")
    outcome = json.loads(found[1])
    requests = max(outcome["requests"], 1)
    kinds = ("connect", "read", "write", "timeout", "status")
    return {
        "requests": outcome["requests"],
        "per_second": outcome["requests"] / (outcome["micros"] / 1e6),
        "p50_ms": outcome["p50"] / 1000,
        "p99_ms": outcome["p99"] / 1000,
        "cpu_us": (after[0] - before[0]) * 1e6 / requests,
        "engine_cpu_us": (after[2] - before[2]) * 1e6 / requests if engine else None,
        "switches": (after[1] - before[1]) / requests,
        "bytes": outcome["bytes"] / requests,
        "memory_mib": memory,
        "errors": {kind: outcome[kind] for kind in kinds if outcome[kind]},
    }
