"""The Python environments: one to run the server, two on top of it: to make the
demonstrations and to test.

They are separate so that what works for a province is what `requirements.txt` says,
and not what the others happen to bring along.
"""

import paths
from steps import need_space, once, run

SITE_PACKAGES = "lib/python3.11/site-packages"


def runtime():
    """Python with what the server needs."""
    return make("venv", paths.CHECKOUT / "requirements.txt")


def demonstration():
    """Python with what making a demonstration needs as well: a clock that is set."""
    return make("venv-demo", paths.CHECKOUT / "requirements-demo.txt", below=runtime())


def development():
    """Python with what the tests need as well."""
    below = runtime()
    return make("venv-dev", paths.CHECKOUT / "requirements-dev.txt", below=below)


def make(name, requirements, below=None):
    """The Python of an environment made for exactly this list of requirements."""
    key = paths.digest(requirements)
    if below:
        key = f"{below.parents[1].name}-{key}".removeprefix("venv-")
    folder = paths.CACHE / f"{name}-{key}"
    python = folder / "bin" / "python"

    def fill(folder):
        need_space(folder, 1200)
        run(
            ["/usr/bin/python3", "-m", "venv", folder],
            doing="Making a Python environment",
        )
        if below:
            link = folder / SITE_PACKAGES / "runtime.pth"
            link.write_text(f"{below.parents[1] / SITE_PACKAGES}\n")
        run(
            [python, "-m", "pip", "install", "--no-cache-dir", "-r", requirements],
            doing=f"Installing the Python packages of {requirements.name}",
        )

    once(folder, f"Installing the Python packages of {requirements.name}", fill)
    return python
