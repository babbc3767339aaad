"""Taking files: kept byte for byte, known by their bytes, dated by their EXIF."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from PIL import ExifTags, Image, JpegImagePlugin

from recours.intake.errors import MissingSourceError
from recours.intake.from_files import take


def photo(taken: str | None) -> bytes:
    picture = Image.new("RGB", (8, 8), "grey")
    exif = Image.Exif()
    if taken:
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def put(tmp_path: Path, name: str, data: bytes) -> Path:
    (tmp_path / name).write_bytes(data)
    return tmp_path / name


def test_photo_with_its_exif_date(tmp_path: Path) -> None:
    item = take(put(tmp_path, "p.jpg", photo("2026:03:01 14:05:09")))
    assert (item.kind, item.media_type, item.taken_on) == ("photo", "image/jpeg", "2026-03-01T14:05:09")


@pytest.mark.parametrize("taken", [None, "0000", "    :  :     :  :  "])
def test_photo_without_a_usable_date_has_none(tmp_path: Path, taken: str | None) -> None:
    assert take(put(tmp_path, "p.jpg", photo(taken))).taken_on == ""


def test_a_jpeg_of_many_pixels_is_tried_at_a_small_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """400 million pixels, decoded whole, took 1.7 GB and nine seconds."""
    sizes: list[int] = []
    load = JpegImagePlugin.JpegImageFile.load

    def loaded(picture: JpegImagePlugin.JpegImageFile) -> object:
        sizes.append(max(picture.size))
        return load(picture)

    monkeypatch.setattr(JpegImagePlugin.JpegImageFile, "load", loaded)
    out = io.BytesIO()
    Image.new("L", (16_000, 9_000)).save(out, "JPEG", quality=5)
    assert take(put(tmp_path, "large.jpg", out.getvalue())).status == "taken"
    assert max(sizes) <= 2_000
    assert take(put(tmp_path, "cut.jpg", out.getvalue()[:-4_000])).status == "unreadable"


def test_a_heic_photo_is_a_photo_with_its_date() -> None:
    item = take(Path(__file__).with_name("photo.heic"))
    assert (item.kind, item.media_type, item.status) == ("photo", "image/heic", "taken")
    assert item.taken_on == "2026-03-01T14:05:09"


def test_a_broken_heic_photo_is_kept_and_named(tmp_path: Path) -> None:
    data = Path(__file__).with_name("photo.heic").read_bytes()[:300]
    item = take(put(tmp_path, "p.heic", data))
    assert (item.status, item.data) == ("unreadable", data)
    assert "cannot be decoded" in item.problems[0].what


def test_broken_photo_is_kept_and_named(tmp_path: Path) -> None:
    data = photo("2026:03:01 14:05:09")[:200]
    item = take(put(tmp_path, "broken.jpg", data))
    assert item.status == "unreadable"
    assert item.data == data
    assert "broken.jpg" in item.problems[0].where


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.pdf", b"%PDF-1.7\n", "pdf"),
        ("wrong-name.txt", b"%PDF-1.7\n", "pdf"),
        ("calls.md", b"# Appels\n\n## 2026-03-01, 14 h\nRien.\n", "call"),
        ("notes.md", "# Idées\nrien de daté\n".encode(), "note"),
        ("chat.txt", b"[12/03/2026, 14:05:00] Ana: hi\n[12/03/2026, 14:06:00] Shop: hello\n", "chat"),
        ("mail.eml", b"From: a@b.example\nSubject: x\n\nhi\n", "mail"),
        ("x.bin", b"\x00\x01", "other"),
    ],
)
def test_kind_comes_from_the_bytes(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    item = take(put(tmp_path, name, data))
    assert (item.kind, item.sha256) == (kind, hashlib.sha256(data).hexdigest())


def test_empty_file_is_taken_and_said(tmp_path: Path) -> None:
    item = take(put(tmp_path, "empty.pdf", b""))
    assert (item.status, item.reason) == ("nothing_to_take", "the file is empty")


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(MissingSourceError, match=r"gone\.jpg"):
        take(tmp_path / "gone.jpg")
