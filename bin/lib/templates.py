"""Databases to copy: a test gets a fresh one in a moment instead of a minute.

base      Odoo's web client, in Vietnamese and English
platform  base and the addons of Odoo's that ours need
prepared  our addons in Vietnamese, for a place to be loaded
province  the demonstration of a place, made as bin/serve makes it
"""

import ast
import hashlib
import re
from functools import partial

import paths
import province
from steps import lock, progress


def clone(odoo, kind, target, place=None):
    """A fresh copy of a template, which is made first if need be.

    :param place: of a "province": its name; each place has a template of its own.
    """
    make, content = {
        "base": (make_base, base_content),
        "platform": (make_platform, platform_content),
        "prepared": (make_prepared, lambda _odoo: province.content()),
        "province": (
            partial(make_place, place=place),
            lambda _odoo: province.content(place),
        ),
    }[kind]
    key = hashlib.sha256(content(odoo).encode()).hexdigest()[:12]
    family = "_".join(filter(None, ("template", kind, place))) + "_"
    with lock(odoo.server.data_dir / f"{family}lock"):
        name = odoo.server.name(family + key)
        existing = odoo.server.databases()
        if name not in existing:
            former = odoo.server.name(family) + "[0-9a-f]{12}(_unfinished)?"
            for old in existing:
                if re.fullmatch(former, old):
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


def make_prepared(odoo, name):
    unfinished = fresh(odoo, name)
    province.prepare(odoo, unfinished)
    odoo.server.rename(unfinished, name)


def make_place(odoo, name, place):
    """Make the demonstration of a place: complete, or not at all."""
    unfinished = fresh(odoo, name)
    made_from = province.content(place)
    clone(odoo, "prepared", unfinished)
    province.load(odoo, unfinished, place)
    odoo.server.set_note(unfinished, made_from)
    odoo.server.rename(unfinished, name)


def fresh(odoo, name):
    """Another name to make a template under: a half made one is never copied."""
    unfinished = f"{name}_unfinished"
    odoo.server.drop(unfinished)
    return unfinished


def build(odoo, name, start, addons, *options):
    unfinished = fresh(odoo, name)
    if start:
        clone(odoo, start, unfinished)
    province.install(odoo, unfinished, addons, *options)
    odoo.server.rename(unfinished, name)
