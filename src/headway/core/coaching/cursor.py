"""A place in the tokens, and the sentences for what can be wrong there."""

from __future__ import annotations

from headway.core.coaching import vocabulary as voc
from headway.core.coaching.tokens import Reading, Token
from headway.core.coaching.tree import Span
from headway.core.text import T, Text

END = Token("end", "", -1, -1, False)


class Unreadable(Exception):
    """Raised inside the parser; :func:`headway.core.coaching.parser.parse` turns it into a value."""

    def __init__(self, message: Text, position: int) -> None:
        super().__init__(str(message))
        self.message = message
        self.position = position


class Cursor:
    """Reads tokens one after the other and counts how deep the parser is."""

    def __init__(self, tokens: list[Token], reading: Reading, length: int) -> None:
        self.tokens = tokens
        self.reading = reading
        self.length = length
        self.index = 0
        self.depth = 0
        self.bars = 0

    def peek(self, ahead: int = 0) -> Token:
        index = self.index + ahead
        return self.tokens[index] if index < len(self.tokens) else END

    def next(self) -> Token:
        token = self.peek()
        self.index += 1
        return token

    def at_op(self, *signs: str) -> bool:
        token = self.peek()
        return token.kind == "op" and token.text in signs

    def take(self, *signs: str) -> bool:
        if self.at_op(*signs):
            self.index += 1
            return True
        return False

    def start(self) -> int:
        token = self.peek()
        return self.length if token is END else token.start

    def span(self, start: int) -> Span:
        last = self.tokens[min(self.index, len(self.tokens)) - 1]
        return (start, last.end)

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > voc.MAX_DEPTH:
            raise Unreadable(T("There are too many brackets inside each other."), self.start())

    def fail(self) -> Unreadable:
        """Say what is wrong at the present token, where the beginning of something was expected."""
        token, before = self.peek(), self.tokens[self.index - 1] if self.index else END
        here = self.start()
        sign = before.text if before.kind == "op" else ""
        if token is END and not self.tokens:
            return Unreadable(T("There is no answer yet."), 0)
        if sign in ("(", "[", "{", "{{") and token.text in (")", "]", "}", "}}"):
            return Unreadable(T("There is nothing between the brackets."), before.start)
        if token is END and sign in ("(", "[", "{", "{{"):
            return Unreadable(T("There is an opening bracket without a closing one."), before.start)
        if token.text in (")", "]", "}", "}}"):
            if sign:
                return Unreadable(T("Something is missing after {sign}.", sign=sign), before.start)
            return Unreadable(T("There is a closing bracket without an opening one."), here)
        if sign and token is not END and token.kind == "op":
            return Unreadable(
                T("The signs {first} and {second} do not go together.", first=sign, second=token.text), here
            )
        if sign:
            return Unreadable(T("Something is missing after {sign}.", sign=sign), before.start)
        if token is END:
            return Unreadable(T("The answer is not finished."), here)
        return Unreadable(T("Something is missing before {sign}.", sign=token.text), here)

    def unexpected(self) -> Unreadable:
        """Say what is wrong at a token that cannot follow what was read."""
        token = self.peek()
        if token.kind == "op" and token.text in (")", "]", "}", "}}"):
            return Unreadable(T("There is a closing bracket without an opening one."), token.start)
        if token.kind == "num":
            return Unreadable(T("There are two numbers side by side with no sign between them."), token.start)
        return Unreadable(T("This part is not understood: {part}.", part=token.text), token.start)
