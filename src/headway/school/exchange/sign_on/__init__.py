"""Who may come in by which service of their district: providers, the accounts that belong to people, and each arrival."""
