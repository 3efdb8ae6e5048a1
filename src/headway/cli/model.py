"""``headway coach model``: name the language model that may word a district's hints, try it, or switch it off."""

from __future__ import annotations

import argparse
import os

from headway.cli.command import Command, Refused, Result
from headway.cli.school import find_district, open_school


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--district", default="", help="its name or identifier; the only one by default")
    parser.add_argument("--url", default="", help="address of an OpenAI-compatible interface, such as https://host/v1")
    parser.add_argument("--model", default="", help="the model's name there")
    parser.add_argument("--key-variable", default="", help="environment variable of the server that holds the key")
    parser.add_argument("--seconds", type=float, default=2.0, help="how long a learner waits for it (default 2)")
    parser.add_argument("--off", action="store_true", help="use the coach's own words from now on")
    parser.add_argument("--log", action="store_true", help="show the last questions and what became of the answers")


def _run(arguments: argparse.Namespace) -> Result:
    with open_school():
        from headway.school.coaching.phrasing import Model, last_questions, model_of, set_model
        from headway.school.people.refusal import Malformed

        district = find_district(arguments.district)
        if arguments.log:
            rows = last_questions(district)
            text = "\n".join(
                f"{row['refused'] or 'shown':<12} {row['seconds']:5.2f} s  {row['received']}" for row in rows
            )
            return Result({"questions": rows}, text or "Nothing was asked yet.")
        if arguments.url or arguments.off:
            if arguments.url and not arguments.model:
                raise Refused("--model is missing: name the model that --url serves.")
            if arguments.key_variable and arguments.key_variable not in os.environ:
                raise Refused(
                    f"{arguments.key_variable} is not set here. Set it where the server runs, then try again."
                )
            wanted = Model(
                arguments.url, arguments.model, arguments.key_variable, arguments.seconds, on=not arguments.off
            )
            try:
                set_model(district=district, model=wanted)
            except Malformed as problem:
                raise Refused(str(problem)) from None
        found = model_of(district)
    data = {"on": found is not None, "url": found.url if found else "", "model": found.model if found else ""}
    return Result(
        data, f"Hints may be worded by {found.model} at {found.url}." if found else "Off: the coach's own words."
    )


COMMAND = Command(
    help="Say which language model may word a district's hints, or none. It words what the coach has established; its text "
    "is checked, and replaced by the coach's own words when anything speaks against it.",
    example="headway coach model --url https://models.example.org/v1 --model small --key-variable MODEL_KEY",
    configure=_configure,
    run=_run,
    keys={
        "on": "whether a model is in use",
        "url, model": "which one; empty when off",
        "questions": "with --log: sent, received, refused (why it was not shown; empty when it was), seconds, at",
    },
)
