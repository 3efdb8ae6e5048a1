"""OneRoster 1.2 as a service: what programs read of the district over the network, and what they write into its gradebook."""
