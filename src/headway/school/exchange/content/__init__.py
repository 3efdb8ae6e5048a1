"""Content of other systems: looked at first, taken in when a person says so, and brought in again without losing history."""
