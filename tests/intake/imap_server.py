"""A real IMAP server on loopback: Dovecot as a user of its own, on a free port, in a folder that goes away."""

from __future__ import annotations

import contextlib
import getpass
import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from imapclient import IMAPClient

PASSWORD = "secret-of-the-test"  # Dovecot splits its arguments at spaces
CONFIG = """
base_dir = {home}/run
log_path = {home}/log
protocols = imap
ssl = {ssl}
{certificate}
listen = 127.0.0.1
disable_plaintext_auth = no
auth_mechanisms = plain login
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
mail_location = maildir:{home}/mail/%u:LAYOUT=fs:CONTROL={home}/control/%u:INDEX={home}/index/%u
mail_debug = no
first_valid_uid = 1
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Sent {{
    special_use = \\Sent
    auto = create
  }}
{more}
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={home}/home/%u
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service stats {{
  chroot =
}}
"""


class Server:
    """port: plain with STARTTLS where there is a certificate; tls_port: TLS; ca: of the certificate, None without."""

    def __init__(self, port: int, tls_port: int, ca: Path | None) -> None:
        self.port, self.tls_port, self.ca = port, tls_port, ca

    def client(self, user: str) -> IMAPClient:
        client = IMAPClient("127.0.0.1", self.port, ssl=False)
        client.login(user, PASSWORD)
        return client

    def put(self, user: str, folder: str, *mails: bytes, arrived: datetime | None = None) -> None:
        with self.client(user) as client:
            if not client.folder_exists(folder):
                client.create_folder(folder)
            for mail in mails:
                client.append(folder, mail, msg_time=arrived)


@contextlib.contextmanager
def dovecot(*, all_mail: bool = False, tls: bool = False) -> Iterator[Server]:
    """Skips the test where Dovecot is missing (Debian: dovecot-imapd)."""
    program = shutil.which("dovecot") or shutil.which("/usr/sbin/dovecot")
    if program is None:
        pytest.skip("Dovecot is not installed: apt-get install dovecot-imapd")
    home = Path(tempfile.mkdtemp(prefix="imap-"))
    user = "nobody" if os.geteuid() == 0 else getpass.getuser()
    entry = pwd.getpwnam(user)
    port, tls_port = _free_port(), _free_port()
    ca = _certificate(home) if tls else None
    text = CONFIG.format(
        home=home,
        user=user,
        group=grp.getgrgid(entry.pw_gid).gr_name,
        port=port,
        tls_port=tls_port if tls else 0,
        password=PASSWORD,
        ssl="yes" if tls else "no",
        certificate=f"ssl_cert = <{home}/cert.pem\nssl_key = <{home}/key.pem" if tls else "",
        more="  mailbox Archive {\n    special_use = \\All\n    auto = create\n  }" if all_mail else "",
    )
    config = home / "dovecot.conf"
    config.write_text(text, encoding="utf-8")
    for name in ("mail", "control", "index", "home"):
        (home / name).mkdir()
        if os.geteuid() == 0:
            os.chown(home / name, entry.pw_uid, entry.pw_gid)
    home.chmod(0o755)
    process = subprocess.Popen([program, "-F", "-c", str(config)], stderr=subprocess.PIPE)
    try:
        _wait(port, process, home / "log")
        yield Server(port, tls_port, ca)
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(home, ignore_errors=True)


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as door:
            if door.recv(64).startswith(b"* OK"):
                return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    assert process.stderr is not None
    told = process.stderr.read() if process.poll() is not None else b""
    pytest.fail(f"Dovecot did not start: {told!r} {log.read_text() if log.exists() else ''}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _certificate(home: Path) -> Path:
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("openssl is not installed, so there is no certificate for TLS")
    subprocess.run(
        [program, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-keyout", home / "key.pem", "-out", home / "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    return home / "cert.pem"
