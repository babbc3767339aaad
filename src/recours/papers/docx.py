"""A paper as .docx, for people who want to edit it: the same words as the PDF, in plain styles.

Source of the form: ECMA-376 (Office Open XML), parts 1 and 2; only what a letter needs of it.  The same model gives the
same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

from recours.papers.blocks import HAND, Block, blocks
from recours.papers.typography import curled

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_MADE = (1980, 1, 1, 0, 0, 0)  # the earliest moment that a zip can say
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2
_SIZES = {"us-letter": (12240, 15840), "a4": (11906, 16838)}  # twentieths of a point
_STYLES = {
    # kind: style, (half-points of text, bold, justification, twentieths of a point before and after)
    "title": ("Title", (28, True, "center", 240, 240)),
    "subject": ("Subject", (22, True, "left", 0, 120)),
    "head": ("Heading1", (22, True, "left", 200, 80)),
    "strong": ("Addressee", (22, True, "left", 120, 0)),
    "line": ("Address", (22, False, "left", 0, 0)),
    "right": ("Day", (22, False, "right", 0, 120)),
    "para": ("Body", (22, False, "left", 0, 120)),
    "item": ("Item", (22, False, "left", 0, 100)),
    "hand": ("Signature", (22, False, "left", 600, 0)),
}


def docx(model: Mapping[str, Any]) -> bytes:
    """model: of any paper, as plain data -> the file's bytes."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("officeDocument", f"{_OFFICE}/relationships/officeDocument", "word/document.xml"),
            ("core", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _core(model),
        "word/document.xml": _document(model),
        "word/styles.xml": _styles(str(model["language"])),
        "word/_rels/document.xml.rels": _relations(
            ("styles", f"{_OFFICE}/relationships/styles", "styles.xml")
        ),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, _MADE)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, (_HEAD + text).encode())
    return out.getvalue()


def _document(model: Mapping[str, Any]) -> str:
    width, height = _SIZES[str(model["paper"])]
    body = "".join(_table(b) if b.kind == "table" else _paragraph(b) for b in blocks(model))
    section = (
        f'<w:sectPr><w:pgSz w:w="{width}" w:h="{height}"/>'
        '<w:pgMar w:top="1134" w:right="1304" w:bottom="1134" w:left="1304" w:header="567" w:footer="567"'
        ' w:gutter="0"/></w:sectPr>'
    )
    return f'<w:document xmlns:w="{_W}"><w:body>{body}{section}</w:body></w:document>'


def _paragraph(block: Block) -> str:
    text = f"{HAND}\n{block.text}" if block.kind == "hand" else block.lines()[0]
    return f'<w:p><w:pPr><w:pStyle w:val="{_STYLES[block.kind][0]}"/></w:pPr>{_run(text)}</w:p>'


def _run(text: str, bold: bool = False) -> str:
    lines = curled(_ILLEGAL.sub("\ufffd", text)).split("\n")
    told = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    return f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}{told}</w:r>"


def _table(block: Block) -> str:
    columns = max(len(row) for row in block.rows)
    grid = "".join("<w:gridCol/>" for _ in range(columns))
    edge = '<w:bottom w:val="single" w:sz="4" w:color="BEBEBE"/><w:insideH w:val="single" w:sz="4" w:color="BEBEBE"/>'
    rows = []
    for n, row in enumerate(block.rows):
        head = block.headed and n == 0
        cells = "".join(
            f'<w:tc><w:p><w:pPr><w:pStyle w:val="Address"/></w:pPr>{_run(cell or ("" if block.headed else HAND), head)}'
            "</w:p></w:tc>"
            for cell in row
        )
        rows.append(f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if head else ''}{cells}</w:tr>")
    properties = f'<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{edge}</w:tblBorders></w:tblPr>'
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _styles(language: str) -> str:
    tongue = {"fr": "fr-CA", "en": "en-CA"}[language]
    defaults = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Georgia" w:hAnsi="Georgia" w:cs="Georgia"/>'
        f'<w:sz w:val="22"/><w:lang w:val="{tongue}"/></w:rPr></w:rPrDefault></w:docDefaults>'
    )
    made = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/><w:pPr>'
        f'<w:spacing w:before="{before}" w:after="{after}"/><w:jc w:val="{side}"/></w:pPr>'
        f'<w:rPr>{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/></w:rPr></w:style>'
        for name, (size, bold, side, before, after) in _STYLES.values()
    )
    return f'<w:styles xmlns:w="{_W}">{defaults}{made}</w:styles>'


def _core(model: Mapping[str, Any]) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{_told(model['title'])}</dc:title><dc:creator>{_told(model['author'])}</dc:creator>"
        f"<dc:language>{_told(model['language'])}</dc:language></cp:coreProperties>"
    )


def _told(text: object) -> str:
    return escape(_ILLEGAL.sub("\ufffd", str(text)))


def _content_types() -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{word}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{word}.styles+xml"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{core}"/></Types>'
    )


def _relations(*links: tuple[str, str, str]) -> str:
    told = "".join(f'<Relationship Id="{i}" Type="{kind}" Target="{target}"/>' for i, kind, target in links)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'
