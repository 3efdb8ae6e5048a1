"""Links and videos: a table of them, and those that cartridges, courses, backups and films name."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.curriculum.outside import KINDS, Outside, faults, plain_address
from headway.standards.content.links import COLUMNS, read_links, write_links
from headway.standards.content.neutral import Package
from headway.standards.errors import ImportProblem
from tests.standards.content import packages
from tests.standards.content.files import read, zipped
from tests.standards.content.test_packages import tarred

FILM = "https://www.youtube.com/watch?v=aqz-KE-bpKQ"


def told(package: Package) -> list[tuple[str, str, str]]:
    return [(link.title, link.url, link.kind) for link in package.links]


def test_a_table_of_links() -> None:
    package = read(packages.LINKS, "links.csv")
    assert (package.format, package.licence, package.author, package.questions) == (
        "links",
        "CC BY 4.0",
        "A school",
        (),
    )
    film, page = package.links
    assert (film.kind, film.good_for, film.skill, film.minutes, film.seen, film.group) == (
        "video", "worked", "3.NF.A.1", 4, 20_524, "Halves",
    )  # fmt: skip
    assert (page.url, page.kind, page.good_for, page.minutes) == ("https://example.org/halves", "link", "learn", 0)
    assert package.report.by_kind() == {"link without TLS": 1}


@pytest.mark.parametrize(
    "row",
    [
        "x,javascript:alert(1)", "x,data:text/html;base64,aaaa", "x,https://10.0.0.1/", "x,https://localhost/a", "x,",
        "x,https://example.org/,game", "x,https://example.org/,,fun", "x,https://example.org/,,,,0",
        "x,https://example.org/,,,,999", "x,https://example.org/,,,,-1", "x,https://example.org/,,,,1,English!",
        "x,https://example.org/,,,,1,en,,,12/3/2026", f"x,https://example.org/{'a' * 2_000}",
    ],
)  # fmt: skip
def test_a_row_that_is_not_brought_in_is_in_the_report(row: str) -> None:
    package = read_links(f"{','.join(COLUMNS)}\n{row}\ny,https://example.org/kept\n", "t.csv")
    assert told(package) == [("y", "https://example.org/kept", "link")]
    assert [(d.kind, d.where) for d in package.report.defects] == [("link", "t.csv, row 2")]
    assert package.report.count("links found") == 2 and package.report.count("links refused") == 1


def test_what_is_no_such_table_is_refused_whole() -> None:
    with pytest.raises(ImportProblem, match="no column address"):
        read_links("title;url\na;b\n", "t.csv")
    with pytest.raises(ImportProblem, match="more than"):
        read_links("title,address\n" + "a,https://example.org/\n" * 2_001, "t.csv")
    twice = read_links("title;address\na;https://example.org/a\nb;https://EXAMPLE.org/a\n", "t.csv")
    assert told(twice) == [("a", "https://example.org/a", "link")] and "twice" in twice.report.defects[0].done


WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=40)


@given(
    title=WORDS, path=st.from_regex(r"[a-z0-9=&?+@-]{0,20}", fullmatch=True), kind=st.sampled_from(("link", "video")),
    minutes=st.integers(1, 180), source=WORDS, seen=st.integers(1, 30_000), good_for=st.sampled_from(("learn", "worked", "try")),
)  # fmt: skip
def test_what_is_written_comes_in_again(
    title: str, path: str, kind: str, minutes: int, source: str, seen: int, good_for: str
) -> None:
    title, source = (" ".join(text.split()).lstrip("'") or "x" for text in (title, source))
    before = Outside(
        kind,
        title,
        f"https://example.org/{path}",
        good_for,
        minutes,
        ("3.NF.A.1",),
        "en",
        "CC0 1.0",
        source,
        seen,
        True,
    )
    assert faults(before, 30_000) == {}
    [after] = read_links(write_links([before]), "t.csv").links
    assert (after.title, after.url, after.kind, after.good_for, after.minutes, after.skill, after.source, after.seen) == (
        before.title, plain_address(before.address), kind, good_for, minutes, "3.NF.A.1", source, seen,
    )  # fmt: skip


def test_a_formula_in_a_title_does_not_run_and_a_tool_stays_here() -> None:
    rows = [
        Outside(kind, "=HYPERLINK(1)", address, skills=())
        for kind, address in zip(KINDS, ("https://a.example/", "https://b.example/", "/tools/1"), strict=True)
    ]
    text = write_links(rows)
    assert text.count("\r\n") == 3 and "'=HYPERLINK(1)" in text and "/tools/1" not in text


def test_a_thin_cartridge_holds_nothing_but_links() -> None:
    files = {"imsmanifest.xml": packages.MANIFEST, "l/a.xml": packages.WEB_LINK.format(FILM)}
    files["l/b.xml"] = packages.WEB_LINK.format("http://example.org/b?c=1&amp;d=2").replace("v1p1", "v1p3")
    package = read(zipped(files), "thin.imscc")
    assert package.questions == () and package.report.count("found") == 0
    assert [(link.url, link.kind) for link in package.links] == [
        (FILM, "video"),
        ("https://example.org/b?c=1&d=2", "link"),
    ]
    assert [link.id for link in package.links] == ["l/a.xml", "l/b.xml"]


def test_the_videos_of_a_course_of_open_edx() -> None:
    films = {
        "course/video/a.xml": packages.VIDEO.format("a", 'youtube="0.75:x,1.00:aqz-KE-bpKQ"'),
        "course/video/b.xml": packages.VIDEO.format("b", 'html5_sources="[&quot;https://example.org/b.mp4&quot;]"'),
        "course/video/c.xml": packages.VIDEO.format("c", 'edx_video_id="only-there" youtube=""'),
    }
    package = read(tarred(films), "course.tar.gz")
    assert told(package) == [("Film a", FILM, "video"), ("Film b", "https://example.org/b.mp4", "video")]
    assert {link.minutes for link in package.links} == {4}
    assert "within the system" in package.report.defects[0].done
    assert told(read(films["course/video/a.xml"], "a.xml")) == told(package)[:1]


def test_the_links_of_a_backup_of_moodle() -> None:
    files = {
        "moodle_backup.xml": "<moodle_backup/>",
        "activities/url_7/url.xml": packages.MOODLE_URL.format(7, "https://example.org/seven"),
        "activities/url_8/url.xml": packages.MOODLE_URL.format(8, "javascript:alert(1)"),
        "activities/page_9/page.xml": "<activity/>",
    }
    package = read(tarred(files), "course.mbz")
    assert (package.format, told(package)) == ("moodle", [("Page 7", "https://example.org/seven", "link")])
    assert [d.where for d in package.report.defects] == ["activities/url_8/url.xml"]


@pytest.mark.parametrize("library", ["H5P.InteractiveVideo", "H5P.Video"])
def test_a_film_of_h5p_that_asks_nothing_is_a_link(library: str) -> None:
    sources = [{"path": FILM, "mime": "video/YouTube"}]
    content = {"sources": sources} if library == "H5P.Video" else {"interactiveVideo": {"video": {"files": sources}}}
    index = {"title": "Halves", "mainLibrary": library}
    files = {"h5p.json": json.dumps(index), "content/content.json": json.dumps(content)}
    assert told(read(zipped(files), "film.h5p")) == [("Halves", FILM, "video")]
    inside = json.dumps(content).replace(FILM, "videos/own.mp4")
    package = read(zipped(files | {"content/content.json": inside}), "film.h5p")
    assert package.links == () and package.report.count("links refused") == 1


def test_a_number_of_thousands_of_digits_is_no_number_of_minutes() -> None:
    package = read_links(
        f"title,address,minutes\nA,https://example.org/a,000001{'0' * 5000}\nB,https://example.org/b,7\n", "t.csv"
    )
    assert [(link.title, link.minutes) for link in package.links] == [("B", 7)]
    assert "no number" in package.report.defects[0].done


def test_signs_that_cannot_be_kept_are_no_title() -> None:
    with pytest.raises(ImportProblem, match="no text"):
        read_links("title,address\nA\x00,https://example.org/a\n", "t.csv")
    for sign in ("\x00", "\ud800"):
        files = {"h5p.json": json.dumps({"title": f"Halves{sign}", "mainLibrary": "H5P.Video"})}
        files["content/content.json"] = json.dumps({"sources": [{"path": FILM, "mime": "video/YouTube"}]})
        package = read(zipped(files), "film.h5p")
        assert package.links == () and "cannot be kept" in package.report.defects[-1].done
