"""The evidence log and the mastery ledger."""
