"""What every page needs: the desk, the language, the words, and the templates that escape all they are given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

import jinja2
from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData, UploadFile

from recours.app.account import value_of
from recours.app.desk import Desk
from recours.app.reasons import reason
from recours.casefile.types import FactValue
from recours.errors import RecoursError
from recours.law.value import label
from recours.money import Money
from recours.outbox.today import wording
from recours.papers.formats import day_text, money_text
from recours.plan.ladder import state_key
from recours.web.jobs import Jobs
from recours.web.security import form_key, same
from recours.words import LANGUAGES, Language, table

MakeDesk = Callable[[], Desk]
LANGUAGE = "language"
_TEMPLATES = jinja2.Environment(
    loader=jinja2.PackageLoader("recours.web", "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
# What imported macros read too: the keys of the screen's words.
_TEMPLATES.globals.update(wording=wording, state_key=state_key, label_of=label)


class Site:
    """One running page.  desk: makes a desk for a request; token: the session's secret; language: of the screen until
    the person chooses; feed: the secret of the calendar's address, or ""."""

    def __init__(self, desk: MakeDesk, token: str, language: Language, feed: str = "") -> None:
        self.desk, self.token, self.language, self.jobs = desk, token, language, Jobs()
        self.feed = feed
        self.form_key = form_key(token)


def feed_path(secret: str) -> str:
    """Where a calendar program subscribes; "" without a secret."""
    return f"/feed/{secret}.ics" if secret else ""


class ForgedFormError(Exception):
    """A form without this session's key."""


def say(language: Language, key: str, **values: object) -> str:
    """A sentence of the page, else one that the terminal says too.  KeyError when neither table has it."""
    own = table(language, "recours.web.words")
    text = own[key] if key in own else table(language)[key]
    return text.format(**values)


def has(key: str) -> bool:
    """Whether there are words for a key."""
    return key in table("en", "recours.web.words") or key in table("en")


def site_of(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


def desk_of(request: Request) -> Desk:
    """A desk for this request alone."""
    return site_of(request).desk()


def language_of(request: Request) -> Language:
    """The screen's: what the person chose here, else what the program was started with."""
    chosen = request.cookies.get(LANGUAGE, "")
    return next((one for one in LANGUAGES if one == chosen), site_of(request).language)


async def form_of(request: Request) -> FormData:
    """The form, once its key is this session's.  Raises ForgedFormError."""
    data = await request.form(max_files=50, max_fields=200, max_part_size=2_000_000)
    if not same(str(data.get("key", "")), site_of(request).form_key):
        raise ForgedFormError
    return data


AtDesk = Annotated[Desk, Depends(desk_of)]
InLanguage = Annotated[Language, Depends(language_of)]
Form = Annotated[FormData, Depends(form_of)]


def text_of(form: FormData, name: str) -> str:
    """A field's text; "" when it is not there."""
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def file_of(form: FormData, name: str) -> UploadFile | None:
    """A file that was chosen; None when none was."""
    value = form.get(name)
    return value if isinstance(value, UploadFile) and value.filename else None


def page(request: Request, template: str, values: Mapping[str, Any], *, status: int = 200) -> HTMLResponse:
    """A page, rendered.  values: what its template reads beside what every page has."""
    language = language_of(request)
    html = _TEMPLATES.get_template(template).render(
        **values,
        language=language,
        other="en" if language == "fr" else "fr",
        here=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        form_key=site_of(request).form_key,
        say=lambda key, **more: say(language, key, **more),
        has=has,
        day=lambda value: day_text(value, language),
        money=lambda value: money_text(value, language),
        value=lambda value, name="": value_of(value, language, name),
        raw=_raw,
        reason=lambda why: reason(why, language),
    )
    return HTMLResponse(html, status)


def _raw(value: FactValue) -> str:
    """A value as a form's field takes it: what ``answer`` would read back."""
    return f"{value.amount} {value.currency}" if isinstance(value, Money) else str(value)


def go(path: str, **query: str) -> RedirectResponse:
    """To a page of this site after a form was taken, so that a reload asks nothing twice."""
    return RedirectResponse(f"{path}?{urlencode(query)}" if query else path, 303)


def failed(request: Request, error: RecoursError, back: str) -> HTMLResponse:
    """What went wrong, where and what to do, on a page of its own."""
    language = language_of(request)
    return page(
        request,
        "problem.html",
        {
            "what": error.what[language],
            "where": error.where,
            "todo": error.todo[language],
            "back": back,
        },
        status=400,
    )
