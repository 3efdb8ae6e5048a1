"""What a learner can do: models of ability with its uncertainty, forgetting, the mastery criterion, fitting."""
