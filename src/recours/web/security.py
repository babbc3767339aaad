"""The door: this machine, this browser, this session only.

Sources: OWASP Cross-Site Request Forgery Prevention and HTML5 Security cheat sheets; Fetch Metadata (W3C); CSP Level 3.
A page of another site can make a browser send a request to 127.0.0.1, and a name of its own can be made to point
there (DNS rebinding): so the Host and the Origin are looked at, and a secret that only the opener knows is asked for.
"""

from __future__ import annotations

import hashlib
import hmac
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "recours"
MAX_BODY = 250 * 1024 * 1024  # bytes of an upload; a larger mailbox is opened by its path
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",  # "no-referrer" would make a form's Origin "null", which is refused
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def form_key(token: str) -> str:
    """The secret that each form carries back: no other site can read it."""
    return hmac.new(token.encode(), b"form", hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Compared in a time that tells nothing."""
    return hmac.compare_digest(one.encode(), other.encode())


class TooLargeBodyError(Exception):
    """More bytes came than an upload may have."""


class Door:
    """Looks at every request before the page does.

    token: of this session; hosts: names under which it is served; feed: the calendar's own path, which holds a secret,
    since a calendar program has neither cookie nor header; "" for none.
    """

    def __init__(self, app: ASGIApp, token: str, hosts: frozenset[str], feed: str = "") -> None:
        self.app, self.token, self.hosts, self.feed = app, token, hosts, feed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refused = self._refused(scope, headers)
        if refused:
            status, why = refused
            await PlainTextResponse(why, status, headers=dict(HEADERS))(scope, receive, send)
            return
        try:
            await self.app(scope, _bounded(receive), _with_headers(send))
        except TooLargeBodyError:
            await PlainTextResponse(_TOO_LARGE, 413, headers=dict(HEADERS))(scope, receive, send)

    def _refused(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        host = headers.get("host", "").lower()
        if host not in self.hosts:
            return 403, "This page is served to this machine only."
        origin = headers.get("origin")
        if origin is not None and origin.lower() != f"http://{host}":
            return 403, "Another site asked for this."
        if (
            headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
            and scope["method"] not in SAFE
        ):
            return 403, "Another site asked for this."
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MAX_BODY:
            return 413, _TOO_LARGE
        if scope["path"] == "/enter" or scope["path"].startswith("/static/"):
            return None
        if self.feed and scope["method"] in SAFE and same(scope["path"], self.feed):
            return None
        if not self._known(headers):
            return 403, _NO_KEY
        return None

    def _known(self, headers: Headers) -> bool:
        """The session's cookie, or its token as a bearer (for other programs)."""
        kind, _, bearer = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            return same(bearer.strip(), self.token)
        jar = SimpleCookie()
        try:
            jar.load(headers.get("cookie", ""))
        except CookieError:
            return False
        return COOKIE in jar and same(jar[COOKIE].value, self.token)


_TOO_LARGE = (
    "Trop gros pour un envoi : donnez plutôt le chemin du fichier.\n"
    "Too large to be sent: give the file's path instead."
)
_NO_KEY = (
    "Ouvrez la page par l'adresse complète que « recours serve » a imprimée.\n"
    "Open the page by the whole address that `recours serve` printed."
)


def _bounded(receive: Receive) -> Receive:
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > MAX_BODY:
            raise TooLargeBodyError
        return message

    return counted


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(HEADERS)
        await send(message)

    return sent
