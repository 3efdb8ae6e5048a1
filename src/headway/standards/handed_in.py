"""A file that a learner hands in: what it is by its content, not by its name, and nothing in it that it need not tell.

Photos lose everything but the picture and which way up it is: a phone writes the place and time into them.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from typing import Literal

from headway.core.text import T, Text
from headway.standards.errors import ImportProblem

Kind = Literal["pdf", "jpeg", "png"]
MEDIA_TYPES: dict[Kind, str] = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
MAX_BYTES = 8_000_000
HOW = T("Hand in a PDF, a JPEG or a PNG of at most 8 MB.")
AGAIN = T("Take it again.")
ACTIVE = (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA", b"/OpenAction")
"""Names in a PDF that make it do something, or carry something else."""

MAX_PIXELS = 60_000_000
"""More than any phone's photo has; a judge's browser unfolds the whole picture."""

_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""Markers of segments that give the height and width of a JPEG."""
_PNG = b"\x89PNG\r\n\x1a\n"
_KEPT_CHUNKS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"pHYs"})


class NotKept(ImportProblem):
    """A file that may not be kept, for learners: :attr:`said` are the same sentences, to be translated."""

    def __init__(self, what: Text, where: str, how: Text) -> None:
        super().__init__(str(what), where, str(how))
        self.said = (what, how)


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file that may be kept and shown: its kind and its bytes."""

    kind: Kind
    data: bytes


def read_handed_in(data: bytes, name: str = "file") -> HandedIn:
    """Check a file and return what may be kept of it. Raises NotKept with the reason."""
    if len(data) > MAX_BYTES:
        raise NotKept(T("It is larger than {size} MB.", size=MAX_BYTES // 1_000_000), name, HOW)
    if data.startswith(b"%PDF-"):
        active = next((word for word in ACTIVE if word in data), None)
        if active is not None or b"%%EOF" not in data[-2048:]:
            what = T("It is cut off.")
            if active is not None:
                what = T("It holds something active ({name}).", name=active.decode())
            raise NotKept(what, name, T("Print the text to PDF again, or take a photo of it."))
        return HandedIn("pdf", data)
    if data.startswith(b"\xff\xd8\xff"):
        return HandedIn("jpeg", _plain_jpeg(data, name))
    if data.startswith(_PNG):
        return HandedIn("png", _plain_png(data, name))
    raise NotKept(T("It is neither a PDF nor a photo."), name, HOW)


def _plain_jpeg(data: bytes, name: str) -> bytes:
    """Leave out what is written beside the picture (Exif, XMP, IPTC, comments, a small picture of it), but for which way up
    it is; and all that follows its end, where phones keep a second picture or a film with a place and a time of its own."""
    kept, place, turned, frame, scan = [b"\xff\xd8"], 2, 1, False, False
    while place + 2 <= len(data) and data[place] == 0xFF:
        marker, size = data[place + 1], int.from_bytes(data[place + 2 : place + 4], "big")
        if marker == 0xD9 and frame and scan:
            head = [_orientation(turned)] if turned != 1 else []
            return b"".join([kept[0], *head, *kept[1:], b"\xff\xd9"])
        segment = data[place : place + 2 + size]
        if marker == 0xE1 and segment[4:10] == b"Exif\x00\x00":
            turned = _way_up(segment[10:])
        if marker in _FRAMES and len(segment) >= 9:
            frame = True
            _check_size(int.from_bytes(segment[7:9], "big"), int.from_bytes(segment[5:7], "big"), name)
        end = place + 2 + size
        if marker == 0xDA:  # the picture itself, to the next marker that is neither stuffing nor a restart
            found = _MARKER.search(data, end)
            if found is None:
                break
            end, scan = found.start(), True
            kept.append(data[place:end])
        elif not (0xE0 <= marker <= 0xEF or marker == 0xFE) or marker == 0xEE:
            kept.append(segment)
        place = end
    raise NotKept(T("The photo is damaged."), name, AGAIN)


def _check_size(width: int, height: int, name: str) -> None:
    """A few bytes can unfold into a picture that fills the memory of whoever looks at it."""
    if width * height > MAX_PIXELS:
        what = T("The picture has {width} by {height} points.", width=f"{width:,}", height=f"{height:,}")
        raise NotKept(what, name, T("Take a photo of the usual size."))
    if width * height == 0:
        raise NotKept(T("The picture is empty."), name, AGAIN)


def _way_up(exif: bytes) -> int:
    """Orientation 1 to 8 of an Exif block; 1 (as it stands) where it says nothing sensible."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None or len(exif) < 14:
        return 1
    start = struct.unpack_from(f"{order}I", exif, 4)[0]
    if start + 2 > len(exif):
        return 1
    for k in range(struct.unpack_from(f"{order}H", exif, start)[0]):
        entry = start + 2 + 12 * k
        if entry + 12 > len(exif):
            return 1
        tag, kind = struct.unpack_from(f"{order}HH", exif, entry)
        if tag == 0x0112 and kind == 3:
            value = int(struct.unpack_from(f"{order}H", exif, entry + 8)[0])
            return value if 1 <= value <= 8 else 1
    return 1


def _orientation(value: int) -> bytes:
    """An Exif segment that says which way up the picture is and nothing else."""
    body = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01" + struct.pack(">HHIHHI", 0x0112, 3, 1, value, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _plain_png(data: bytes, name: str) -> bytes:
    """Keep the chunks that make the picture."""
    kept, place, seen = [_PNG], len(_PNG), set[bytes]()
    while place + 12 <= len(data):
        size = int.from_bytes(data[place : place + 4], "big")
        kind, end = data[place + 4 : place + 8], place + 12 + size
        if end > len(data):
            break
        if kind == b"IHDR" and size == 13:
            width, height = struct.unpack_from(">II", data, place + 8)
            _check_size(width, height, name)
        if kind in _KEPT_CHUNKS:
            kept.append(data[place:end])
            seen.add(kind)
        if kind == b"IEND" and {b"IHDR", b"IDAT"} <= seen:
            return b"".join(kept)
        place = end
    raise NotKept(T("The picture is damaged."), name, AGAIN)
