"""The district's learning record store: what other systems say in xAPI, and the documents that they keep here."""
