"""IMS content packages: QTI packages of every version, and Common Cartridge, which holds QTI 1.2, links and pages.

What a file is, its first element says; the manifest gives the order, the title, the licence and the author.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from functools import partial
from xml.etree.ElementTree import Element

from headway.standards.content.desk import Desk
from headway.standards.content.neutral import Link, Package
from headway.standards.content.qti1 import read_bank
from headway.standards.content.qti2 import ITEMS, form_of, plain_names, question_of
from headway.standards.content.xml import descendants, inner_text, read_xml, text_at
from headway.standards.errors import ImportProblem

MANIFEST = "imsmanifest.xml"
OTHER = {
    "topic": "A discussion was left out: it has no answer that can be checked.",
    "cartridge_basiclti_link": "A tool of another provider was left out: connect it as a tool.",
    "assignment": "A task to hand in was left out: a person has to read it.",
    "assessmentTest": "The test's own order and sections were left out: a path chooses what is next.",
    "qti-assessment-test": "The test's own order and sections were left out: a path chooses what is next.",
}


def read_package(files: Mapping[str, bytes], name: str) -> Package:
    """Read a package, or one file of QTI. Raises ImportProblem."""
    desk = Desk(files=files)
    manifest = _manifest(files)
    title = _title(manifest) if manifest is not None else ""
    read = 0
    for path in _in_order(files, manifest):
        if path.endswith(MANIFEST) or not files[path].lstrip()[:200].startswith(
            (b"<", b"\xef\xbb\xbf<", b"\xff\xfe", b"\xfe\xff")
        ):
            continue
        read += _read_one(desk, read_xml(files[path], path), path, title)
    if not read:
        raise ImportProblem("There is no question and no link in it.", name, "Export the questions too.")
    pages = sum(path.lower().endswith((".html", ".htm")) for path in files)
    if pages:
        desk.ledger.defect("pages", name, f"{pages} pages to read were left out.")
    form = "qti"
    source = name.rsplit(".", 1)[0]
    more = {"licence": _licence(manifest), "author": _author(manifest)} if manifest is not None else {}
    return desk.package(form, source, title, **more)


def _read_one(desk: Desk, root: Element, path: str, title: str) -> int:
    """Lay down what a file holds; 1 if it was something that is known."""
    desk.at = posixpath.dirname(path)
    if root.tag == "questestinterop":
        read_bank(desk, root, path, title)
    elif root.tag in ITEMS:
        item = plain_names(root)
        where = f"{path}, {item.get('title') or item.get('identifier', '')}"
        desk.take(form_of(item), where, partial(question_of, desk, item, title))
    elif root.tag in ("webLink", "weblink"):
        _link(desk, root, path)
    elif root.tag in OTHER:
        desk.ledger.defect(f"other {root.tag}", path, OTHER[root.tag])
        return int(root.tag != "topic")
    else:
        return 0
    return 1


def _link(desk: Desk, root: Element, path: str) -> None:
    found = root.find("url")
    address = found.get("href", "") if found is not None else ""
    desk.lead(path, lambda: Link(path, text_at(root, "title"), address))


def _manifest(files: Mapping[str, bytes]) -> Element | None:
    found = sorted((path for path in files if posixpath.basename(path) == MANIFEST), key=len)
    return read_xml(files[found[0]], found[0]) if found else None


def _in_order(files: Mapping[str, bytes], manifest: Element | None) -> list[str]:
    """XML files, first as the manifest lists them."""
    named: list[str] = []
    for resource in manifest.iter("resource") if manifest is not None else ():
        named += [resource.get("href", ""), *(file.get("href", "") for file in resource.findall("file"))]
    rest = sorted(path for path in files if path.lower().endswith((".xml", ".qti")))
    return [
        path
        for path in dict.fromkeys([*named, *rest])
        if path in files and path.lower().endswith((".xml", ".qti", ".dat"))
    ]


def _title(manifest: Element) -> str:
    for title in descendants(manifest, "title"):
        text = inner_text(title)
        if text:
            return text[:200]
    return ""


def _licence(manifest: Element) -> str:
    for rights in descendants(manifest, "rights"):
        text = inner_text(rights.find("description"))
        if text:
            return " ".join(text.split())[:300]
    return ""


def _author(manifest: Element) -> str:
    for contribute in descendants(manifest, "contribute"):
        text = inner_text(contribute.find("centity")) or inner_text(contribute.find("entity"))
        if text and "BEGIN:VCARD" not in text:
            return text[:200]
    return ""
