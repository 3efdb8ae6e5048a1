"""The LaTeX part of the lexer: commands, environments and text inside braces."""

from __future__ import annotations

import re

from headway.core.coaching import vocabulary as voc
from headway.core.coaching.tokens import Reading, Token
from headway.core.coaching.tree import ParseError
from headway.core.text import T

_COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_BRACED = re.compile(r"\s*\{([^{}]*)\}")
_LATEX = re.compile(r"\\|[\^_]\{|\$\$|\*\*\{|\}\{")


class LatexScanner:
    """A place in the text with the tokens found so far."""

    def __init__(self, text: str, reading: Reading) -> None:
        self.text = text
        self.reading = reading
        self.tokens: list[Token] = []
        self.at = 0
        self.end = len(text.rstrip(" \t\n.,;?"))
        self.gap = False
        self.depth = 0
        self.latex = bool(_LATEX.search(text))
        self.dollars = text.count("$") - 2 * text.count("$$")
        self.long_names = sorted((v for v in reading.variables if len(v) > 1), key=len, reverse=True)

    def push(self, kind: str, text: str, end: int) -> None:
        self.tokens.append(Token(kind, text, self.at, end, self.gap))
        self.at = end
        self.gap = False

    def skip(self, end: int) -> None:
        self.at = end
        self.gap = True

    def whole_word(self, word: str, end: int) -> bool:
        """Read ``word`` as one known word, if it is one."""
        if word in voc.KEYWORDS:
            self.push("keyword", voc.KEYWORDS[word], end)
        elif word in voc.POSTFIX_WORDS:
            self.push("op", voc.POSTFIX_WORDS[word], end)
        elif word in voc.WHOLE_CONSTANTS:
            self.push("const", voc.WHOLE_CONSTANTS[word], end)
        elif len(word) > 1 and word.lower() in voc.FUNCTIONS:
            self.push("func", voc.FUNCTIONS[word.lower()], end)
        elif word.lower() in voc.WHOLE_FUNCTIONS:
            self.push("func", voc.WHOLE_FUNCTIONS[word.lower()], end)
        elif word in ("Pi", "PI"):
            self.push("const", "pi", end)
        elif word in voc.GREEK:
            self.push("name", word, end)
        elif word == "div":
            self.push("op", "/", end)
        else:
            return False
        return True

    def command(self) -> ParseError | None:
        found = _COMMAND.match(self.text, self.at)
        if found is None:
            return ParseError(T("The sign {sign} is not understood here.", sign="\\"), self.at)
        name, end = found.group(1), found.end()
        if name in voc.LATEX_SKIPPED or name in ",;:! ":
            self.skip(end + (1 if name in ("left", "right") and self.text.startswith(".", end) else 0))
        elif name in voc.LATEX_OPERATORS:
            sign = voc.LATEX_OPERATORS[name]
            self.push("keyword" if sign in ("and", "or") else "op", sign, end)
        elif name in voc.LATEX_FRACTIONS:
            self.push("cmd", "frac", end)
        elif name in ("sqrt", "overline", "bar", "begin", "end", "placeholder"):
            self.environment(name, end)
        elif name in voc.LATEX_TEXT:
            return self.words(end)
        elif name in ("{", "}", "%", "$", "&", "_", "\\", "|", "#"):
            self.push("op", name, end)
        else:
            return self.named(name, end)
        return None

    def environment(self, name: str, end: int) -> None:
        braced = _BRACED.match(self.text, end) if name in ("begin", "end") else None
        if braced:
            if braced.group(1) in ("array",):
                columns = _BRACED.match(self.text, braced.end())
                end = columns.end() if columns else braced.end()
            else:
                end = braced.end()
        self.push("cmd", name, end)

    def words(self, end: int) -> ParseError | None:
        braced = _BRACED.match(self.text, end)
        if braced is None:
            self.skip(end)
            return None
        word = " ".join(braced.group(1).split())
        if not self.whole_word(word, braced.end()):
            if len(word) == 1 and word.isalpha():
                self.push("const" if word in voc.CONSTANTS else "name", word, braced.end())
            elif word:
                self.push("words", word, braced.end())
            else:
                self.skip(braced.end())
        return None

    def named(self, name: str, end: int) -> ParseError | None:
        if name in voc.LATEX_NAMES:
            known = voc.LATEX_NAMES[name]
            self.push("words" if known == "∅" else "const", known, end)
        elif name in ("square", "Box"):
            self.push("name", "□", end)
        elif name == "pi":
            self.push("const", "pi", end)
        elif name in voc.FUNCTIONS:
            self.push("func", voc.FUNCTIONS[name], end)
        elif name in voc.GREEK:
            self.push("name", name, end)
        else:
            return ParseError(T("The sign {sign} is not understood here.", sign=f"\\{name}"[:20]), self.at)
        return None
