"""The command ``serve``: the same case on a local page, in the browser."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recours.errors import RecoursError
from recours.words import say

if TYPE_CHECKING:
    from recours.cli import Settings

LOOPBACK = "127.0.0.1"


class PortTakenError(RecoursError):
    """Another program listens there."""

    def __init__(self, port: int) -> None:
        super().__init__(
            {"en": f"Port {port} is taken", "fr": f"Le port {port} est pris"},
            todo={
                "en": "Choose another with --port, or leave it out.",
                "fr": "Choisissez-en un autre avec --port, ou n'en donnez pas.",
            },
        )


@click.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="Port (default: a free one)."
)
@click.option("--browser/--no-browser", default=True, help="Open the browser on the page.")
@click.pass_obj
def serve(settings: Settings, port: int, browser: bool) -> None:
    """Open the local page: no account, and nothing leaves this machine.  Ctrl-C ends it."""
    run(settings, port, browser)


def run(settings: Settings, port: int, browser: bool) -> None:
    """Serve until Ctrl-C.  port: 0 for a free one.  Raises PortTakenError."""
    import secrets

    import uvicorn

    from recours.web.app import make_app

    token = secrets.token_urlsafe(32)
    listening = listen(port)
    number = listening.getsockname()[1]
    hosts = frozenset({f"{LOOPBACK}:{number}", f"localhost:{number}"})
    address = f"http://{LOOPBACK}:{number}/enter?key={token}"
    click.echo(say(settings.screen, "serve.address", address=address))
    click.echo(say(settings.screen, "serve.end"))
    if browser:
        import webbrowser

        webbrowser.open(address)
    config = uvicorn.Config(
        make_app(settings.desk, token, hosts, settings.screen, _feed_secret(settings.store)),
        log_level="warning",
        access_log=False,
        server_header=False,
    )
    uvicorn.Server(config).run(sockets=[listening])


def _feed_secret(store: Path) -> str:
    """Made once for a store and kept beside it, for its owner alone: a calendar keeps its address."""
    import secrets

    file = store.with_suffix(".feed")
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(24), encoding="ascii")
    return file.read_text(encoding="ascii").strip()


def listen(port: int) -> socket.socket:
    """A socket on this machine's own address only.  Raises PortTakenError."""
    # With the protocol named, asyncio sends small packets at once; without it each page waits 40 ms for a receipt.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((LOOPBACK, port))
    except OSError:
        listening.close()
        raise PortTakenError(port) from None
    return listening


COMMANDS = (serve,)
