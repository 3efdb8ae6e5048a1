"""The REST services of OneRoster 1.2: operations, objects, questions and answers as tables; no network and no rows here."""
