"""What a school has to work with: devices, autonomies, budget and partners, each dated and by name."""
