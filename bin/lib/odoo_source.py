"""Get Odoo 19: the one that ODOO_HOME names, or Debian's, unpacked into the cache.

Debian 12 has no Odoo 19, its suite `sid` has one. Installing that would replace this
machine's Python, so it is only downloaded and unpacked, by an apt that has its own
configuration and changes nothing outside its folder. It takes the mirror's address
from the machine's own apt and the signature from the machine's own keyring.
"""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import paths
from steps import Problem, failure, need_space, once, run

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
# The second list mends links of the Odoo package that point to files which only these
# have. Font Awesome and Inconsolata must be Debian 12's: sid's lack the files.
FROM_SID = (
    "odoo-19",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-ocr-b",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
)
FROM_BOOKWORM = ("fonts-font-awesome", "fonts-inconsolata")
# Debian left this file out for its licence; every page's assets fail without it.
# It blurs backgrounds in video calls: an empty one is enough.
LEFT_OUT = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


@dataclass
class Odoo:
    """An Odoo 19 on disk."""

    command: Path
    python_path: Path


def find():
    """The Odoo to use, downloaded first if need be."""
    home = os.environ.get("ODOO_HOME")
    if home:
        return existing(Path(home))
    return unpacked(once(paths.CACHE / "odoo-19", "Downloading Odoo 19", download))


def existing(home):
    """The Odoo 19 that ODOO_HOME names: a source checkout, or an unpacked package."""
    if (home / "odoo-bin").exists():
        odoo = Odoo(home / "odoo-bin", home)
    else:
        odoo = unpacked(home)
    release = odoo.python_path / "odoo" / "release.py"
    if not odoo.command.exists() or not release.exists():
        raise Problem(
            f"ODOO_HOME={home} holds neither odoo-bin nor usr/bin/odoo: set it to the "
            "folder of an Odoo 19, or unset it to have one downloaded."
        )
    version = re.search(r"version_info = \((\d+)", release.read_text())
    if not version or version[1] != "19":
        raise Problem(f"ODOO_HOME={home} is not an Odoo 19.")
    return odoo


def unpacked(prefix):
    return Odoo(
        prefix / "usr/bin/odoo",
        prefix / "usr/lib/python3/dist-packages",
    )


def download(prefix):
    """Fill `prefix` with Debian's Odoo 19 and what its links point to."""
    need_space(prefix, 2500)
    work = prefix / ".apt"
    for suite, packages in (("sid", FROM_SID), ("bookworm", FROM_BOOKWORM)):
        for deb in fetch(work / suite, suite, packages):
            run(["dpkg-deb", "-x", deb, prefix], doing=f"Unpacking {deb.name}")
    run(["rm", "-rf", work], doing="Tidying up")
    odoo = unpacked(prefix).python_path
    # A partial second copy of the addons, which would come onto the addons path.
    run(["rm", "-rf", odoo / "addons"], doing="Tidying up")
    for addons in (odoo / "odoo/addons",):
        stub = addons / LEFT_OUT
        if not stub.exists():
            stub.parent.mkdir(parents=True, exist_ok=True)
            stub.write_text("/* left out of Debian's package */\n")


def fetch(work, suite, packages):
    """Download packages of a suite, verified, without touching this machine's apt."""
    sources = work / "sources"
    for folder in (sources, work / "lists/partial", work / "archives/partial"):
        folder.mkdir(parents=True)
    (work / "status").touch()
    config = work / "apt.conf"
    config.write_text(
        f"""
Dir::State "{work}";
Dir::State::lists "{work}/lists";
Dir::State::status "{work}/status";
Dir::Cache "{work}";
Dir::Cache::archives "{work}/archives";
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "{sources}";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
APT::Sandbox::User "root";
APT::Install-Recommends "false";
Acquire::Languages "none";
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
"""
    )
    environment = {"APT_CONFIG": str(config), "LC_ALL": "C"}
    for mirror in mirrors():
        (sources / "one.sources").write_text(
            f"Types: deb\nURIs: {mirror}\nSuites: {suite}\nComponents: main\n"
            f"Signed-By: {KEYRING}\n"
        )
        updated = subprocess.run(
            ["apt-get", "update", "--error-on=any"],
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
        )
        if updated.returncode == 0:
            break
    else:
        raise failure(
            f"Reading Debian's list of packages ({suite})",
            updated.stdout + updated.stderr,
        )
    run(
        ["apt-get", "download", *packages],
        doing="Downloading Odoo 19 from Debian",
        env=environment,
        cwd=work / "archives",
    )
    return sorted((work / "archives").glob("*.deb"))


def mirrors():
    """The Debian mirrors this machine is set up with, asked from its own apt.

    apt prints what it would fetch only when it has no lists, so it is shown an
    empty folder. Other vendors' sources look alike: the caller tries each.
    """
    listing = subprocess.run(
        ["apt-get", "--print-uris", "update", "-o", "Dir::State::lists=/nonexistent"],
        capture_output=True,
        text=True,
        env={**os.environ, "LC_ALL": "C"},
    ).stdout
    found = re.findall(r"^'(\S+)/dists/bookworm/InRelease'", listing, re.MULTILINE)
    if not found:
        raise Problem(
            "This machine's apt has no source for Debian 12 (bookworm): add one to "
            "/etc/apt, or set ODOO_HOME to an Odoo 19 you already have."
        )
    return list(dict.fromkeys(found))
