"""Sentences that can be translated after they were made.

``core`` writes sentences (problems, hints, reasons, feedback) but knows no language settings. It returns a
:class:`Text`: an English message with named fields. The floors above translate the message through gettext and
then fill the fields in; ``str(text)`` is the English sentence. Mathematics stands between ``$$`` as LaTeX,
the same notation that imported content uses, so a finished sentence is one string for every source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Text:
    """A message with ``{named}`` fields; a field's value may be a Text itself.

    ``message`` is what translators see: keep whole sentences in it and only values in the fields.
    """

    message: str
    fields: tuple[tuple[str, str | int | Text], ...] = ()

    def translate(self, gettext: Callable[[str], str]) -> str:
        """Return the sentence in the language of ``gettext`` (message in, translated message out)."""
        if not self.message:
            return ""
        pattern = gettext(self.message)
        if not self.fields:
            return pattern
        values = {k: v.translate(gettext) if isinstance(v, Text) else str(v) for k, v in self.fields}
        # One pass: LaTeX in a value may itself look like a field, as the {n} of \frac{1}{n} does.
        return _FIELD.sub(lambda found: values.get(found[1], found[0]), pattern)

    def __str__(self) -> str:
        return self.translate(lambda message: message)


NOTHING = Text("")


def T(message: str, /, **fields: str | int | Text) -> Text:  # noqa: N802 (reads as a marker for translators)
    """Mark ``message`` for translation: ``T("Solve {equation}.", equation=math("3x=6"))``."""
    return Text(message, tuple(fields.items()))


def verbatim(string: str) -> Text:
    """Wrap a string that must not be translated (imported content, a learner's own words)."""
    return Text("{verbatim}", (("verbatim", string),)) if string else Text("")


def math(latex: str) -> str:
    """Set LaTeX off from the words around it."""
    return f"$${latex}$$"


def text_to_json(text: Text) -> object:
    """Encode for the log: ``"message"`` alone, or ``["message", {field: value}]``.

    A Text inside a field always takes the second form: a bare string there is a value, which is not translated.
    """
    return _pair(text) if text.fields else text.message


def _pair(text: Text) -> list[object]:
    return [text.message, {k: _pair(v) if isinstance(v, Text) else v for k, v in text.fields}]


def text_from_json(value: object) -> Text:
    """Decode what :func:`text_to_json` wrote. Raises ValueError on anything else."""
    if isinstance(value, str):
        return Text(value)
    if isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], Mapping):
        return Text(value[0], tuple((str(k), _field_from_json(v)) for k, v in value[1].items()))
    raise ValueError(f"not an encoded text: {value!r}")


def _field_from_json(value: object) -> str | int | Text:
    if isinstance(value, (str, int)):
        return value
    return text_from_json(value)
