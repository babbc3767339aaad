"""Help desks, relays and gateways that put their own words around what a person wrote."""

from __future__ import annotations

import re

from recours.reading.quotes.boundaries import announces
from recours.reading.quotes.compare import LONG
from recours.reading.quotes.languages import Patterns
from recours.reading.quotes.lines import Labels
from recours.reading.quotes.witness import Witness

_RULE = re.compile(r"[-_=*—–]{8,}|(?:[-_=*—–~] ){3,}[-_=*—–~]")
_ITEM = re.compile(
    r"(?:about|item|product|listing|au sujet de|objet|order|article|produit|annonce|commande)(?: (?:number|name|id|no|n°|ref\w*))? ?[:#].{2,160}"
    r"|.{3,120} [|·•-] (?:order|commande|ref\w*|item|article)\b.{2,60}"
)  # the line of a marketplace's foot that names what the message is about
NEAR = 10  # lines between two announcements of the same words
FOOT = 8  # lines of such a foot
_HEAD = 3  # lines of a sentence that a relay sets above
_ABOUT = 3  # the same below a message that has only a line above
_BETWEEN_ORNAMENTS = re.compile(r"[-_=*#~]{2,} ?.{2,80} ?[-_=*#~]{2,}")
_COMMENT = re.compile(
    r"(?P<name>[^,;:!?]{2,60}(?:\([^)]{2,60}\))?),? ?(?:le |on )?\(?"
    r"(?=.*\d{1,2} ?[:h] ?\d{2})(?=.*(\d{4}|\d{1,2}[/.]\d{1,2}))[^!?]{8,48}(?:[ap]\.?m\.?|\b[a-z]{2,5}\b|\d{2}|[+-]\d{2,4}|\))?"
)
_TITLE = 4  # lines of it
LONGEST_TITLE = 100
_ORNAMENT = re.compile(r"[|/#·•()\[\]<>]")
_IN_BRACKETS = re.compile(r"\(.+\)|\[.+\]|<.+>|\*.+\*")
_WHO_WHEN = re.compile(
    r"[^|?!]{3,60} [|·•–—] (?=.*\d{4})(?=.*\b(?:[a-z]{3,9}|\d{1,2}[/.-]\d{1,2})\b)[\w .,/:-]{6,40}"
)
_DATE_LINE = re.compile(r"(?=.*\d{1,2} ?[:h] ?\d{2})(?=.*\d{4})(?:[\w.]{2,10},? ){0,2}[\w.,/ :+()-]{8,44}")


def mark_frames(labels: Labels, history: int, p: Patterns, witness: Witness) -> tuple[int, int]:
    """Mark frames; the lines start..end that remain are those in which a person's words stand.

    history: the line with which the first quoted message is announced; a relay's words below it frame that one.
    """
    start, end = _relay(labels, history, p)
    _banners(labels, start, end, p)
    marker = next(
        (i for i in labels.authored(start, end) if p.reply_above.fullmatch(labels.lines[i].said)), None
    )
    if marker is None or not _is_own(labels, marker):
        _head(labels, start, end, p, witness)
        return start, end
    above = labels.authored(start, marker)
    if above and above != [marker - 1]:
        labels.mark(marker, end, "quoted")
        return start, marker
    # A single line right above it is of the desk too (its name): who answers leaves a line between.
    labels.mark(above[0] if above else marker, marker + 1, "frame")
    return _desk(labels, marker + 1, end, p, witness)


def _is_own(labels: Labels, marker: int) -> bool:
    """Not of a quoted message; ">>> answer above <<<" at the very top is an ornament, and no quotation."""
    lines = labels.lines
    alone = not any(one.said for one in lines[:marker]) and not _said_at(labels, marker + 1)
    return alone or not lines[marker].depth


def _relay(labels: Labels, history: int, p: Patterns) -> tuple[int, int]:
    """Marketplace mail: what stands between "begin message" and "end message" is the person's."""
    lines = labels.lines
    start, end = 0, len(lines)
    top = [i for i in range(end) if lines[i].said and not lines[i].depth]
    begins = [i for i in top if i < history and p.relay_begin.fullmatch(lines[i].said)]
    begins = [i for i in begins if not any(x.fullmatch(lines[i].said) for x in (p.relay_end, p.reply_above))]
    begin = next((i for n, i in enumerate(begins) if i + NEAR < (begins[n + 1 :] or [end + NEAR])[0]), None)
    if begin is not None and any(i > begin for i in top):
        labels.mark(0, begin + 1, "frame")
        start = begin + 1
        while start < end - 1 and (
            _RULE.fullmatch(_said_at(labels, start)) or _IN_BRACKETS.fullmatch(_said_at(labels, start))
        ):
            labels.mark(start, start + 1, "frame")
            start += 1
        foot = next((i for i in top if i > start + 1 and _ITEM.fullmatch(lines[i].said)), end)
        if len([i for i in top if i >= foot]) <= FOOT and any(start <= i < foot for i in top):
            labels.mark(foot, end, "frame")
            end = foot
    stop = next((i for i in top if start <= i < end and p.relay_end.fullmatch(lines[i].said)), None)
    if stop is not None and any(start <= i < stop for i in top):
        labels.mark(stop, end, "frame")
        end = stop
    return start, end


def _banners(labels: Labels, start: int, end: int, p: Patterns) -> None:
    """A gateway's warning above the message."""
    for group in labels.paragraphs(labels.authored(start, end))[:2]:
        said = labels.said(group)
        rest = len(labels.authored(start, end)) > len(group)
        if rest and p.disclaimer.fullmatch(said):
            labels.mark(group[0], group[-1] + 1, "disclaimer")
        elif rest and len(group) > 1 and p.disclaimer.fullmatch(labels.lines[group[0]].said):
            labels.mark(group[0], group[0] + 1, "disclaimer")
        else:
            return


def _head(labels: Labels, start: int, end: int, p: Patterns, witness: Witness) -> None:
    """What a desk sets above the message: ticket headers, who writes, and the line that its other mails open with too."""
    _leading(labels, start, end, p)
    _teller(labels, start, end, p)
    left = labels.authored(start, end)
    paragraph = labels.paragraphs(left)[0] if left else []
    for head in (left[:1], paragraph[:_HEAD]):
        below = left[len(head)] if len(head) < len(left) else None
        if head and below is not None and _opens_others(labels.said(head), p, witness):
            said = labels.lines[below].said
            ruled = bool(_RULE.fullmatch(said)) and len(left) > len(head) + 1
            if ruled or below > head[-1] + 1 or p.greeting.fullmatch(said):
                labels.mark(head[0], below + 1 if ruled else head[-1] + 1, "frame")
                return


def _opens_others(said: str, p: Patterns, witness: Witness) -> bool:
    sentence = said.endswith((".", "!", "?", ",", ":")) and not _IN_BRACKETS.fullmatch(said)
    told = len(said) >= LONG or _ORNAMENT.search(said)
    of_the_mail = p.carried.fullmatch(said)
    apart = bool(told) and (of_the_mail or not sentence)
    return apart and not p.greeting.fullmatch(said) and witness.opens(said)


def _leading(labels: Labels, start: int, end: int, p: Patterns) -> None:
    """Ticket headers above the message, as long as something is left below them."""
    for group in labels.paragraphs(labels.authored(start, end)):
        said = labels.said(group)
        if len(labels.authored(start, end)) == len(group) or not (
            p.frame.fullmatch(said) or p.ticket.fullmatch(said)
        ):
            return
        labels.mark(group[0], group[-1] + 1, "frame")


def _teller(labels: Labels, start: int, end: int, p: Patterns) -> None:
    """The title above the message: who writes, between or under rules; what is greeted below it is the message."""
    title: list[int] = []
    for i in labels.authored(start, end)[:_TITLE]:
        said = labels.lines[i].said
        if p.greeting.fullmatch(said) or not (_RULE.fullmatch(said) or _is_title(said, p)):
            break
        title.append(i)
    below = [i for i in labels.authored(start, end) if not title or i > title[-1]]
    apart = title and below and below[0] > title[-1] + 1  # a blank line
    ruled = any(_RULE.fullmatch(labels.lines[i].said) for i in title)
    told = any(not _RULE.fullmatch(labels.lines[i].said) for i in title)
    greeted = below and bool(p.greeting.fullmatch(labels.lines[below[0]].said))
    if told and below and (apart or ruled or greeted):
        labels.mark(title[0], title[-1] + 1, "frame")


def _is_title(said: str, p: Patterns) -> bool:
    """A line that tells who writes, or "who | when"."""
    whole = len(said) <= LONGEST_TITLE and not said.endswith((".", "!", "?", ",")) and not announces(said, p)
    return whole and bool(p.teller.fullmatch(said) or _WHO_WHEN.fullmatch(said))


def _desk(labels: Labels, start: int, end: int, p: Patterns, witness: Witness) -> tuple[int, int]:
    """A help desk's mail: comments, newest first, each under a line that says who and when."""
    heads = [i for i in labels.authored(start, end) if _is_head(labels, i, start)]
    rules = [i for i in labels.authored(start, end) if _RULE.fullmatch(labels.lines[i].said)]
    for i in rules:
        labels.mark(i, i + 1, "frame")
    if not heads:
        _head(labels, start, end, p, witness)
        left = labels.authored(start, end)
        about = next((i for i in left[1:] if _ITEM.fullmatch(labels.lines[i].said)), end)
        if len(labels.authored(about, end)) <= _ABOUT:
            labels.mark(about, end, "frame")
        if rules and labels.authored(rules[-1], end) and labels.authored(start, rules[-1]):
            labels.mark(rules[-1], end, "frame")
            return start, rules[-1]
        return start, end
    first = heads[0]
    above = [
        i for i in labels.authored(start, first) if not _BETWEEN_ORNAMENTS.fullmatch(labels.lines[i].said)
    ]
    if any(_answers(labels.said(group), p) for group in labels.paragraphs(above)):
        labels.mark(above[-1] + 1, end, "quoted")
        _head(labels, start, above[-1] + 1, p, witness)
        return start, above[-1] + 1
    labels.mark(start, first + 1, "frame")
    body = first + 1
    if _DATE_LINE.fullmatch(_said_at(labels, body)):
        labels.mark(body, body + 1, "frame")
        body += 1
    stop = heads[1] if len(heads) > 1 else end
    below = [i for i in rules if i > first]
    cut = min([stop, *below[:1]]) if below and _nothing_but_foot(labels, below[0], stop) else stop
    if len(heads) > 1:
        labels.mark(stop, end, "quoted")
        last = below[-1] if below else end
        if last > heads[-1]:
            labels.mark(last, end, "frame")
    if cut < stop:
        labels.mark(cut, stop, "frame")
    return body, cut


def _answers(said: str, p: Patterns) -> bool:
    """Does somebody say this above the list of comments, or is it of the desk?"""
    desk = any(
        x.fullmatch(said) for x in (p.frame, p.ticket, p.teller, p.standing, p.survey, p.footer, p.disclaimer)
    )
    return not desk and (
        bool(p.greeting.fullmatch(said)) or (len(said) >= LONG and said.endswith((".", "!", "?")))
    )


def _is_head(labels: Labels, i: int, start: int) -> bool:
    """Is this line "who, when", after a rule or a blank line?"""
    lines = labels.lines
    if i > start and lines[i - 1].said and not _RULE.fullmatch(lines[i - 1].said):
        return False
    if _COMMENT.fullmatch(lines[i].said) and len(lines[i].said) <= 110:
        return True
    return len(lines[i].said) <= 60 and i > start and bool(_DATE_LINE.fullmatch(_said_at(labels, i + 1)))


def _said_at(labels: Labels, i: int) -> str:
    return labels.lines[i].said if i < len(labels.lines) else ""


def _nothing_but_foot(labels: Labels, rule: int, stop: int) -> bool:
    """After this rule and before the next comment there are only a few lines: the desk's foot."""
    return len(labels.authored(rule, stop)) <= 4
