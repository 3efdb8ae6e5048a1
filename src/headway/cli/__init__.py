"""The command line: ``headway COMMAND``. One module a command; this one finds it, runs it and prints its result.

Exit codes: 0 done, 1 refused (the message says why and what to do), 2 usage.
"""

from __future__ import annotations

import argparse
import json
import sys
from importlib import import_module

from headway import __version__
from headway.cli.command import Command, Refused

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo", "start Maple Middle School and print sign-in links"),
    "serve": ("serve", "serve a school (production: set DATABASE_URL and HEADWAY_SECRET_KEY)"),
    "coach check": ("coach", "judge lines of working and name the misconception behind the first broken one"),
    "coach model": ("model", "name the language model that may word hints, or switch it off"),
    "cat simulate": ("cat", "try an adaptive test on a bank of items with simulated takers"),
    "digest send": ("digest", "send families the week of their child by e-mail, to those who asked for it"),
    "lti grades": ("launches", "send what is mastered back to the courses of learning management systems"),
    "fit": ("fit", "fit a learner model on a response log, with a held-out report"),
    "judge fit": ("judge", "scale texts from decisions between two of them"),
    "growth fit": ("growth", "estimate growth from probes, and decide about a goal"),
    "simulate": ("simulate", "let simulated learners practise under a policy"),
    "refit": ("refit", "fit the served model anew on the log, compare, promote or roll back"),
    "evaluate-policy": ("evaluate_policy", "estimate from the log what another policy would have brought"),
    "efficacy": ("efficacy", "what each problem, hint, way of working, support and policy does to later success"),
    "replay": ("replay", "replay the log and check that profiles and decisions are the same"),
    "pilot power": ("pilot_power", "work out the smallest effect that a study can find"),
    "pilot allocate": ("pilot_allocate", "deal arms by a seed, report the balance, freeze the plan"),
    "pilot analyse": ("pilot_analyse", "judge a study: effect, errors, standards, cost, and a verdict in words"),
    "report close": ("report", "sum up the weeks that are over, for the reports"),
    "report check": ("report", "hold the sums of closed weeks against the log"),
    "report show": ("report", "print the report of a district or school"),
    "report send": ("report", "send the report to the leaders who asked for it"),
    "irt fit": ("irt", "calibrate items on a table of scores"),
    "schedule": ("schedule", "plan a day from a file, with a bound that proves how good it is"),
    "schedule day": ("schedule_day", "plan a class's day in the school from what learners are ready for"),
    "schedule check": ("schedule", "count a plan anew and name every rule that it breaks"),
    "migrate": ("migrate", "create or update the tables and their row-level security"),
    "district add": ("districts", "make a district: the first step of an installation"),
    "district list": ("districts", "list the districts with their identifiers"),
    "sign-on add": ("sign_on", "open the first service that people sign in by"),
    "export roster": ("export", "write the district as OneRoster CSV 1.1 or 1.2"),
    "export learner": ("export", "write everything of one learner"),
    "export district": ("export", "write the district's data as Parquet with a dictionary"),
    "export xapi": ("export", "write what was recorded as xAPI statements"),
    "export caliper": ("export", "write what was recorded as Caliper events"),
    "export research": ("export", "write data without names, of those who agreed"),
    "export case": ("case", "write the skills, or a framework, as a CASE package"),
    "import standards": ("import_", "bring in a skill graph, or put the shipped one in force"),
    "import outcomes": ("outcomes", "bring in what the district wants: outcomes with measures and goals"),
    "outcomes measure": ("outcomes", "read where every learner stands on the district's outcomes"),
    "import readiness": ("readiness", "bring in what schools have: devices, autonomies, budgets, partners"),
    "import measures": ("measures", "bring in scores of outside tests"),
    "import items": ("measures", "bring in calibrated items to screen with"),
    "import case": ("case", "bring in a framework of standards (CASE)"),
    "import oatutor": ("import_", "bring in OATutor's problems with hints and scaffolds"),
    "import content": ("content", "bring in questions of other systems: Moodle, GIFT, QTI and others"),
    "import careers": ("careers", "bring in the careers that learners' wishes are linked to"),
    "import subject": ("subjects", "bring in a subject of your own from tables, or one that ships with Headway"),
    "import courses": ("courses", "bring in the courses that credit is granted for"),
    "import oneroster": ("oneroster", "bring in a roster: OneRoster CSV 1.1 or 1.2"),
    "caliper send": ("caliper", "send what was recorded to a receiver of Caliper events"),
    "xapi add": ("xapi", "let a system send and read xAPI statements: a user name and a secret"),
    "xapi list": ("xapi", "list the systems that may use the record store"),
    "xapi take": ("xapi", "read what trusted systems sent, where no server was left to do it"),
    "xapi close": ("xapi", "end a system's use of the record store"),
    "import responses": ("import_", "check a Parquet response log"),
}
"""Command words -> (module in this package, one-line help). Modules are imported only when their command runs."""


def find(words: list[str]) -> tuple[str, list[str]] | None:
    """Return the longest command that ``words`` start with, and the words after it."""
    for length in (2, 1):
        name = " ".join(words[:length])
        if len(words) >= length and name in COMMANDS:
            return name, words[length:]
    return None


def load(name: str) -> Command:
    """Import the module of a command and return its description."""
    command = import_module(f"{__name__}.{COMMANDS[name][0]}")
    found = getattr(command, "COMMANDS", {}).get(name) or command.COMMAND
    assert isinstance(found, Command)
    return found


def parser_of(name: str, command: Command) -> argparse.ArgumentParser:
    """Build the parser of one command; ``--json`` is always there."""
    keys = "\n".join(f"  {key}: {meaning}" for key, meaning in command.keys.items())
    parser = argparse.ArgumentParser(
        prog=f"headway {name}",
        description=command.help,
        epilog=f"example:\n  {command.example}\n\nkeys of --json:\n{keys}\n\nexit codes: 0 done, 1 refused, 2 usage",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.configure(parser)
    parser.add_argument("--json", action="store_true", help="print the result as one JSON object with stable keys")
    return parser


def overview() -> str:
    """What ``headway --help`` prints."""
    rows = "\n".join(f"  {name:<18} {text}" for name, (_, text) in sorted(COMMANDS.items()))
    return f"headway {__version__}: personalised learning for schools\n\ncommands (headway COMMAND --help):\n{rows}"


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = sys.argv[1:] if argv is None else argv
    if words in ([], ["--help"], ["-h"], ["help"]):
        print(overview())
        return 0 if words else 2
    if words == ["--version"]:
        print(f"headway {__version__}")
        return 0
    found = find(words)
    if found is None:
        print(f"headway: there is no command '{' '.join(words[:2])}'.\n\n{overview()}", file=sys.stderr)
        return 2
    name, rest = found
    command = load(name)
    try:
        arguments = parser_of(name, command).parse_args(rest)
    except SystemExit as stop:  # argparse has printed the reason
        return 2 if stop.code else 0
    try:
        result = command.run(arguments)
    except Refused as refusal:
        if arguments.json:
            print(json.dumps({**refusal.data, "error": str(refusal)}, indent=2, sort_keys=True))
        print(f"headway {name}: {refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"\nheadway {name}: stopped by you; nothing is half-written.", file=sys.stderr)
        return 1
    if result is not None:
        print(json.dumps(result.data, indent=2, sort_keys=True) if arguments.json else result.text, end="\n")
    return 0
