"""Template filters, built in everywhere: ``{{ problem.body|say_block }}``, ``{{ latex|mathml }}``."""

from __future__ import annotations

from django import template

from headway.pages import render

register = template.Library()
register.filter("say", render.render)
register.filter("say_block", render.render_block)
register.filter("words", render.plain)
register.filter("mathml", render.mathml)


@register.filter
def grouped(number: int) -> str:
    """58477 as 58,477, which is how all of our languages write it in American schools."""
    return f"{number:,}"
