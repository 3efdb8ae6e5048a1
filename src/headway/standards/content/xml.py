"""XML from strangers: no document type with entities, nothing fetched, bounded depth and size; names without namespaces."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from headway.standards.errors import ImportProblem

DEEPEST = 120
MOST_ELEMENTS = 2_000_000
HOW = "Export it again; no real question bank needs this."


def read_xml(data: bytes, where: str) -> Element:
    """Read a document. Namespaces are dropped: ``{imsqti}item`` is ``item``.

    Raises :class:`ImportProblem` for what is no XML, for entities of its own, and for absurd depth or size.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    builder, seen = TreeBuilder(), [0, 0]

    def start(name: str, attributes: dict[str, str]) -> None:
        seen[0] += 1
        seen[1] += 1
        if seen[0] > DEEPEST or seen[1] > MOST_ELEMENTS:
            raise ImportProblem("It is nested too deep or has too many elements.", where, HOW)
        builder.start(local(name), {local(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        seen[0] -= 1
        builder.end(local(name))

    def entity(*_declared: object) -> None:
        raise ImportProblem("It declares entities of its own.", where, HOW)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = entity
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        how = "Open it in the program that wrote it, and export it again."
        raise ImportProblem(f"It is not well-formed XML ({error}).", where, how) from None
    except (LookupError, ValueError) as error:
        raise ImportProblem(f"Its encoding is not known ({error}).", where, "Save it as UTF-8.") from None
    return builder.close()


def local(name: str) -> str:
    """A name without its namespace or prefix."""
    return name.rsplit("}", 1)[-1].rsplit(":", 1)[-1]


def inner_text(element: Element | None) -> str:
    """All character data inside, stripped; "" for None."""
    return "" if element is None else "".join(element.itertext()).strip()


def text_at(element: Element, path: str) -> str:
    """The character data at a path below, stripped; "" where there is none."""
    return inner_text(element.find(path))


def descendants(element: Element, *names: str) -> Iterator[Element]:
    """Everything inside with one of these names, in the order of the document."""
    return (each for each in element.iter() if each.tag in names and each is not element)
