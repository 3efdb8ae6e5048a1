"""Well-known learner models, fitted and measured on the same logs as ours."""
