"""A paper as an e-mail draft (.eml) that a mail program opens ready to be read again and sent by a person.

Source: RFC 5322 for the form; ``X-Unsent: 1`` is what Outlook, Thunderbird and others take for "not sent yet".
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, date, datetime, time
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from recours.papers.plain import mail_body
from recours.papers.types import Paper

_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")


def draft(paper: Paper, day: date, sender: str = "") -> bytes:
    """The draft: to the e-mail of the addressee (left open when the letter has none), the text, the PDF attached.

    day: of the writing; sender: the buyer's e-mail, for a paper that does not say it.
    """
    model = paper.model
    message = EmailMessage(policy=SMTP)
    sender, to = _email(model.get("sender", ())) or _email((sender,)), _email(model.get("recipient", ()))
    if sender:
        message["From"] = sender
    if to:
        message["To"] = to
    message["Date"] = format_datetime(datetime.combine(day, time(12), tzinfo=UTC))
    message["Subject"] = " ".join(f"{model['title']}, {model['subject']}".split())
    message["X-Unsent"] = "1"
    message.set_content(mail_body(model), subtype="plain", charset="utf-8", cte="quoted-printable")
    message.add_attachment(paper.pdf, maintype="application", subtype="pdf", filename=f"{paper.name}.pdf")
    message.set_boundary("recours-" + hashlib.sha256(paper.pdf).hexdigest()[:32])
    return message.as_bytes()


def _email(lines: object) -> str:
    """The first e-mail address in the lines of an address block, "" when there is none."""
    found = _EMAIL.search("\n".join(str(line) for line in lines)) if isinstance(lines, list | tuple) else None
    return found[0] if found else ""
