"""OATutor's content: step-structured problems with hints and scaffolds, from its archive into core values."""

from headway.standards.oatutor.book import Book, open_book

__all__ = ["Book", "open_book"]
