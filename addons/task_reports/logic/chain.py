# SPDX-License-Identifier: LGPL-3.0-or-later
"""A hash chain over frozen texts: what was kept cannot be changed unnoticed.

Each link is SHA-256 over the link before it, who it belongs to, its head and the
digests of its parts, in that order.
"""

from odoo.addons.task_tracking.logic.digests import canonical, digest

#: What stands before the first link of a chain.
GENESIS = "0" * 64


def link(previous, owner, head, parts):
    """Return the digest of a link.

    :param previous: digest of the link before, GENESIS for the first.
    :param owner: what it belongs to, JSON-able: its place in the chain, its record.
    :param head: the head, a text.
    :param parts: digests of the parts, in order.
    """
    return digest(canonical([previous, owner, digest(head), list(parts)]))
