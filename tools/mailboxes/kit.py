"""A story -> mails as the programs of its people send them: headers, encodings, signatures, attachments, mboxrd."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from typing import Any

from tools.mailboxes import pages
from tools.mailboxes.quoting import PHONE_SIGNATURES, PROGRAM_LINES, Answered, heading, quotation

Story = dict[str, Any]
Spec = Mapping[str, Any]
QUOTED_PRINTABLE, BASE64 = "quoted-printable", "base64"
WITH_HTML = (
    "gmail-fr",
    "gmail-ca-fr",
    "gmail-en",
    "outlook-en",
)  # programs that send both halves of an answer
_LONG = policy.SMTP.clone(max_line_length=998)
_UNIX = policy.SMTP.clone(linesep="\n")


class Letterbox:
    """Mails of one story by key, and what the truth needs to know of them.

    A mail's ``text`` is the author's own words; ``closing`` the formula and typed name after it, ``footer`` what a shop
    puts under a notice, ``frame`` what a help desk puts above it.  Lines of an ``inline`` text that begin with ">" are the
    answered mail's.  ``program`` is another mail program than the sender's usual one, ``under`` what a program or a person
    put at the very end (a forwarded mail, a ticket's history), ``headers`` more header lines, ``coding`` and ``charset``
    how the text travels where it is not the program's usual way.
    """

    def __init__(self, story: Story, files: Mapping[str, bytes]) -> None:
        self.story, self.files = story, files
        self.texts: dict[str, str] = {}  # the author's own words
        self.closed: dict[str, str] = {}  # the same with closing formula or footer, where there is one
        self.bodies: dict[str, str] = {}  # the whole text as sent
        self.ids: dict[str, str] = {}  # "" when the mail has no Message-ID
        self.mails: dict[str, tuple[datetime, bytes]] = {}
        self._pages: dict[str, str] = {}
        self._specs = {spec["key"]: spec for spec in story["mails"]}
        for spec in story["mails"]:
            self._add(spec)

    def _add(self, spec: Spec) -> None:
        key, sender = spec["key"], self._person(spec["from"])
        client = self._client(spec)
        when = datetime.fromisoformat(f"{spec['at']}:{_seconds(key)}{sender['zone']}")
        above, own, below = self._written(spec, client)
        answered = self._answered(spec)
        inline = bool(spec.get("inline"))
        if answered and inline:
            above = f"{above}{heading(client, answered)}\n\n"
        under = quotation(client, answered) if answered and not inline else ""
        if "under" in spec:
            under += f"\n\n{spec['under'].strip()}"
        self.bodies[key] = f"{above}{own}{below}{under}"
        head = heading(client, answered) if answered and not inline else ""
        beneath = f"\n\n{spec['under'].strip()}" if "under" in spec else ""
        self._pages[key] = pages.answer(
            client, f"{above}{own}{below}{beneath}", head, self._pages[spec["re"]] if head else ""
        )
        message = self._enveloped(spec, sender, when)
        self._content(message, spec, client)
        self.mails[key] = (when, message.as_bytes(policy=_UNIX))

    def _person(self, key: str) -> Mapping[str, Any]:
        person: Mapping[str, Any] = self.story["people"][key]
        return person

    def _client(self, spec: Spec) -> str:
        """The program it is written with; ``by_phone`` is the same person away from the desk."""
        if "program" in spec:
            return str(spec["program"])
        client = str(self._person(spec["from"])["client"])
        return f"iphone-{client[-2:]}" if spec.get("by_phone") else client

    def _other(self, spec: Spec) -> str:
        """Who gets it: the shopper, or who wrote what is answered."""
        if "to" in spec:
            return str(spec["to"])
        return "me" if spec["from"] != "me" else str(self._specs[spec["re"]]["from"])

    def _subject(self, spec: Spec) -> str:
        if "subject" in spec:
            return str(spec["subject"])
        before = re.sub(r"^((re|tr|fw|fwd) ?: ?)+", "", self._subject(self._specs[spec["re"]]), flags=re.I)
        return f"{'RE' if 'outlook' in self._person(spec['from'])['client'] else 'Re'}: {before}"

    def _written(self, spec: Spec, client: str) -> tuple[str, str, str]:
        """What stands above the author's words, the words, and what stands below before any quotation."""
        key, own = spec["key"], str(spec["text"]).strip()
        after = str(spec.get("closing") or spec.get("footer") or "").strip()
        mine = own if not spec.get("inline") else _without_marked(own)
        self.texts[key] = mine
        if after:
            self.closed[key] = f"{mine}\n\n{after}"
        frame = f"{spec['frame'].strip()}\n\n" if "frame" in spec else ""
        signature = str(self.story.get("signatures", {}).get(spec["from"], "")).rstrip()
        if client.startswith("iphone"):
            signature = PHONE_SIGNATURES[client[-2:]]
        signature = PROGRAM_LINES.get(client, signature)
        if spec.get("bare"):
            signature = ""
        below = "".join(f"\n\n{piece}" for piece in (after, signature) if piece)
        return frame, own, below

    def _answered(self, spec: Spec) -> Answered | None:
        if "re" not in spec or spec.get("no_quote"):
            return None
        before = self._specs[spec["re"]]
        author = self._person(before["from"])
        return Answered(
            name=author["name"],
            email=author["email"],
            to=self._person(self._other(before))["email"],
            subject=self._subject(before),
            when=self.mails[spec["re"]][0],
            text=self.bodies[spec["re"]],
        )

    def _enveloped(self, spec: Spec, sender: Mapping[str, Any], when: datetime) -> EmailMessage:
        receiver = self._person(self._other(spec))
        domain = sender["email"].partition("@")[2]
        message = EmailMessage(policy=_LONG)
        message["Delivered-To"] = self._person("me")["email"]
        route = f"from mx.{domain} by mx.{receiver['email'].partition('@')[2]}; "
        message["Received"] = route + format_datetime(when)
        message["From"] = formataddr((sender["name"], sender["email"]))
        message["To"] = formataddr((receiver["name"], receiver["email"]))
        message["Subject"] = self._subject(spec)
        message["Date"] = format_datetime(when)
        number = hashlib.sha256(f"{self.story['case']}/{spec['key']}".encode()).hexdigest()[:20]
        self.ids[spec["key"]] = "" if spec.get("no_id") else f"{number}@{domain}"
        if not spec.get("no_id"):
            message["Message-ID"] = f"<{number}@{domain}>"
        thread = self._thread(spec)
        if thread:
            message["In-Reply-To"] = f"<{thread[-1]}>"
            message["References"] = " ".join(f"<{number}>" for number in thread[-8:])
        if spec.get("automatic"):
            message["Auto-Submitted"] = "auto-replied"
        if spec.get("bulk"):
            message["List-Unsubscribe"] = f"<https://{domain}/unsubscribe>"
        for name, words in spec.get("headers", {}).items():
            message[name] = words
        return message

    def _thread(self, spec: Spec) -> list[str]:
        """Ids of the answered mail and of those before it, oldest first; a mail without one leaves a hole."""
        found: list[str] = []
        while "re" in spec:
            spec = self._specs[spec["re"]]
            found.insert(0, self.ids[spec["key"]])
        return [number for number in found if number]

    def _content(self, message: EmailMessage, spec: Spec, client: str) -> None:
        key, form = spec["key"], spec.get("html", client in WITH_HTML and not spec.get("inline"))
        body = self.bodies[key]
        coding = spec.get("coding", BASE64 if client == "gmail-fr" else QUOTED_PRINTABLE)
        charset = spec.get("charset", "iso-8859-1" if client == "outlook-fr" and _latin(body) else "utf-8")
        made = pages.card if form == "card" else pages.table
        written = "html" not in spec or form == "person"  # as a person's program writes it, not a shop's
        page = pages.page(self._pages[key]) if written else made(body)
        if form in ("only", "card", "person"):
            page = page.replace('charset="utf-8"', f'charset="{charset}"') if "charset" in spec else page
            cte = spec.get("coding", QUOTED_PRINTABLE)
            message.set_content(page, subtype="html", charset=spec.get("charset", "utf-8"), cte=cte)
        else:
            message.set_content(body + "\n", charset=charset, cte=coding)
            if form:
                message.add_alternative(page, subtype="html", cte=QUOTED_PRINTABLE)
        for name in spec.get("attach", ()):
            kind, sub = ("application", "pdf") if name.endswith(".pdf") else ("image", "jpeg")
            message.add_attachment(self.files[name], maintype=kind, subtype=sub, filename=name)
        for part in message.walk():
            if part.is_multipart():  # the same boundary each time, else the same story would give other bytes
                name = f"{self.story['case']}/{key}/{part.get_content_subtype()}"
                part.set_boundary(f"=_{hashlib.sha256(name.encode()).hexdigest()[:24]}")


def _without_marked(text: str) -> str:
    kept = "\n".join(line for line in text.split("\n") if not line.startswith(">"))
    return re.sub(r"\n{3,}", "\n\n", kept).strip()


def _seconds(key: str) -> str:
    return f"{int(hashlib.sha256(key.encode()).hexdigest()[:4], 16) % 60:02d}"


def _latin(text: str) -> bool:
    try:
        text.encode("iso-8859-1")
    except UnicodeEncodeError:
        return False
    return True


def as_mbox(mails: list[tuple[datetime, bytes]]) -> bytes:
    """mboxrd, in order of time."""
    parts = []
    for when, data in sorted(mails, key=lambda m: m[0]):
        quoted = re.sub(rb"^(>*From )", rb">\1", data, flags=re.M)
        parts.append(f"From - {when:%a %b %d %H:%M:%S %Y}\n".encode() + quoted.rstrip(b"\n") + b"\n\n")
    return b"".join(parts)
