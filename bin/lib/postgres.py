"""PostgreSQL: a private cluster in a folder, or the server that PGHOST names.

A private cluster listens on no network, only on a socket in a folder that its owner
alone may enter. There is one to serve from and another one for the tests, which may
forget everything when the power fails and is faster for it.
"""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

import paths
from steps import Problem, failure, need_space, once, progress

COMMON = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    # Odoo's reads carry many access rules; compiling them costs more than it saves.
    "jit": "off",
    "shared_buffers": "512MB",
    "work_mem": "16MB",
    "max_connections": "100",
    # A crash may lose the last half second, and never harms what is older.
    "synchronous_commit": "off",
}
KINDS = {
    "serve": {},
    "test": {"fsync": "off", "full_page_writes": "off"},
}
# PostgreSQL refuses longer socket paths (107 bytes with the name it appends).
LONGEST_SOCKET_FOLDER = 85


class Server:
    """A PostgreSQL server and what Odoo keeps beside its databases."""

    def __init__(self, kind):
        self.kind = kind
        self.data_dir = paths.STATE / f"odoo-{kind}"
        self.folder = paths.CLUSTERS / f"postgresql-{kind}"
        self.socket = socket_folder(kind)
        # Under one of our commands PGHOST is one of our own clusters.
        given = os.environ.get("PGHOST")
        self.given = given and given not in map(str, map(socket_folder, KINDS))
        self.prefix = f"task_tracking_{paths.KEY}_{kind}_" if self.given else ""

    @property
    def environment(self):
        """What tells PostgreSQL's clients, and Odoo, where the server is."""
        if self.given:
            return {}
        return {
            "PGHOST": str(self.socket),
            "PGPORT": "5432",
            "PGUSER": pwd.getpwuid(os.geteuid()).pw_name,
        }

    def start(self):
        """Make the cluster if it is missing, start it if it is stopped."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        if self.given:
            self._check_given()
            return self
        once(self.folder, f"Making a PostgreSQL cluster ({self.kind})", self._make)
        if self._as_owner([program("pg_ctl"), "-D", self._data, "status"]).returncode:
            self._launch()
        return self

    def stop(self):
        """Stop the private cluster; a server that was given goes on."""
        if not self.given and (self._data / "postmaster.pid").exists():
            self._as_owner([program("pg_ctl"), "-D", self._data, "-m", "fast", "stop"])

    def _check_given(self):
        try:
            self.sql("SELECT 1")
        except Problem:
            raise Problem(
                f"The PostgreSQL at PGHOST={os.environ['PGHOST']} cannot be used, for "
                "the reason above: mend it, or unset PGHOST to have one made."
            ) from None

    # -- databases -------------------------------------------------------------

    def name(self, name):
        """The full name of one of our databases."""
        return self.prefix + name

    def databases(self):
        """Our databases on this server."""
        rows = self.sql("SELECT datname FROM pg_database WHERE NOT datistemplate")
        return sorted(
            row
            for row in rows.splitlines()
            if row.startswith(self.prefix) and row != "postgres"
        )

    def clone(self, source, target):
        """Copy a database and its files in a moment."""
        self.drop(target)
        self._disconnect(source)
        self.sql(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
        if self.files(source).exists():
            # Odoo never changes a stored file, so both may share it.
            shutil.copytree(
                self.files(source), self.files(target), copy_function=os.link
            )

    def rename(self, source, target):
        """Give a finished database its name. The database goes last: it is the mark."""
        self._disconnect(source)
        shutil.rmtree(self.files(target), ignore_errors=True)
        if self.files(source).exists():
            self.files(source).rename(self.files(target))
        self.sql(f'ALTER DATABASE "{source}" RENAME TO "{target}"')

    def drop(self, name):
        self.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        shutil.rmtree(self.files(name), ignore_errors=True)

    def not_installed(self, name, addons):
        """Those of the addons that a database lacks. Odoo ends well without them."""
        installed = self.sql(
            "SELECT name FROM ir_module_module WHERE state = 'installed'", name
        ).split()
        return sorted(set(addons) - set(installed))

    def note(self, name):
        """What was noted on a database; a copy does not have it."""
        return self.sql(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database "
            f"WHERE datname = '{name}'"
        ).strip()

    def set_note(self, name, text):
        self.sql(f"COMMENT ON DATABASE \"{name}\" IS '{text}'")

    def files(self, name):
        """Where Odoo keeps the attachments of a database."""
        return self.data_dir / "filestore" / name

    def sql(self, statement, database="postgres"):
        """Run one statement and return its rows as text."""
        result = subprocess.run(
            [program("psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", statement]
            + ["-d", database],
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if result.returncode:
            raise failure("Asking PostgreSQL", result.stderr)
        return result.stdout

    def _disconnect(self, name):
        """A database in use can be neither copied nor renamed."""
        self.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            f"WHERE datname = '{name}'"
        )

    # -- the private cluster ---------------------------------------------------

    @property
    def _data(self):
        return self.folder / "data"

    def _make(self, folder):
        need_space(folder, 1000)
        owner = self._owner
        self._data.mkdir()
        os.chown(self._data, owner.pw_uid, owner.pw_gid)
        made = self._as_owner(
            [program("initdb"), "-D", self._data, "--auth-local=peer"]
            + ["--auth-host=reject", f"--username={self.environment['PGUSER']}"]
            # Vietnamese names sort as Vietnamese readers expect, with no code of ours.
            + ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=vi"]
        )
        if made.returncode:
            raise failure("Making a PostgreSQL cluster", made.stdout)
        settings = {**COMMON, **KINDS[self.kind]}
        with (self._data / "postgresql.conf").open("a") as conf:
            conf.writelines(f"{key} = {value}\n" for key, value in settings.items())

    def _launch(self):
        self._make_socket_folder()
        log = self._data / "server.log"
        with progress(f"Starting PostgreSQL ({self.kind})"):
            started = self._as_owner(
                [program("pg_ctl"), "-D", self._data, "-l", log, "-w", "start"]
                + ["-o", f"-k '{self.socket}'"]
            )
        if started.returncode:
            raise failure("Starting PostgreSQL", started.stdout + tail(log))

    def _make_socket_folder(self):
        """In /tmp somebody else may have taken the name: refuse theirs."""
        self.socket.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0:
            os.chown(self.socket, self._owner.pw_uid, self._owner.pw_gid)
        if self.socket.is_symlink() or self.socket.stat().st_uid != self._owner.pw_uid:
            raise Problem(f"{self.socket} belongs to somebody else: remove it.")

    @property
    def _owner(self):
        """Who runs the cluster: PostgreSQL refuses root."""
        if os.geteuid() == 0:
            return pwd.getpwnam("postgres")
        return pwd.getpwuid(os.geteuid())

    def _as_owner(self, command):
        switch = []
        if os.geteuid() == 0:
            switch = ["setpriv", "--reuid=postgres", "--regid=postgres"]
            switch += ["--init-groups"]
        return subprocess.run(
            [*switch, *map(str, command)],
            cwd="/",
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )


def socket_folder(kind):
    folder = paths.CLUSTERS / f"postgresql-{kind}" / "socket"
    if len(str(folder)) <= LONGEST_SOCKET_FOLDER:
        return folder
    # Somebody else may take that name first: _make_socket_folder looks.
    return Path(f"/tmp/task-tracking-{os.geteuid()}-{paths.KEY}-{kind}")  # noqa: S108


def program(name):
    """One of PostgreSQL's programs; Debian keeps the server's off the PATH."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: float(folder.parent.name),
    )
    for folder in reversed(folders):
        if (folder / name).exists():
            return str(folder / name)
    found = shutil.which(name)
    if not found:
        raise Problem(f"PostgreSQL's program {name} is missing: install postgresql.")
    return found


def tail(log, lines=20):
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
    except OSError:
        return ""
