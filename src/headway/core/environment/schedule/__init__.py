"""Who does what, where, with whom, in each block of a day: the plan, a bound that no plan can pass, and why."""
