"""Learning from everybody: the served model fitted anew on the log, compared, and promoted or refused by a person."""
