"""The people and tasks that the benchmark reads, and how they get into either engine.

Everything follows from the two counts, the day and a fixed seed. Ordinary people have a few tasks
each and make the database large; readers have 100 each and are the ones whose lists are measured;
busy people have up to as many as anybody may have, with all that grows beside them. Tasks are
written in the order in which people would have made them, not person by person, so that pages
split as they do in life.

No row of the journal is written: the product reads it for the history alone, and takes an account
without one for an account from before there was a journal.
"""

import datetime
import hashlib
import heapq
import itertools
import random
import sqlite3
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

READERS = 1000
READER_TASKS = 100
BEGAN = 1_767_225_600_000_000  # 2026-01-01T00:00:00Z in microseconds
DAY = 86_400_000_000
HOUR_AND_A_BIT = 3_600_000_000 + 123_456_789
GAP = 65_536

# Open tasks of each busy person, and how many more are done. Together they must stay below the
# 100,000 that the product allows, so the last has 99,000 rather than 100,000.
BUSY = {10: 1, 100: 10, 10_000: 1_000, 99_000: 900}
DUE_TODAY = 20
LISTS = ["Inbox", "Work", "Home", "Garden", "Travel", "Someday"]
LABELS = ["Calls", "Deep work", "Errand", "Family", "Money", "Reading", "Urgent", "Waiting"]

TITLES = [
    "Pay the electricity bill",
    "Call the dentist about Thursday",
    "Buy milk, eggs and two loaves of bread",
    "Send the signed contract back to Elena",
    "Water the plants",
    "Book train tickets to Leipzig",
    "Read chapter four before the seminar",
    "Fix the dripping tap in the kitchen",
    "Renew the library card",
    "Plan the birthday party & invite everyone",
]
NOTES = [
    "The number is on the back of the card; ask for the morning.",
    "See the mail from last week.\nTake the blue folder along.",
]


@dataclass(frozen=True)
class Person:
    number: int
    id: bytes
    lists: tuple
    began: int
    tasks: int
    done: int
    gap: int
    email: str

    @property
    def epoch(self):
        return 1_000_000 + self.number

    @property
    def version(self):
        """Where the change counter stands: it counted lists and tasks made, and tasks done."""
        return len(self.lists) + self.tasks + self.done


@dataclass(frozen=True)
class People:
    """Everybody in the database, by rule rather than by list."""

    users: int
    tasks: int
    today: datetime.date

    def ordinary(self, number):
        return self._person(number, self.tasks, f"user-{number:06}@example.org")

    def reader(self, number):
        return self._person(self.users + number, READER_TASKS, f"reader-{number:06}@example.org")

    def busy(self, open):
        """The person with so many open tasks, all made in the thousand days before the others."""
        tasks = open + BUSY[open]
        number = self.users + READERS + list(BUSY).index(open)
        return somebody(number, f"busy-{open}@example.org", BEGAN - 1000 * DAY, tasks,
                        done=BUSY[open], gap=1000 * DAY // (tasks + 1), lists=len(LISTS))

    def usual(self):
        yield from map(self.ordinary, range(self.users))
        yield from map(self.reader, range(READERS))

    def everybody(self):
        yield from self.usual()
        yield from map(self.busy, BUSY)

    def total(self):
        return self.users + READERS + len(BUSY)

    def usual_tasks(self):
        return self.users * self.tasks + READERS * READER_TASKS

    def total_tasks(self):
        return self.usual_tasks() + busy_total()

    def _person(self, number, tasks, email):
        # Sign-ups are spread over a hundred days.
        began = BEGAN + number * (100 * DAY // (self.users + READERS))
        return somebody(number, email, began, tasks)


def somebody(number, email, began, tasks, done=0, gap=HOUR_AND_A_BIT, lists=1):
    own = tuple(uuid7(began, number * 1000 + 1 + place) for place in range(lists))
    return Person(number, uuid7(began, number * 1000), own, began, tasks, done, gap, email)


def busy_total():
    return sum(BUSY) + sum(BUSY.values())


def uuid7(micros, salt):
    """An id as RFC 9562 has it: its time first, then bits that follow from `salt`."""
    tail = hashlib.blake2b(salt.to_bytes(8, "big"), digest_size=10).digest()
    bits = int.from_bytes((micros // 1000).to_bytes(6, "big") + tail, "big")
    bits = bits & ~(0xF << 76) | 0x7 << 76
    bits = bits & ~(0x3 << 62) | 0x2 << 62
    return bits.to_bytes(16, "big")


def made_at(person, turn):
    """When the person made their task of that turn, at even distances from sign-up on."""
    return person.began + (turn + 1) * person.gap


def task_id(person, turn):
    return uuid7(made_at(person, turn), person.number * 1000 + 100 + turn)


class Task(NamedTuple):
    """What differs between the tasks of one person."""

    turn: int
    title: str
    notes: str
    priority: int
    position: int
    list: int = 0
    # The turn of the task that it is a step of.
    parent: int = None
    labels: tuple = ()
    start: datetime.date = None
    due: datetime.date = None
    # Since midnight; none = the whole day.
    minute: int = None
    # Which of its owner's finished tasks it is; none = it is open.
    finished: int = None


def usual_task(turn, chance):
    dice = chance.random()
    return Task(turn, notes=chance.choice(NOTES) if dice < 0.25 else "",
                priority=int(dice * 8) if dice < 0.5 else 0,
                due=datetime.date(2026, 1 + int(dice * 36), 15) if dice < 1 / 3 else None,
                title=chance.choice(TITLES), position=-turn * GAP)


def busy_tasks(person, today):
    """Every task of a busy person: some done, some steps of the task before, a third with a due
    date within half a year of today, a few of these today, a fifth with labels."""
    chance = random.Random(person.tasks)
    done_every = person.tasks // person.done
    today_every = max(person.tasks // 3 // DUE_TODAY, 5)
    in_list = [0] * len(LISTS)
    dated = 0
    last = None
    for turn in range(person.tasks):
        task = usual_task(turn, chance)._replace(due=None)
        if turn % 20 == 19 and last.finished is None:
            # The first step of a task is at 0, behind the tasks.
            task = task._replace(parent=last.turn, list=last.list, position=0)
        else:
            place = chance.randrange(len(LISTS))
            task = task._replace(list=place, position=-in_list[place] * GAP)
            in_list[place] += 1
        if chance.random() < 1 / 3:
            task = task._replace(**busy_due(today, dated % today_every == 0, chance))
            dated += 1
        if chance.random() < 1 / 5:
            labels = chance.sample(LABELS, 1 if chance.random() < 0.75 else 2)
            task = task._replace(labels=tuple(labels))
        if turn % done_every == 5:
            task = task._replace(finished=turn // done_every)
        yield task
        last = task


def busy_due(today, is_today, chance):
    """A day, for every fourth a time, and for every tenth a day to begin on a week before."""
    days = 0 if is_today else chance.choice((-1, 1)) * chance.randint(1, 182)
    due = today + datetime.timedelta(days)
    return {
        "due": due,
        "minute": chance.randrange(24 * 4) * 15 if chance.random() < 1 / 4 else None,
        "start": due - datetime.timedelta(7) if chance.random() < 1 / 10 else None,
    }


def user_row(person, text):
    return (text(person.id), person.email, "x", person.epoch, person.version, person.tasks,
            "UTC", person.began, None)


def list_rows(people, text):
    for person in people.everybody():
        for place, id in enumerate(person.lists):
            name = LISTS[place]
            yield (text(person.id), text(id), name, name.lower(), place, place == 0, place * GAP,
                   place + 1, person.began, person.began)


def label_rows(people, text):
    for person in map(people.busy, BUSY):
        for name in LABELS:
            yield text(person.id), name.lower(), name, person.began


def task_label_rows(people, text):
    for person in map(people.busy, BUSY):
        for task in busy_tasks(person, people.today):
            for name in task.labels:
                yield (text(person.id), name.lower(), text(task_id(person, task.turn)),
                       task.finished is None)


def task_rows(people, text):
    """Every task: one of the busy people's after every so many of the others'."""
    busy = busy_task_rows(people, text)
    every = max(people.usual_tasks() // busy_total(), 1)
    for number, row in enumerate(usual_task_rows(people, text)):
        yield row
        if number % every == 0:
            yield from itertools.islice(busy, 1)
    yield from busy


def usual_task_rows(people, text):
    """Turn by turn: everybody's first, then everybody's second, and so on."""
    chance = random.Random(7)
    usual = list(people.usual())
    for turn in range(max(person.tasks for person in usual)):
        for person in usual:
            if turn < person.tasks:
                yield task_row(person, usual_task(turn, chance), text)


def busy_task_rows(people, text):
    """In the order in which they were made."""
    def of(person):
        for task in busy_tasks(person, people.today):
            yield made_at(person, task.turn), task_row(person, task, text)

    rows = heapq.merge(*map(of, map(people.busy, BUSY)), key=lambda made: made[0])
    return (row for _, row in rows)


def task_row(person, task, text):
    at = made_at(person, task.turn)
    changed, done_at, version = at, None, len(person.lists) + task.turn + 1
    if task.finished is not None:
        # After everything was made, one a minute.
        changed = done_at = BEGAN + task.finished * 60_000_000
        version = len(person.lists) + person.tasks + task.finished + 1
    parent = text(task_id(person, task.parent)) if task.parent is not None else None
    return (text(person.id), text(task_id(person, task.turn)), text(person.lists[task.list]),
            parent, task.title, task.notes, "\n".join(task.labels), task.position, task.priority,
            task.start and task.start.isoformat(), task.due and task.due.isoformat(), task.minute,
            due_key(task.due, task.minute), False, False, done_at, None, version, at, changed,
            task.title.lower(), task.notes.lower())


def due_key(due, minute):
    """What the product sorts due dates by: a number a minute, and one more for the whole day."""
    if due is None:
        return 2**63 - 1
    return due.toordinal() * 1441 + (1440 if minute is None else minute)


def fingerprint(root, engine, people):
    """Changes with whatever shapes the database: the schema, this file, the counts, and the day,
    because what was due yesterday is overdue today."""
    digest = hashlib.sha256(f"{people.users} {people.tasks} {people.today}".encode())
    for path in [Path(__file__), *sorted((root / "migrations" / engine).rglob("up.sql"))]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def into_sqlite(path, people):
    """Fills a migrated file."""
    db = sqlite3.connect(path, isolation_level=None)
    db.executescript("""
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = OFF;
        PRAGMA cache_size = -1000000;
        PRAGMA foreign_keys = OFF;
        BEGIN;
    """)
    as_is = lambda id: id
    for table, rows in tables(people, as_is):
        insert(db, table, rows)
    db.execute("COMMIT")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


COLUMNS = {
    "users": "id, email, password_hash, token_epoch, version, task_count, time_zone, created_at, "
             "disabled_at",
    "lists": "user_id, id, name, name_key, color, is_inbox, position, version, created_at, "
             "updated_at",
    "labels": "user_id, key, name, created_at",
    "tasks": "user_id, id, list_id, parent_id, title, notes, labels, position, priority, start_on, "
             "due_on, due_minute, due_key, recurs_from_completion, recurs_missed, completed_at, "
             "deleted_at, version, created_at, updated_at, title_key, notes_key",
    "task_labels": "user_id, label_key, task_id, is_open",
}


def tables(people, text):
    """Each table with its rows, parents first; `text` is how ids are written."""
    yield "users", (user_row(person, text) for person in people.everybody())
    yield "lists", list_rows(people, text)
    yield "labels", label_rows(people, text)
    yield "tasks", task_rows(people, text)
    yield "task_labels", task_label_rows(people, text)


def insert(db, table, rows):
    places = ", ".join("?" for _ in COLUMNS[table].split(","))
    db.executemany(f"INSERT INTO {table} ({COLUMNS[table]}) VALUES ({places})", rows)


def into_postgres(psql, people):
    """Fills a migrated database; `psql` is the command that speaks to it."""
    def copy(table, rows):
        # Foreign keys hold by construction, and checking them row by row takes minutes.
        command = ("SET session_replication_role = replica;", f"COPY {table} ({COLUMNS[table]}) "
                   "FROM STDIN")
        process = subprocess.Popen([*psql, "-q", "-c", command[0], "-c", command[1]],
                                   stdin=subprocess.PIPE, text=True)
        for row in rows:
            process.stdin.write("\t".join(map(copied, row)) + "\n")
        process.stdin.close()
        if process.wait() != 0:
            raise SystemExit(f"{table} could not be filled")

    for table, rows in tables(people, bytes.hex):
        copy(table, rows)
    subprocess.run([*psql, "-q", "-c", "VACUUM ANALYZE", "-c", "CHECKPOINT"], check=True)


def copied(value):
    """The value as COPY reads it."""
    if value is None:
        return r"\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value).replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
