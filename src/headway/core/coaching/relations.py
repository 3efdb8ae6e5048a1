"""The relations between quantities that a story may tell, and what each of them makes of its numbers.

A story is kept as a call: ``per(8, 14, 12)`` is "8 go with 14, how many go with 12?". Its value is what the story asks for;
the mal-rules of stories take it for a call of another kind (Vergnaud 1983; Tourniaire & Pulos 1985).

======================  ==========================================================  =================
call                    the story                                                   value
======================  ==========================================================  =================
``per(a, b, c)``        a of one go with b of the other: how many with c?           b * c / a
``apart(a, b, c)``      always as far apart: a when the other had b, the other c    c + a - b
``dearer(p, d, n)``     p for one here, d more for one there: n of them there       n * (p + d)
``cheaper(p, d, n)``    p for one here, d less for one there: n of them there       n * (p - d)
``plan(f, r, n)``       f once and r for each: n of them                            f + r * n
``moreof(d, n)``        d fewer than n                                              n - d
``fewerof(d, n)``       d more than n                                               n + d
``timesof(k, n)``       n is k times as many: how many of the other?                n / k
``timesas(k, n)``       k times as many as n                                        k * n
``partis(n, f)``        n is the fraction f of all: how many are all?               n / f
``share(p, q)``         p of one kind and q of another: which part of all is p?     p / (p + q)
``grows(a, r, n)``      a, then times r again and again, n times                    a * r^n
``climbs(a, d, n)``     a, then d more again and again, n times                     a + d * n
``lowered(p, r)``       p, r percent less                                           p - r % of p
``raised(p, r)``        p, r percent more                                           p + r % of p
``copied(h, m, k)``     a figure h high takes m to cover; its copy is k high        m * (k / h)^2
``plans(f, r, g, s)``   f once and r for each, or g and s: how many are the same?   (f - g) / (s - r)
======================  ==========================================================  =================
"""

from __future__ import annotations

from headway.core.coaching.building import negative, number
from headway.core.coaching.tree import Add, Call, Div, Expr, Mul, Percent, Pow, Words

STORIES = (
    "per", "apart", "dearer", "cheaper", "plan", "moreof", "fewerof", "timesof", "timesas", "partis", "share", "grows",
    "climbs", "copied", "plans", "lowered", "raised",
)  # fmt: skip
NOT_ENOUGH = Words("not enough")
"""Said of a story: something is missing, or its quantities have nothing to do with each other."""


def told_value(call: Call) -> Expr | None:
    """What a story asks for, as an expression in its numbers; None for a call that is no story."""
    match call:
        case Call("plans", (f, r, g, s)):
            return Div(Add((f, negative(g))), Add((s, negative(r))))
        case Call(name, (a, b, c)):
            return _of_three(name, a, b, c)
        case _:
            return _of_two(call)


def _of_three(name: str, a: Expr, b: Expr, c: Expr) -> Expr | None:
    match name:
        case "per":
            return Div(Mul((b, c)), a)
        case "apart":
            return Add((c, a, negative(b)))
        case "dearer":
            return Mul((c, Add((a, b))))
        case "cheaper":
            return Mul((c, Add((a, negative(b)))))
        case "plan" | "climbs":
            return Add((a, Mul((b, c))))
        case "copied":
            return Mul((b, Pow(Div(c, a), number(2))))
        case "grows":
            return Mul((a, Pow(b, c)))
        case _:
            return None


def _of_two(call: Call) -> Expr | None:
    match call:
        case Call("moreof", (d, n)):
            return Add((n, negative(d)))
        case Call("fewerof", (d, n)):
            return Add((n, d))
        case Call("timesof", (k, n)):
            return Div(n, k)
        case Call("timesas", (k, n)):
            return Mul((k, n))
        case Call("partis", (n, f)):
            return Div(n, f)
        case Call("lowered", (p, r)):
            return Add((p, negative(Mul((Percent(r), p)))))
        case Call("raised", (p, r)):
            return Add((p, Mul((Percent(r), p))))
        case Call("share", (p, q)):
            return Div(p, Add((p, q)))
        case _:
            return None
