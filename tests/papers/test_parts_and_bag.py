"""A bundle in parts, in a bag, without what is not to be shown: each reopened and read again."""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from tests.papers.cases import lamp, own
from tests.papers.test_bundle import picture

from recours.app.add import add
from recours.app.write_paper import BagPlaceError, NoSuchKindError, bag, bundle, hidden_kinds
from recours.papers.bag import bag as bag_files
from recours.papers.exhibits_list import list_exhibits
from recours.papers.metadata import bare_jpeg
from recours.papers.parts import Part, Weighed, cut


def read(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(" ".join(p.get_textpage().get_text_range() for p in document).split())
    finally:
        document.close()


def noise(seed: int) -> bytes:
    """A picture that does not compress."""
    size = 420
    data = hashlib.shake_256(bytes([seed])).digest(size * size * 3)
    out = io.BytesIO()
    Image.frombytes("RGB", (size, size), data).save(out, "JPEG", quality=95)
    return out.getvalue()


def test_each_part_holds_and_says_where_the_rest_is(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    for n in range(6):
        (tmp_path / f"photo-{n}.jpg").write_bytes(noise(n))
    add(desk, case, [tmp_path / f"photo-{n}.jpg" for n in range(6)])
    limit = 700_000
    made = bundle(desk, case, "en", limit)
    assert len(made.parts) > 1
    assert all(len(part) <= limit for part in made.parts)
    texts = [read(part) for part in made.parts]
    count = len(made.parts)
    labels = [e.label for e in list_exhibits(desk.case(case))]
    found = {label: [n for n, t in enumerate(texts, 1) if f"{label} · page" in t] for label in labels}
    assert all(len(where) == 1 for where in found.values())  # each in exactly one part
    for n, text in enumerate(texts, 1):
        assert f"Part {n} of {count}" in text
        for label, where in found.items():
            assert label in text
            if where != [n]:
                assert re.search(rf"{label} .{{0,120}}part {where[0]}\b", text), (label, n)
    assert "Timeline" in texts[0]
    assert bundle(desk, case, "en", limit).parts == made.parts


def test_without_a_limit_there_is_one_part(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    made = bundle(desk, case)
    assert made.parts == (made.pdf,)
    assert "Partie 1" not in read(made.pdf)


def test_a_part_that_turns_out_too_large_is_halved_and_one_exhibit_is_never_cut() -> None:
    weighed = [Weighed(f"P-{n}", 10) for n in range(1, 6)]
    real = {"P-1": 10, "P-2": 400_000, "P-3": 400_000, "P-4": 900_000, "P-5": 10}

    def size(part: Part) -> int:
        return sum(real[label] for label in part.here)

    made = cut(weighed, 500_000, lambda part: part, size)
    assert [label for part in made for label in part.here] == ["P-1", "P-2", "P-3", "P-4", "P-5"]
    assert all(size(part) <= 500_000 or len(part.here) == 1 for part in made)
    assert ("P-4",) in [part.here for part in made]
    assert {part.count for part in made} == {len(made)}


def test_a_bag_is_checked_with_nothing_but_its_manifests(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    (tmp_path / "photo.jpg").write_bytes(picture())
    add(desk, case, [tmp_path / "photo.jpg"])
    folder = tmp_path / "bag"
    exhibits = list_exhibits(desk.case(case))
    assert bag(desk, case, folder, bundle(desk, case)) == len(exhibits) + 1
    assert (folder / "bagit.txt").read_text() == "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    listed = {}
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        for line in (folder / name).read_text().splitlines():
            digest, path = line.split("  ", 1)
            assert hashlib.sha256((folder / path).read_bytes()).hexdigest() == digest
            listed[path] = digest
    payload = {str(p.relative_to(folder)) for p in (folder / "data").rglob("*") if p.is_file()}
    assert payload == {p for p in listed if p.startswith("data/")}
    octets = sum((folder / p).stat().st_size for p in payload)
    assert f"Payload-Oxum: {octets}.{len(payload)}" in (folder / "bag-info.txt").read_text()
    assert {e.sha256 for e in exhibits} <= set(listed.values())


def test_a_bag_does_not_write_over_a_folder_nor_out_of_itself(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    with pytest.raises(BagPlaceError):
        bag(desk, case, tmp_path, bundle(desk, case))
    for path in ("../x", "/x", "a\nb", ""):
        with pytest.raises(ValueError, match="inside a bag"):
            bag_files({path: b""}, desk.today)


def photo_with_a_place() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (48.0, 25.0, 43.0)
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (90, 120, 150)).save(out, "JPEG", exif=exif, comment=b"at my home")
    return out.getvalue()


def test_where_a_photo_was_taken_does_not_reach_the_bundle(tmp_path: Path) -> None:
    data = photo_with_a_place()
    assert b"SecretCamera" in data and Image.open(io.BytesIO(data)).getexif().get_ifd(0x8825)
    (tmp_path / "photo.jpg").write_bytes(data)
    page = pikepdf.new()
    page.add_blank_page(page_size=(200, 200))
    stream = page.make_stream(
        data,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=64,
        Height=48,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    page.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=stream))
    page.pages[0].Contents = page.make_stream(b"q 100 0 0 100 20 20 cm /Im0 Do Q")
    page.docinfo["/Author"] = "SecretAuthor"
    page.save(tmp_path / "scan.pdf")
    desk, case = lamp(tmp_path)
    add(desk, case, [tmp_path / "photo.jpg", tmp_path / "scan.pdf"])
    pictures = 0
    with pikepdf.open(io.BytesIO(bundle(desk, case).pdf)) as document:
        for thing in document.objects:
            if not isinstance(thing, pikepdf.Stream):
                continue
            raw = thing.read_raw_bytes()
            pictures += raw[:2] == b"\xff\xd8"
            shown = raw if raw[:2] == b"\xff\xd8" else thing.read_bytes()
            for word in (b"SecretCamera", b"Exif\0", b"at my home", b"SecretAuthor"):
                assert word not in shown
        assert "SecretAuthor" not in str(document.docinfo)
    assert pictures == 2


def test_a_bare_jpeg_keeps_its_pixels() -> None:
    data = photo_with_a_place()
    bare = bare_jpeg(data)
    assert b"SecretCamera" not in bare and b"at my home" not in bare
    assert Image.open(io.BytesIO(bare)).tobytes() == Image.open(io.BytesIO(data)).tobytes()
    for other in (b"", b"\xff\xd8", b"no picture", data[:30]):
        assert bare_jpeg(other) == other


def test_what_is_to_be_hidden_is_not_read_on_any_page(tmp_path: Path) -> None:
    desk, case = own(tmp_path, "demo", "2026-11-23")
    foreign = {e.label for e in list_exhibits(desk.case(case)) if e.kind == "pdf"}
    before = read(bundle(desk, case, "fr").pdf)
    made = bundle(desk, case, "fr", 0, hidden_kinds("addresses, phones, names"))
    after = read(made.pdf)
    hidden = (
        "Solène",
        "Arcand",
        "Réjean",
        "rue Roussel",
        "G7G 0A0",
        "@courrielle.example",
        "Brent",
        "Marise",
    )
    for word in hidden:
        assert word in before, word
        assert word not in after, word
    assert "KV-20931" in after and "Kootenay Volt" in after
    assert "Retiré à la demande de l'acheteur" in after
    assert "noms de personnes" in after
    assert "Retiré à la demande" not in before
    told = {p.where.split()[0]: p.what for p in made.problems}
    assert foreign and foreign <= told.keys()  # the PDF is named, to be looked at
    assert all("sont noircis" in told[label] for label in foreign)


def test_the_originals_stay_at_home_when_words_were_hidden(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    hidden = hidden_kinds("names")
    assert bag(desk, case, tmp_path / "bag", bundle(desk, case, hidden=hidden), hidden) == 1
    with pytest.raises(NoSuchKindError):
        hidden_kinds("names,faces")
