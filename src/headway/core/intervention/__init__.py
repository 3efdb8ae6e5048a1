"""Support beyond the class: screening, tiers by written rules, plans, sessions as they happened, and progress."""
