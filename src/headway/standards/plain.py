"""Texts that can be kept: what the database and UTF-8 both write."""

from __future__ import annotations

import re

_NOT_KEPT = re.compile("[\x00\ud800-\udfff]")


def plain(text: str) -> bool:
    """Whether a text can be kept: it holds no NUL, and no half of a pair of surrogates, which JSON can name but nobody can write.

    >>> plain("Ana"), plain("\\x00"), plain("\\ud800")
    (True, False, False)
    """
    return _NOT_KEPT.search(text) is None


def made_plain(text: str) -> str:
    """The text with U+FFFD for each sign that cannot be kept.

    >>> made_plain("a\\x00b")
    'a\\ufffdb'
    """
    return _NOT_KEPT.sub("\ufffd", text)


def all_plain(value: object) -> bool:
    """Whether every text of a JSON value can be kept, names of properties too.

    >>> all_plain({"a": ["b", {"c": 1}]}), all_plain([{"\\x00": 1}])
    (True, False)
    """
    left = [value]
    while left:
        each = left.pop()
        if isinstance(each, str):
            if not plain(each):
                return False
        elif isinstance(each, dict):
            left += [*each.keys(), *each.values()]
        elif isinstance(each, list):
            left += each
    return True
