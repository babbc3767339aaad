"""Everyday mail around a dispute: newsletters, bills, family, other orders, alerts, work; seeded."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from pathlib import Path
from typing import Any

import yaml

from tools.mailboxes import pages
from tools.mailboxes.quoting import Answered, quotation

TABLE = yaml.safe_load((Path(__file__).parent / "noise.yaml").read_text(encoding="utf-8"))
_LONG = policy.SMTP.clone(max_line_length=998)
Mail = tuple[datetime, bytes]


def noise(spec: Mapping[str, Any], me: Mapping[str, Any], case: str) -> list[Mail]:
    """Exactly ``count`` mails between two days, in the languages as often as they are listed.

    A row with an ``answer`` may bring the shopper's reply along, threaded and quoted as a program does it.
    """
    chance = random.Random(int(spec["seed"]))
    first = datetime.fromisoformat(f"{spec['from']}T00:00:00{me['zone']}")
    span = (datetime.fromisoformat(f"{spec['to']}T00:00:00{me['zone']}") - first).days
    mails: list[Mail] = []
    while len(mails) < int(spec["count"]):
        language = str(chance.choice(spec["languages"]))
        row = chance.choice(TABLE[language])
        when = first + timedelta(days=chance.randrange(span), seconds=chance.randrange(6 * 3600, 22 * 3600))
        mails += _row(chance, row, language, when, me, f"{case}/{len(mails)}")
    return mails[: int(spec["count"])]


def _row(
    chance: random.Random,
    row: Mapping[str, Any],
    language: str,
    when: datetime,
    me: Mapping[str, Any],
    key: str,
) -> list[Mail]:
    """One mail of the table, and its answer when there is one."""
    values = _values(chance, language, when, me)
    subject, text = row["subject"].format(**values), row["text"].format(**values)
    them, mine = (row["name"], row["email"]), (me["name"], me["email"])
    first = _mail(chance, them, mine, subject, text, when, key, row)
    if "answer" not in row or chance.random() < 0.4:
        return [(when, first.as_bytes(policy=policy.SMTP.clone(linesep="\n")))]
    later = when + timedelta(minutes=chance.randrange(9, 900))
    told = Answered(name=them[0], email=them[1], to=mine[1], subject=subject, when=when, text=text.strip())
    own = row["answer"].format(**values).strip()
    reply = f"{own}{quotation(str(me['client']), told)}\n"
    second = _mail(chance, mine, them, f"Re: {subject}", reply, later, f"{key}/answer", {}, me["email"])
    second["In-Reply-To"] = second["References"] = str(first["Message-ID"])
    unix = policy.SMTP.clone(linesep="\n")
    return [(when, first.as_bytes(policy=unix)), (later, second.as_bytes(policy=unix))]


def _values(
    chance: random.Random, language: str, when: datetime, me: Mapping[str, Any]
) -> dict[str, str | int]:
    soon = when + timedelta(days=chance.randrange(2, 20))
    return {
        "n": chance.randrange(10_000, 99_999),
        "amount": f"{chance.randrange(12, 240)}.{chance.randrange(100):02d}",
        "somme": f"{chance.randrange(12, 240)},{chance.randrange(100):02d} $",
        "thing": chance.choice(TABLE["things"][language]),
        "other": chance.choice(TABLE["things"][language]),
        "day": soon.day,
        "name": str(me["name"]).split()[0],
        "full": str(me["name"]),
    }


def _mail(
    chance: random.Random,
    sender: tuple[str, str],
    to: tuple[str, str],
    subject: str,
    text: str,
    when: datetime,
    key: str,
    row: Mapping[str, Any],
    delivered: str = "",
) -> EmailMessage:
    message = EmailMessage(policy=_LONG)
    message["Delivered-To"] = delivered or to[1]
    message["From"], message["To"] = formataddr(sender), formataddr(to)
    message["Subject"], message["Date"] = subject, format_datetime(when)
    number, domain = hashlib.sha256(key.encode()).hexdigest()[:18], sender[1].partition("@")[2]
    message["Message-ID"] = f"<{number}@{domain}>"
    if row.get("bulk"):
        message["List-Unsubscribe"] = f"<https://{domain}/stop>"
    coding = chance.choice(("quoted-printable", "base64", "8bit"))
    message.set_content(text, charset="utf-8", cte=coding)
    if row.get("bulk") or row.get("page"):
        message.add_alternative(pages.table(text.strip()), subtype="html", cte="quoted-printable")
        message.set_boundary(f"=_{number}")
    return message
