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

TABLE = yaml.safe_load((Path(__file__).parent / "noise.yaml").read_text(encoding="utf-8"))


def noise(spec: Mapping[str, Any], me: Mapping[str, Any], case: str) -> list[tuple[datetime, bytes]]:
    """``count`` mails between two days, in the languages as often as they are listed."""
    chance = random.Random(int(spec["seed"]))
    first = datetime.fromisoformat(f"{spec['from']}T00:00:00{me['zone']}")
    span = (datetime.fromisoformat(f"{spec['to']}T00:00:00{me['zone']}") - first).days
    return [
        _one(chance, first, span, me, str(chance.choice(spec["languages"])), f"{case}/{n}")
        for n in range(int(spec["count"]))
    ]


def _one(
    chance: random.Random, first: datetime, span: int, me: Mapping[str, Any], language: str, key: str
) -> tuple[datetime, bytes]:
    template = chance.choice(TABLE[language])
    when = first + timedelta(days=chance.randrange(span), seconds=chance.randrange(6 * 3600, 23 * 3600))
    values = {
        "n": chance.randrange(10_000, 99_999),
        "amount": f"{chance.randrange(12, 240)}.{chance.randrange(100):02d}",
        "somme": f"{chance.randrange(12, 240)},{chance.randrange(100):02d} $",
        "thing": chance.choice(TABLE["things"][language]),
        "day": chance.randrange(1, 29),
        "name": str(me["name"]).split()[0],
    }
    message = EmailMessage(policy=policy.SMTP.clone(max_line_length=998))
    message["Delivered-To"] = me["email"]
    sender = (template["name"], template["email"])
    to = (me["name"], me["email"])
    if template.get("mine"):
        sender, to = to, sender
    message["From"], message["To"] = formataddr(sender), formataddr(to)
    message["Subject"] = template["subject"].format(**values)
    message["Date"] = format_datetime(when)
    number = hashlib.sha256(key.encode()).hexdigest()[:18]
    message["Message-ID"] = f"<{number}@{sender[1].partition('@')[2]}>"
    if template.get("bulk"):
        message["List-Unsubscribe"] = f"<https://{template['email'].partition('@')[2]}/stop>"
    text = template["text"].format(**values)
    message.set_content(text, charset="utf-8", cte=chance.choice(("quoted-printable", "base64", "8bit")))
    return when, message.as_bytes(policy=policy.SMTP.clone(linesep="\n"))
