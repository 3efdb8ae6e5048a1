"""Files that were made to do harm: each is refused with a sentence, or leaves its harm behind."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable

import pytest

from headway.standards.archives import Limits
from headway.standards.content import formats
from headway.standards.content.desk import Desk
from headway.standards.content.pictures import LARGEST, name_of
from headway.standards.content.words import html_words
from headway.standards.errors import ImportProblem
from tests.standards.content.files import MOODLE, moodle, png, question, read, zipped

LAUGHS = (
    '<!DOCTYPE quiz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    + "".join(f'<!ENTITY {chr(99 + n)} "{f"&{chr(98 + n)};" * 10}">' for n in range(8))
    + "]><quiz><question type='essay'><name><text>&j;</text></name></question></quiz>"
)
OUTSIDE = '<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz><question type="essay">&x;</question></quiz>'


def bomb() -> bytes:
    return zipped({"bank.xml": MOODLE, "zeros.png": b"\0" * 3_000_000})


def many() -> bytes:
    return zipped({f"{n}.xml": "<quiz/>" for n in range(300)})


def outside() -> bytes:
    return zipped({"../../etc/cron.d/x": "x", "bank.xml": MOODLE})


def twice() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("bank.xml", MOODLE)
        archive.writestr("hank.xml", "<quiz/>")
    return out.getvalue().replace(b"hank.xml", b"bank.xml")


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (LAUGHS.encode, "declares entities"),
        (OUTSIDE.encode, "declares entities"),
        (lambda: b"<quiz>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</quiz>", "nested too deep"),
        (lambda: b"<quiz><question>", "not well-formed"),
        (lambda: b"<?xml version='1.0' encoding='x-none'?><quiz/>", "encoding is not known"),
        (bomb, "200 times its size"),
        (many, "more than 100 files"),
        (outside, "outside itself"),
        (twice, "twice"),
        (lambda: b"", "empty"),
        (lambda: zipped({}), "nothing in it"),
        (lambda: b"PK\x03\x04 this is no zip", "damaged"),
        (lambda: b"\0\1\2\3" * 500, "no format"),
        (lambda: b"nothing that asks anything", "no format"),
    ],
)
def test_it_is_refused_in_a_sentence(make: Callable[[], bytes], says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "LIMITS", Limits(files=100))
    monkeypatch.setattr(formats, "FREE", 100_000)
    with pytest.raises(ImportProblem, match=says) as refusal:
        read(make(), "bank.bin")
    assert refusal.value.how


class Endless(io.RawIOBase):
    """A file of 2 GB of nothing that may not be read."""

    def seek(self, offset: int, whence: int = 0) -> int:
        self.at = 2_000_000_000 if whence == 2 else offset
        return self.at

    def tell(self) -> int:
        return self.at

    def read(self, size: int = -1) -> bytes:
        raise AssertionError("it was read")


def test_two_gigabytes_are_refused_unread() -> None:
    with pytest.raises(ImportProblem, match="larger than 256 MB"):
        formats.read_content(Endless(), "nonsense.xml")  # type: ignore[arg-type]


def test_a_link_in_an_archive_leads_nowhere() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("bank.xml", moodle(question("essay", "e", "x", "")))
        link = zipfile.ZipInfo("half.png")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    package = read(out.getvalue(), "bank.zip")
    assert package.pictures == {}


@pytest.mark.parametrize(
    "html",
    [
        "<script>steal()</script>",
        "<ScRiPt src=//x>steal()</sCrIpT>",
        "<img src=x onerror=steal()>",
        "<svg onload=steal()><text>steal()</text></svg>",
        "<iframe src='javascript:steal()'>steal()</iframe>",
        "<a href='javascript:steal()'>words</a>",
        "<style>@import 'steal()'</style>",
        "<object data=x>steal()</object>",
        "<!-- steal() -->",
        "<math><mtext><script>1</script></mtext></math>",
    ],
)
def test_nothing_that_runs_goes_through(html: str) -> None:
    desk = Desk()
    words = html_words(f"before {html} after", desk.picture, desk.loss)
    assert "steal" not in words and "<" not in words and "script" not in words
    assert words.startswith("before") and words.endswith("after")


def test_pictures_are_told_by_their_bytes() -> None:
    assert name_of(png()).endswith(".png")
    assert name_of(b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>") == ""
    assert name_of(b"GIF89a" + b"\0" * LARGEST) == ""
    assert name_of(b"<!DOCTYPE html>") == ""
