"""Files that learners hand in: known by content, stripped of what a phone writes beside the picture."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.standards.errors import ImportProblem
from headway.standards.handed_in import MAX_BYTES, NotKept, read_handed_in


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def exif(order: str, orientation: int) -> bytes:
    mark = b"II" if order == "<" else b"MM"
    head = mark + struct.pack(f"{order}HI", 42, 8) + struct.pack(f"{order}H", 2)
    place = struct.pack(f"{order}HHII", 0x8825, 4, 1, 99)  # where it was taken
    turned = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    return b"Exif\x00\x00" + head + place + turned + b"\x00\x00\x00\x00GPS 47.3N 8.5E"


FRAME = b"\x08" + struct.pack(">HH", 3, 4) + bytes(10)
PICTURE = segment(0xDB, bytes(65)) + segment(0xC0, FRAME) + b"\xff\xda\x00\x08picture\xff\xd9"


@pytest.mark.parametrize(("order", "orientation"), [("<", 6), (">", 3), (">", 1)])
def test_a_photo_forgets_where_it_was_taken_but_not_which_way_up(order: str, orientation: int) -> None:
    photo = (
        b"\xff\xd8" + segment(0xE0, b"JFIF\x00") + segment(0xE1, exif(order, orientation))
        + segment(0xED, b"Photoshop") + segment(0xFE, b"my name") + PICTURE + b"after the end"
    )  # fmt: skip
    found = read_handed_in(photo)
    assert found.kind == "jpeg" and found.data.startswith(b"\xff\xd8") and found.data.endswith(PICTURE)
    for secret in (b"GPS", b"Photoshop", b"my name", b"after the end"):
        assert secret not in found.data
    turned = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    assert (turned in found.data) == (orientation != 1)
    assert read_handed_in(found.data) == found


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def test_a_png_keeps_the_picture_only() -> None:
    start, end = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">II", 4, 3) + bytes(5)),
        chunk(b"IDAT", b"x") + chunk(b"IEND", b""),
    )
    found = read_handed_in(start + chunk(b"tEXt", b"Author\x00somebody") + chunk(b"eXIf", b"GPS") + end + b"more")
    assert (found.kind, found.data) == ("png", start + end)


def test_a_second_picture_or_a_film_behind_the_photo_is_left_out() -> None:
    progressive = segment(0xC2, FRAME) + b"\xff\xda\x00\x04abscan\xff\x00one\xff\xd0two"
    progressive += segment(0xC4, b"table") + b"\xff\xda\x00\x04abmore\xff\xd9"
    inner = b"\xff\xd8" + segment(0xE1, exif("<", 6)) + PICTURE
    found = read_handed_in(b"\xff\xd8" + progressive + inner + b"ftypmp42 a film")
    assert found.data == b"\xff\xd8" + progressive
    between = progressive.replace(segment(0xC4, b"table"), segment(0xE1, exif(">", 1)) + segment(0xC4, b"table"))
    assert read_handed_in(b"\xff\xd8" + between).data == b"\xff\xd8" + progressive


def test_a_picture_that_unfolds_without_end_is_refused() -> None:
    wide = struct.pack(">II", 30_000, 30_000)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", wide + bytes(5)) + chunk(b"IDAT", b"x") + chunk(b"IEND", b"")
    frame = segment(0xC0, b"\x08" + struct.pack(">HH", 60_000, 60_000) + bytes(10))
    for data in (bomb, b"\xff\xd8" + frame + PICTURE):
        with pytest.raises(ImportProblem, match="000 by"):
            read_handed_in(data)


def test_a_pdf_is_kept_as_it_is() -> None:
    assert read_handed_in(b"%PDF-1.7\nwords\n%%EOF").kind == "pdf"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "neither a PDF nor a photo"),
        (b"<svg onload=alert(1)>", "neither a PDF nor a photo"),
        (b"GIF89a", "neither a PDF nor a photo"),
        (b"%PDF-1.7 << /OpenAction << /S /JavaScript >> >> %%EOF", "something active"),
        (b"%PDF-1.7 words", "cut off"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "damaged"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR", "damaged"),
        (b"\xff\xd8\xff\xe0\x00\x04AB\xff\xd9", "damaged"),
        (b"\xff\xd8" + segment(0xC0, bytes(15)) + b"\xff\xda\x00\x04abscan\xff\xd9", "empty"),
        (b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b""), "damaged"),
        (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13)) + chunk(b"IDAT", b"x") + chunk(b"IEND", b""), "empty"),
        (b"%PDF-" + bytes(MAX_BYTES), "larger than 8 MB"),
    ],
)
def test_what_may_not_be_kept_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(NotKept, match=message) as raised:
        read_handed_in(data, "text.pdf")
    assert [str(sentence) for sentence in raised.value.said] == [raised.value.what, raised.value.how]


@given(st.binary(max_size=300), st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-", b""]))
def test_any_bytes_are_kept_or_refused(tail: bytes, head: bytes) -> None:
    try:
        found = read_handed_in(head + tail)
    except ImportProblem:
        return
    assert len(found.data) <= len(head + tail) + 40
