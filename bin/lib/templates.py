"""Databases to copy: a test gets a fresh one in a moment instead of a minute.

base      Odoo's web client, in Vietnamese and English
platform  base and the addons of Odoo's that ours need
province  the demonstration, made as bin/serve makes it
"""

import ast
import hashlib

import paths
import province
from steps import lock, progress


def clone(odoo, kind, target):
    """A fresh copy of a template, which is made first if need be."""
    make, content = {
        "base": (make_base, base_content),
        "platform": (make_platform, platform_content),
        "province": (province.make, lambda _odoo: province.content()),
    }[kind]
    key = hashlib.sha256(content(odoo).encode()).hexdigest()[:12]
    with lock(odoo.server.data_dir / f"{kind}.lock"):
        name = odoo.server.name(f"template_{kind}_{key}")
        existing = odoo.server.databases()
        if name not in existing:
            for old in existing:
                if old.startswith(odoo.server.name(f"template_{kind}_")):
                    odoo.server.drop(old)
            make(odoo, name)
        odoo.server.clone(name, target)
    return target


def base_content(odoo):
    release = odoo.source.python_path / "odoo" / "release.py"
    made_by = paths.digest(paths.CONF, paths.LIB / "templates.py")
    return f"{release} {release.stat().st_mtime} {made_by}"


def platform_content(odoo):
    return " ".join([base_content(odoo), *needed_of_odoo()])


def needed_of_odoo():
    """The addons of Odoo's that ours depend on."""
    needed = set().union(*(manifest(addon)["depends"] for addon in paths.addons()))
    return sorted(needed - set(paths.addons()))


def manifest(addon):
    return ast.literal_eval((paths.ADDONS / addon / "__manifest__.py").read_text())


def in_order_of_dependence():
    """Our addons, each after those it depends on."""
    ordered = []

    def add(addon):
        for needed in manifest(addon)["depends"]:
            if needed in paths.addons():
                add(needed)
        if addon not in ordered:
            ordered.append(addon)

    for addon in paths.addons():
        add(addon)
    return ordered


def make_base(odoo, name):
    with progress("Making a database to copy: Odoo in Vietnamese"):
        # The first is the language of new users: tests expect what Odoo says by itself.
        build(odoo, name, None, ["web"], "--load-language=en_US,vi_VN")


def make_platform(odoo, name):
    with progress("Making a database to copy: what our addons need of Odoo"):
        build(odoo, name, "base", needed_of_odoo())


def build(odoo, name, start, addons, *options):
    """Make a template under another name first: a half made one is never copied."""
    unfinished = f"{name}_unfinished"
    odoo.server.drop(unfinished)
    if start:
        clone(odoo, start, unfinished)
    province.install(odoo, unfinished, addons, *options)
    odoo.server.rename(unfinished, name)
