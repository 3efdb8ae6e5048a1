r"""MathML to LaTeX, for what school questions are made of: ``<mfrac><mi>a</mi><mn>2</mn></mfrac>`` is ``\frac{a}{2}``."""

from __future__ import annotations

from xml.etree.ElementTree import Element

SIGNS = {
    "×": r"\times ", "⋅": r"\cdot ", "·": r"\cdot ", "÷": r"\div ", "≤": r"\leq ", "≥": r"\geq ", "≠": r"\neq ",
    "π": r"\pi ", "θ": r"\theta ", "α": r"\alpha ", "β": r"\beta ", "∞": r"\infty ", "±": r"\pm ", "−": "-", "°": r"^\circ ",
    "√": r"\surd ", "∑": r"\sum ", "∫": r"\int ", "→": r"\to ", "\u2061": "", "\u2062": "", "\u2063": ",", "%": r"\%",
    "$": r"\$", "{": r"\{", "}": r"\}", "&": r"\&", "#": r"\#", "_": r"\_",
}  # fmt: skip
PAIRS = {"mfrac": r"\frac{%s}{%s}", "msup": "%s^{%s}", "msub": "%s_{%s}", "mroot": r"\sqrt[%s]{%s}",
         "mover": r"\overset{%s}{%s}", "munder": r"\underset{%s}{%s}"}  # fmt: skip
TURNED = ("mroot", "mover", "munder")
"""Elements whose second child is written first in LaTeX."""


def latex_of(element: Element) -> str:
    """The LaTeX of a MathML element; an element that is not known leaves its children."""
    name = element.tag.lower()
    if name in ("annotation", "annotation-xml", "mspace", "maction"):
        return ""
    if name in ("mi", "mn", "mo", "mtext", "ms"):
        text = " ".join("".join(element.itertext()).split())
        if name == "mtext":
            return rf"\text{{{text}}}" if text else ""
        written = "".join(SIGNS.get(sign, sign) for sign in text)
        return rf"\text{{{text}}}" if name == "mi" and len(text) > 1 and text.isalpha() else written
    children = [latex_of(child) for child in element]
    if name in PAIRS and len(children) == 2:
        first, second = (children[1], children[0]) if name in TURNED else (children[0], children[1])
        return PAIRS[name] % (f"{{{first}}}" if name in ("msup", "msub") and len(first) > 1 else first, second)
    if name == "msubsup" and len(children) == 3:
        base, low, high = children
        return f"{{{base}}}_{{{low}}}^{{{high}}}"
    inner = "".join(children)
    if name == "msqrt":
        return rf"\sqrt{{{inner}}}"
    if name == "mfenced":
        return element.get("open", "(") + ",".join(children) + element.get("close", ")")
    if name == "mtd":
        return inner + " & "
    if name == "mtr":
        return inner.removesuffix(" & ") + r" \\ "
    return rf"\begin{{matrix}}{inner}\end{{matrix}}" if name == "mtable" else inner
