"""Read what a learner typed into a tree, or say kindly why it cannot be read.

The grammar, loosest first: commas; ``or``; ``and``; relations; unions; sums; products (written or not, left to
right, so ``1/2x`` is half of x); signs; powers; operands. Length, depth, digits and tokens are bounded, so reading
is bounded too. Nothing is ever evaluated here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from headway.core.coaching import vocabulary as voc
from headway.core.coaching.cursor import Unreadable
from headway.core.coaching.lexer import tokenize
from headway.core.coaching.primary import Primary
from headway.core.coaching.tokens import PLAIN, Reading
from headway.core.coaching.tree import Add, Div, Expr, Group, Logic, Mul, Neg, ParseError, PlusMinus, Relation, Words
from headway.core.text import T

_RELATIONS = ("=", "!=", "<", "<=", ">", ">=", "in")
_DEFINES = re.compile(r"[\s$]*([A-Za-z])\s*(?:\\left)?\(\s*[A-Za-z]\s*(?:\\right)?\)\s*=")


def parse(text: str, reading: Reading = PLAIN) -> Expr | ParseError:
    """Read ``text`` (plain typing, LaTeX, or a math field's output).

    Returns the tree, or a :class:`ParseError` value with a sentence for a child and the offset. Never raises on any
    text and takes time linear in its bounded length.
    """
    if len(text) > voc.MAX_LENGTH:
        return ParseError(T("This is too long to read. Write only your answer."), voc.MAX_LENGTH)
    return _parse(text, reading)


@lru_cache(maxsize=2048)
def _parse(text: str, reading: Reading) -> Expr | ParseError:
    defines = _DEFINES.match(text)
    if defines and defines.group(1) not in reading.variables:
        reading = reading._replace(functions=reading.functions | {defines.group(1)})
    tokens = tokenize(text, reading)
    if isinstance(tokens, ParseError):
        return tokens
    parser = Parser(tokens, reading, len(text))
    try:
        if not tokens:
            raise parser.fail()
        tree = parser.sequence()
        if parser.index < len(tokens):
            raise parser.unexpected()
    except Unreadable as error:
        return ParseError(error.message, error.position)
    return tree


class Parser(Primary):
    """The operators, loosest first."""

    def sequence(self) -> Expr:
        start = self.start()
        items = [self.logic()]
        while self.take(",", ";"):
            if self.index >= len(self.tokens):
                break
            items.append(self.logic())
        return items[0] if len(items) == 1 else Group("", tuple(items), "", self.span(start))

    def logic(self) -> Expr:
        return self.joined("or", lambda: self.joined("and", self.relation))

    def joined(self, word: str, part: Callable[[], Expr]) -> Expr:
        start = self.start()
        parts = [part()]
        while self.peek().kind == "keyword" and self.peek().text == word:
            self.index += 1
            parts.append(part())
        return parts[0] if len(parts) == 1 else Logic(word, tuple(parts), self.span(start))

    def relation(self) -> Expr:
        start = self.start()
        sides, signs = [self.union()], []
        while self.at_op(*_RELATIONS):
            signs.append(self.next().text)
            sides.append(self.union())
        return Relation(tuple(signs), tuple(sides), self.span(start)) if signs else sides[0]

    def union(self) -> Expr:
        start = self.start()
        parts, word = [self.sum()], "∪"
        while self.at_union():
            word = "∩" if self.next().text == "∩" else "∪"
            parts.append(self.sum())
        return parts[0] if len(parts) == 1 else Logic(word, tuple(parts), self.span(start))

    def at_union(self) -> bool:
        """``∪``, or the letter U (also &) between brackets."""
        token = self.peek()
        if token.text in ("∪", "∩"):
            return True
        closed = self.index > 0 and self.tokens[self.index - 1].text in (")", "]", "}")
        return token.text in ("U", "u", "&") and closed and self.peek(1).text in ("(", "[", "{")

    def sum(self) -> Expr:
        start = self.start()
        terms: list[Expr] = []
        if self.take("±"):
            terms = [PlusMinus(None, self.term(), self.span(start))]
        else:
            terms = [self.signed_term()]
        while True:
            if self.take("+"):
                terms.append(self.signed_term())
            elif self.at_op("-"):
                here = self.start()
                self.index += 1
                terms.append(Neg(self.signed_term(), self.span(here)))
            elif self.take("±"):
                left = terms[0] if len(terms) == 1 else Add(tuple(terms), self.span(start))
                terms = [PlusMinus(left, self.term(), self.span(start))]
            else:
                break
        return terms[0] if len(terms) == 1 else Add(tuple(terms), self.span(start))

    def signed_term(self) -> Expr:
        """A term with its own sign: in ``-2*3`` the sign belongs to the product."""
        start = self.start()
        if self.take("-"):
            self.deeper()
            term = self.signed_term()
            self.depth -= 1
            return Neg(term, self.span(start))
        if self.take("+"):
            self.deeper()
            term = self.signed_term()
            self.depth -= 1
            return term
        return self.term()

    def term(self) -> Expr:
        start = self.start()
        factors = [self.money()]
        while True:
            if self.take("*"):
                factors.append(self.signed())
            elif self.at_op("/", ":"):
                self.index += 1
                bottom = self.signed()
                factors = [Div(self.product(factors, start), bottom, self.span(start))]
            elif self.implicit():
                factors.append(self.power())
            else:
                return self.product(factors, start)

    def money(self) -> Expr:
        """An operand that may have a currency sign before it, which becomes a factor in words."""
        token = self.peek()
        if token.kind == "op" and token.text in voc.MONEY:
            self.index += 1
            return Mul((self.signed(), Words(token.text, (token.start, token.end))), self.span(token.start))
        return self.power()

    def product(self, factors: list[Expr], start: int) -> Expr:
        return factors[0] if len(factors) == 1 else Mul(tuple(factors), self.span(start))

    def implicit(self) -> bool:
        """Whether the next token begins a factor that needs no sign before it."""
        token = self.peek()
        if token.kind in ("name", "const", "func", "words", "vulgar") or token.text in ("{{", "("):
            return not self.at_union()
        if token.kind == "cmd":
            return token.text != "end"
        if token.text == "[":
            return True
        if token.kind == "num":
            return self.tokens[self.index - 1].kind not in ("num", "vulgar")
        return token.text == "|" and self.bars == 0
