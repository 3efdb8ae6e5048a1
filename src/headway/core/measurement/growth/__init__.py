"""Growth: a learner's trend from noisy probes, decisions about it, growth percentiles, effects for one learner."""
