# SPDX-License-Identifier: LGPL-3.0-or-later
"""Is an addon's Vietnamese complete? For the tests of each of our addons."""

import re
from collections import Counter

from odoo.tools.misc import file_path
from odoo.tools.translate import (
    JAVASCRIPT_TRANSLATION_COMMENT,
    PYTHON_TRANSLATION_COMMENT,
    PoFileReader,
    TranslationModuleReader,
)

#: Placeholders of a message and tags of a view: the same in every language.
FIXED = re.compile(r"%\(\w+\)[a-z]|%[a-z]|</?\w+|/>")


def problems(env, addon):
    """What vi.po of the installed `addon` lacks, in words; empty if nothing.

    The terms are those that Odoo's own exporter finds. vi.po is read as Odoo reads
    it: together with the .pot, which says where a term stands, so that a term known
    elsewhere but not at its place counts as missing, as it does on the screen.
    Fields that an addon we do not depend on adds to ours are that addon's affair.
    """
    path = file_path(f"{addon}/i18n/vi.po")
    foreign = _foreign_fields(env, addon)
    known, found = {}, []
    reader = PoFileReader(path)
    for entry in reader.pofile:
        if entry.fuzzy:
            found.append(f"fuzzy: {entry.msgid}")
    for row in reader:
        place = row.get("imd_name") and f"{row['module']}.{row['imd_name']}"
        for key in _keys(row["type"], row["name"], place, row["comments"], row["src"]):
            known[key] = row["value"]
    for _module, kind, name, place, source, _value, comments in TranslationModuleReader(
        env.cr, [addon]
    ):
        if place in foreign:
            continue
        for key in _keys(kind, name, place, comments, source):
            translation = (known.get(key) or "").strip()
            if not translation:
                found.append(f"missing: {source} ({name}, {place})")
            elif _fixed(source) != _fixed(translation):
                found.append(f"placeholders or tags differ: {source} / {translation}")
    return sorted(set(found))


def _foreign_fields(env, addon):
    """External ids of fields of `addon`'s models that others, as sms, put there."""
    module = env["ir.module.module"]._get(addon)
    needed = module.upstream_dependencies(exclude_states=("uninstallable",))
    ours = {addon, *needed.mapped("name")}
    named = env["ir.model.data"].search(
        [("module", "=", addon), ("model", "=", "ir.model.fields")]
    )
    fields = env["ir.model.fields"].browse(named.mapped("res_id")).grouped("id")
    return {
        name.complete_name
        for name in named
        if ours.isdisjoint(
            env[fields[name.res_id].model]._fields[fields[name.res_id].name]._modules
        )
    }


def _keys(kind, name, place, comments, source):
    """Where Odoo looks a term up: by record and field, or by language of the code."""
    if kind != "code":
        return [(kind, name, place, source)]
    return [
        (kind, side, source)
        for side in (PYTHON_TRANSLATION_COMMENT, JAVASCRIPT_TRANSLATION_COMMENT)
        if side in comments
    ]


def _fixed(text):
    return Counter(FIXED.findall(text))
