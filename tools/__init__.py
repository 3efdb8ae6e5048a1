"""Developers' scripts. Nothing here is installed with Headway."""
