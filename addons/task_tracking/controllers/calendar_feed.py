# SPDX-License-Identifier: LGPL-3.0-or-later
import hashlib
import logging
import re

from odoo import http
from odoo.http import request

#: The part of an address that nobody but its owner may know.
TOKEN = re.compile(r"(/task/calendar/)[^\s?#\"]+")


class HideTokens(logging.Filter):
    """Keeps the tokens of calendars out of the log of requests. The log of a proxy in
    front of Odoo is its own affair (readme/CONFIGURE.md)."""

    def filter(self, record):
        record.args = (
            tuple(
                TOKEN.sub(r"\1…", one) if isinstance(one, str) else one
                for one in (record.args if isinstance(record.args, tuple) else ())
            )
            or record.args
        )
        if isinstance(record.msg, str):
            record.msg = TOKEN.sub(r"\1…", record.msg)
        return True


logging.getLogger("werkzeug").addFilter(HideTokens())


class CalendarFeed(http.Controller):
    @http.route(
        "/task/calendar/<string:token>.ics",
        type="http",
        auth="public",
        methods=["GET", "HEAD"],
        readonly=True,
        save_session=False,
    )
    def feed(self, token):
        """A person's deadlines for a calendar program, which has nothing but the link.
        A link that is unknown, revoked or of somebody who left is all the same: not
        found."""
        user = request.env["res.users"]._task_feed_user(token)
        if not user:
            return request.make_response("", headers=HEADERS, status=404)
        content = user._task_feed()
        response = request.make_response(
            content,
            headers=[
                *HEADERS,
                ("Content-Type", "text/calendar; charset=utf-8"),
                ("Content-Disposition", 'inline; filename="han.ics"'),
            ],
        )
        response.set_etag(hashlib.sha256(content).hexdigest())
        return response.make_conditional(request.httprequest)


#: Kept by nobody between, told to nobody else.
HEADERS = [
    ("Cache-Control", "private, no-cache"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Robots-Tag", "noindex, nofollow"),
]
