"""The pages of interventionists and teams: my groups, the log, probes, plans, tiers, rules, minutes and letters."""
