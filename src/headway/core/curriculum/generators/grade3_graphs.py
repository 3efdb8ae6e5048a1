"""Grade 3: picture graphs with a scale (3.MD.B.3)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, tell
from headway.core.curriculum.generators.numbers import between, distinct, number_key, wrong_numbers
from headway.core.text import T, math

GRAPH_READ: Stories = {
    "comics": T(
        "In a picture graph, 1 book stands for {scale} comics. The row for Monday has {a} books. How many comics?"
    ),
    "soccer": T("In a picture graph, 1 ball stands for {scale} goals. The row for May has {a} balls. How many goals?"),
    "animals": T("In a picture graph, 1 paw stands for {scale} pets. The row for dogs has {a} paws. How many dogs?"),
    "nature": T("In a picture graph, 1 leaf stands for {scale} trees. The row for oaks has {a} leaves. How many oaks?"),
    "music": T("In a picture graph, 1 note stands for {scale} songs. The row for June has {a} notes. How many songs?"),
    "cooking": T("In a picture graph, 1 bowl stands for {scale} soups. Monday has {a} bowls. How many soups?"),
}

GRAPH_MORE: Stories = {
    "comics": T(
        "In a picture graph, 1 book stands for {scale} comics. Monday has {a} books and Friday has {b}. "
        "How many more comics were read on Monday?"
    ),
    "soccer": T(
        "In a picture graph, 1 ball stands for {scale} goals. The red team has {a} balls and the blue team has "
        "{b}. How many more goals did the red team score?"
    ),
    "animals": T(
        "In a picture graph, 1 paw stands for {scale} pets. Dogs have {a} paws and cats have {b}. "
        "How many more dogs are there than cats?"
    ),
    "nature": T(
        "In a picture graph, 1 leaf stands for {scale} trees. Oaks have {a} leaves and pines have {b}. "
        "How many more oaks are there than pines?"
    ),
    "music": T(
        "In a picture graph, 1 note stands for {scale} songs. {name} has {a} notes and {friend} has {b}. "
        "How many more songs does {name} know?"
    ),
    "trains": T(
        "In a picture graph, 1 car stands for {scale} trains. Monday has {a} cars and Sunday has {b}. "
        "How many more trains run on Monday?"
    ),
}

GRAPH_HALF: Stories = {
    "cooking": T(
        "In a picture graph, 1 cup stands for {scale} juices. The row for Tuesday has {a} whole cups and half a "
        "cup. How many juices is that?"
    ),
    "art": T(
        "In a picture graph, 1 brush stands for {scale} paintings. The row for March has {a} whole brushes and half "
        "a brush. How many paintings is that?"
    ),
    "games": T(
        "In a picture graph, 1 star stands for {scale} wins. {name} has {a} whole stars and half a star. "
        "How many wins is that?"
    ),
    "fashion": T(
        "In a picture graph, 1 hat stands for {scale} hats sold. Friday has {a} whole hats and half a hat. "
        "How many hats were sold?"
    ),
    "space": T(
        "In a picture graph, 1 moon stands for {scale} photos. {name} has {a} whole moons and half a moon. "
        "How many photos is that?"
    ),
}

KEY = T("The key of a graph says what one picture stands for.")


@template("3.MD.B.3", "read", level=1, difficulty=-0.5, uses_interest=True)
def graph_read(rng: Generator, interest: str) -> Draft:
    scale, a = distinct(rng, 3, 10, 2)
    total = scale * a
    return Draft(
        prompt=tell(rng, interest, GRAPH_READ, scale=scale, a=a),
        answer=number_key(total),
        hints=(
            T("Does one picture stand for one thing here?"),
            KEY,
            T("There are {a} pictures, and each stands for {scale}. Count by {scale}.", a=a, scale=scale),
        ),
        solution=(
            T("Each picture stands for {scale}.", scale=scale),
            T("{a} pictures: {line}", a=a, line=math(rf"{a} \times {scale} = {total}")),
        ),
        wrong=wrong_numbers(
            total, (a, "graph-scale-ignored"), (a + scale, "op-added"), (total - scale, "mult-one-group-off")
        ),
    )


@template("3.MD.B.3", "how-many-more", level=2, difficulty=0.3, uses_interest=True)
def graph_more(rng: Generator, interest: str) -> Draft:
    scale = between(rng, 2, 10)
    b = between(rng, 2, 6)
    more = between(rng, 2, 5)
    a = b + more
    return Draft(
        prompt=tell(rng, interest, GRAPH_MORE, scale=scale, a=a, b=b),
        answer=number_key(scale * more),
        hints=(
            T("How many more pictures does the longer row have?"),
            KEY,
            T("Find {difference} pictures. Each one stands for {scale}.", difference=math(f"{a} - {b}"), scale=scale),
        ),
        solution=(
            T("More pictures: {line}", line=math(f"{a} - {b} = {more}")),
            T("Each stands for {scale}: {line}", scale=scale, line=math(rf"{more} \times {scale} = {more * scale}")),
        ),
        wrong=wrong_numbers(
            scale * more,
            (more, "graph-scale-ignored"),
            (a * scale, "graph-not-compared"),
            ((a + b) * scale, "op-added"),
        ),
    )


@template("3.MD.B.3", "half-picture", level=3, difficulty=0.8, uses_interest=True)
def graph_half(rng: Generator, interest: str) -> Draft:
    half = between(rng, 1, 5)
    scale, a = half * 2, between(rng, 2, 9)
    total = scale * a + half
    return Draft(
        prompt=tell(rng, interest, GRAPH_HALF, scale=scale, a=a),
        answer=number_key(total),
        hints=(
            T("What does half a picture stand for?"),
            KEY,
            T(
                "Find {product} for the whole pictures. Then add half of {scale}.",
                product=math(rf"{a} \times {scale}"),
                scale=scale,
            ),
        ),
        solution=(
            T("Whole pictures: {line}", line=math(rf"{a} \times {scale} = {a * scale}")),
            T("Half a picture stands for {half}.", half=half),
            T("Together: {line}", line=math(f"{a * scale} + {half} = {total}")),
        ),
        wrong=wrong_numbers(
            total,
            (a * scale, "steps-last-dropped"),
            ((a + 1) * scale, "graph-scale-ignored"),
            (a * scale + 1, "mult-one-for-group"),
        ),
    )
