"""A school's way of teaching as data: blocks, spaces, adults, devices and modalities, and the day that follows from them."""
