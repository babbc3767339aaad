"""The JSON interface: described by itself, fed with anything, never broken; the same case as on the screen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.papers.cases import OWN
from tests.web.site import HOST, TOKEN, Browser

from recours.app.assess import assess
from recours.app.show import shown, to_json
from recours.web.app import make_app

BEARER = {"authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> tuple[Browser, str]:
    browser = Browser(tmp_path_factory.mktemp("api"))
    return browser, browser.open(OWN["demo"] / "mailbox.mbox")


def client(browser: Browser) -> TestClient:
    app = make_app(browser.desk, TOKEN, frozenset({HOST}))
    return TestClient(app, base_url=f"http://{HOST}", headers=BEARER)


def test_the_case_is_what_the_terminal_prints(opened: tuple[Browser, str]) -> None:
    browser, case = opened
    desk = browser.desk()
    told = client(browser).get(f"/api/cases/{case}").content
    assert json.loads(told) == json.loads(to_json(shown(assess(desk, desk.case(case)))))
    assert client(browser).get("/api/cases").json() == {"cases": [case]}


def test_answers_papers_sent_and_money(tmp_path: Path) -> None:
    browser = Browser(tmp_path)
    case = browser.open(OWN["demo"] / "mailbox.mbox")
    api = client(browser)
    at = f"/api/cases/{case}"
    said = {"consumer.is_consumer": "yes", "problem.caused_by_consumer": "?"}
    assert api.post(f"{at}/answers", json={"answers": said}).json() == {"kept": list(said)}
    paper = api.post(f"{at}/papers", json={"paper": "demand", "language": "en"}).json()
    assert paper["pages"] == 2 and paper["model"]["title"] == "Formal demand"
    pdf = api.get(f"/case/{case}/paper/{paper['sha256']}/file/pdf")
    assert pdf.content.startswith(b"%PDF")
    left = {"paper": "demand", "on": "2026-11-20", "by": "email"}
    assert api.post(f"{at}/sent", json=left).status_code == 200
    assert api.post(f"{at}/money", json={"amount": "10.00 CAD", "on": "2026-11-21"}).status_code == 200
    whole = api.get(at).json()
    assert whole["sent"][0]["paper"] == "demand" and whole["received"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/api/cases/none", None, 404),
        ("/api/cases/none/answers", {"answers": {"order.total": "1 CAD"}}, 404),
        ("/api/cases/{case}/answers", {"answers": {"order.totl": "1 CAD"}}, 400),
        ("/api/cases/{case}/answers", {"answers": {}}, 422),
        ("/api/cases/{case}/sent", {"paper": "demand", "on": "2030-01-01", "by": "email"}, 400),
        ("/api/cases/{case}/papers", {"paper": "poem"}, 400),
        ("/api/cases/{case}/corrections", {"message": "P-999"}, 400),
    ],
)
def test_what_cannot_be_taken_says_why(
    opened: tuple[Browser, str], path: str, body: dict[str, Any] | None, status: int
) -> None:
    browser, case = opened
    api, url = client(browser), path.format(case=case)
    answer = api.post(url, json=body) if body else api.get(url)
    assert answer.status_code == status, answer.text
    if status < 422:
        assert set(answer.json()) == {"what", "where", "todo"}
        assert all(answer.json()["what"][language] for language in ("fr", "en"))


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    """(method, path, schema of the body) of everything that the description names."""
    app = make_app(lambda: None, TOKEN, frozenset({HOST}))  # type: ignore[arg-type, return-value]
    described = app.openapi()
    found = []
    for path, methods in described["paths"].items():
        for method, about in methods.items():
            body = (
                about.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            )
            name = body.get("$ref", "").rpartition("/")[2]
            found.append((method, path, described["components"]["schemas"].get(name, {})))
    return found


def values(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that a schema allows, and some that it does not."""
    kind = schema.get("type")
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "anyOf" in schema:
        return st.one_of(*map(values, schema["anyOf"]))
    if kind == "object":
        if "properties" not in schema:
            return st.dictionaries(st.text(max_size=20), st.text(max_size=20), max_size=3)
        return st.fixed_dictionaries({k: values(v) for k, v in schema["properties"].items()})
    if kind == "array":
        return st.lists(values(schema["items"]), max_size=3)
    if kind == "boolean":
        return st.booleans()
    return st.none() if kind == "null" else st.text(max_size=30)


def test_the_description_names_every_door() -> None:
    assert {path for _, path, _ in operations()} >= {"/api/cases", "/api/today", "/api/cases/{case}"}
    assert len(operations()) >= 8


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_sent_is_taken_or_refused_and_never_breaks(
    opened: tuple[Browser, str], data: st.DataObject
) -> None:
    browser, case = opened
    method, path, schema = data.draw(st.sampled_from(operations()))
    name = data.draw(st.sampled_from([case, "x", "a%20b", "%00"]))
    url = path.replace("{case}", name)
    api = client(browser)
    answer = api.post(url, json=data.draw(values(schema))) if method == "post" else api.get(url)
    assert answer.status_code in (200, 400, 404, 422), (url, answer.text)
