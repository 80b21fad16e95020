"""The demonstration province: a database with our addons, and its server."""

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


def content():
    """What a demonstration is made from, as a short name."""
    sources = [*paths.addon_folders(), paths.LIB / "finish_province.py"]
    return paths.digest(*sources, *([paths.DEMO.parent] if paths.DEMO.exists() else []))


def make(odoo, name):
    """Make the demonstration under this name: complete, or not at all."""
    unfinished = f"{name}_unfinished"
    odoo.server.drop(unfinished)
    made_from = content()
    with progress("Making the province: installing the addons (a minute or two)"):
        install(odoo, unfinished, paths.addons() or ["web"], "--load-language=vi_VN")
    with progress("Making the province: Vietnamese, its demonstration data"):
        script(odoo, unfinished, paths.LIB / "finish_province.py", "before")
        if paths.DEMO.exists():
            script(odoo, unfinished, paths.DEMO)
        script(odoo, unfinished, paths.LIB / "finish_province.py", "after")
    odoo.server.set_note(unfinished, made_from)
    odoo.server.rename(unfinished, name)


def update(odoo, name):
    """Bring a demonstration made by an older version of the addons up to date."""
    made_from = content()
    with progress(
        "The addons have changed: updating the province, which keeps its data"
    ):
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


# -- who may log in ------------------------------------------------------------


def demonstration():
    """demo/load.py itself, which says who can log in: it needs no Odoo for that."""
    if not paths.DEMO.exists():
        return None
    spec = importlib.util.spec_from_file_location("demo_load", paths.DEMO)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def logins():
    """Pairs of a role and its login, and the password of all."""
    demo = demonstration()
    if demo is None:
        return [("administrator", "admin")], "admin"
    return demo.LOGINS, demo.PASSWORD


# -- its server ------------------------------------------------------------------


@dataclass
class Service:
    """An Odoo that answers on a port of this machine."""

    pid_file: Path
    log: Path

    @property
    def running(self):
        """Its process id and port, if it runs."""
        try:
            pid = int(self.pid_file.read_text())
            words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
        except (OSError, ValueError):
            return None
        # The number may have gone to another program since.
        if f"--pidfile={self.pid_file}" not in words:
            return None
        port = next(word for word in words if word.startswith("--http-port="))
        return pid, int(port.partition("=")[2])

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
        found = self.running
        if not found:
            return False
        pid, _port = found
        with contextlib.suppress(ProcessLookupError):
            for request in (signal.SIGTERM, signal.SIGKILL):
                os.kill(pid, request)
                give_up = time.monotonic() + STOP_SECONDS
                while self.running and time.monotonic() < give_up:
                    time.sleep(0.1)
        self.pid_file.unlink(missing_ok=True)
        return True


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
