"""OneRoster CSV 1.1 and 1.2: a package of tables to rows of text and back, streamed, with every fault named. Its REST services
are in :mod:`headway.standards.oneroster.service`."""
