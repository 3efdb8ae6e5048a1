"""Texts with blanks: Moodle's cloze notation and numbered gaps, as questions of several parts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from headway.standards.content.desk import Desk, NotCarried
from headway.standards.content.making import Option, choice, number, words
from headway.standards.content.neutral import Part

CHOICES = {"MULTICHOICE", "MC", "MCV", "MCH", "MCS", "MCVS", "MCHS", "MULTICHOICE_V", "MULTICHOICE_H", "MULTICHOICE_S"}
SEVERAL = {"MULTIRESPONSE", "MR", "MRH", "MRS", "MULTIRESPONSE_H", "MULTIRESPONSE_S"}
WORDS = {"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"}
NUMBERS = {"NUMERICAL", "NM"}
BLANK = re.compile(r"(?<!\\)\{\d*:([A-Z_]+):((?:\\.|[^}\\])*)\}", re.DOTALL)
ANSWER = re.compile(r"(?<!\\)~")
GAP = re.compile(r"\[\[(\d+)\]\]")


def cloze(desk: Desk, html: str) -> tuple[str, tuple[Part, ...]]:
    """Read a text with ``{1:MULTICHOICE:=yes~no}`` in it: the body with numbered blanks, and a part for each."""
    parts: list[Part] = []

    def blank(found: re.Match[str]) -> str:
        parts.append(_part(desk, found[1], found[2], f"({len(parts) + 1})"))
        return f"_____ ({len(parts)})"

    body = BLANK.sub(blank, html)
    if not parts:
        raise NotCarried("It has no blanks.")
    return desk.html(body), tuple(parts)


def _part(desk: Desk, kind: str, inside: str, prompt: str) -> Part:
    options = []
    for piece in ANSWER.split(inside):
        piece = piece.strip()
        worth = 0.0
        weight = re.match(r"%(-?[\d.]+)%", piece)
        if weight:
            worth, piece = float(weight[1]) / 100, piece[weight.end() :]
        elif piece.startswith("="):
            worth, piece = 1.0, piece[1:]
        text, _, says = re.sub(r"\\([}~#/\"\\])", _held, piece).partition("#")
        options.append(Option(desk.html(_free(text)), worth, desk.html(_free(says))))
    if kind in CHOICES or kind in SEVERAL:
        return choice(desk, options, several=kind in SEVERAL, prompt=prompt)
    if kind in WORDS:
        return words(desk, options, prompt=prompt, cased=kind.endswith("C"))
    if kind in NUMBERS:
        split = [(option.text.partition(":"), option) for option in options]
        return number(desk, [(v, _off(t), o.worth, o.says) for (v, _, t), o in split], prompt=prompt)
    raise NotCarried(f"A blank of the kind {kind[:30]} cannot be checked here.")


def _held(found: re.Match[str]) -> str:
    return chr(0xE200 + ord(found[1]))


def _free(text: str) -> str:
    return "".join(chr(ord(sign) - 0xE200) if 0xE200 <= ord(sign) < 0xE280 else sign for sign in text)


def _off(text: str) -> float:
    try:
        return float(text) if text.strip() else 0.0
    except ValueError:
        raise NotCarried("Its tolerance is no number.") from None


def gaps(desk: Desk, body: str, offered: Sequence[tuple[str, str]]) -> tuple[str, tuple[Part, ...]]:
    """Numbered gaps ``[[2]]``, where the number names the right choice; ``offered``: (text, group), a gap offers its group."""
    wanted = [int(found) for found in GAP.findall(body)]
    if not wanted or any(not 1 <= n <= len(offered) for n in wanted):
        raise NotCarried("A gap names a choice that is not there.")
    desk.loss("gaps-as-parts", f"Its {len(wanted)} gaps are asked one by one.")
    parts = []
    for place, n in enumerate(wanted, 1):
        right, group = offered[n - 1]
        options = [Option(text, float(text == right)) for text, of in offered if of == group]
        parts.append(choice(desk, options, prompt=f"({place})"))
    places = iter(range(1, len(wanted) + 1))
    return GAP.sub(lambda _found: f"_____ ({next(places)})", body), tuple(parts)
