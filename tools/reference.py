"""Writes the reference pages from the code: ``python -m tools.reference`` (a test checks that they are up to date)."""

from __future__ import annotations

import json
import os
from pathlib import Path

os.environ.setdefault("HEADWAY_MODE", "test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headway.site.settings")

import django

django.setup()

from headway.api.rest import api  # noqa: E402 (after Django's set-up)
from headway.cli import COMMANDS, load  # noqa: E402

DOCS = Path(__file__).resolve().parents[1] / "docs" / "reference"


def commands_page() -> str:
    """Every command with its example and the keys of its JSON."""
    out = ["# Commands", "", "Made from the code. Exit codes: 0 done, 1 refused (it says why), 2 usage.", ""]
    for name in sorted(COMMANDS):
        command = load(name)
        out += [f"## headway {name}", "", command.help, "", "```console", f"$ {command.example}", "```", ""]
        if command.keys:
            out += ["| key of `--json` | meaning |", "|---|---|"]
            out += [f"| `{key}` | {meaning} |" for key, meaning in command.keys.items()] + [""]
    return "\n".join(out)


def api_page() -> str:
    """Every operation of the REST interface."""
    schema = api.get_openapi_schema()
    out = [
        "# REST interface",
        "",
        "Made from the code; the whole description is served at `/api/openapi.json`. Send a token as",
        "`Authorization: Bearer hw1.…`, or a session's cookie with the `X-CSRFToken` header. Errors are problem details",
        "(RFC 9457, `application/problem+json`). Lists that grow answer `{items, next}`; send `next` as `after` for",
        "the following page. Above twenty requests a second for one person the answer is 429.",
        "",
        "| operation | what it does | answers |",
        "|---|---|---|",
    ]
    for path, operations in sorted(schema["paths"].items()):
        for method, operation in operations.items():
            codes = ", ".join(str(code) for code in operation["responses"])
            out.append(f"| `{method.upper()} {path}` | {operation['summary']} | {codes} |")
    return "\n".join([*out, "", "## Giving an answer", "", "```json", json.dumps(EXAMPLE, indent=2), "```", ""])


EXAMPLE = {
    "id": "6f1e7e0a-8f38-4c2e-9f0e-000000000001",
    "activity": "gen:6.EE.B.7/subtract:81723",
    "step": 0,
    "answer": "x=7",
    "hints": 1,
    "seconds": 34.5,
}

PAGES = {"commands.md": commands_page, "api.md": api_page}


def main() -> None:
    """Write the pages."""
    DOCS.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (DOCS / name).write_text(page())


if __name__ == "__main__":
    main()
