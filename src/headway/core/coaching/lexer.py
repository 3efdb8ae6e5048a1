"""Cut what was typed into tokens: plain typing, LaTeX and what a math field emits, in one pass.

The lexer never fails half way: it returns tokens or a :class:`ParseError` with the offset. Its work is linear in the
length of the text, which is bounded.
"""

from __future__ import annotations

import re

from headway.core.coaching import vocabulary as voc
from headway.core.coaching.latex import LatexScanner
from headway.core.coaching.tokens import PLAIN, Reading, Token
from headway.core.coaching.tree import ParseError
from headway.core.text import T

_NUMBER = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_GROUPED = re.compile(r"\d{1,3}(?:(?:,|\{,\}|\\,)\d{3})+(?![\d])(?:\.\d+)?")
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?![\d/])(?:\.\d+)?")
_REPEAT = re.compile(r"\\(?:overline|bar|dot)\{(\d+)\}")
_EXPONENT = re.compile(r"E[+\-−]?\d+")
_SMALL_EXPONENT = re.compile(r"e[+\-−]?\d+")
_LETTERS = re.compile(r"[A-Za-z]+")
_TWO = {"**": "^", "<=": "<=", ">=": ">=", "=<": "<=", "=>": ">=", "!=": "!=", "<>": "!=", "==": "=", "+-": "±"}
_ONE = frozenset("+-*/^!%()[]{}|=<>,;_&':")


def tokenize(text: str, reading: Reading = PLAIN) -> list[Token] | ParseError:
    """Return the tokens of ``text`` or why it cannot be read."""
    if len(text) > voc.MAX_LENGTH:
        return ParseError(T("This is too long to read. Write only your answer."), voc.MAX_LENGTH)
    lexer = _Lexer(text, reading)
    while lexer.at < lexer.end:
        error = lexer.step()
        if error is not None:
            return error
        if len(lexer.tokens) > voc.MAX_TOKENS:
            return ParseError(T("This is too long to read. Write only your answer."), lexer.at)
    return lexer.tokens


class _Lexer(LatexScanner):
    def step(self) -> ParseError | None:
        char = self.text[self.at]
        if char.isspace() or char in "\u200b\ufeff~\u2061":
            self.skip(self.at + 1)
        elif char.isascii() and (char.isdigit() or char == "."):
            return self.number()
        elif char.isascii() and char.isalpha():
            self.letters()
        elif char == "\\":
            return self.command()
        elif char == "$":
            self.dollar()
        else:
            return self.sign(char)
        return None

    def number(self) -> ParseError | None:
        text, at = self.text, self.at
        found = _NUMBER.match(text, at)
        if found is None:
            if text.startswith("...", at):
                return ParseError(T("Write the whole answer, without dots."), at)
            return ParseError(T("There is a point without a number."), at)
        if not self.reading.separator and self.depth == 0:
            found = _GROUPED.match(text, at) or _SPACED.match(text, at) or found
        digits, end = re.sub(r"[^\d.]", "", found.group()), found.end()
        if len(digits) > 1 and self.one_digit_only():
            digits, end = digits[0], at + 1
        point = text.startswith(".\\", end)
        repeat = _REPEAT.match(text, end + point) if point or "." in digits else None
        digits += "." if repeat and point else ""
        if repeat:
            digits, end = f"{digits}({repeat.group(1)})", repeat.end()
        elif text.startswith(("...", "…"), end):
            digits, end = digits + "...", end + (3 if text[end] == "." else 1)
        else:
            exponent = _EXPONENT.match(text, end) or ("." in digits and _SMALL_EXPONENT.match(text, end))
            if exponent:
                digits += exponent.group().replace("−", "-").upper()
                end = exponent.end()
        if len(digits) > voc.MAX_DIGITS:
            return ParseError(T("This number has too many digits."), at)
        self.push("num", digits, end)
        return None

    def one_digit_only(self) -> bool:
        """In ``\\frac12`` each argument is one digit."""
        last = self.tokens[-1:]
        return (
            self.latex
            and not self.gap
            and (
                (bool(last) and last[0].text == "frac")
                or (len(self.tokens) > 1 and self.tokens[-2].text == "frac" and last[0].kind == "num")
            )
        )

    def letters(self) -> None:
        for name in self.long_names:
            if self.text.startswith(name, self.at):
                self.push("name", name, self.at + len(name))
                return
        found = _LETTERS.match(self.text, self.at)
        assert found is not None
        word = found.group()
        if word in self.reading.variables:
            self.push("name", word, found.end())
        elif not self.whole_word(word, found.end()):
            self.segment(word)

    def segment(self, word: str) -> None:
        """Cut a run of letters: ``xsin`` is x times sin, ``pir`` is pi times r, ``xy`` is x times y."""
        stop = self.at + len(word)
        while self.at < stop:
            rest = stop - self.at
            for length in range(min(rest, 8), 1, -1):
                part = self.text[self.at : self.at + length]
                if part in voc.FUNCTIONS and part not in ("det", "ceil", "floor", "lg"):
                    self.push("func", voc.FUNCTIONS[part], self.at + length)
                    break
                if part == "pi" or (part in voc.GREEK and length > 3):
                    self.push("const" if part == "pi" else "name", part, self.at + length)
                    break
            else:
                letter = self.text[self.at]
                constant = letter in voc.CONSTANTS and letter not in self.reading.variables
                self.push("const" if constant else "name", letter, self.at + 1)

    def dollar(self) -> None:
        if self.text.startswith("$$", self.at):
            self.skip(self.at + 2)
        elif self.dollars > 1:
            self.skip(self.at + 1)
        else:
            self.push("op", "$", self.at + 1)

    def sign(self, char: str) -> ParseError | None:
        pair = self.text[self.at : self.at + 2]
        if pair in _TWO and not (pair == "+-" and self.latex is False and not self.gap):
            self.push("op", _TWO[pair], self.at + 2)
        elif char in "{}" and self.latex:
            self.push("op", char * 2, self.at + 1)
        elif char in _ONE:
            self.depth += (char in "([{") - (char in ")]}")
            self.push("op", char, self.at + 1)
        elif char in voc.SIGNS:
            self.translated(voc.SIGNS[char])
        elif char in voc.VULGAR:
            top, bottom = voc.VULGAR[char]
            self.push("vulgar", f"{top}/{bottom}", self.at + 1)
        elif char == "□":
            self.push("name", char, self.at + 1)
        elif char in voc.GREEK_LETTERS:
            name = voc.GREEK_LETTERS[char]
            self.push("name", name, self.at + 1)
        elif char in voc.SUPERSCRIPTS or char in voc.SUBSCRIPTS:
            self.raised(voc.SUPERSCRIPTS if char in voc.SUPERSCRIPTS else voc.SUBSCRIPTS)
        elif char in voc.MONEY or char == '"':
            self.push("op", char, self.at + 1)
        else:
            shown = char if char.isprintable() else "?"
            return ParseError(T("The sign {sign} is not understood here.", sign=shown), self.at)
        return None

    def translated(self, sign: str) -> None:
        if sign == "√":
            self.push("cmd", "sqrt", self.at + 1)
        elif sign == "∛":
            self.push("cmd", "cbrt", self.at + 1)
        elif sign in ("∞", "π"):
            self.push("const", {"∞": "inf", "π": "pi"}[sign], self.at + 1)
        elif sign == "∅":
            self.push("words", "∅", self.at + 1)
        elif sign in ("and", "or"):
            self.push("keyword", sign, self.at + 1)
        else:
            self.push("op", sign, self.at + 1)

    def raised(self, table: dict[str, str]) -> None:
        end = self.at
        while end < self.end and self.text[end] in table:
            end += 1
        inner = "".join(table[c] for c in self.text[self.at : end])
        self.push("raised" if table is voc.SUPERSCRIPTS else "lowered", inner, end)
