# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import http
from odoo.http import Response, request

from ..logic.public_page import CONTENT_POLICY

#: Seconds a browser or a proxy may show the page without asking again; so long after
#: a report was taken back it may still be seen there.
MAX_AGE = 300
ROUTE = {
    "type": "http",
    "auth": "task_public",
    "methods": ["GET"],
    "readonly": True,
    # nobody is remembered: no session, no cookie
    "save_session": False,
}


class Publication(http.Controller):
    """The public page, for whoever asks: nobody is logged in and nothing is kept."""

    @http.route("/cong-khai", **ROUTE)
    def page(self):
        """The page of the only body that publishes, or the one that leads to all."""
        return self._send("html")

    @http.route("/cong-khai/<string:slug>", **ROUTE)
    def page_of_company(self, slug):
        """The page of one of several bodies; the number in its address counts."""
        return self._send("html", slug)

    @http.route("/cong-khai/<string:slug>/so-lieu.<any(csv,json):form>", **ROUTE)
    def figures(self, slug, form):
        """The figures to download."""
        return self._send(form, slug)

    def _send(self, form, slug=None):
        company_id = None
        if slug is not None:
            number = slug.partition("-")[0]
            if not number.isdecimal() or len(number) > 9:
                raise request.not_found()
            company_id = int(number)
        answer = request.env["task.publication"]._answer(form, company_id)
        if not answer:
            raise request.not_found()
        headers = [
            ("Content-Type", answer.mimetype),
            ("Cache-Control", f"public, max-age={MAX_AGE}, must-revalidate"),
            ("Content-Security-Policy", CONTENT_POLICY),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
        ]
        if form != "html":
            name = f"ket-qua-thuc-hien-nhiem-vu.{form}"
            headers.append(("Content-Disposition", f'attachment; filename="{name}"'))
        response = Response(answer.content, headers=headers)
        response.set_etag(answer.etag)
        response.last_modified = answer.changed
        return response.make_conditional(request.httprequest.environ)
