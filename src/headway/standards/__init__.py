"""Standards and file formats, translated into core values and back: bytes in, values out, nothing else."""
