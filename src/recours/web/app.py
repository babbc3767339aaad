"""The page and its JSON interface, put together."""

from __future__ import annotations

from importlib import resources

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles

from recours import __version__
from recours.errors import RecoursError
from recours.store.errors import NoSuchCaseError
from recours.web import api
from recours.web.pages import after, case, facts, home, message, papers
from recours.web.security import COOKIE, Door, same
from recours.web.site import ForgedFormError, MakeDesk, Site, failed, feed_path, language_of, page, say
from recours.words import Language


def make_app(
    desk: MakeDesk, token: str, hosts: frozenset[str], language: Language = "en", feed: str = ""
) -> FastAPI:
    """desk: makes a desk for one request; token: the session's secret; hosts: "127.0.0.1:PORT" and the
    like; language: of the screen at first; feed: the secret part of the calendar's address, "" for no feed."""
    app = FastAPI(
        title="Recours",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        description="A case of Recours, on this machine.  Send the session's token as a bearer.",
    )
    app.state.site = Site(desk, token, language, feed)
    app.add_middleware(Door, token=token, hosts=hosts, feed=feed_path(feed))

    @app.get("/enter", include_in_schema=False)
    def enter(key: str = "") -> Response:
        return entered(token) if same(key, token) else PlainTextResponse("?", 403)

    static = resources.files("recours.web").joinpath("static")
    app.mount("/static", StaticFiles(directory=str(static)), name="static")
    for part in (home, case, message, facts, papers, after):
        app.include_router(part.router, include_in_schema=False)
    app.include_router(api.router, prefix="/api")
    app.add_exception_handler(RecoursError, _refused)
    app.add_exception_handler(ForgedFormError, _forged)
    app.add_exception_handler(404, _nowhere)
    return app


def entered(token: str) -> Response:
    """The session's cookie, and the first page.  The key leaves the address at once."""
    response = Response(status_code=303, headers={"Location": "/"})
    response.set_cookie(COOKIE, token, httponly=True, samesite="strict", path="/")
    return response


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, RecoursError)
    if request.url.path.startswith("/api/"):
        return api.refused(error)
    status = 404 if isinstance(error, NoSuchCaseError) else 400
    response = failed(request, error, _back(request.url.path))
    response.status_code = status
    return response


def _back(path: str) -> str:
    """The page of the case that the path is in, else the first one."""
    parts = path.split("/")
    return "/".join(parts[:3]) if parts[1] == "case" and len(parts) > 3 else "/"


def _forged(_request: Request, _error: Exception) -> Response:
    return PlainTextResponse(
        "This form is not of this session. / Ce formulaire n'est pas de cette session.", 403
    )


def _nowhere(request: Request, _error: Exception) -> HTMLResponse:
    language = language_of(request)
    return page(
        request,
        "problem.html",
        {"what": say(language, "web.nowhere"), "where": request.url.path, "todo": "", "back": "/"},
        status=404,
    )
