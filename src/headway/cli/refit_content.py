"""What ``headway refit`` says of the content."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from headway.core.text import text_from_json

MOST = 12
"""Findings that are printed; ``--json`` and the page have all."""

KEYS = {
    "content.looked_at": "questions asked by family: key, discrimination, change, hints, contradicted, suggested, split",
    "content.counts, rate": "findings by kind, and the share of false ones allowed in each family",
    "content.findings[].kind, subject, item, skills": "key, discrimination, change, hints-little, contradicted, split, merge, "
    "suggested or hints-much; what it is about, by identifier",
    "content.findings[].effect, low, high, unit, adjusted": "size with its interval (95 % among what was chosen) and the "
    "p value after all that was asked; unit is share, slope, logits or variance",
    "content.findings[].learners, answers, numbers, parts, since, words": "what it rests on, the two groups of a split, the "
    "moment of a change (seconds since 1970, else 0), and the sentence (message and fields)",
}


def content_text(content: dict[str, Any]) -> str:
    """The content report in a few lines."""
    asked, found = sum(content["looked_at"].values()), sum(content["counts"].values())
    things = "1 finding" if found == 1 else f"{found:,} findings"
    lines = [f"content: {things} from {asked:,} questions to {content['answers']:,} answers"]
    for each in content["findings"][:MOST]:
        since = f", since about {datetime.fromtimestamp(each['since'], UTC):%Y-%m-%d}" if each["since"] else ""
        lines.append(
            f"  {each['subject']} ({each['learners']} learners{since}): {text_from_json(each['words'])} "
            f"[{each['unit']} {each['effect']:.2f}, {each['low']:.2f} to {each['high']:.2f}]"
        )
    if found > MOST:
        lines.append(f"  and {found - MOST} more: see --json or the page /models/content")
    return "\n".join(lines)
