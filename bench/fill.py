"""The people and tasks that the benchmark reads, and how they get into either engine.

Everything follows from the two counts and a fixed seed. Ordinary people have a few tasks each and
make the database large; readers have 100 each and are the ones whose lists are measured. Tasks are
written in the order in which people would have made them, not person by person, so that pages
split as they do in life.
"""

import datetime
import hashlib
import random
import sqlite3
import subprocess
from dataclasses import dataclass
from pathlib import Path

READERS = 1000
READER_TASKS = 100
BEGAN = 1_767_225_600_000_000  # 2026-01-01T00:00:00Z in microseconds
DAY = 86_400_000_000
GAP = 65_536

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
    inbox: bytes
    began: int
    tasks: int
    email: str

    @property
    def epoch(self):
        return 1_000_000 + self.number


@dataclass(frozen=True)
class People:
    """Everybody in the database, by rule rather than by list."""

    users: int
    tasks: int

    def ordinary(self, number):
        return self._person(number, self.tasks, f"user-{number:06}@example.org")

    def reader(self, number):
        return self._person(self.users + number, READER_TASKS, f"reader-{number:06}@example.org")

    def everybody(self):
        yield from map(self.ordinary, range(self.users))
        yield from map(self.reader, range(READERS))

    def total_tasks(self):
        return self.users * self.tasks + READERS * READER_TASKS

    def _person(self, number, tasks, email):
        # Sign-ups are spread over a hundred days.
        began = BEGAN + number * (100 * DAY // (self.users + READERS))
        return Person(number, uuid7(began, number * 1000), uuid7(began, number * 1000 + 1),
                      began, tasks, email)


def uuid7(micros, salt):
    """An id as RFC 9562 has it: its time first, then bits that follow from `salt`."""
    tail = hashlib.blake2b(salt.to_bytes(8, "big"), digest_size=10).digest()
    bits = int.from_bytes((micros // 1000).to_bytes(6, "big") + tail, "big")
    bits = bits & ~(0xF << 76) | 0x7 << 76
    bits = bits & ~(0x3 << 62) | 0x2 << 62
    return bits.to_bytes(16, "big")


def made_at(person, turn):
    """When the person made their task of that turn: one every hour and a bit, from sign-up on."""
    return person.began + (turn + 1) * (3_600_000_000 + 123_456_789)


def task_id(person, turn):
    return uuid7(made_at(person, turn), person.number * 1000 + 100 + turn)


def user_row(person, text):
    return (text(person.id), person.email, "x", person.epoch, person.tasks + 1, person.tasks,
            "UTC", person.began, None)


def list_row(person, text):
    return (text(person.id), text(person.inbox), "Inbox", "inbox", 0, True, 0, 1, person.began,
            person.began)


def task_rows(people, text):
    """Every task, turn by turn: everybody's first, then everybody's second, and so on."""
    chance = random.Random(7)
    everybody = list(people.everybody())
    for turn in range(max(person.tasks for person in everybody)):
        for person in everybody:
            if turn >= person.tasks:
                continue
            at = made_at(person, turn)
            dice = chance.random()
            notes = chance.choice(NOTES) if dice < 0.25 else ""
            priority = int(dice * 8) if dice < 0.5 else 0
            due = datetime.date(2026, 1 + int(dice * 36), 15) if dice < 1 / 3 else None
            title = chance.choice(TITLES)
            folded = title.lower()
            yield (text(person.id), text(task_id(person, turn)), text(person.inbox),
                   title, notes, "", -turn * GAP, priority, due and due.isoformat(),
                   due_key(due), False, False, None, None, turn + 2, at, at, folded[:60],
                   f"{folded}\n{notes.lower()}" if notes else folded)


def due_key(due):
    """What the product sorts due dates by: a number a minute, and one more for the whole day."""
    return due.toordinal() * 1441 + 1440 if due else 2**63 - 1


def fingerprint(root, engine, people):
    """Changes with whatever shapes the database: the schema, this file, and the counts."""
    digest = hashlib.sha256(f"{people.users} {people.tasks}".encode())
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
    insert(db, "users", (user_row(person, as_is) for person in people.everybody()))
    insert(db, "lists", (list_row(person, as_is) for person in people.everybody()))
    insert(db, "tasks", task_rows(people, as_is))
    db.execute("COMMIT")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


COLUMNS = {
    "users": "id, email, password_hash, token_epoch, version, task_count, time_zone, created_at, "
             "disabled_at",
    "lists": "user_id, id, name, name_key, color, is_inbox, position, version, created_at, "
             "updated_at",
    "tasks": "user_id, id, list_id, title, notes, labels, position, priority, due_on, due_key, "
             "recurs_from_completion, recurs_missed, completed_at, deleted_at, version, "
             "created_at, updated_at, title_key, search_text",
}


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

    copy("users", (user_row(person, bytes.hex) for person in people.everybody()))
    copy("lists", (list_row(person, bytes.hex) for person in people.everybody()))
    copy("tasks", task_rows(people, bytes.hex))
    subprocess.run([*psql, "-q", "-c", "VACUUM ANALYZE", "-c", "CHECKPOINT"], check=True)


def copied(value):
    """The value as COPY reads it."""
    if value is None:
        return r"\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value).replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
