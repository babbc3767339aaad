"""Pages that any browser opens from a folder: no script, nothing from the network, printable on paper."""

from __future__ import annotations

import msgspec
from jinja2 import Environment

from recours.words import Language


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """label: left column; text: what is said; note: smaller, under it; link: a file of the folder, "" when none."""

    label: str
    text: str
    note: str = ""
    link: str = ""


class Section(msgspec.Struct, frozen=True, kw_only=True):
    head: str
    rows: tuple[Row, ...]


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """language: of the page; title: of the case; lead: one sentence under it; sections: those without rows are left
    out; links: (file, words) to the folder's other pages; foot: last line."""

    language: Language
    title: str
    lead: str
    sections: tuple[Section, ...]
    links: tuple[tuple[str, str], ...] = ()
    foot: str = ""


_TEMPLATE = """<!doctype html>
<html lang="{{ page.language }}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{{ page.title }}</title>
<style>
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin-bottom: .2rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .4rem; border-bottom: 1px solid; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; font-weight: normal; }
th { width: 14rem; opacity: .75; }
td { white-space: pre-wrap; overflow-wrap: anywhere; }
small { display: block; opacity: .75; }
nav a { margin-right: 1rem; }
footer { margin-top: 3rem; font-size: .85rem; opacity: .75; }
@media print { body { max-width: none; margin: 0; } nav { display: none; } tr { break-inside: avoid; } }
</style>
</head>
<body>
<h1>{{ page.title }}</h1>
<p>{{ page.lead }}</p>
{% if page.links %}<nav>{% for file, words in page.links %}<a href="{{ file|urlencode }}">{{ words }}</a>{% endfor %}</nav>{% endif %}
<main>
{% for section in page.sections if section.rows %}
<section>
<h2>{{ section.head }}</h2>
<table>
{% for row in section.rows %}<tr><th scope="row">{{ row.label }}</th><td>
{%- if row.link %}<a href="{{ row.link|urlencode }}">{{ row.text }}</a>{% else %}{{ row.text }}{% endif %}
{%- if row.note %}<small>{{ row.note }}</small>{% endif %}</td></tr>
{% endfor %}</table>
</section>
{% endfor %}
</main>
<footer>{{ page.foot }}</footer>
</body>
</html>
"""
_template = Environment(autoescape=True).from_string(_TEMPLATE)


def html(page: Page) -> bytes:
    """The page's bytes, UTF-8; every value is escaped."""
    return _template.render(page=page).encode()


def plain(page: Page) -> str:
    """The same page as lines of text."""
    lines = [page.title, page.lead]
    for section in page.sections:
        if section.rows:
            lines += ["", section.head]
        for row in section.rows:
            lines.append(f"  {row.label}: {row.text}" if row.label else f"  {row.text}")
            lines += [f"      {row.note}"] if row.note else []
    return "\n".join((*lines, "", page.foot))
