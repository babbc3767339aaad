"""Who may not come in: other hosts, other sites, other people of this machine, forms of others, too much at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.papers.cases import OWN
from tests.web.site import HOST, TOKEN, Browser

from recours.web import security
from recours.web.app import make_app


def stranger(folder: Path, host: str = HOST) -> TestClient:
    """Somebody without the session's cookie."""
    app = make_app(Browser(folder).desk, TOKEN, frozenset({HOST}))
    return TestClient(app, base_url=f"http://{host}", follow_redirects=False)


@pytest.mark.parametrize("path", ["/", "/case/x/story", "/api/cases", "/api/openapi.json", "/job/x"])
def test_nothing_is_seen_without_the_key(tmp_path: Path, path: str) -> None:
    answer = stranger(tmp_path).get(path)
    assert answer.status_code == 403 and "recours serve" in answer.text


def test_a_wrong_key_opens_nothing(tmp_path: Path) -> None:
    client = stranger(tmp_path)
    assert client.get("/enter?key=guess").status_code == 403
    assert client.get("/enter").status_code == 403
    assert not client.cookies


def test_the_key_leaves_the_address_and_scripts_cannot_read_the_cookie(tmp_path: Path) -> None:
    answer = stranger(tmp_path).get(f"/enter?key={TOKEN}")
    assert answer.status_code == 303 and answer.headers["location"] == "/"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "samesite=strict" in cookie.lower()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:9", "localhost", "127.0.0.1.evil.example:8123"])
def test_another_name_for_this_machine_is_no_way_in(tmp_path: Path, host: str) -> None:
    """DNS rebinding: the browser was made to believe that evil.example is here."""
    client = stranger(tmp_path, host)
    assert client.get(f"/enter?key={TOKEN}").status_code == 403
    client.cookies.set(security.COOKIE, TOKEN)
    assert client.get("/").status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": f"https://{HOST}"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_another_site_s_form_is_refused(tmp_path: Path, headers: dict[str, str]) -> None:
    browser = Browser(tmp_path)
    key = security.form_key(TOKEN)
    answer = browser.client.post("/open", data={"key": key, "path": "/etc"}, headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize("key", ["", "guess", TOKEN])
def test_a_form_without_this_session_s_key_is_refused(tmp_path: Path, key: str) -> None:
    browser = Browser(tmp_path)
    case = browser.open(OWN["demo"] / "mailbox.mbox")
    for path in ("/open", "/language", f"/case/{case}/facts", f"/case/{case}/sent", f"/case/{case}/close"):
        assert browser.client.post(path, data={"key": key}).status_code == 403
    assert len(browser.desk().case(case).dispatches) == 0


def test_the_policy_lets_nothing_run_and_nothing_be_fetched(tmp_path: Path) -> None:
    headers = Browser(tmp_path).client.get("/").headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["cache-control"] == "no-store" and headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../security.py",
        "/static/%2e%2e/security.py",
        "/static/..%2fsecurity.py",
        "/static//etc/passwd",
        "/case/..%2f..%2fetc/story",
        "/case/x/paper/..%2f..%2fx/file/pdf",
    ],
)
def test_no_path_leads_out(tmp_path: Path, path: str) -> None:
    answer = Browser(tmp_path).client.get(path)
    assert answer.status_code in (400, 404)
    assert "root:" not in answer.text and "class Door" not in answer.text


def test_bytes_of_another_case_are_no_paper_of_this_one(tmp_path: Path) -> None:
    browser = Browser(tmp_path)
    case = browser.open(OWN["demo"] / "mailbox.mbox")
    mail = browser.desk().case(case).entries[0].message.sha256
    for tail in ("", "/page/1.png", "/file/pdf"):
        assert browser.get(f"/case/{case}/paper/{mail}{tail}").status_code == 400


def test_too_much_at_once_is_refused_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(security, "MAX_BODY", 50_000)
    browser = Browser(tmp_path)
    answer = browser.post("/open", {"path": ""}, {"files": ("big.mbox", b"x" * 60_000)})
    assert answer.status_code == 413 and "path" in answer.text

    def pieces() -> Iterator[bytes]:
        yield from (b"x" * 10_000 for _ in range(8))

    form = {"content-type": "application/x-www-form-urlencoded"}
    told = browser.client.post("/open", content=pieces(), headers=form)
    assert told.status_code == 413  # no length was told; the bytes are counted


def test_another_user_of_the_machine_cannot_read_the_store(tmp_path: Path) -> None:
    browser = Browser(tmp_path)
    browser.open(OWN["demo"] / "mailbox.mbox")
    assert browser.store.stat().st_mode & 0o077 == 0
    for beside in browser.store.parent.glob("cases.recours-*"):
        assert beside.stat().st_mode & 0o077 == 0


def test_a_calendar_subscribes_by_its_secret_and_sees_nothing_else(tmp_path: Path) -> None:
    browser = Browser(tmp_path)
    browser.open(OWN["demo"] / "mailbox.mbox")
    app = make_app(browser.desk, TOKEN, frozenset({HOST}), "en", "the-secret")
    calendar = TestClient(app, base_url=f"http://{HOST}", follow_redirects=False)
    answer = calendar.get("/feed/the-secret.ics")
    assert answer.status_code == 200 and answer.text.startswith("BEGIN:VCALENDAR") and "VEVENT" in answer.text
    for path in (
        "/feed/guess.ics",
        "/feed/.ics",
        "/",
        "/dates.ics",
        "/api/cases",
        "/feed/the-secret.ics/../../",
    ):
        assert calendar.get(path).status_code in (403, 404), path
    assert calendar.post("/feed/the-secret.ics").status_code == 403
    plain = TestClient(make_app(browser.desk, TOKEN, frozenset({HOST})), base_url=f"http://{HOST}")
    assert plain.get("/feed/.ics").status_code == 403
