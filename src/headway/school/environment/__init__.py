"""The room: who needs an adult now."""
