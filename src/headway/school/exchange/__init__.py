"""What protocols with other systems must remember."""
