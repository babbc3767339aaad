"""A story -> mails as the programs of its people send them: quotation styles, encodings, HTML, headers."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Mapping
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from typing import Any

Story = dict[str, Any]
WEEKDAYS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")
MONTHS_FR = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip
QUOTED_PRINTABLE, BASE64 = "quoted-printable", "base64"


class Letterbox:
    """Mails of one story by key, and what the truth needs to know of them."""

    def __init__(self, story: Story, files: Mapping[str, bytes]) -> None:
        self.story, self.files = story, files
        self.texts: dict[str, str] = {}  # the author's own words, without signature and quotation
        self.bodies: dict[str, str] = {}  # the whole text as sent
        self.ids: dict[str, str] = {}  # "" when the mail has no Message-ID
        self.mails: dict[str, tuple[datetime, bytes]] = {}
        self._specs = {spec["key"]: spec for spec in story["mails"]}
        for spec in story["mails"]:
            self._add(spec)

    def _add(self, spec: Mapping[str, Any]) -> None:
        key, sender = spec["key"], self._person(spec["from"])
        when = datetime.fromisoformat(f"{spec['at']}:{_seconds(key)}{sender['zone']}")
        receiver = self._person(spec.get("to") or self._other(spec))
        own = str(spec["text"]).strip()
        self.texts[key] = own
        body = own + self._signed(spec) + self._quoted(spec, sender)
        self.bodies[key] = body
        message = EmailMessage(policy=policy.SMTP.clone(max_line_length=998))
        message["Delivered-To"] = self._person("me")["email"]
        message["Received"] = (
            f"from mx.{sender['email'].partition('@')[2]} by mx.{receiver['email'].partition('@')[2]}; "
            + format_datetime(when)
        )
        message["From"] = formataddr((sender["name"], sender["email"]))
        message["To"] = formataddr((receiver["name"], receiver["email"]))
        message["Subject"] = self._subject(spec)
        message["Date"] = format_datetime(when)
        self._threaded(message, spec, sender)
        if spec.get("automatic"):
            message["Auto-Submitted"] = "auto-replied"
        if spec.get("bulk"):
            message["List-Unsubscribe"] = f"<https://{sender['email'].partition('@')[2]}/unsubscribe>"
        self._content(message, spec, sender, body)
        self.mails[key] = (when, message.as_bytes(policy=policy.SMTP.clone(linesep="\n")))

    def _person(self, key: str) -> Mapping[str, Any]:
        person: Mapping[str, Any] = self.story["people"][key]
        return person

    def _other(self, spec: Mapping[str, Any]) -> str:
        """Who gets it: the shopper, or who wrote what is answered."""
        if spec["from"] != "me":
            return "me"
        return str(self._specs[spec["re"]]["from"])

    def _subject(self, spec: Mapping[str, Any]) -> str:
        if "subject" in spec:
            return str(spec["subject"])
        before = re.sub(r"^((re|tr|fw|fwd) ?: ?)+", "", self._subject(self._specs[spec["re"]]), flags=re.I)
        return f"{'RE' if 'outlook' in self._person(spec['from'])['client'] else 'Re'}: {before}"

    def _threaded(self, message: EmailMessage, spec: Mapping[str, Any], sender: Mapping[str, Any]) -> None:
        key = spec["key"]
        number = hashlib.sha256(f"{self.story['case']}/{key}".encode()).hexdigest()[:20]
        self.ids[key] = "" if spec.get("no_id") else f"{number}@{sender['email'].partition('@')[2]}"
        if self.ids[key]:
            message["Message-ID"] = f"<{self.ids[key]}>"
        answered = self.ids.get(spec.get("re", ""), "")
        if answered:
            message["In-Reply-To"] = f"<{answered}>"
            message["References"] = f"<{answered}>"

    def _signed(self, spec: Mapping[str, Any]) -> str:
        signature = self.story.get("signatures", {}).get(spec["from"], "")
        bare = spec.get("bare") or not signature
        return "" if bare else f"\n\n{signature.rstrip()}"

    def _quoted(self, spec: Mapping[str, Any], sender: Mapping[str, Any]) -> str:
        """The answered mail below, as the sender's program puts it there."""
        if "re" not in spec or spec.get("no_quote"):
            return ""
        key = spec["re"]
        before, author = self._specs[key], self._person(self._specs[key]["from"])
        when, text = self.mails[key][0], self.bodies[key]
        name, email = author["name"], author["email"]
        match sender["client"]:
            case "gmail-fr":
                head = (
                    f"Le {WEEKDAYS[when.weekday()]} {when.day} {MONTHS_FR[when.month - 1]} {when.year} à "
                    f"{when:%H:%M}, {name} <{email}> a écrit :"
                )
            case "gmail-en":
                hour = when.strftime("%I:%M %p").lstrip("0")
                head = f"On {when:%a, %b} {when.day}, {when.year} at {hour}, {name} <{email}> wrote:"
            case "outlook-fr":
                head = (
                    f"________________________________\nDe : {name} <{email}>\nEnvoyé : {when:%Y-%m-%d %H:%M}\n"
                    f"À : {self._person(self._addressee(before))['email']}\nObjet : {self._subject(before)}"
                )
                return f"\n\n{head}\n\n{text}"
            case "outlook-en":
                head = (
                    f"From: {name} <{email}>\nSent: {when:%A, %B} {when.day}, {when.year} {when:%H:%M}\n"
                    f"To: {self._person(self._addressee(before))['email']}\nSubject: {self._subject(before)}"
                )
                return f"\n\n{head}\n\n{text}"
            case _:
                return ""
        return f"\n\n{head}\n\n" + "\n".join(f"> {line}".rstrip() for line in text.split("\n"))

    def _addressee(self, spec: Mapping[str, Any]) -> str:
        return str(spec.get("to") or self._other(spec))

    def _content(
        self, message: EmailMessage, spec: Mapping[str, Any], sender: Mapping[str, Any], body: str
    ) -> None:
        coding = BASE64 if sender["client"] == "gmail-fr" else QUOTED_PRINTABLE
        charset = "iso-8859-1" if sender["client"] == "outlook-fr" and _latin(body) else "utf-8"
        message.set_content(body + "\n", charset=charset, cte=coding)
        if spec.get("html"):
            message.add_alternative(_page(body), subtype="html", cte=QUOTED_PRINTABLE)
            _boundary(message, self.story["case"], spec["key"], "alternative")
        for name in spec.get("attach", ()):
            kind, sub = ("application", "pdf") if name.endswith(".pdf") else ("image", "jpeg")
            message.add_attachment(self.files[name], maintype=kind, subtype=sub, filename=name)
        if spec.get("attach"):
            _boundary(message, self.story["case"], spec["key"], "mixed")


def _boundary(message: EmailMessage, case: str, key: str, kind: str) -> None:
    """The same boundary each time, else the same story would give other bytes."""
    message.set_boundary(f"=_{hashlib.sha256(f'{case}/{key}/{kind}'.encode()).hexdigest()[:24]}")


def _seconds(key: str) -> str:
    return f"{int(hashlib.sha256(key.encode()).hexdigest()[:4], 16) % 60:02d}"


def _latin(text: str) -> bool:
    try:
        text.encode("iso-8859-1")
    except UnicodeEncodeError:
        return False
    return True


def _page(text: str) -> str:
    """A receipt as shops send it: tables around everything; amounts in a column of their own."""
    rows = []
    for line in text.split("\n"):
        cells = [html.escape(c) for c in re.split(r"\s{3,}", line.strip())]
        rows.append("<tr>" + "".join(f'<td style="padding:2px 8px">{c}</td>' for c in cells) + "</tr>")
    return (
        '<html><head><meta charset="utf-8"><style>td{font-family:sans-serif}</style></head><body>'
        '<table width="600"><tr><td><table>' + "\n".join(rows) + "</table></td></tr></table>"
        '<img src="https://images.example/pixel.gif" width="1" height="1"></body></html>'
    )


def as_mbox(mails: list[tuple[datetime, bytes]]) -> bytes:
    """mboxrd, in order of time."""
    parts = []
    for when, data in sorted(mails, key=lambda m: m[0]):
        quoted = re.sub(rb"^(>*From )", rb">\1", data, flags=re.M)
        parts.append(f"From - {when:%a %b %d %H:%M:%S %Y}\n".encode() + quoted.rstrip(b"\n") + b"\n\n")
    return b"".join(parts)
