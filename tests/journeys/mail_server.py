"""A real mail server (aiosmtpd) inside a suite, which keeps what it took. It can go away and come
back on its port."""

import random
import socket

from aiosmtpd.controller import Controller

from received import Mail


def free_port():
    """Below those that the system gives to servers and connections, which come and go meanwhile."""
    while True:
        port = random.randrange(10_000, 32_000)
        try:
            with socket.create_server(("127.0.0.1", port)):
                return port
        except OSError:
            continue  # taken


class MailServer:
    def __init__(self):
        self.port = free_port()
        self.taken = []  # (recipient, Mail), in the order of arrival
        self.refusing = 0  # so many mails more are answered with "come back later"
        self.controller = None

    @property
    def settings(self):
        return f'[mail]\nsmtp = "smtp://127.0.0.1:{self.port}"\nstarttls = "none"\n'

    def start(self):
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self):
        if self.controller:
            self.controller.stop()
        self.controller = None

    async def handle_DATA(self, server, session, envelope):
        if self.refusing > 0:
            self.refusing -= 1
            return "451 4.3.0 Come back later"
        self.taken += [(recipient, Mail(envelope.content)) for recipient in envelope.rcpt_tos]
        return "250 Taken"
