"""How the engines find the rows of somebody with 10,000 tasks.

No statement is written down here, so none can drift from what the product sends. PostgreSQL tells
statements and plans itself, through auto_explain, while the product is asked. SQLite keeps no such
log, but Diesel spells the same expression for both and differs in signs alone; so its statements
are made from the others, and a database without rows will do, because the product keeps no
statistics there that a plan could depend on.
"""

import json
import re
import sqlite3
import textwrap
from typing import NamedTuple

import fill
import load
import servers

# Connections prepare statements for themselves, and PostgreSQL may change its mind about a
# statement after the fifth time.
TIMES = 40
# Where a line of output is cut.
LONGEST = 160
SETTINGS = {
    "session_preload_libraries": "auto_explain",
    "auto_explain.log_min_duration": "0",
    "auto_explain.log_analyze": "on",
}


class Plan(NamedTuple):
    sql: str
    steps: list

    def shape(self):
        """What remains when values, times and numbers of rows go."""
        told = [re.sub(r"'[^']*'::\w+(\[\])?|\$\d+", "?", step) for step in self.steps]
        steps = [step.partition(" (")[0] for step in told if " rows, " in step]
        return steps + [step for step in told if "Cond: " in step]


def show(people, engine, database, binary, folder, empty):
    """Asks the product on PostgreSQL; `empty` is a migrated file of SQLite."""
    for name, value in SETTINGS.items():
        engine.query(f"ALTER DATABASE {database} SET {name} = '{value}'")
    server = servers.Server(binary, folder, engine.url(database))
    sqlite = sqlite3.connect(empty)
    print(f"\nPostgreSQL {engine.query('SHOW server_version')}, and SQLite "
          f"{sqlite3.sqlite_version} of this Python; the product brings its own")
    try:
        known = set()
        for question, plans in answers(people, server, engine):
            print(f"\n== {question}")
            for first, last in plans:
                if last.sql not in known:
                    known.add(last.sql)
                    print(paragraph(first, last, sqlite))
    finally:
        server.stop()
        sqlite.close()


def answers(people, server, engine):
    """Each question with the statements of its answer: the first and the last plan of each."""
    person = people.busy(10_000)
    token = load.Tokens(server.sign("login")).of(person)
    bearer, cookie = {"Authorization": f"Bearer {token}"}, {"Cookie": f"tickbox={token}"}
    log = engine.folder / "log"
    for question, path in questions(person, server, bearer):
        seen = {}
        for number in range(TIMES):
            change(person, server, bearer, number)
            size = log.stat().st_size
            ask(server, "GET", path, bearer if path.startswith("/api/") else cookie)
            for plan in logged(log.read_bytes()[size:].decode()):
                seen.setdefault(plan.sql, []).append(plan)
        yield question, [(plans[0], plans[-1]) for plans in seen.values()]


def questions(person, server, bearer):
    """The hot ones, each with its address."""
    def cursor(path):
        link = ask(server, "GET", path, bearer)["Link"]
        return re.search(r'cursor=([^&>]+)[^>]*>; rel="next"', link)[1]

    every = "/api/tasks?limit=25"
    narrow = f"{every}&status=open"
    own_list, label = load.hyphenated(person.lists[1]), fill.LABELS[2].lower()
    return [
        ("list JSON", every),
        ("list JSON, the next page", f"{every}&cursor={cursor(every)}"),
        ("list JSON, open", narrow),
        ("list page after a change, with all of the navigation", "/tasks"),
        ("list page, the next", f"/tasks?cursor={cursor(f'{narrow}&parent=none&sort=order')}"),
        ("page of one list", f"/lists/{own_list}"),
        ("page of one label", f"/labels/{label}"),
        ("Today page", "/today"),
        ("search without a hit", f"{narrow}&q=xyzzyq"),
        ("one label", f"{narrow}&label={label}"),
        ("one list", f"{narrow}&list={own_list}"),
        ("by title", f"{narrow}&sort=title"),
    ]


def ask(server, method, path, headers, body=None):
    """The headers of the answer."""
    status, sent, content = server.ask(method, path, headers, body)
    if status != 200:
        raise SystemExit(f"{method} {path} answered {status}: {content[:500]}")
    return sent


def change(person, server, bearer, number):
    """So that the navigation is counted anew."""
    path = f"/api/tasks/{load.hyphenated(fill.task_id(person, 0))}"
    headers = bearer | {"Content-Type": "application/json"}
    ask(server, "PATCH", path, headers, json.dumps({"notes": str(number)}))


def logged(text):
    """The plans in a piece of PostgreSQL's log."""
    for entry in re.split(r"\n(?=\d{4}-\d\d-\d\d )", text):
        _, _, rest = entry.partition(" plan:\n\tQuery Text: ")
        # The pool asks so whether a connection still lives.
        if rest and not rest.startswith("SELECT 1\n"):
            sql, *steps = rest.rstrip().split("\n")
            yield Plan(sql, [briefly(step.removeprefix("\t")) for step in steps])


def briefly(step):
    """Without the costs, which mean nothing to people."""
    step = re.sub(r"\(cost=\S+ rows=(\d+) width=\d+\) \(never executed\)",
                  r"(no rows, \1 expected, never asked)", step)
    return re.sub(r"\(cost=\S+ rows=(\d+) width=\d+\) \(actual time=\S+\.\.(\S+) rows=(\d+) "
                  r"loops=(\d+)\)", r"(\2 ms, \3 rows, \1 expected, \4 times)", step)


def paragraph(first, last, sqlite):
    lines = ["", *textwrap.wrap(readable(last.sql), 96)]
    if first.shape() != last.shape():
        lines += ["  PostgreSQL, at first:", *(f"    {step}" for step in first.steps)]
        lines += ["  PostgreSQL, in the end:"]
    else:
        lines += ["  PostgreSQL:"]
    lines += [f"    {step}" for step in last.steps]
    lines += ["  SQLite:", *(f"    {step}" for step in sqlite_plan(last.sql, sqlite))]
    # A condition may name every row of a page.
    return "\n".join(line if len(line) <= LONGEST else f"{line[:LONGEST]}…" for line in lines)


def readable(sql):
    """Without quotes, and without the names of columns that every row is read with."""
    sql = sql.replace('"', "")
    return re.sub(r"SELECT (?:[\w.]+, ){4,}[\w.]+ FROM", "SELECT … FROM", sql)


def sqlite_plan(sql, sqlite):
    sql = for_sqlite(sql)
    depths = {0: 0}
    rows = sqlite.execute(f"EXPLAIN QUERY PLAN {sql}", [None] * sql.count("?"))
    for number, parent, _, step in rows:
        depths[number] = depths[parent] + 1
        yield "  " * depths[parent] + step


def for_sqlite(sql):
    """The statement as Diesel spells it for the other engine."""
    # Several values in brackets instead of an array; a single one would be planned as an equation.
    sql = re.sub(r"= ANY\(\$\d+\)", "IN (?, ?)", sql)
    sql = sql.replace("= ANY(", "IN (")
    return re.sub(r"\$\d+", "?", sql).replace('"', "`")
