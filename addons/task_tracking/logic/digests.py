# SPDX-License-Identifier: LGPL-3.0-or-later
"""Digests of what is frozen: texts are canonical JSON, so that equal data are equal
bytes."""

import json
from hashlib import sha256


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
