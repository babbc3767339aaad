"""The law without a case: a file of facts in, what applies out."""

from __future__ import annotations

from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec
import yaml

from recours.app.assess import packs
from recours.app.show import decided
from recours.casefile.types import CaseFile
from recours.casefile.vocabulary import COUNTRY, REGION, canonical, parse_value
from recours.clock import Clock, parse_day
from recours.errors import RecoursError
from recours.intake.errors import MissingSourceError
from recours.law.check import check
from recours.law.evaluate import decide, is_stale
from recours.law.facts import completed, contract_date_of
from recours.law.pack_tests import run_tests
from recours.law.rules import load_packs
from recours.plan.ladder import ladder


class BadFactsFileError(RecoursError):
    """The facts file is not of the shape {facts: {name: value}, today, contract_date}."""

    def __init__(self, file: Path, why: str) -> None:
        super().__init__(
            {
                "en": f"{file} is not a file of facts: {why}",
                "fr": f"{file} n'est pas un fichier de faits : {why}",
            },
            todo={
                "en": "Write YAML: facts: {name: value, ...}, and if you want: today: YYYY-MM-DD, "
                "contract_date: YYYY-MM-DD.",
                "fr": "Écrivez du YAML : facts: {nom: valeur, ...}, et au besoin : today: AAAA-MM-JJ, "
                "contract_date: AAAA-MM-JJ.",
            },
        )


def decide_file(file: Path, on: str, clock: Clock) -> dict[str, Any]:
    """Rights, deadlines, steps and questions for a file of facts.

    on: the day looked at, YYYY-MM-DD; "" takes the file's ``today``, else the clock's.
    Raises MissingSourceError, BadFactsFileError, BadDateError and the vocabulary's errors.
    """
    content = _read(file)
    given = {
        canonical(str(name)): parse_value(str(name), _text(value))
        for name, value in (content.get("facts") or {}).items()
        if value not in ("", "null", "~")
    }
    facts = completed({name: value for name, value in given.items() if value is not None})
    today = parse_day(on, "--on") if on else _day(content, "today") or clock.today()
    contract = _day(content, "contract_date") or contract_date_of(facts)
    decision = decide(facts, today, contract, packs())
    nobody = CaseFile(id="", title="", language="en", entries=(), facts={})
    return {
        "today": today,
        "contract_date": contract,
        "facts": facts,
        "packs": decision.packs,
        **decided(decision, ladder(nobody, decision, today)),
        "questions": [
            {"fact": q.fact, "ask": q.ask, "why": q.why, "answers": q.answers} for q in decision.questions
        ],
    }


def next_question(file: Path, on: str, clock: Clock) -> dict[str, Any] | None:
    """The one question that settles most for a file of facts, with why it is asked; None when nothing is open.

    Raises what ``decide_file`` raises.
    """
    questions = decide_file(file, on, clock)["questions"]
    return questions[0] if questions else None


class BadPlaceError(RecoursError):
    """A place is no ISO code, or its pack is there already."""

    def __init__(self, place: str, en: str, fr: str) -> None:
        super().__init__(
            {"en": f"{place!r}: {en}", "fr": f"{place!r} : {fr}"},
            todo={
                "en": "Give a country or region as ISO 3166 writes it, for example DE or CA-AB.",
                "fr": "Donnez un pays ou une région selon ISO 3166, par exemple DE ou CA-AB.",
            },
        )


def new_pack(place: str, folder: Path) -> Path:
    """The skeleton of a pack that passes the checks.  place: ISO 3166 code; folder: where packs are written.

    Returns the pack's folder.  Raises BadPlaceError.
    """
    code = place.strip().upper()
    if not (COUNTRY.fullmatch(code) or REGION.fullmatch(code)):
        raise BadPlaceError(place, "is not a country or region", "n'est ni un pays ni une région")
    target = folder / code.lower()
    if target.exists():
        raise BadPlaceError(place, f"{target} is there already", f"{target} existe déjà")
    fact = "consumer.region" if "-" in code else "consumer.country"
    prefix = code.rpartition("-")[2].lower()
    target.mkdir(parents=True)
    for name in ("pack.yaml", "rules.yaml"):
        text = resources.files("recours.law").joinpath(f"skeleton/{name}").read_text(encoding="utf-8")
        filled = text.replace("PLACE", code).replace("FACT", fact).replace("PREFIX", prefix)
        (target / name).write_text(filled.replace("IDENTIFIER", code.lower()), encoding="utf-8")
    return target


def show_rule(rule: str) -> dict[str, Any]:
    """A rule as its pack has it.  Raises NoSuchRuleError."""
    from recours.app.answer import NoSuchRuleError

    found = packs().by_id.get(rule)
    if found is None:
        raise NoSuchRuleError(rule)
    shown: dict[str, Any] = msgspec.to_builtins(found)
    return shown


def run_pack_tests(folder: Path | None = None) -> tuple[str, ...]:
    """What is wrong with the packs as a whole; when nothing is, each of their tests that fails.

    folder: packs that are being written; by default those shipped.  Raises PackError and ExpressionError, with file,
    rule and field, for a pack that cannot even be read.
    """
    law = packs() if folder is None else load_packs(folder)
    return tuple(check(law)) or tuple(run_tests(law))


def stale(today: date) -> tuple[tuple[str, date, str], ...]:
    """Rules whose source was last read more than twelve months before today: id, checked on, mark."""
    return tuple(
        (rule.id, rule.cite.checked_on, rule.cite.mark)
        for rule in packs().by_id.values()
        if is_stale(rule.cite.checked_on, today)
    )


def _read(file: Path) -> dict[str, Any]:
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise MissingSourceError(file, error.strerror or str(error)) from None
    except UnicodeDecodeError:
        raise BadFactsFileError(file, "it is not UTF-8 text") from None
    try:
        content = yaml.load(
            text, Loader=yaml.BaseLoader
        )  # every value as it is written: the vocabulary types it
    except yaml.YAMLError as error:
        raise BadFactsFileError(file, str(error)) from None
    if not isinstance(content, dict) or not isinstance(content.get("facts"), dict):
        raise BadFactsFileError(file, "it has no ``facts:`` table")
    return content


def _day(content: dict[str, Any], name: str) -> date | None:
    value = content.get(name)
    return parse_day(str(value), name) if value is not None else None


def _text(value: object) -> str:
    """A YAML value in the words that ``recours answer`` would take."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return f"{value.get('amount', '')} {value.get('currency', '')}".strip()
    return str(value)
