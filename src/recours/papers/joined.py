"""The slices of a bundle in one file: pages, structure trees, links between slices, feet and bookmarks.

Source of the forms: ISO 32000-1, 14.7 (logical structure), 7.9.6 and 7.9.7 (name and number trees), 12.3 (links, outline);
ISO 14289-1 (PDF/UA).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

LINK = "recours:"  # before the key of a section: a link of a slice to a page that another slice holds
_DESCRIBES = ("/Lang", "/MarkInfo", "/ViewerPreferences", "/OutputIntents", "/Metadata")
_CELLS = (Name.TH, Name.TD)
_PAGES = "{http://ns.adobe.com/xap/1.0/t/pg/}NPages"
_FOOT = b"\nQ /Artifact <</Type /Pagination /Subtype /Footer>> BDC q /RecoursFoot Do Q EMC"


def join(slices: Sequence[Path], feet: Path, marks: Sequence[Mapping[str, Any]], out: Path) -> None:
    """Writes the bundle.

    slices: files that Typst set, tagged, in order; feet: a file of as many pages as they have together, with the foot of
    each; marks: key, title and page (of the whole) of every section, in order.  What the first slice says of itself
    (title, language, standards) is said of the whole.
    """
    with pikepdf.new() as whole:
        tree = _Tree(whole)
        for number, file in enumerate(slices, 1):
            with pikepdf.open(file) as part:
                first = len(whole.pages)
                whole.pages.extend(part.pages)
                tree.take(part, number, first)
                if number == 1:
                    _describe(whole, part)
        tree.plant()
        _lead(whole, marks)
        _stamp(whole, feet)
        with whole.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(m["title"], m["page"] - 1, "Fit") for m in marks)
        if "/Metadata" in whole.Root:
            with whole.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
                said[_PAGES] = str(len(whole.pages))
        whole.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


class _Tree:
    """The structure trees of the slices, each a part of one document.

    Keys of the parent tree and names of header cells are those of a slice: they are numbered on.
    """

    def __init__(self, whole: pikepdf.Pdf) -> None:
        self._whole = whole
        self._root = whole.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._document = whole.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=self._root))
        self._kids: list[pikepdf.Object] = []
        self._parents: list[Any] = []
        self._ids: dict[str, pikepdf.Object] = {}
        self._roles = Dictionary()
        self._next = 0

    def take(self, part: pikepdf.Pdf, number: int, first: int) -> None:
        """The tree of a slice whose pages are already in the whole, from index ``first`` on."""
        tree = self._whole.copy_foreign(part.Root.StructTreeRoot)
        for page in list(self._whole.pages)[first:]:
            for thing, key in _numbered(page):
                thing[key] = int(thing[key]) + self._next
        for top in tree.K:
            top.S, top.P = Name.Part, self._document
            self._kids.append(top)
        numbers = list(tree.ParentTree.Nums)
        for at, owner in zip(numbers[::2], numbers[1::2], strict=True):
            self._parents += (int(at) + self._next, owner)
        self._next += int(tree.ParentTreeNextKey)
        self._roles.update(tree.get("/RoleMap", {}))
        if "/IDTree" in tree:
            self._name(list(tree.IDTree.Names)[1::2], f"{number:03}-")

    def _name(self, cells: Sequence[pikepdf.Object], prefix: str) -> None:
        """Header cells and the cells that name them; a table's names are told nowhere else."""
        tables = {table.objgen: table for cell in cells if (table := _table(cell)) is not None}
        for table in tables.values():
            for cell in _cells(table):
                if "/ID" in cell:
                    named = prefix + str(cell.ID)
                    cell.ID = pikepdf.String(named)
                    self._ids[named] = cell
                for said in cell.get("/A", []):
                    if "/Headers" in said:
                        said.Headers = Array([pikepdf.String(prefix + str(name)) for name in said.Headers])

    def plant(self) -> None:
        """The whole's tree, once every slice is taken."""
        self._document.K = Array(self._kids)
        self._root.K = Array([self._document])
        self._root.ParentTree = self._whole.make_indirect(Dictionary(Nums=Array(self._parents)))
        self._root.ParentTreeNextKey = self._next
        self._root.RoleMap = self._roles
        if self._ids:
            listed = [x for name in sorted(self._ids) for x in (pikepdf.String(name), self._ids[name])]
            names = Dictionary(Names=Array(listed), Limits=Array([listed[0], listed[-2]]))
            self._root.IDTree = Dictionary(Kids=Array([self._whole.make_indirect(names)]))
        self._whole.Root.StructTreeRoot = self._root


def _numbered(page: pikepdf.Page) -> Iterator[tuple[pikepdf.Object, str]]:
    """A page and its links, where they have a key of the parent tree."""
    if "/StructParents" in page.obj:
        yield page.obj, "/StructParents"
    for note in page.obj.get("/Annots", []):
        if "/StructParent" in note:
            yield note, "/StructParent"


def _table(cell: pikepdf.Object) -> pikepdf.Object | None:
    above = cell.get("/P")
    while above is not None and above.get("/S") != Name.Table:
        above = above.get("/P")
    return above


def _cells(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Of a table, in its rows; not those of a table within a cell.  A caption holds marked content, which is a number."""
    below = element.get("/K")
    for kid in below if isinstance(below, Array) else [below]:
        if isinstance(kid, Dictionary):
            if kid.get("/S") in _CELLS:
                yield kid
            else:
                yield from _cells(kid)


def _describe(whole: pikepdf.Pdf, part: pikepdf.Pdf) -> None:
    for key in _DESCRIBES:
        if key in part.Root:
            whole.Root[key] = whole.copy_foreign(part.make_indirect(part.Root[key]))
    for key, value in part.docinfo.items():
        whole.docinfo[key] = str(value)


def _lead(whole: pikepdf.Pdf, marks: Sequence[Mapping[str, Any]]) -> None:
    """Links to other slices become links to pages; a link inside its slice was made of the same kind."""
    pages = {mark["key"]: (whole.pages[mark["page"] - 1].obj, mark["title"]) for mark in marks}
    for page in whole.pages:
        for note in page.obj.get("/Annots", []):
            action = note.get("/A")
            address = str(action.get("/URI", "")) if action is not None else ""
            if address.startswith(LINK) and (found := pages.get(address.removeprefix(LINK))):
                del note["/A"]
                note.Dest = Array([found[0], Name.Fit])
                note.Contents = pikepdf.String(found[1])


def _stamp(whole: pikepdf.Pdf, feet: Path) -> None:
    """The foot of each page, over what it shows, marked as no part of what is read aloud."""
    before, after = whole.make_stream(b"q"), whole.make_stream(_FOOT)
    fonts: dict[bytes, pikepdf.Object] = {}
    with pikepdf.open(feet) as stamps:
        for page, stamp in zip(whole.pages, stamps.pages, strict=True):
            used = stamp.obj.Resources.unparse(resolved=True)
            if used not in fonts:
                fonts[used] = whole.copy_foreign(stamp.obj.Resources)
            form = whole.make_stream(
                stamp.obj.Contents.read_bytes(),
                Type=Name.XObject,
                Subtype=Name.Form,
                BBox=Array(list(page.mediabox)),
                Resources=fonts[used],
            )
            page.add_resource(form, Name.XObject, Name.RecoursFoot)
            shown = page.obj.Contents
            page.obj.Contents = Array([before, *(shown if isinstance(shown, Array) else [shown]), after])
