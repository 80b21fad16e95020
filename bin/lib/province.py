"""The demonstration of a place: a database with our addons, and its server."""

import contextlib
import importlib.util
import os
import signal
import socket
import subprocess
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import paths
from odoo_log import complaints_text
from steps import Problem, failure, progress

START_SECONDS = 120
STOP_SECONDS = 15


def content(place=None):
    """What a demonstration is made from, as a short name; without one: our addons."""
    sources = [*paths.addon_folders(), paths.LIB / "finish_province.py"]
    if place and paths.DEMO.exists():
        demo = paths.DEMO.parent
        sources += [paths.DEMO, demo / "texts.json", demo / "demo_place"]
        sources += [demo / "places" / place]
    return paths.digest(*sources)


def prepare(odoo, name):
    """Install our addons under this name, in Vietnamese, for a place to be loaded."""
    with progress("Installing the addons (a minute or two)"):
        install(odoo, name, paths.addons() or ["web"], "--load-language=vi_VN")
        script(odoo, name, paths.LIB / "finish_province.py", "before")


def load(odoo, name, place):
    """Let a prepared database become the place."""
    with progress(f"Making the demonstration of {place}: twelve months of work"):
        if paths.DEMO.exists():
            script(odoo, name, paths.DEMO, place)
        script(odoo, name, paths.LIB / "finish_province.py", "after")


def update(odoo, name, place):
    """Bring a demonstration made by an older version of the addons up to date."""
    made_from = content(place)
    with progress("The addons have changed: updating them, the data are kept"):
        install(odoo, name, paths.addons(), "-u", ",".join(paths.addons()))
        script(odoo, name, paths.LIB / "finish_province.py", "after")
    odoo.server.set_note(name, made_from)


def install(odoo, name, addons, *options):
    """Install addons, or say what is wrong with them."""
    log = paths.STATE / "logs" / f"install-{name}.log"
    well = odoo.install(name, addons, log, *options)
    if not well or odoo.server.not_installed(name, addons):
        raise failure("Installing the addons", complaints_text(log.read_text()))


def script(odoo, name, file, *arguments):
    log = paths.STATE / "logs" / f"{file.stem}.log"
    if not odoo.run(odoo.script(name, file, *arguments), log):
        raise failure(f"Running {file.relative_to(paths.CHECKOUT)}", log.read_text())


# -- which places there are, and who may log in ---------------------------------


def demonstration():
    """demo/load.py itself, which says so: it needs no Odoo for that."""
    if not paths.DEMO.exists():
        return None
    spec = importlib.util.spec_from_file_location("demo_load", paths.DEMO)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def places():
    """The names of the places to demonstrate, the default one first."""
    demo = demonstration()
    return demo.places() if demo else ["province"]


def place(name):
    """What demo/ says of a place; None where there is no demo/.

    :raise Problem: if there is no such place.
    """
    demo = demonstration()
    try:
        return demo and demo.Place(name)
    except LookupError as error:
        raise Problem(str(error)) from None


def logins(name):
    """Pairs of a role and its login at a place, and the password of all."""
    found = place(name)
    if found is None:
        return [("administrator", "admin")], "admin"
    return [tuple(pair) for pair in found.logins], found.password


# -- its server ------------------------------------------------------------------


@dataclass
class Service:
    """An Odoo that answers on a port of this machine."""

    pid_file: Path
    log: Path

    @property
    def running(self):
        """Its process id, if it runs."""
        try:
            pid = int(self.pid_file.read_text())
        except (OSError, ValueError):
            return None
        # The number may have gone to another program since.
        return pid if f"--pidfile={self.pid_file}" in words_of(pid) else None

    @property
    def port(self):
        """Where it answers, if it runs."""
        start = "--http-port="
        found = [word for word in self._words if word.startswith(start)]
        return int(found[0].removeprefix(start)) if found else None

    @property
    def database(self):
        """What it serves, if it runs."""
        words = self._words
        return words[words.index("-d") + 1] if words else None

    @property
    def _words(self):
        pid = self.running
        return words_of(pid) if pid else []

    def start(self, odoo, database, port, *options):
        """Start it and wait until it answers."""
        for file in (self.pid_file, self.log):
            file.parent.mkdir(parents=True, exist_ok=True)
        command = odoo.command(
            "-d", database, f"--http-port={port}", f"--pidfile={self.pid_file}"
        )
        with self.log.open("w") as log:
            process = subprocess.Popen(
                [*command, *options],
                env=odoo.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Ctrl-C on the screen must not reach it.
                start_new_session=True,
            )
        try:
            self._wait(process, port)
        except BaseException:
            process.terminate()
            raise

    def _wait(self, process, port):
        url = f"http://127.0.0.1:{port}/web/health"
        give_up = time.monotonic() + START_SECONDS
        while time.monotonic() < give_up:
            with (
                contextlib.suppress(OSError),
                urllib.request.urlopen(url, timeout=5) as answer,
            ):
                if answer.status == 200 and self.running:
                    return
            if process.poll() is not None:
                raise failure("Starting Odoo", self.log.read_text(errors="replace"))
            time.sleep(0.2)
        raise Problem(f"Odoo did not answer within {START_SECONDS} s: see {self.log}.")

    def stop(self):
        """End it and wait until it is gone; tell if there was anything to end."""
        pid = self.running
        if not pid:
            return False
        with contextlib.suppress(ProcessLookupError):
            for request in (signal.SIGTERM, signal.SIGKILL):
                os.kill(pid, request)
                give_up = time.monotonic() + STOP_SECONDS
                while self.running and time.monotonic() < give_up:
                    time.sleep(0.1)
        self.pid_file.unlink(missing_ok=True)
        return True


def words_of(pid):
    """The command line of a process; empty if it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    except OSError:
        return []


def check_port(port):
    """Refuse a port that cannot be had, before any long work is done for it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise Problem(
                f"Port {port} is reserved for root: choose one above 1023 (--port)."
            ) from None
        except OSError:
            raise Problem(
                f"Port {port} is taken by another program: stop that one, or choose "
                f"another port, for example --port {port + 1}."
            ) from None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
