"""What every command shares: progress, doing a step once, failing in one sentence.

Standard library only: these modules run before anything is installed.
"""

import contextlib
import errno
import fcntl
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

# What the tools of others print, and what it means to the person at the screen.
KNOWN_CAUSES = (
    (
        ("No space left on device", "disk full", "Not enough free space"),
        "the disk is full: free some space and run the same command again",
    ),
    (
        (
            "Temporary failure resolving",
            "Could not resolve",
            "Could not connect",
            "Cannot initiate the connection",
            "Failed to establish a new connection",
            "NewConnectionError",
            "Temporary failure in name resolution",
            "Connection timed out",
            "Failed to fetch",
            "ProxyError",
        ),
        "the package server cannot be reached: check the network and run the same "
        "command again",
    ),
    (
        ("Release file for",),
        "the mirror is out of date, or this machine's clock is wrong: mend it and run "
        "the same command again",
    ),
    (
        ("Could not get lock", "dpkg frontend lock"),
        "another program is installing packages: wait for it and run the same "
        "command again",
    ),
)


class Problem(Exception):
    """Something the person at the screen can mend, said in one sentence."""


def say(text=""):
    print(text, flush=True)


@contextlib.contextmanager
def progress(title):
    """Show that a long step has begun, and how long it took."""
    start = time.monotonic()
    say(f"==> {title} ...")
    yield
    say(f"    done in {time.monotonic() - start:.0f} s")


def run(command, *, doing, env=None, **options):
    """Run a command quietly; if it fails, say what it was for."""
    result = subprocess.run(
        dying_with_us(command),
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        **options,
    )
    if result.returncode:
        raise failure(doing, result.stdout)
    return result.stdout


def dying_with_us(command):
    """The command, made to end when this process is killed.

    Otherwise it would go on writing where the next run has begun anew.
    """
    return ["setpriv", "--pdeathsig=KILL", "--", *map(str, command)]


def failure(doing, output):
    """The Problem to raise when `doing` failed and printed `output`."""
    cause = next(
        (
            meaning
            for signs, meaning in KNOWN_CAUSES
            if any(sign in output for sign in signs)
        ),
        None,
    )
    if cause:
        return Problem(f"{doing} failed: {cause}.")
    sys.stderr.write("\n".join(output.splitlines()[-25:]) + "\n")
    return Problem(f"{doing} failed; the last lines it printed are above.")


def once(folder, title, make):
    """Fill `folder` by calling `make(folder)`, unless that was finished before.

    The marker is written last: a folder without it belongs to a run that was
    killed, and is thrown away.
    """
    marker = folder / ".complete"
    if marker.exists():
        return folder
    with progress(title):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        make(folder)
        marker.touch()
    return folder


@contextlib.contextmanager
def lock(path):
    """Let one run at a time make what all runs share; a killed run leaves no lock."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another run, which is preparing the same ...")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def need_space(folder, megabytes):
    """Stop before a download that cannot end well."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(there).free // 2**20
    if free < megabytes:
        raise Problem(
            f"There are {free} MB free on the disk of {there}, and {megabytes} MB are "
            "needed: free some space and run the same command again."
        )


def command_line(main):
    """Run `main()` and turn what went wrong into one sentence and an exit code."""
    try:
        sys.exit(main())
    except Problem as problem:
        sys.exit(f"\n{Path(sys.argv[0]).stem}: {problem}")
    except KeyboardInterrupt:
        sys.exit("\nStopped. The next run goes on from here.")
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            sys.exit(
                "\nThe disk is full: free some space and run the same command again."
            )
        raise
