"""Template filters, built in everywhere: ``{{ problem.body|say_block }}``, ``{{ latex|mathml }}``."""

from __future__ import annotations

from django import template

from headway.pages import render

register = template.Library()
register.filter("say", render.render)
register.filter("say_block", render.render_block)
register.filter("words", render.plain)
register.filter("mathml", render.mathml)
