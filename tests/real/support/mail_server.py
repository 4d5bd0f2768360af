"""A mail server for the tests: keeps each letter, decoded, as a file of its own in a folder.

mail_server.py PORT FOLDER [CERTIFICATE KEY]    with a certificate, only after STARTTLS
"""

import asyncio
import email
import email.policy
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP


class Keep:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.count = 0

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        head = "".join(f"{name}: {value}\n" for name, value in letter.items())
        beside = self.folder / "coming"
        beside.write_text(f"{head}\n{letter.get_content()}", encoding="utf-8")
        beside.rename(self.folder / f"{self.count}.eml")
        return "250 kept"


async def main(port, folder, *certificate):
    keep, tls = Keep(folder), None
    if certificate:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(*certificate)
    make = lambda: SMTP(keep, hostname="localhost", tls_context=tls, require_starttls=tls is not None)
    server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", int(port))
    print("ready", flush=True)
    await server.serve_forever()


asyncio.run(main(*sys.argv[1:]))
