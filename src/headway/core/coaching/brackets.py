"""Brackets, bars, fractions, roots and matrices: what has a beginning and an end of its own."""

from __future__ import annotations

from headway.core.coaching.cursor import END, Cursor, Unreadable
from headway.core.coaching.numbers import number_value
from headway.core.coaching.tree import Call, Div, Expr, Group, Matrix, Num, Root
from headway.core.text import T

CLOSERS = {"(": (")", "]"), "[": ("]", ")"), "{": ("}",), "{{": ("}}",)}


class Brackets(Cursor):
    """Reads what is enclosed; the operand readers below it are the parser's."""

    def sequence(self) -> Expr:
        raise NotImplementedError

    def logic(self) -> Expr:
        raise NotImplementedError

    def primary(self) -> Expr:
        raise NotImplementedError

    def number(self, text: str, start: int, end: int) -> Num:
        value = number_value(text)
        if value is None:
            raise Unreadable(T("This number is not understood."), start)
        return Num(value, text, (start, end))

    def command(self) -> Expr:
        token = self.next()
        start = token.start
        self.deeper()
        try:
            if token.text == "frac":
                top = self.primary()
                bottom = self.primary()
                return Div(top, bottom, self.span(start))
            if token.text in ("sqrt", "cbrt"):
                degree: Expr | None = self.number("3", start, token.end) if token.text == "cbrt" else None
                if token.text == "sqrt" and self.take("["):
                    degree = self.logic()
                    if not self.take("]"):
                        raise Unreadable(T("There is an opening bracket without a closing one."), start)
                return Root(self.primary(), degree, self.span(start))
            if token.text == "begin":
                return self.matrix(start)
            if token.text == "placeholder":
                raise Unreadable(T("There is an empty box in your answer."), start)
        finally:
            self.depth -= 1
        raise Unreadable(T("This part is not understood: {part}.", part=token.text), start)

    def matrix(self, start: int) -> Expr:
        rows: list[tuple[Expr, ...]] = []
        row: list[Expr] = []
        while True:
            if self.peek().kind == "cmd" and self.peek().text == "end":
                self.index += 1
                break
            row.append(self.logic())
            if self.take("&"):
                continue
            rows.append(tuple(row))
            row = []
            if not self.take("\\") and not (self.peek().kind == "cmd" and self.peek().text == "end"):
                raise Unreadable(T("This table of numbers is not finished."), start)
        if not rows or len({len(r) for r in rows}) != 1:
            raise Unreadable(T("The rows of this table have different lengths."), start)
        return Matrix(tuple(rows), self.span(start))

    def bracket(self) -> Expr:
        """Read brackets of any sort, or a value between bars."""
        token = self.peek()
        start = self.start()
        if token.kind != "op" or token.text not in (*CLOSERS, "|"):
            raise self.fail()
        self.index += 1
        self.deeper()
        outer_bars, self.bars = self.bars, (self.bars + 1 if token.text == "|" else 0)
        inside = self.sequence() if not (token.text == "{" and self.at_op("}")) else Group("", (), "")
        self.bars = outer_bars
        self.depth -= 1
        if token.text == "|":
            if not self.take("|"):
                raise Unreadable(T("There is a bar | without its partner."), start)
            return Call("abs", (inside,), self.span(start))
        closer = self.peek().text
        if not self.take(*CLOSERS[token.text]):
            if self.peek() is END:
                raise Unreadable(T("There is an opening bracket without a closing one."), start)
            raise self.unexpected()
        items = inside.items if isinstance(inside, Group) and inside.opening == "" else (inside,)
        if len(items) == 1 and token.text in ("(", "{{") and closer in (")", "}}"):
            return items[0]
        opening, closer = ("{", "}") if token.text == "{{" else (token.text, closer)
        return Group(opening, items, closer, self.span(start))
