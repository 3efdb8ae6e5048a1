"""Where a reader of a format lays down what it finds: questions, losses, pictures. The same for all formats."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from headway.core.curriculum.outside import LONGEST_TITLE, frame_of, plain_address
from headway.standards.content.neutral import Link, Package, Question
from headway.standards.content.pictures import MOST_BYTES, name_of
from headway.standards.content.words import NEEDED, html_words, tree_words
from headway.standards.plain import plain
from headway.standards.report import Ledger

MOST_QUESTIONS = 100_000
MOST_LINKS = 5_000

LOST = {
    "script": "A script was left out; what it draws is missing, so no path offers the question.",
    "drawing": "A drawing (SVG) was left out, so no path offers the question.",
    "frame": "A frame from elsewhere was left out, so no path offers the question.",
    "video": "A video was left out, so no path offers the question.",
    "audio": "A recording was left out, so no path offers the question.",
    "style": "Only looks were left out.",
    "table": "The table stands as lines, with bars between its cells.",
    "formula": "A formula stands as words.",
}


class NotCarried(Exception):
    """A question that cannot be brought in; ``args[0]`` is the sentence that says why."""


@dataclass(slots=True)
class Desk:
    """``files`` are the other files of a package by their path, ``at`` the folder that addresses are relative to."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    at: str = ""
    ledger: Ledger = field(default_factory=Ledger)
    questions: list[Question] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    _lacks: str = ""
    _where: str = ""
    _seen: set[str] = field(default_factory=set)
    _addresses: set[str] = field(default_factory=set)
    _bytes: int = 0

    def take(self, form: str, where: str, make: Callable[[], Question]) -> None:
        """Count a question of the source and bring it in, or write down why not."""
        self.ledger.count("found")
        self.ledger.count(f"form {form}")
        self._lacks, self._where = "", where
        try:
            if len(self.questions) >= MOST_QUESTIONS:
                raise NotCarried(f"More than {MOST_QUESTIONS:,} questions: split the package.")
            made = make()
        except NotCarried as why:
            self.ledger.count("refused")
            self.ledger.defect(f"refused {form}", where, f"Not brought in: {why}")
            return
        made = replace(made, id=self._unique(made), lacks=made.lacks or self._lacks)
        self.ledger.count("questions")
        self.ledger.count("parts", len(made.parts))
        self.ledger.count("not offered", bool(made.lacks))
        self.questions.append(made)

    def _unique(self, made: Question) -> str:
        name = made.id or blake2b(made.body.encode(), digest_size=8).hexdigest()
        tried, number = name, 1
        while tried in self._seen:
            number += 1
            tried = f"{name}#{number}"
        self._seen.add(tried)
        return tried

    def loss(self, kind: str, said: str = "") -> None:
        """Write down that something of the question at hand was not carried over as it was."""
        self.ledger.defect(kind, self._where, said or LOST.get(kind, "Left out."))
        if kind in NEEDED:
            self._lacks = LOST[kind]

    def lead(self, where: str, make: Callable[[], Link]) -> None:
        """Count a link of the source and bring it in, or write down why not. One address comes in once."""
        self.ledger.count("links found")
        try:
            if len(self.links) >= MOST_LINKS:
                raise NotCarried(f"More than {MOST_LINKS:,} links: split the package.")
            made = make()
            if not all(map(plain, (made.id, made.title, made.licence, made.source, made.group, made.skill))):
                raise NotCarried("It holds a sign that cannot be kept.")
            address = plain_address(made.url) or plain_address(_by_tls(made.url))
            if not address:
                raise NotCarried(f"“{made.url.strip()[:80]}” is no address of a public page.")
            if address in self._addresses:
                raise NotCarried("The same address is in it twice.")
        except NotCarried as why:
            self.ledger.count("links refused")
            self.ledger.defect("link", where, f"Not brought in: {why}")
            return
        if address != plain_address(made.url):
            self.ledger.defect("link without TLS", where, "Its address is http. It was written down as https: try it.")
        self.ledger.count("links")
        self._addresses.add(address)
        title = " ".join(made.title.split())[:LONGEST_TITLE] or address[:LONGEST_TITLE]
        kind = made.kind or ("video" if frame_of(address) else "link")
        self.links.append(replace(made, title=title, url=address, kind=kind))

    def html(self, text: str) -> str:
        """Sentences of HTML."""
        return html_words(text, self.picture, self.loss)

    def tree(self, element: Element, stop: Callable[[Element], str | None] = lambda element: None) -> str:
        """Sentences of XHTML."""
        return tree_words(element, self.picture, self.loss, stop)

    def picture(self, address: str, alt: str = "") -> str:
        """The text for a picture: its name here, with the words for those who do not see it."""
        data = self._found(address)
        name = name_of(data) if data is not None else ""
        if name and self._bytes + len(data or b"") <= MOST_BYTES:
            if name not in self.pictures:
                self.pictures[name] = data or b""
                self._bytes += len(data or b"")
            words = " ".join(alt.replace("#", "").replace("|", "/").split())[:300]
            return f"##{name}|{words}##" if words else f"##{name}##"
        why = (
            "is no picture that is taken (PNG, JPEG, GIF, WebP up to 4 MB)"
            if data is not None
            else "did not come with the file"
        )
        self._lacks = "A picture of it is missing."
        self.ledger.defect("picture", self._where, f"{address[:80] or 'A picture'} {why}; no path offers the question.")
        return f"[{alt.strip()}]" if alt.strip() else ""

    def _found(self, address: str) -> bytes | None:
        plain = unquote(address.split("?", 1)[0].split("#", 1)[0])
        for marker in ("$IMS-CC-FILEBASE$", "%24IMS-CC-FILEBASE%24", "@@PLUGINFILE@@"):
            plain = plain.replace(marker, "").lstrip("/") if marker in plain else plain
        beside = posixpath.normpath(posixpath.join(self.at, plain))
        for name in (beside, plain, f"web_resources/{plain}", f"static/{posixpath.basename(plain)}"):
            if name in self.files:
                return self.files[name]
        return None

    def package(self, form: str, source: str, title: str = "", **more: str) -> Package:
        """What was laid down, as a package. ``more``: licence, author, url."""
        return Package(
            form, source, title or source, tuple(self.questions), self.ledger.report(), pictures=dict(self.pictures),
            links=tuple(self.links), **more,
        )  # fmt: skip


def _by_tls(address: str) -> str:
    return f"https:{address.strip()[5:]}" if address.strip()[:7].lower() == "http://" else ""
