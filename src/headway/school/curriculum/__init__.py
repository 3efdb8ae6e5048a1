"""Skills, problems and the versions of both that decisions were made with."""
