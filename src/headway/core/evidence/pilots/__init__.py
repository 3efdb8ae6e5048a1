"""Pilots: how large a study must be, who gets what, what came of it, and what may be said of it.

Everything here is values in, values out, on any study: ``headway pilot`` reads files for it, and a school's own pilots use the
same functions.
"""
