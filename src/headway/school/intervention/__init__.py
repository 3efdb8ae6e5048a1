"""Support beyond the class: rules and tiers, plans and groups, sessions, probes, and the team's minutes."""
