"""The end of what somebody wrote: closing formula and typed name, signature, disclaimer, survey, footer.

Read upwards from the end.  What looks like a sentence stops the search: in doubt the words are the author's.
"""

from __future__ import annotations

import re

from recours.reading.quotes.languages import Patterns, plain
from recours.reading.quotes.lines import Labels
from recours.reading.quotes.witness import Witness
from recours.reading.types import Message, SpanKind

BLOCK = 14  # lines that a closing and its signature may take
LONGEST = 200  # last lines of a long text that are looked at
DEVICE = 9  # words of a device's line that stands between paragraphs
CARD = 8  # lines of a name and how to reach its bearer
FOOT = 40  # last lines among which a line of dashes may open a signature or a foot
_DASHES = re.compile(r"(--|—|_{2,}|-{3,}|\*{3,}|={3,}|~{3,}) ?")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_CONTACT = re.compile(
    r"\S{1,64}@\S{1,80}\.\w|https?://|\bwww\.|(?:\+?\d[\d ().-]{7,}\d)|\b\d{5}\b|\b[a-z]\d[a-z] ?\d[a-z]\d\b|"
    r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b| \| |\b(tel|tél|fax|mob|cell|poste|ext)\b\.? ?:?|^\d{1,5},? ?\w",
)
# What a receipt says, and no signature: an amount ("SAS au capital de 10 000 €" is a company's foot).
_AMOUNT = re.compile(
    r"(?!.*\bcapital\b).*(?:[$€£] ?\d|\d ?[$€£](?!\w)|\d[.,]\d\d ?(?:cad|usd|eur|gbp)\b)", re.DOTALL
)
_SENTENCE_END = (".", "?", "!", "…", ":", ";")


class Sender:
    """What the sender may be called at the end of a message."""

    def __init__(self, message: Message) -> None:
        local, _, domain = message.sender.email.partition("@")
        label = domain.split(".")[-2] if domain.count(".") else domain
        name = plain(message.sender.name.split("@")[0])
        self.words = {w.strip(".") for w in re.findall(r"[^\W\d_]{2,}", name)}
        self.words |= {w for w in re.split(r"[._\d-]+", local) if len(w) > 2}
        self.label = label
        self.company = self.words | {w for w in re.split(r"[-_]", label) if len(w) > 2}
        self.initials = {w[0] for w in self.words}


def mark_tail(labels: Labels, start: int, end: int, p: Patterns, message: Message, witness: Witness) -> None:
    """Mark the end of lines start..end, the last stretch first, until one that says something is reached."""
    sender = Sender(message)
    groups = labels.paragraphs(labels.authored(start, end))
    for group in groups:
        said = labels.said(group)
        if len(groups) > 1 and len(said.split()) <= DEVICE and p.of_device(said):
            labels.mark(group[0], group[-1] + 1, "signature")
    while True:
        block = _last_stretch(labels, start, end)
        if not block:
            return
        before = len(block)
        _end_of(labels, block, p, sender, witness, sole=not labels.authored(start, block[0]))
        left = labels.authored(block[0], block[-1] + 1)
        if left or not before:
            return
        if not labels.authored(start, block[0]):
            return


def _last_stretch(labels: Labels, start: int, end: int) -> list[int]:
    """The last lines of the author's that no quotation divides."""
    stretch: list[int] = []
    for i in range(end - 1, start - 1, -1):
        if not labels.lines[i].said:
            continue
        if labels.kind[i] == "authored":
            stretch.append(i)
        elif stretch:
            break
    return stretch[::-1]


def _end_of(
    labels: Labels, block: list[int], p: Patterns, sender: Sender, witness: Witness, sole: bool
) -> None:
    if len(block) > LONGEST:
        block, sole = block[-LONGEST:], False
    _delimited(labels, block, p, sole)
    while True:
        left = [i for i in block if labels.kind[i] == "authored"]
        paragraphs = labels.paragraphs(left)
        if not paragraphs:
            return
        if _pop(labels, paragraphs, p, sender, witness, sole):
            continue
        if _close(labels, paragraphs, p, sender, sole):
            continue
        return


def _delimited(labels: Labels, block: list[int], p: Patterns, sole: bool) -> None:
    """ "-- " and what follows it: a signature, when it is short."""
    for n, i in list(enumerate(block))[-FOOT:]:
        if _DASHES.fullmatch(labels.lines[i].said) and (n or not sole):
            rest = block[n + 1 :]
            short = len(rest) <= 12 and all(len(labels.lines[k].said) <= 200 for k in rest)
            whole = all(_foot(labels.said(g), p) for g in labels.paragraphs(rest))
            strict = labels.lines[i].said in ("--", "-- ", "—", "__")
            if whole or (strict and short):
                labels.mark(i, block[-1] + 1, "signature")
                for g in labels.paragraphs(rest):
                    kind = _foot(labels.said(g), p)
                    if kind:
                        labels.mark(g[0], g[-1] + 1, kind)
                return


def _foot(said: str, p: Patterns) -> SpanKind | None:
    """Is this paragraph what a device, a gateway, a help desk or a notice adds?"""
    if p.of_device(said):
        return "signature"
    if p.disclaimer.fullmatch(said) or p.footer.fullmatch(said):
        return "disclaimer"
    if p.frame.fullmatch(said) or p.survey.fullmatch(said) or _DASHES.fullmatch(said):
        return "frame"
    return None


def _standing(labels: Labels, paragraphs: list[list[int]], p: Patterns, witness: Witness) -> bool:
    """Is the last paragraph what a relay or a desk sets under every message?  It stands below a rule or a closing, or
    other mails have it too."""
    last, above = paragraphs[-1], paragraphs[-2] if len(paragraphs) > 1 else []
    if not above or len(last) > 3 or len(labels.said(last)) > 260:
        return False
    closed = any(
        p.closing.fullmatch(labels.lines[i].said) or p.thanks.fullmatch(labels.lines[i].said) for i in above
    ) or _DASHES.fullmatch(labels.lines[above[-1]].said)
    lines = [i for i in last if not _DASHES.fullmatch(labels.lines[i].said)]
    ruled = len(lines) < len(last)
    said = labels.said(lines)
    return bool(lines and p.standing.fullmatch(said) and (closed or ruled or witness.stands(said)))


def _pop(
    labels: Labels, paragraphs: list[list[int]], p: Patterns, sender: Sender, witness: Witness, sole: bool
) -> bool:
    """Take one foot paragraph, or foot line, from the end.  Never the only words of the message."""
    last = paragraphs[-1]
    only = sole and len(paragraphs) == 1
    for n, group in enumerate(paragraphs):  # a survey takes the rest with it
        if (n or not sole) and p.survey.fullmatch(labels.lines[group[0]].said):
            labels.mark(group[0], last[-1] + 1, "frame")
            return True
    said = labels.said(last)
    kind = _foot(said, p)
    if kind and (not only or p.of_device(said)):
        labels.mark(last[0], last[-1] + 1, kind)
        return True
    kind = _foot(labels.lines[last[-1]].said, p)
    if kind and len(last) > 1:
        labels.mark(last[-1], last[-1] + 1, kind)
        return True
    if only:
        return False
    if _standing(labels, paragraphs, p, witness):
        labels.mark(last[0], last[-1] + 1, "frame")
        return True
    for n in range(1, len(last)):  # a disclaimer set right under the words
        if _foot(labels.said(last[n:]), p) == "disclaimer" and len(last) - n <= 8:
            labels.mark(last[n], last[-1] + 1, "disclaimer")
            return True
    above = labels.said(paragraphs[-2]) if len(paragraphs) > 1 else ""
    address = len(last) <= 3 and bool(_CONTACT.search(said)) and not said.endswith(("?", "!"))
    if address and (_company_line(said, p, sender) or (above and p.footer.fullmatch(above))):
        labels.mark(last[0], last[-1] + 1, "disclaimer")
        return True
    card = len(said) > 60 and not said.endswith("?") and _contacts(said) and witness.recurs(said)
    if card or (not above.endswith(":") and _name_card(labels, last, p, sender)):
        labels.mark(last[0], last[-1] + 1, "signature")
        return True
    return False


def _name_card(labels: Labels, last: list[int], p: Patterns, sender: Sender) -> bool:
    """The sender's name alone on a line, under it how to reach them, and maybe a motto: short lines without an amount."""
    bodies = [labels.lines[i].body for i in last]
    return (
        3 <= len(last) <= CARD
        and len(bodies[0].split()) <= 4
        and _named(bodies[0], p, sender, strict=False)
        and any(_CONTACT.search(labels.lines[i].said) for i in last[1:])
        and all(len(body) <= 100 and not _AMOUNT.match(plain(body)) for body in bodies)
    )


def _contacts(said: str) -> bool:
    return len(_CONTACT.findall(said)) > 1 or " | " in said


def _company_line(said: str, p: Patterns, sender: Sender) -> bool:
    """ "Maple Shop Inc., 12 Foundry Lane ...": the sender's own name, then a mark or the end."""
    head = re.split(r"\s[-–—|·•]\s|[,|(·•\n]|\.\s", said)[0]
    words = [w for w in re.findall(r"[^\W\d_]{2,}", head) if w not in p.name_particles]
    legal = [w for w in words if w in p.legal_forms]
    named = [w for w in words if w in sender.company or (len(w) > 4 and w in sender.label)]
    whole = len(named) + len(legal) >= len(words) or (
        len(words) > 2 and len(words[0]) > 2 and words[0] in p.legal_forms
    )
    return bool(named) and len(words) <= 7 and whole


def _close(labels: Labels, paragraphs: list[list[int]], p: Patterns, sender: Sender, sole: bool) -> bool:
    """Find the closing formula or name above which the author's words end; mark it and what is below it."""
    lines = [i for group in paragraphs for i in group]
    last_of = {i: group for group in paragraphs for i in group}
    kept = _postscript(labels, paragraphs, p)
    if kept:
        lines = [i for i in lines if i not in kept]
    top: int | None = None
    n = len(lines) - 1
    while n >= 0 and len(lines) - n <= BLOCK:
        i = lines[n]
        group = last_of[i]
        if len(group) <= 5 and i == group[-1] and p.closing.fullmatch(labels.said(group)):
            n -= len(group)
            top = n + 1
            continue
        below = lines[n + 1 :]
        if _formula(labels, i, below, group, p, sender) or _name(labels, i, lines[:n], below, p, sender):
            top = n
        elif not _tailish(labels.lines[i].body, p):
            break
        n -= 1
    if top is None:
        return False
    if top == 0 and sole and not kept:
        top = next((n for n in range(len(lines)) if not _is_formula(labels.lines[lines[n]].said, p)), None)
        if top is None or top == 0:
            return False
    _label(labels, lines[top:], p)
    return True


def _is_formula(said: str, p: Patterns) -> bool:
    return bool(p.closing.fullmatch(said) or p.thanks.fullmatch(said))


def _label(labels: Labels, lines: list[int], p: Patterns) -> None:
    """Formula and first name are the closing; what follows is the signature."""
    closing, named = True, False
    for i in lines:
        said = labels.lines[i].said
        formula = _is_formula(said, p)
        if named or not (closing and (formula or len(said.split()) <= 5 or p.closing.search(said))):
            closing = False
        kind = _foot(said, p) or ("closing" if closing else "signature")
        labels.mark(i, i + 1, kind)
        named = named or not formula


def _postscript(labels: Labels, paragraphs: list[list[int]], p: Patterns) -> set[int]:
    for n in range(len(paragraphs) - 1, max(len(paragraphs) - 4, 0), -1):
        if p.postscript.fullmatch(labels.lines[paragraphs[n][0]].said):
            return {i for group in paragraphs[n:] for i in group}
    return set()


def _formula(labels: Labels, i: int, below: list[int], group: list[int], p: Patterns, sender: Sender) -> bool:
    """A formula alone on its line, or with the name.  "Thank you!" is a closing only right above a name."""
    said = labels.lines[i].said
    if p.closing.fullmatch(said):
        return True
    together = p.closing_start.fullmatch(said)
    if together and _named(together["name"], p, sender, strict=True):
        return True
    if not p.thanks.fullmatch(said) or said.endswith("?"):
        return False
    following = labels.lines[below[0]].body if below else ""
    if not following:
        return said.endswith(",")
    adjacent = below[0] in group
    return (adjacent or not said.endswith((".", "!"))) and _short_name(following, p)


def _short_name(body: str, p: Patterns) -> bool:
    words = plain(body).split()
    return (
        0 < len(words) <= 6 and not body.rstrip().endswith(("?", "!", ":")) and words[0] not in p.not_a_name
    )


def _name(labels: Labels, i: int, above: list[int], below: list[int], p: Patterns, sender: Sender) -> bool:
    """Is this line the sender's name?  Known from the address, or alone at the very end after a sentence."""
    body, said = labels.lines[i].body, labels.lines[i].said
    if _AMOUNT.match(said) or (p.greeting.fullmatch(said) and (said.endswith(",") or not above)):
        return False
    if above and above[-1] == i - 1 and labels.lines[i - 1].said.endswith(":"):
        return False  # "My address:" and the name under it are what the author says
    if above and _is_formula(labels.lines[above[-1]].said, p) and _short_name(body, p) and _tailish(body, p):
        return True
    if _named(body, p, sender, strict=False) or (_company_line(said, p, sender) and _tailish(body, p)):
        return not (said.endswith(",") and not above)
    if len(said) <= 70 and p.team.fullmatch(said) and body[:1].isupper() and above:
        return not said.endswith(_SENTENCE_END) and _ends_sentence(labels, above[-1])
    words = body.split()
    alone = not below and above and above[-1] != i - 1 and _ends_sentence(labels, above[-1])
    capital = all(_WORD.fullmatch(w) and w[:1].isupper() for w in words) and len(words) <= 3
    plain_words = {w.strip(".") for w in said.split()}
    return bool(alone and capital and not plain_words & p.not_a_name and not said.endswith(("!", "?")))


def _ends_sentence(labels: Labels, i: int) -> bool:
    return labels.lines[i].said.endswith((".", "?", "!", "…", ")", ",", ":)"))


def _named(body: str, p: Patterns, sender: Sender, *, strict: bool) -> bool:
    """Words up to the first mark are the sender's: a known first word or initial, then capitalised words."""
    head = re.split(r"\s[-–—|/·•]\s|[,|(·•]", body.strip())[0].strip()
    words = _WORD.findall(head)
    if (
        not words
        or len(words) > 5
        or re.search(r"[\d?!:;]", head)
        or " ".join(words) != " ".join(head.split())
    ):
        return False
    said = [plain(w).strip(".") for w in words]
    known = [w in sender.words or bool(set(re.split(r"[-']", w)) & sender.words) for w in said]
    if not any(known):
        return False
    if head != body.strip() and len(body.split()) > 14:
        return False
    for word, text, yes in zip(said, words, known, strict=True):
        initial = len(word) == 1 and (word in sender.initials or text.isupper())
        if not (yes or initial or word in p.name_particles or (not strict and text[:1].isupper())):
            return False
    return known[0] or len(said[0]) == 1 or said[0] in p.name_particles or all(known[1:])


def _tailish(body: str, p: Patterns) -> bool:
    """Could this line stand under a name: short, an address, a telephone, a title; not a sentence."""
    said = plain(body)
    words = said.split()
    if _foot(said, p):
        return True
    if len(said) > 140 or p.greeting.fullmatch(said) or _AMOUNT.match(said):
        return False
    contact = bool(_CONTACT.search(said)) and len(words) <= 18
    if said.endswith(("?", "!")) and " @ " not in said:  # "Owner @ Acme!"
        return False
    last = words[-1].rstrip(".") if words else ""
    ends = said.endswith((".", "…", ":", ";")) and last not in p.legal_forms and len(last) > 1
    if ends and not (contact and len(words) <= 10):
        return len(words) <= 2 and not said.endswith(":")
    return contact or len(words) <= 9
