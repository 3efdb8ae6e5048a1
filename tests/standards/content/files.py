"""Small files of each format, written for the tests."""

from __future__ import annotations

import struct
import zipfile
import zlib
from base64 import b64encode
from collections.abc import Mapping
from io import BytesIO

from headway.standards.content.formats import read_content
from headway.standards.content.neutral import Package


def png(shade: int = 0) -> bytes:
    """A picture of one grey dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes([0, shade]))) + chunk(b"IEND", b"")


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """An archive of files."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return out.getvalue()


def read(data: str | bytes, name: str = "bank.txt", form: str = "") -> Package:
    """Read a file as the door does."""
    return read_content(BytesIO(data.encode() if isinstance(data, str) else data), name, form)


GIFT = """\
// Weather, by the science team
$CATEGORY: $course$/top/Weather

::Rain::What falls from clouds?{ =Rain ~Sand#Look at the sky again. ~Stones }

::Many::Which are kinds of rain?{ ~%50%drizzle ~%50%shower ~%-100%sunshine }

::Words::Ice that melts becomes {=water =liquid water}.

::Degrees::At how many degrees Celsius does water boil?{#100:1 #### Near the sea.}

::Range::Name a number from 1 to 5.{#1..5}

::True::The sun rises in the east.{TRUE#It does.#Yes.}

::Pairs::What belongs together?{ =snow -> cold =sun -> warm =ice -> frozen }

::Essay::Write about your summer.{}

::Read::Only a text to read.
"""
AIKEN = "What is 2 + 2?\nA) 3\nB) 4\nANSWER: B\n\nWhat is 3 + 3?\nA. 6\nB. 7\nANSWER: C\n"


def moodle(*questions: str) -> str:
    """A quiz of Moodle XML."""
    return f'<?xml version="1.0"?><quiz>{"".join(questions)}</quiz>'


def question(form: str, name: str, html: str, rest: str) -> str:
    """One of its questions."""
    text = f'<questiontext format="html"><text><![CDATA[{html}]]></text></questiontext>'
    return f'<question type="{form}"><name><text>{name}</text></name>{text}{rest}</question>'


def answer(text: str, worth: int, says: str = "", more: str = "") -> str:
    """One of its answers."""
    feedback = f"<feedback><text>{says}</text></feedback>" if says else ""
    return f'<answer fraction="{worth}"><text><![CDATA[{text}]]></text>{feedback}{more}</answer>'


CATEGORY = '<question type="category"><category><text>$course$/top/Fractions/Halves</text></category></question>'
PICTURE = f'<file name="half.png" path="/" encoding="base64">{b64encode(png()).decode()}</file>'
MOODLE = moodle(
    CATEGORY,
    question("multichoice", "mc", "<p>Which is \\(\\frac{1}{2}\\)?</p>", "<single>true</single>" + answer("0.5", 100)
             + answer("0.2", 0, "That is a fifth.")),
    question("multichoice", "ma", "Which are even?", "<single>false</single>" + answer("2", 50) + answer("4", 50)
             + answer("5", -100)),
    question("truefalse", "tf", "Half of 4 is 2.", answer("true", 100) + answer("false", 0, "Count again.")),
    question("shortanswer", "sa", "Half of ten, in words?", answer("five", 100) + answer("ten", 0, "Half of it.")),
    question("numerical", "nu", "Half of 5?", answer("2.5", 100, more="<tolerance>0.01</tolerance>")),
    question("matching", "ma", "Match.", "".join(
        f"<subquestion format='html'><text>{a}</text><answer><text>{b}</text></answer></subquestion>"
        for a, b in (("1/2", "half"), ("1/4", "quarter"), ("", "third")))),
    question("cloze", "cl", "2 is {1:MULTICHOICE:=even~odd} and half of it is {1:NUMERICAL:=1:0}.", ""),
    question("gapselect", "ga", "A [[1]] is more than a [[2]].",
             "".join(f"<selectoption><text>{t}</text><group>1</group></selectoption>" for t in ("half", "quarter"))),
    question("ordering", "or", "From small to large.", answer("1/4", 1) + answer("1/2", 2) + answer("3/4", 3)),
    question("multichoice", "pic", 'How much? <img src="@@PLUGINFILE@@/half.png" alt="half a disc">'
             "<script>alert(1)</script>", "<single>true</single>" + answer("half", 100) + answer("all", 0))
    .replace("</text></questiontext>", f"</text>{PICTURE}</questiontext>"),
    question("essay", "es", "Why?", ""),
)  # fmt: skip
TABLE = """\
id,question,answer,wrong_1,wrong_2,kind,tolerance,hint_1,why,group,licence
q1,What is 1/2 + 1/4?,3/4,2/6,1/6,,,Use quarters.,2/4 + 1/4,Fractions,CC BY 4.0
q2,Which are even?,2|4,3,5,choices,,,,Fractions,CC BY 4.0
q3,Name of half of a half?,quarter|fourth,,,words,,,,Fractions,CC BY 4.0
q4,About how much is 2/3?,0.667,,,number,0.01,,,Decimals,CC BY 4.0
q5,Expand 2(x+1),2x+2,,,mathematics,,,,Algebra,CC BY 4.0
q6,,3,,,,,,,Algebra,CC BY 4.0
q7,Odd kind,3,,,sketch,,,,Algebra,CC BY 4.0
"""
