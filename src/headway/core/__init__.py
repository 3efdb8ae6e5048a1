"""The science of Headway: values in, values out; no I/O, no clock, no hidden randomness."""
