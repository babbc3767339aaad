"""A person corrects the reading of a message: in or out of the dispute, an act that is not there, one that was missed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time

from recours.app.days import past_day
from recours.app.desk import Desk
from recours.casefile.events import AddedAct, Corrected
from recours.casefile.types import CaseFile, Entry
from recours.errors import RecoursError
from recours.papers.exhibits_list import list_exhibits
from recours.reading.acts.tables import act_names
from recours.reading.types import Side
from recours.text import Quote


class NoSuchMessageError(RecoursError):
    """The case has no message of that id or exhibit label."""

    def __init__(self, name: str) -> None:
        super().__init__(
            {"en": f"The case has no message {name!r}", "fr": f"Le dossier n'a pas de message {name!r}"},
            todo={
                "en": "Give an exhibit's label (P-7) or a message's id: recours show CASE --json",
                "fr": "Donnez le numéro d'une pièce (P-7) ou l'identifiant d'un message : recours show DOSSIER --json",
            },
        )


class NoSuchActError(RecoursError):
    """No act of that name, or the message does not do it."""

    def __init__(self, act: str) -> None:
        names = ", ".join(act_names())
        super().__init__(
            {"en": f"There is no act {act!r} here", "fr": f"Il n'y a pas d'acte {act!r} ici"},
            todo={"en": f"Acts: {names}", "fr": f"Actes : {names}"},
        )


class WordsNotThereError(RecoursError):
    """The words that an act would stand on are not in the message."""

    def __init__(self, words: str) -> None:
        super().__init__(
            {
                "en": f"These words are not in the message: {words!r}",
                "fr": f"Ces mots ne sont pas dans le message : {words!r}",
            },
            todo={
                "en": "Copy them exactly: an act stands on the message's own words.",
                "fr": "Copiez-les exactement : un acte repose sur les mots du message.",
            },
        )


def correct(
    desk: Desk,
    case: str,
    message: str,
    *,
    in_dispute: bool | None = None,
    drop: Sequence[str] = (),
    add: Sequence[tuple[str, Side, str]] = (),
    speaker: Side | None = None,
    on: str = "",
    reason: str = "",
) -> Corrected:
    """Keep a correction.  message: an exhibit's label or a message id; add: (act, side, the message's exact words);
    speaker: who wrote or spoke; on: YYYY-MM-DD, the local day that it was; its hour stays.

    Raises NoSuchMessageError, NoSuchActError, WordsNotThereError, BadDateError, FutureDayError.
    """
    file = desk.case(case)
    entry = _entry(file, message)
    there = {a.act for a in entry.acts}
    for act in drop:
        if act not in there:
            raise NoSuchActError(act)
    kept = Corrected(
        message=entry.message.id,
        in_dispute=in_dispute,
        drop=tuple(drop),
        add=tuple(_added(entry, *one) for one in add),
        direction="" if speaker is None else "sent" if speaker == "consumer" else "received",
        date=_moved(desk, entry, on) if on else None,
        reason=reason,
    )
    desk.record(case, [kept])
    return kept


def _entry(case: CaseFile, name: str) -> Entry:
    labels = {e.label: e.message for e in list_exhibits(case) if e.message}
    wanted = labels.get(name.upper(), name)
    found = next((e for e in case.entries if e.message.id == wanted), None)
    if found is None:
        raise NoSuchMessageError(name)
    return found


def _moved(desk: Desk, entry: Entry, on: str) -> datetime:
    """The same hour on another day; noon UTC where the hour is not known."""
    was = entry.message.date
    clock = was.timetz() if was else time(12, tzinfo=UTC)
    return datetime.combine(past_day(desk, on), clock)


def _added(entry: Entry, act: str, by: Side, words: str) -> AddedAct:
    if act not in act_names():
        raise NoSuchActError(act)
    start = entry.message.text.find(words) if words else -1
    if start < 0:
        raise WordsNotThereError(words)
    quote = Quote(message=entry.message.id, start=start, end=start + len(words), text=words)
    return AddedAct(act=act, by=by, quote=quote)
