"""What a mail program puts between an answer and the mail that it answers: one row a program."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from datetime import datetime

import msgspec

WEEKDAYS_LONG = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS_LONG = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
WEEKDAYS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")
MONTHS = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip


class Answered(msgspec.Struct, frozen=True):
    """The mail that is answered, as its header would tell it."""

    name: str
    email: str
    to: str
    subject: str
    when: datetime
    text: str

    def values(self) -> Mapping[str, str]:
        """Words for the headings below; the hour is the sender's, as programs write it."""
        w = self.when
        return {
            "name": self.name,
            "email": self.email,
            "to": self.to,
            "subject": self.subject,
            "jour": f"{WEEKDAYS[w.weekday()]} {w.day} {MONTHS[w.month - 1]} {w.year}",
            "jour_long": f"{WEEKDAYS_LONG[w.weekday()]} {w.day} {MONTHS_LONG[w.month - 1]} {w.year}",
            "date": f"{w.day} {MONTHS[w.month - 1]} {w.year}",
            "day": f"{w:%b} {w.day}, {w.year}",
            "weekday": f"{w:%a}",
            "slashed": f"{w:%d/%m/%Y}",
            "british": f"{w.day} {w:%b} {w.year}",
            "american": f"{w.month}/{w.day}/{w.year}",
            "long": f"{w:%A, %B} {w.day}, {w.year}",
            "iso": f"{w:%Y-%m-%d}",
            "hour24": f"{w:%H:%M}",
            "heure": f"{w.hour} h {w:%M}",
            "hour12": w.strftime("%I:%M %p").lstrip("0"),
        }


HEADINGS = {
    "gmail-fr": "Le {jour} à {hour24}, {name} <{email}> a écrit :",
    "gmail-en": "On {weekday}, {day} at {hour12}, {name} <{email}> wrote:",
    "gmail-ca-fr": "Le {jour}, à {heure}, {name} <{email}> a écrit :",
    "iphone-fr": "Le {date} à {hour24}, {name} <{email}> a écrit :",
    "ipad-fr": "Le {date} à {hour24}, {name} <{email}> a écrit :",
    "iphone-en": "On {day}, at {hour12}, {name} <{email}> wrote:",
    "outlook-fr": (
        "________________________________\nDe : {name} <{email}>\nEnvoyé : {iso} {hour24}\nÀ : {to}\n"
        "Objet : {subject}"
    ),
    "message-fr": (
        "-----Message d'origine-----\nDe : {name} [mailto:{email}]\nEnvoyé : {jour} {hour24}\nÀ : {to}\n"
        "Objet : {subject}"
    ),
    "message-en": (
        "-----Original Message-----\nFrom: {name} <{email}>\nSent: {american} {hour12}\nTo: {to}\n"
        "Subject: {subject}"
    ),
    "bird-fr": "Le {slashed} à {hour24}, {name} a écrit :",
    "bird-en": "On {slashed} {hour24}, {name} wrote:",
    "samsung-fr": "-------- Message d'origine --------\nDe : {name} <{email}>\nDate : {slashed} {hour24} (GMT+01:00)\n"
    "À : {to}\nObjet : {subject}",
    "roundcube-fr": "Le {iso} {hour24}, {name} a écrit :",
    "yahoo-fr": "    Le {jour_long} à {hour24} UTC+2, {name} <{email}> a écrit :  ",
    "mail-en": "On {british}, at {hour24}, {name} <{email}> wrote:",
    "yahoo-en": "    On {long} at {hour12}, {name} <{email}> wrote:  ",
    "proton-en": "------- Original Message -------\nOn {long} at {hour12}, {name} <{email}> wrote:",
    "outlook-en": "From: {name} <{email}>\nSent: {long} {hour24}\nTo: {to}\nSubject: {subject}",
    "outlook-phone-fr": (
        "________________________________\nDe : {name} <{email}>\nEnvoyé : {jour} {hour24}\nÀ : {to}\n"
        "Objet : {subject}"
    ),
    "outlook-phone-en": (
        "________________________________\nFrom: {name} <{email}>\nSent: {long} {hour12}\nTo: {to}\n"
        "Subject: {subject}"
    ),
}
PHONE_SIGNATURES = {"fr": "Envoyé de mon iPhone", "en": "Sent from my iPhone"}
PROGRAM_LINES = {  # what a program adds in the place of the person's own signature
    "ipad-fr": "Envoyé de mon iPad",
    "samsung-fr": "Envoyé depuis mon appareil Galaxy",
    "proton-en": "Sent with Proton Mail secure email.",
    "outlook-phone-fr": "Télécharger Outlook pour Android",
    "outlook-phone-en": "Get Outlook for Android",
}
WRAPPED = {"roundcube-fr": 72, "mail-en": 64}  # programs that break the quoted lines anew, at this width
UNMARKED = ("outlook", "message", "samsung")  # programs that quote without a sign before each line


def heading(client: str, answered: Answered) -> str:
    """The line or block above the quoted mail; "" for programs that quote nothing (shops, help desks)."""
    return HEADINGS.get(client, "").format_map(answered.values())


def quotation(client: str, answered: Answered) -> str:
    """Heading and quoted mail as plain text, with the blank lines before it; "" when nothing is quoted."""
    head = heading(client, answered)
    if not head:
        return ""
    if client.startswith(UNMARKED):
        return f"\n\n{head}\n\n{answered.text}"
    text = rewrapped(answered.text, WRAPPED[client]) if client in WRAPPED else answered.text
    return f"\n\n{head}\n\n{marked(text)}"


def rewrapped(text: str, width: int) -> str:
    """Lines broken at a width, as programs do with what they quote; signs of older quotations go with each piece."""
    return "\n".join(piece for line in text.split("\n") for piece in _pieces(line, width))


def _pieces(line: str, width: int) -> list[str]:
    signs = line[: len(line) - len(line.lstrip("> "))]
    room = max(width - len(signs), 20)
    broken = textwrap.wrap(line[len(signs) :], room, break_long_words=False, break_on_hyphens=False)
    return [signs + piece for piece in broken] or [line]


def marked(text: str) -> str:
    """Each line with the sign of quotation before it."""
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
