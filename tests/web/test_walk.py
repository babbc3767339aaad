"""The walk of a shopper who never types a command: from the mailbox to the signed demand, on plain forms."""

from __future__ import annotations

import html
import io
import re
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import yaml
from tests.app.test_ladder import CANCELLED
from tests.papers.cases import OWN, own
from tests.web.site import Browser

from recours.app.send import sent
from recours.money import Money
from recours.web.pages.case import WALK

SCRIPT = yaml.safe_load((OWN["demo"] / "script.yaml").read_text(encoding="utf-8"))
MAILBOX = OWN["demo"] / "mailbox.mbox"


def metadata(pdf: bytes) -> bytes:
    """What the file claims to be (XMP)."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return document.Root.Metadata.read_bytes() if "/Metadata" in document.Root else b""


def answered(browser: Browser, case: str, answers: dict[str, str]) -> int:
    """Answers one question after the other until the next step can be done; how many were asked."""
    count = 0
    browser.get(f"/case/{case}/questions")
    while "can be done already" not in browser.page and "peut déjà se faire" not in browser.page:
        found = re.search(r'name="fact" value="([^"]+)"', browser.page)
        assert found, "nothing more is asked, and nothing can be done"
        said = answers.get(found[1])
        given = {"value": said} if said else {"unknown": "1"}
        browser.post(f"/case/{case}/questions", {"fact": found[1], **given})
        assert browser.status == 200
        count += 1
        assert count < 20, browser.page
    return count


@pytest.mark.parametrize("language", ["fr", "en"])
def test_from_the_mailbox_to_the_signed_demand(tmp_path: Path, language: str) -> None:
    browser = Browser(tmp_path, language=language)
    browser.get("/")
    case = browser.open(MAILBOX)
    assert "/dispute" in browser.url
    for tab in WALK[1:3]:
        browser.get(f"/case/{case}/{tab}")
        assert browser.status == 200
    asked = answered(browser, case, SCRIPT["answers"])
    assert asked <= 6
    for tab in ("rights", "plan"):
        browser.get(f"/case/{case}/{tab}")
        assert browser.status == 200
    assert 'name="paper" value="demand"' in browser.page
    browser.post(f"/case/{case}/papers", {"paper": "demand"})
    assert "/paper/" in browser.url
    assert browser.screens <= 20
    pdf = browser.client.get(f"{browser.url}/file/pdf")
    assert pdf.content.startswith(b"%PDF")
    picture = browser.client.get(f"{browser.url}/page/1.png")
    assert picture.headers["content-type"] == "image/png" and picture.content.startswith(b"\x89PNG")
    for form in ("docx", "eml", "txt"):
        assert browser.client.get(f"{browser.url}/file/{form}").status_code == 200
    form_ = {"paper": "demand", "on": "2026-11-23", "by": "registered_mail", "ref": "RN123456789CA"}
    browser.post(f"/case/{case}/sent", form_)
    assert browser.url.endswith("/after") and "RN123456789CA" in browser.page
    assert [d.paper for d in browser.desk().case(case).dispatches] == ["demand"]


def test_a_second_click_on_sent_is_kept_once(tmp_path: Path) -> None:
    browser = Browser(tmp_path)
    case = browser.open(MAILBOX)
    browser.get(f"/case/{case}/papers")
    form = {"paper": "demand", "on": "2026-11-20", "by": "email"}
    for _ in range(2):
        browser.post(f"/case/{case}/sent", form, {"proof": ("", b"")})
        assert browser.status == 200
    assert len(browser.desk().case(case).dispatches) == 1


def test_proof_and_files_come_by_the_form(tmp_path: Path) -> None:
    browser = Browser(tmp_path)
    case = browser.open(MAILBOX)
    browser.get(f"/case/{case}/after")
    photo = (OWN["demo"] / "photo-1.jpg").read_bytes()
    browser.post(f"/case/{case}/files", {}, {"files": ("../../photo-1.jpg", photo)})
    assert browser.status == 200
    names = [e.attachment.name for e in browser.desk().case(case).evidence]
    assert "photo-1.jpg" in names and not any("/" in name for name in names)
    browser.post(
        f"/case/{case}/sent",
        {"paper": "demand", "on": "2026-11-20", "by": "hand"},
        {"proof": ("receipt.jpg", photo)},
    )
    assert browser.desk().case(case).dispatches[0].proof


def test_money_interest_and_the_end(tmp_path: Path) -> None:
    browser = Browser(tmp_path)
    case = browser.open(MAILBOX)
    browser.get(f"/case/{case}/after")
    browser.post(f"/case/{case}/money", {"amount": "100.00 CAD", "on": "2026-11-20", "state": "final"})
    assert "$299.54 is still missing" in html.unescape(browser.page)
    browser.post(f"/case/{case}/close", {"how": "solved", "why": "all there"})
    assert browser.status == 400 and browser.desk().case(case).closed is None
    browser.get(f"/case/{case}/after")
    browser.post(f"/case/{case}/close", {"how": "abandoned", "why": "enough"})
    closing = browser.desk().case(case).closed
    assert closing and closing.how == "abandoned"


def test_a_correction_wins_and_what_was_made_before_is_stale(tmp_path: Path) -> None:
    browser = Browser(tmp_path)
    case = browser.open(MAILBOX)
    browser.get(f"/case/{case}/papers")
    browser.post(f"/case/{case}/papers", {"paper": "timeline", "paper_language": "en"})
    assert "has changed since" not in browser.page
    browser.get(f"/case/{case}/facts")
    browser.post(
        f"/case/{case}/facts", {"fact": "order.total", "value": "400.00 CAD", "reason": "the receipt"}
    )
    assert browser.status == 200 and "the receipt" in browser.page
    assert browser.desk().case(case).value("order.total") == Money(Decimal("400.00"), "CAD")
    browser.get(f"/case/{case}/papers")
    assert "the case has changed since" in browser.page


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_bundle_is_made_for_an_archive_when_its_box_is_ticked(tmp_path: Path, language: str) -> None:
    browser = Browser(tmp_path, language=language)
    case = browser.open(MAILBOX)
    browser.get(f"/case/{case}/after")
    receipt = (OWN["demo"] / "receipt.pdf").read_bytes()
    browser.post(f"/case/{case}/files", {}, {"files": ("receipt.pdf", receipt)})
    claims = []
    for ticked in ({}, {"archive": "yes"}):
        browser.get(f"/case/{case}/papers")
        assert browser.page.count('name="archive"') == 1 and "PDF/A" in browser.page
        browser.post(f"/case/{case}/papers", {"paper": "bundle", "paper_language": language, **ticked})
        assert "/paper/" in browser.url
        claims.append(b"pdfaid" in metadata(browser.client.get(f"{browser.url}/file/pdf").content))
    assert claims == [False, True]


def test_a_message_is_put_out_and_an_act_is_told(tmp_path: Path) -> None:
    browser = Browser(tmp_path)
    case = browser.open(MAILBOX)
    entries = browser.desk().case(case).entries
    number = next(n for n, e in enumerate(entries) if e.membership.in_dispute is True and e.acts)
    browser.get(f"/case/{case}/message/{number}")
    browser.post(f"/case/{case}/message/{number}", {"what": "out", "reason": "another order"})
    assert browser.desk().case(case).entries[number].membership.in_dispute is False
    browser.post(f"/case/{case}/message/{number}", {"what": "in"})
    words = entries[number].message.text.strip().splitlines()[0]
    browser.post(
        f"/case/{case}/message/{number}",
        {"what": "add", "act": "apologise", "by": "merchant", "words": words},
    )
    assert browser.status == 200
    acts = [a.act for a in browser.desk().case(case).entries[number].acts]
    assert "apologise" in acts
    browser.post(
        f"/case/{case}/message/{number}",
        {"what": "add", "act": "apologise", "by": "merchant", "words": "not there at all"},
    )
    assert browser.status == 400 and "not in the message" in html.unescape(browser.page)


def test_two_windows_on_one_fact_the_second_is_told(tmp_path: Path) -> None:
    browser = Browser(tmp_path)
    case = browser.open(MAILBOX)
    browser.get(f"/case/{case}/facts")
    first = browser.page
    browser.post(f"/case/{case}/facts", {"fact": "order.total", "value": "400.00 CAD"})
    browser.page = first
    browser.post(f"/case/{case}/facts", {"fact": "order.total", "value": "500.00 CAD"})
    assert browser.status == 409
    assert "500.00 CAD" in browser.page and "meanwhile" in browser.page
    assert browser.desk().case(case).value("order.total") == Money(Decimal("400.00"), "CAD")
    browser.page = first  # another fact of the same old page is no conflict
    browser.post(f"/case/{case}/facts", {"fact": "order.number", "value": "KV-1"})
    assert browser.status == 200


def test_a_paper_that_is_refused_says_why(tmp_path: Path) -> None:
    browser = Browser(tmp_path)
    case = browser.open(MAILBOX)
    browser.get(f"/case/{case}/papers")
    browser.post(f"/case/{case}/papers", {"paper": "cancellation"})
    assert browser.status == 409 and "Not yet" in browser.page


@pytest.mark.parametrize(
    ("ground", "title"),
    [
        ("any", "Request for a chargeback"),
        ("statutory", "Request for a chargeback"),
        ("network", "Request to dispute a payment"),
    ],
)
@pytest.mark.parametrize("packed", ["", "1"])
def test_the_ground_of_a_request_to_the_issuer_is_chosen(
    tmp_path: Path, ground: str, title: str, packed: str
) -> None:
    """Old bug: the page wrote on the law's ground whatever one wanted; only the terminal could choose."""
    _, case = own(tmp_path, "never-came", "2026-11-23", *CANCELLED)
    browser = Browser(tmp_path)
    browser.get(f"/case/{case}/papers")
    shown = re.findall(r'<option value="(\w+)">', browser.page)
    assert shown and set(shown) == {"any", "statutory", "network"}
    browser.post(
        f"/case/{case}/papers",
        {"paper": "chargeback", "packed": packed, "paper_language": "en", "reason": ground},
    )
    assert browser.status == 200
    pdf = browser.client.get(f"{browser.url}/file/pdf").content
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        assert title.upper() in document[0].get_textpage().get_text_range()


def test_the_plan_s_button_writes_on_the_ground_of_its_step(tmp_path: Path) -> None:
    """Old bug: under the network's step it wrote the law's request."""
    _, case = own(tmp_path, "never-came", "2026-11-23", *CANCELLED, "demand.sent_on=2026-11-01")
    browser = Browser(tmp_path)
    browser.get(f"/case/{case}/plan")
    assert "(13.1)" in browser.page.split('class="next"')[1].split("</section>")[0]
    assert '<input type="hidden" name="reason" value="network">' in browser.page


@pytest.mark.parametrize("language", ["fr", "en"])
def test_one_request_at_a_time_and_its_refusal_kept_on_the_plan(tmp_path: Path, language: str) -> None:
    desk, case = own(tmp_path, "never-came", "2026-11-23", *CANCELLED)
    sent(desk, case, "chargeback", "2026-11-20", "portal", reason="network")
    browser = Browser(tmp_path, language=language)
    browser.get(f"/case/{case}/plan")
    waits = {
        "fr": "l&#39;émetteur est saisi depuis le 20 novembre 2026",
        "en": "lies with the issuer since November 20, 2026",
    }
    assert waits[language] in browser.page
    browser.get(f"/case/{case}/papers")
    browser.post(f"/case/{case}/papers", {"paper": "chargeback", "reason": "any", "paper_language": "en"})
    assert browser.status == 409 and "2026-11-20" in browser.page and "--reason" not in browser.page
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', browser.page))
    assert (
        again["reason"] == "statutory" and again["paper"] == "chargeback" and again["paper_language"] == "en"
    )
    browser.post(
        f"/case/{case}/papers", {name: again[name] for name in ("paper", "reason", "paper_language")}
    )
    assert browser.status == 200 and "/paper/" in browser.url
    browser.get(f"/case/{case}/plan")
    browser.post(f"/case/{case}/facts", {"fact": "issuer.refused_on", "value": "2026-11-22"})
    assert browser.status == 200
    browser.get(f"/case/{case}/plan")
    assert waits[language] not in browser.page


def test_the_mail_s_html_never_reaches_the_page(tmp_path: Path) -> None:
    browser = Browser(tmp_path)
    case = browser.open(MAILBOX)
    for number, entry in enumerate(browser.desk().case(case).entries):
        browser.get(f"/case/{case}/message/{number}")
        assert browser.status == 200
        assert not re.search(r"<(script|iframe|img|object|style)\b", browser.page, re.I), entry.message.id


def test_the_brief_holds_who_what_and_when(tmp_path: Path) -> None:
    browser = Browser(tmp_path)
    case = browser.open(MAILBOX)
    browser.get(f"/case/{case}/brief")
    assert all(word in browser.page for word in ("Solène Arcand", "Réjean Arcand", "Kootenay Volt", "399.54"))


def test_what_is_no_mailbox_is_told(tmp_path: Path) -> None:
    browser = Browser(tmp_path)
    browser.post("/open", {"path": str(tmp_path / "nothing.mbox")})
    for _ in range(100):
        if browser.status != 200:
            break
        browser.get(browser.url)
    assert browser.status == 400 and "nothing.mbox" in browser.page
    browser.get("/")
    browser.post("/open", {"path": ""})
    assert browser.status == 400 and "No mailbox was given" in browser.page


def test_a_mailbox_that_is_sent_is_read_and_its_copy_removed(tmp_path: Path) -> None:
    browser = Browser(tmp_path)
    browser.get("/")
    browser.post("/open", {"path": ""}, {"files": ("Boîte d'envoi.mbox", MAILBOX.read_bytes())})
    browser.wait()
    assert "/dispute" in browser.url


def test_photos_that_are_sent_with_the_mailbox_are_in_the_case(tmp_path: Path) -> None:
    """Old bug: what was no mail among the files that were sent was thrown away without a word."""
    files = [
        ("files", (name, (MAILBOX.parent / name).read_bytes()))
        for name in ("mailbox.mbox", "photo-1.jpg", "calls.md")
    ]
    for wanted in ("", "yes"):
        browser = Browser(tmp_path / (wanted or "no"))
        browser.get("/")
        browser.post("/open", {"path": "", "with_files": wanted}, files)
        browser.wait()
        assert "/dispute" in browser.url
        assert ("files that lay with the mail are in the case too" in browser.page) is bool(wanted)
        assert "photo-1.jpg" in browser.page
        browser.get(browser.url.partition("/dispute")[0] + "/story")
        assert ("13:40" in browser.page or "call" in browser.page.lower()) or not wanted


def test_the_speaker_and_the_day_of_a_message_are_corrected_in_two_clicks(tmp_path: Path) -> None:
    browser = Browser(tmp_path)
    case = browser.open(MAILBOX)
    entries = browser.desk().case(case).entries
    number = next(n for n, e in enumerate(entries) if any(a.act == "refuse" for a in e.acts))
    name = entries[number].message.id
    browser.get(f"/case/{case}/message/{number}")
    browser.post(f"/case/{case}/message/{number}", {"what": "speaker"})
    browser.post(browser.url.removeprefix("http://127.0.0.1:8123"), {"what": "date", "on": "2026-11-20"})
    assert browser.status == 200
    entry = next(e for e in browser.desk().case(case).entries if e.message.id == name)
    assert entry.membership.direction == "sent" and entry.message.date
    assert entry.message.date.date().isoformat() == "2026-11-20"


def test_a_restart_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    browser = Browser(tmp_path)
    case = browser.open(MAILBOX)
    browser.get(f"/case/{case}/questions")
    browser.post(f"/case/{case}/questions", {"fact": "consumer.is_consumer", "value": "yes"})
    again = Browser(tmp_path)  # another process: another session, the same store
    again.get(f"/case/{case}/facts")
    assert again.status == 200 and 'id="consumer.is_consumer"' in again.page
    again.get("/job/gone")
    assert again.status == 400 and "list of cases" in again.page


def test_another_dispute_of_the_mailbox_is_chosen_with_a_click(tmp_path: Path) -> None:
    browser = Browser(tmp_path)
    first = browser.open(MAILBOX)
    found = re.search(r'name="about" value="([^"]+)"', browser.page)
    assert found, browser.page
    second = browser.open(MAILBOX, about=found[1])
    assert second != first and set(browser.desk().store.cases()) == {first, second}
