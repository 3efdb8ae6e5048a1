"""Where ``headway import case`` reads from: a package, another system's CASE service, or the Knowledge Graph's export."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from pathlib import Path

from headway.cli.command import Refused, Result
from headway.cli.files import reading, refusing
from headway.standards.case import Framework, read_package
from headway.standards.case.knowledge_graph import Opened, held, read_knowledge_graph
from headway.standards.case.reading import MOST_BYTES
from headway.standards.report import LossReport

KEY = "HEADWAY_CASE_TOKEN"
"""Holds the key of a service that asks for one: not on the command line, where others see it."""


@dataclass(frozen=True, slots=True)
class Source:
    """What was read; ``name`` is that of the file, ``address`` where it was pulled from."""

    framework: Framework
    report: LossReport
    name: str
    address: str = ""


def configure_sources(parser: argparse.ArgumentParser) -> None:
    """The arguments that say where to read."""
    parser.add_argument("--url", default="", help=f"pull it from a CASE service; its key, if it asks for one, in {KEY}")
    parser.add_argument(
        "--jurisdiction",
        default="",
        help="PATH is an export of the Learning Commons Knowledge Graph; read this one's standards",
    )
    parser.add_argument("--subject", default="Mathematics", help="with --jurisdiction: which subject (Mathematics)")


def read_source(arguments: argparse.Namespace) -> Source | Result:
    """Read what is named; the answer instead where somebody has to choose first. Raises Refused."""
    if bool(arguments.path) == bool(arguments.url):
        raise Refused("give the path of a package, of the Knowledge Graph's export, or --url.")
    if arguments.url:
        return _pulled(arguments.url)
    if arguments.jurisdiction or arguments.path.is_dir() or ".jsonl" in arguments.path.name:
        return _graph(arguments)
    with reading(arguments.path) as stream, refusing():
        framework, report = read_package(stream.read(MOST_BYTES + 1), arguments.path.name)
    return Source(framework, report, arguments.path.name)


def _pulled(address: str) -> Source | Result:
    from headway.cli.school import open_school

    with open_school(), refusing():
        from headway.school.exchange.frameworks.pulling import named, offers, pull

        place, token = named(address), os.environ.get(KEY, "")
        if place.key:
            framework, report = read_package(pull(place, token), place.package)
            return Source(framework, report, place.package, place.package)
        found = offers(place.base, token)
    lines = [f"{place.base} has {len(found)} frameworks. Name one: --url ADDRESS", ""]
    lines += [
        f"  {each.address}\n      {each.title} ({each.creator}{', ' if each.version else ''}{each.version})"
        for each in found
    ]
    told = [{"address": each.address, "title": each.title, "version": each.version} for each in found]
    return Result({"offers": told}, "\n".join(lines))


def _graph(arguments: argparse.Namespace) -> Source | Result:
    files = files_in(arguments.path)
    with refusing():
        if arguments.jurisdiction:
            framework, report = read_knowledge_graph(
                files, jurisdiction=arguments.jurisdiction, subject=arguments.subject
            )
            return Source(framework, report, f"Knowledge Graph, {arguments.jurisdiction}")
        there = held(files)
    if not there:
        raise Refused(f"{arguments.path} holds no standards of the Knowledge Graph.")
    lines = ["Name one of these with --jurisdiction and --subject:", ""]
    lines += [f"  {each.jurisdiction:<28} {each.subject:<28} {each.nodes:>8,}" for each in there]
    told = [{"jurisdiction": each.jurisdiction, "subject": each.subject, "nodes": each.nodes} for each in there]
    return Result({"offers": told}, "\n".join(lines))


def files_in(path: Path) -> list[tuple[str, Opened]]:
    """The files of JSON lines that a path names, by name. Raises Refused where there are none."""
    paths = sorted(path.rglob("*.jsonl*")) if path.is_dir() else [path]
    if not paths or not all(each.is_file() for each in paths):
        raise Refused(f"{path} has no files of JSON lines (.jsonl, .jsonl.gz).")
    return [(each.name, _opener(each)) for each in paths]


def _opener(path: Path) -> Opened:
    return lambda: path.open("rb")
