"""A real mail server for tests/adapters/smtp_mailer.cpp.

Usage: smtp_server.py FOLDER [--tls] [--starttls] [--login USER PASSWORD] [--greeting LINE]

Prints its port, then keeps each mail as FOLDER/<n>.eml and its envelope as FOLDER/<n>.envelope:
sender, recipient, "tls" or "plain", user, connection number. With TLS it writes its certificate to
FOLDER/certificate.pem. The recipient decides what it answers: refused@, busy@, full-later@, slow@.
"""

import argparse
import asyncio
import pathlib
import ssl
import subprocess

from aiosmtpd.smtp import SMTP, AuthResult

connections = 0


class Handler:
    def __init__(self, folder):
        self.folder = folder
        self.count = 0

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        name = address.split("@")[0]
        if name == "refused":
            return "550 5.1.1 No such\x07 mailbox here" + " padding" * 40
        if name == "busy":
            return "451 4.3.0 Come back later"
        if name == "slow":
            await asyncio.sleep(30)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if envelope.rcpt_tos == ["spam@guest.example"]:
            return "554 5.7.1 We do not like it"
        if envelope.rcpt_tos == ["full-later@guest.example"]:
            return "452 4.2.2 Mailbox full"
        self.count += 1
        facts = [envelope.mail_from, *envelope.rcpt_tos, "tls" if session.ssl else "plain",
                 str(session.auth_data or ""), str(server.connection)]
        (self.folder / f"{self.count}.envelope").write_text("\n".join(facts))
        (self.folder / f"{self.count}.eml").write_bytes(envelope.content)
        return "250 Taken"


class Server(SMTP):
    def connection_made(self, transport):
        global connections
        if not hasattr(self, "connection"):
            connections += 1
            self.connection = connections
        super().connection_made(transport)


class Rejecting(asyncio.Protocol):
    def __init__(self, line):
        self.line = line

    def connection_made(self, transport):
        transport.write(self.line.encode() + b"\r\n")
        transport.close()


def tls_context(folder):
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
         "subjectAltName=IP:127.0.0.1,DNS:localhost", "-keyout", str(key), "-out",
         str(certificate)], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--tls", action="store_true")
    parser.add_argument("--starttls", action="store_true")
    parser.add_argument("--login", nargs=2)
    parser.add_argument("--greeting")
    options = parser.parse_args()

    def authenticate(server, session, envelope, mechanism, data):
        given = [data.login.decode(), data.password.decode()]
        good = given == options.login
        # handled=False: aiosmtpd answers 535 itself; by default a refusal is met with silence.
        return AuthResult(success=good, handled=False, auth_data=given[0] if good else None)

    context = tls_context(options.folder) if options.tls or options.starttls else None
    handler = Handler(options.folder)
    loop = asyncio.get_running_loop()

    def protocol():
        if options.greeting:
            return Rejecting(options.greeting)
        return Server(handler, loop=loop, tls_context=context if options.starttls else None,
                      authenticator=authenticate if options.login else None,
                      auth_required=bool(options.login), auth_require_tls=options.starttls)

    server = await loop.create_server(protocol, "127.0.0.1", 0,
                                      ssl=context if options.tls else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
