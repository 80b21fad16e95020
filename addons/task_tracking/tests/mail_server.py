# SPDX-License-Identifier: LGPL-3.0-or-later
"""A real SMTP server that keeps what it accepts, for tests (no Odoo in here)."""

import email
import socket
import threading
from collections import Counter, namedtuple
from email import policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

Delivery = namedtuple("Delivery", "message_id recipients message")


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class MailServer:
    """A mail server on this machine.

    `refused`: addresses it does not know (550); `hangs_up`: addresses on whose mail it
    ends the connection without an answer.
    """

    def __init__(self, port=None):
        self.port = port or free_port()
        self.deliveries = []
        self.refused, self.hangs_up = set(), set()
        self.sessions = 0
        self._lock = threading.Lock()
        self._controller = None

    def start(self):
        self._controller = _Controller(
            self, hostname="127.0.0.1", port=self.port, ready_timeout=30
        )
        self._controller.start()
        return self

    def stop(self):
        if self._controller:
            self._controller.stop(no_assert=True)
            self._controller = None

    def count(self):
        """Message-ID → how often it was delivered."""
        with self._lock:
            return Counter(one.message_id for one in self.deliveries)

    def to(self, address):
        """The messages delivered to an address."""
        with self._lock:
            return [one.message for one in self.deliveries if address in one.recipients]

    # -- called by aiosmtpd ------------------------------------------------------------
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return "550 5.1.1 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.hangs_up.intersection(envelope.rcpt_tos):
            server.transport.abort()
            return "421 Bye"
        message = email.message_from_bytes(envelope.content, policy=policy.default)
        with self._lock:
            self.deliveries.append(
                Delivery(message["Message-Id"], tuple(envelope.rcpt_tos), message)
            )
        return "250 OK"

    def opened(self, change):
        with self._lock:
            self.sessions += change


class _Session(SMTP):
    def connection_made(self, transport):
        self.event_handler.opened(1)
        return super().connection_made(transport)

    def connection_lost(self, error):
        self.event_handler.opened(-1)
        return super().connection_lost(error)


class _Controller(Controller):
    def factory(self):
        return _Session(self.handler, **self.SMTP_kwargs)
