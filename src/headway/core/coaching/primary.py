"""The parts that operators stand between: numbers, names, brackets, roots, functions, matrices."""

from __future__ import annotations

from headway.core.coaching import vocabulary as voc
from headway.core.coaching.brackets import CLOSERS, Brackets
from headway.core.coaching.cursor import END, Unreadable
from headway.core.coaching.numbers import number_value
from headway.core.coaching.tree import (
    Call,
    Const,
    Degree,
    Div,
    Expr,
    Group,
    Mixed,
    Mul,
    Neg,
    Num,
    Percent,
    Pow,
    Root,
    Sym,
    Words,
)  # fmt: skip
from headway.core.text import T

_NESTED = ("(", "[", "{{")


class Primary(Brackets):
    """Reads one operand with its exponent. :class:`~headway.core.coaching.parser.Parser` adds the operators."""

    def signed(self) -> Expr:
        """Read an operand that may have signs before it: ``-3``, ``+x``, ``--2``."""
        start = self.start()
        if self.take("-"):
            self.deeper()
            arg = self.signed()
            self.depth -= 1
            return Neg(arg, self.span(start))
        if self.take("+"):
            self.deeper()
            arg = self.signed()
            self.depth -= 1
            return arg
        return self.power()

    def power(self) -> Expr:
        start = self.start()
        return self.raise_to(self.postfix(self.primary(), start), start)

    def raise_to(self, base: Expr, start: int) -> Expr:
        """Read the exponents of ``base``; ``2^3^2`` is ``2^(3^2)``."""
        token = self.peek()
        if token.kind == "raised":
            self.index += 1
            base = Pow(base, self.raised(token.text, token.start), self.span(start))
        elif self.take("^"):
            if self.take("°"):
                return self.postfix(Degree(base, self.span(start)), start)
            if self.peek().text == "{{" and self.peek(1).text == "°" and self.peek(2).text == "}}":
                self.index += 3
                return self.postfix(Degree(base, self.span(start)), start)
            self.deeper()
            exponent = self.signed()
            self.depth -= 1
            base = Pow(base, exponent, self.span(start))
        return self.postfix(base, start)

    def raised(self, text: str, at: int) -> Expr:
        negative, body = text.startswith("-"), text.lstrip("+-")
        if body in ("n", "x"):
            inner: Expr = Sym(body, (at, at + len(text)))
        elif body.isdigit() and len(body) < voc.MAX_DIGITS:
            inner = self.number(body, at, at + len(text))
        else:
            raise Unreadable(T("This exponent is not understood."), at)
        return Neg(inner, (at, at + len(text))) if negative else inner

    def postfix(self, base: Expr, start: int) -> Expr:
        while True:
            if self.at_op("!") and self.peek(1).text != "=":
                self.index += 1
                base = Call("factorial", (base,), self.span(start))
            elif self.take("%"):
                base = Percent(base, self.span(start))
            elif self.take("°"):
                base = Degree(base, self.span(start))
            else:
                return base

    def primary(self) -> Expr:
        token = self.peek()
        match token.kind:
            case "num":
                return self.numeral()
            case "vulgar":
                self.index += 1
                return self.vulgar(token.text, token.start, token.end)
            case "name":
                return self.name()
            case "const":
                self.index += 1
                return Const(token.text, (token.start, token.end))
            case "func":
                return self.function()
            case "cmd":
                return self.command()
            case "words":
                self.index += 1
                return Words(token.text, (token.start, token.end))
            case "op":
                return self.bracket()
            case _:
                raise self.fail()

    def vulgar(self, text: str, start: int, end: int) -> Expr:
        top, bottom = text.split("/")
        return Div(self.number(top, start, end), self.number(bottom, start, end), (start, end))

    def numeral(self) -> Expr:
        token = self.next()
        if token.text.isdigit():
            mixed = self.mixed(int(token.text), token.start)
            if mixed is not None:
                return mixed
        return self.number(token.text, token.start, token.end)

    def mixed(self, whole: int, start: int) -> Mixed | None:
        """Read the fraction of a mixed number: ``1 1/2``, ``1½``, ``1\\frac{1}{2}``."""
        first = self.peek()
        if first.kind == "vulgar":
            self.index += 1
            top, bottom = (int(part) for part in first.text.split("/"))
            return Mixed(whole, top, bottom, self.span(start))
        if first.kind == "num" and first.gap:
            slash, second = self.peek(1), self.peek(2)
            if slash.text == "/" and second.kind == "num" and first.text.isdigit() and second.text.isdigit():
                self.index += 3
                return Mixed(whole, int(first.text), int(second.text), self.span(start))
        if first.kind == "cmd" and first.text == "frac":
            back = self.index
            fraction = self.command()
            match fraction:
                case Div(Num(top_value, top_text), Num(bottom_value, bottom_text)):
                    if top_text.isdigit() and bottom_text.isdigit() and top_value < bottom_value:
                        return Mixed(whole, int(top_text), int(bottom_text), self.span(start))
            self.index = back
        return None

    def name(self) -> Expr:
        token = self.next()
        name = token.text + self.subscript()
        if token.text in self.reading.functions and self.at_op("(") and token.text not in self.reading.variables:
            return Call(name, self.arguments(), self.span(token.start))
        return Sym(name, self.span(token.start))

    def subscript(self) -> str:
        token = self.peek()
        if token.kind == "lowered":
            self.index += 1
            return "_" + token.text
        if not self.take("_"):
            return ""
        token = self.next()
        if token.text not in ("{{", "(", "{"):
            if token.kind not in ("num", "name", "const", "words"):
                raise Unreadable(T("Something is missing after {sign}.", sign="_"), self.start())
            return "_" + token.text
        parts, closer = [], CLOSERS[token.text][0]
        while not self.at_op(closer):
            part = self.next()
            if part is END:
                raise Unreadable(T("There is an opening bracket without a closing one."), token.start)
            parts.append(part.text)
        self.index += 1
        return "_" + "".join(parts)

    def arguments(self) -> tuple[Expr, ...]:
        inside = self.bracket()
        return inside.items if isinstance(inside, Group) and inside.opening == "(" else (inside,)

    def function(self) -> Expr:
        """Read ``sin^2(x)``, ``log_2 8``, ``ln 3x``, ``root(3)(8)``."""
        token = self.next()
        name, base, exponent = token.text, None, None
        if name == "root":
            return self.root(token.start)
        if name == "log" and self.take("_"):
            self.deeper()
            base = self.bracket() if self.at_op(*_NESTED) else self.primary()
            self.depth -= 1
        if self.at_op("^") or self.peek().kind == "raised":
            here = self.start()
            marked = self.raise_to(Sym("", (here, here)), here)
            exponent = marked.exponent if isinstance(marked, Pow) else None
        if exponent == Neg(Num(number_value("1") or 0, "1")) and name in voc.INVERSE:  # type: ignore[arg-type]
            name, exponent = voc.INVERSE[name], None
        self.deeper()
        args = self.arguments() if self.at_op(*_NESTED) else (self.bare_argument(),)
        self.depth -= 1
        if name == "exp" and len(args) == 1:
            return Pow(Const("e"), args[0], self.span(token.start))
        if base is not None:
            args = (args[0], base)
        if name == "sqrt":
            call: Expr = Root(args[0], args[1] if len(args) > 1 else None, self.span(token.start))
        elif name == "cbrt":
            call = Root(args[0], self.number("3", token.start, token.end), self.span(token.start))
        else:
            call = Call(name, args, self.span(token.start))
        return call if exponent is None else Pow(call, exponent, self.span(token.start))

    def bare_argument(self) -> Expr:
        """Read what a function name without brackets applies to: ``sin 2x`` is ``sin(2x)``."""
        start = self.start()
        factors = [self.signed()]
        while self.peek().kind in ("name", "const", "num", "vulgar") or self.peek().text in ("frac", "sqrt"):
            if self.peek().kind == "num" and isinstance(factors[-1], Num):
                break
            factors.append(self.power())
        return factors[0] if len(factors) == 1 else Mul(tuple(factors), self.span(start))

    def root(self, start: int) -> Expr:
        """Read ``root(3)(8)``, ``root3(8)``, ``root[3](8)`` and ``root(x, 3)``; ``root(x)`` is a square root."""
        degree: Expr
        if self.at_op("(", "[", "{{"):
            args = self.arguments()
            if not self.at_op("(", "{{"):
                return Root(args[0], args[1] if len(args) > 1 else None, self.span(start))
            degree = args[0].items[0] if isinstance(args[0], Group) else args[0]
        else:
            degree = self.primary()
        return Root(self.bracket(), degree, self.span(start))
