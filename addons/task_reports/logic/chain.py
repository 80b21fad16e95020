# SPDX-License-Identifier: LGPL-3.0-or-later
"""A hash chain over frozen texts: what was kept cannot be changed unnoticed.

Each link is SHA-256 over the link before it, who it belongs to, its head and the
digests of its parts, in that order. Texts are canonical JSON, so that equal data are
equal bytes.
"""

import json
from hashlib import sha256

#: What stands before the first link of a chain.
GENESIS = "0" * 64


def canonical(data):
    """Return `data` as the one JSON text that stands for it.

    :raise TypeError: for what JSON has no word for (dates are given as ISO strings).
    :raise ValueError: for NaN and infinities.
    """
    return json.dumps(
        data,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    )


def digest(text):
    """Return the SHA-256 of `text` in UTF-8, 64 hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def link(previous, owner, head, parts):
    """Return the digest of a link.

    :param previous: digest of the link before, GENESIS for the first.
    :param owner: what it belongs to, JSON-able: its place in the chain, its record.
    :param head: the head, a text.
    :param parts: digests of the parts, in order.
    """
    return digest(canonical([previous, owner, digest(head), list(parts)]))
