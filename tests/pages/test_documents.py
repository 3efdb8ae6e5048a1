"""Documents as PDF: tagged, in their language, with every name in its script, and nothing of them read as markup."""

from __future__ import annotations

from dataclasses import replace

from headway.pages.documents import (
    Document,
    Facts,
    Heading,
    Picture,
    Points,
    Signatures,
    Table,
    Words,
    pdf,
    pdf_response,
)

NOON = 1_790_000_000.0
NAMES = ("Nguyễn Thị Ánh Tuyết", "محمد عبد الله", "陈小明", "陳大文", "Łukasz Ñúñez", "Олена Ковальчук")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 5"><path d="M0 0 L10 5" stroke="#0E5A53"/></svg>'


def document(*names: str) -> Document:
    return Document(
        title="Informe de progreso",
        language="es",
        school="Maple Middle School",
        date="21 de noviembre",
        foot="Maple Middle School",
        blocks=[
            Heading("Puntos"),
            Words('Costs $5 #let x = 1 *as is* _too_ @here <there> "\\n"\nA second paragraph.'),
            Facts([(name, "12") for name in names] or [("Ana", "12")]),
            Points(["one", "two"]),
            Table(["Día", "Puntos"], [["lunes", "12"], ["martes", "13"]], [2, 1], "Puntos"),
            Picture(SVG, "a line"),
            Signatures(["Firma", "Fecha"]),
        ],
    )


def test_a_document_is_a_tagged_pdf_in_its_language_and_made_the_same_again() -> None:
    made = pdf(document(), at=NOON)
    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made
    assert b"/Lang(es" in made
    assert pdf(document(), at=NOON) == made


def test_every_kind_of_block_leaves_its_mark() -> None:
    whole = document()
    for k in range(len(whole.blocks)):
        less = replace(whole, blocks=[*whole.blocks[:k], *whole.blocks[k + 1 :]])
        assert len(pdf(less, at=NOON)) != len(pdf(whole, at=NOON)), whole.blocks[k].kind


def test_every_name_is_set_in_the_fonts_that_ship() -> None:
    embedded = [pdf(document(name), at=NOON) for name in NAMES]
    for name, made in zip(NAMES, embedded, strict=True):
        fonts = {word.split(b"/")[0] for word in made.split(b"/FontName/")[1:]}
        assert fonts, name
        assert all(b"NotoSans" in font for font in fonts), (name, fonts)
    assert any(b"NotoSansArabic" in made for made in embedded)
    assert any(b"NotoSansSC" in made for made in embedded)


def test_a_document_is_shown_in_the_browser_and_kept_nowhere() -> None:
    response = pdf_response(document(), at=NOON, name="Ana Díaz: informe")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'inline; filename="ana-diaz-informe.pdf"'
    assert "no-store" in response.headers["Cache-Control"]
