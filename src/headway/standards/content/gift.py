"""GIFT, Moodle's plain-text format of questions, and Aiken, its simpler sister.

| in braces | becomes |
|---|---|
| ``=right ~wrong`` | a choice of one; with ``%weights%`` and no ``=``, of several |
| ``=one =another`` | words, each of them accepted |
| ``#3.14:0.01``, ``#3..4`` | a number and how far off is still right |
| ``TRUE``, ``F`` | true or false |
| ``=left -> right`` | pairs, asked one by one |
| nothing | an essay: not brought in, because no program can judge it fairly |
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

from headway.standards.content.desk import Desk, NotCarried
from headway.standards.content.making import Option, choice, number, pairs, true_false, words
from headway.standards.content.neutral import Package, Part, Question
from headway.standards.errors import ImportProblem

ESCAPES = {sign: chr(0xE100 + n) for n, sign in enumerate("~=#{}:\\n")}
BACK = {ord(place): "\n" if sign == "n" else sign for sign, place in ESCAPES.items()}
HEAD = re.compile(
    r"\s*(?:::(?P<title>.*?)::)?\s*(?:\[(?P<format>html|moodle|plain|markdown)\])?", re.DOTALL | re.IGNORECASE
)
INNER = re.compile(r"^\[(?:html|moodle|plain|markdown)\]", re.IGNORECASE)
WEIGHT = re.compile(r"%(-?[\d.]+)%")
SPLIT = re.compile(r"(?=[~=])")
TRUTH = {"t": True, "true": True, "f": False, "false": False}
CATEGORY = re.compile(r"\$CATEGORY:\s*(.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer in braces: ``sign`` is ``=`` or ``~``; ``weight`` in percent, None where none was stated."""

    sign: str
    text: str
    weight: float | None
    says: str


def read_gift(text: str, name: str) -> Package:
    """Read a file of GIFT."""
    desk, group = Desk(), ""
    for line, block in _blocks(text):
        category = CATEGORY.match(block)
        if category:
            group = category[1].strip().removeprefix("$course$/").removeprefix("top/")
            block = block[category.end() :]
        if block.strip():
            desk.take(_form(block), f"{name}, line {line}", partial(_question, desk, block, group))
    return desk.package("gift", name.rsplit(".", 1)[0])


def _blocks(text: str) -> list[tuple[int, str]]:
    """Questions with the line they begin at: parted by empty lines outside of braces, without comments."""
    found: list[tuple[int, str]] = []
    block: list[str] = []
    began, depth = 1, 0
    for at, line in enumerate([*text.replace("\r\n", "\n").split("\n"), ""], 1):
        if line.lstrip().startswith("//"):
            continue
        held = re.sub(r"\\([~=#{}:\\n])", lambda m: ESCAPES[m[1]], line)
        if not held.strip() and depth <= 0:
            if block:
                found.append((began, "\n".join(block)))
            block, depth = [], 0
            continue
        began = at if not block else began
        block.append(held)
        depth += held.count("{") - held.count("}")
        if held.lstrip().lower().startswith("$category") and len(block) == 1:
            found.append((began, held))
            block, depth = [], 0
    if block:
        found.append((began, "\n".join(block)))
    return found


def _parts(block: str) -> tuple[str, str, str | None, str]:
    """Title, words before, what stands in braces (None without), words after."""
    head = HEAD.match(block)
    assert head is not None
    rest = block[head.end() :]
    opened, closed = rest.find("{"), rest.rfind("}")
    if opened < 0:
        return head["title"] or "", rest, None, ""
    if closed < opened:
        raise NotCarried("A brace is not closed.")
    return head["title"] or "", rest[:opened], rest[opened + 1 : closed].strip(), rest[closed + 1 :]


def _form(block: str) -> str:
    try:
        inside = _parts(block)[2]
    except NotCarried:
        return "broken"
    if inside is None:
        return "description"
    plain = inside.split("####", 1)[0].strip()
    if not plain:
        return "essay"
    if plain.startswith("#"):
        return "numerical"
    if plain.split("#", 1)[0].strip().lower() in TRUTH:
        return "true-false"
    if "->" in plain:
        return "matching"
    return "multiple-choice" if "~" in plain else "short-answer"


def _question(desk: Desk, block: str, group: str) -> Question:
    form = _form(block)
    title, before, inside, after = _parts(block)
    if inside is None:
        raise NotCarried("It asks nothing: it is a text to read.")
    asked = before if not after.strip() else f"{before.rstrip()} _____ {after.lstrip()}"
    plain, _, way = inside.partition("####")
    body = desk.html(_shown(asked))
    ways = (desk.html(_shown(way)),) if way.strip() else ()
    return Question(
        id=title.translate(BACK).strip(), form=form, body=body, parts=_answered(desk, form, plain.strip(), ways), group=group,
        title=title.translate(BACK).strip(),
    )  # fmt: skip


def _shown(text: str) -> str:
    """Escapes back; a line break stays one in HTML."""
    return INNER.sub("", text.strip()).translate(BACK).replace("\n", "<br>")


def _answered(desk: Desk, form: str, inside: str, way: tuple[str, ...]) -> tuple[Part, ...]:
    if form == "essay":
        raise NotCarried("An essay needs a person who reads it.")
    if form == "true-false":
        value, *says = [piece.strip() for piece in inside.split("#")]
        wrong = desk.html(_shown(says[0])) if says else ""
        return (true_false(desk, TRUTH[value.lower()], wrong=wrong, way=way),)
    if form == "numerical":
        return (_numerical(desk, inside[1:].strip(), way),)
    answers = [_answer(piece) for piece in SPLIT.split(inside) if piece[:1] in ("=", "~")]
    if form == "matching":
        rows = [tuple(desk.html(_shown(side)) for side in a.text.split("->", 1)) for a in answers if "->" in a.text]
        if not rows:
            raise NotCarried("No pair is complete.")
        return pairs(desk, [(r[0], r[1]) for r in rows if r[0]], [r[1] for r in rows if not r[0]])
    options = [Option(desk.html(_shown(a.text)), _worth(a), desk.html(_shown(a.says))) for a in answers]
    if form == "short-answer":
        return (words(desk, options, way=way),)
    several = not any(a.sign == "=" for a in answers) and sum((a.weight or 0) > 0 for a in answers) > 1
    return (choice(desk, options, several=several, way=way),)


def _worth(answer: Answer) -> float:
    if answer.weight is not None:
        return answer.weight / 100
    return float(answer.sign == "=")


def _answer(piece: str) -> Answer:
    sign, rest = piece[0], piece[1:].strip()
    weight = WEIGHT.match(rest)
    if weight:
        rest = rest[weight.end() :]
    text, _, says = rest.partition("#")
    return Answer(sign, text.strip(), float(weight[1]) if weight else None, says.strip())


def _numerical(desk: Desk, inside: str, way: tuple[str, ...]) -> Part:
    whole = inside if inside.startswith(("=", "~")) else f"={inside}"
    pieces = [piece for piece in SPLIT.split(whole) if piece.strip()]
    found = []
    for piece in pieces:
        answer = _answer(piece)
        first, dots, last = answer.text.partition("..")
        if dots:
            low, high = _float(first), _float(last)
            found.append(
                (f"{(low + high) / 2:.12g}", abs(high - low) / 2, _worth(answer), desk.html(_shown(answer.says)))
            )
        else:
            value, _, off = answer.text.partition(":")
            off_by = _float(off) if off.strip() else 0.0
            found.append((value.strip(), off_by, _worth(answer), desk.html(_shown(answer.says))))
    return number(desk, found, way=way)


def _float(text: str) -> float:
    try:
        return float(text.strip().translate(BACK))
    except ValueError:
        raise NotCarried(f"“{text.strip()[:40]}” is no number.") from None


CHOICE = re.compile(r"\s*([A-Z])[.)]\s+(.*)")
KEY = re.compile(r"\s*ANSWER:\s*([A-Z])\s*", re.IGNORECASE)


def read_aiken(text: str, name: str) -> Package:
    """Read a file of Aiken: a question, choices ``A)`` or ``A.``, and ``ANSWER: B``. Raises ImportProblem without any."""
    desk = Desk()
    asked: list[str] = []
    offered: dict[str, str] = {}
    began = 1
    for at, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        key, option = KEY.fullmatch(line), CHOICE.fullmatch(line)
        if key:
            held = " ".join(asked), dict(offered), key[1].upper()
            desk.take("multiple-choice", f"{name}, line {began}", partial(_aiken, desk, *held))
            asked, offered = [], {}
        elif option and asked:
            offered[option[1]] = option[2].strip()
        elif line.strip():
            began = at if not asked else began
            asked.append(line.strip())
    if not desk.ledger.counts["found"]:
        raise ImportProblem(
            "There is no line ANSWER: in it.", name, "See the Aiken format, or name another with --format."
        )
    if asked:
        desk.ledger.defect(
            "unfinished", f"{name}, line {began}", "The last question has no line ANSWER: and was left out."
        )
    return desk.package("aiken", name.rsplit(".", 1)[0])


def _aiken(desk: Desk, asked: str, offered: dict[str, str], key: str) -> Question:
    if key not in offered:
        raise NotCarried(f"Its answer {key} is none of the choices.")
    part = choice(desk, [Option(text, float(letter == key)) for letter, text in offered.items()])
    return Question(id="", form="multiple-choice", body=asked, parts=(part,))
