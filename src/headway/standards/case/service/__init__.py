"""The REST service of CASE 1.1: operations, questions, answers and their description as tables; no network and no rows here."""
