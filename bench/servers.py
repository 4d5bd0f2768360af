"""Starting and stopping what is measured, and reading what the kernel knows about it."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

SECRET = "benchmark-Jq8vX2mT5wLr9nYc4hKp7sDf"
EMAIL, PASSWORD = "bench@example.org", "correct-horse-7-battery-staple"
TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """One process that serves HTTP on a port of its own, with its log in a file."""

    def __init__(self, binary, folder, database=None, settings=None):
        self.port = free_port()
        folder.mkdir(parents=True, exist_ok=True)
        environment = {
            "PATH": os.environ["PATH"],
            "TICKBOX_LISTEN": f"127.0.0.1:{self.port}",
            "TICKBOX_DATA_DIR": str(folder),
            "TICKBOX_SECRET": SECRET,
            "TICKBOX_LIMIT_LOGIN": "0",
            "TICKBOX_LIMIT_WRITES": "0",
        }
        environment.update(settings or {})
        if database:
            environment["DATABASE_URL"] = str(database)
        with open(folder / "log.txt", "ab") as log:
            began = time.perf_counter()
            self.process = subprocess.Popen([binary], env=environment, stderr=log, stdout=log)
        self.log = folder / "log.txt"
        self.start_ms = (self._wait_for_health(began) - began) * 1000

    def _wait_for_health(self, began):
        request = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        while time.perf_counter() - began < 60:
            if self.process.poll() is not None:
                raise SystemExit(f"the server did not start; its log is {self.log}")
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
                    connection.sendall(request)
                    # The comparison server knows no such address, and any answer is a sign of life.
                    if connection.recv(100).startswith(b"HTTP/1.1"):
                        return time.perf_counter()
            except ConnectionRefusedError:
                time.sleep(0.0005)
        raise SystemExit(f"the server did not answer; its log is {self.log}")

    def ask(self, method, path, headers=None, body=None):
        """One request: status, headers, body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, body=body, headers=headers or {})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, answer.headers, content

    def sign(self, how):
        """Signs the benchmark's own account up or in, and gives its token."""
        body = json.dumps({"email": EMAIL, "password": PASSWORD})
        status, _, answer = self.ask("POST", f"/api/auth/{how}",
                                     {"Content-Type": "application/json"}, body)
        if status not in (200, 201):
            raise SystemExit(f"{how} answered {status}: {answer.decode()}")
        return json.loads(answer)["token"]

    def cpu_seconds(self):
        return cpu_seconds(self.process.pid)

    def context_switches(self):
        """Times that a thread of the server went to sleep by itself, so far."""
        total = 0
        for status in Path(f"/proc/{self.process.pid}/task").glob("*/status"):
            total += field(status, "voluntary_ctxt_switches")
        return total

    def memory_mib(self):
        """What belongs to the process alone and cannot be dropped (RssAnon), and beside it what
        smaps_rollup calls private, which also counts pages of the program that nobody else has
        mapped just now."""
        proc = Path(f"/proc/{self.process.pid}")
        rollup = proc / "smaps_rollup"
        private = field(rollup, "Private_Clean") + field(rollup, "Private_Dirty")
        return {"anon": field(proc / "status", "RssAnon") / 1024, "private": private / 1024}

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(timeout=60)


class Postgres:
    """A private cluster in a temporary folder, with the settings that initdb writes."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="tickbox-bench-"))
        self.port = free_port()
        self.run_as = []
        if os.geteuid() == 0:
            # PostgreSQL refuses to run as root.
            shutil.chown(self.folder, "postgres")
            self.run_as = ["runuser", "-u", "postgres", "--"]
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
                  "--no-sync", "--locale=C")
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        self._run("pg_ctl", "-D", data, "-w", "-l", f"{self.folder}/log", "-o", options, "start")
        self.pid = int((self.folder / "data/postmaster.pid").read_text().split()[0])

    def _run(self, program, *arguments):
        subprocess.run([*self.run_as, postgres_program(program), *arguments], check=True,
                       stdout=subprocess.DEVNULL, cwd="/")

    def url(self, database):
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"

    def psql(self, database="postgres"):
        return [postgres_program("psql"), "-X", "-v", "ON_ERROR_STOP=1", self.url(database)]

    def query(self, sql, database="postgres"):
        command = [*self.psql(database), "-qAt", "-c", sql]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def cpu_seconds(self):
        """What its present backends have taken so far."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return sum(cpu_seconds(int(child)) for child in children)

    def stop(self):
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


def postgres_program(name):
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = str(debian[-1]) if debian else shutil.which(name)
    if not found:
        raise SystemExit(f"{name} was not found; install postgresql, or choose --engine sqlite")
    return found


def cpu_seconds(pid):
    """User and system time of the process."""
    try:
        # The name in the second field may hold spaces; what follows it does not.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return (int(fields[11]) + int(fields[12])) / TICKS


def field(path, name):
    for line in path.read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    return 0


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
