"""The served model fitted anew on a district's own evidence, and compared with the one that serves."""
