"""LTI 1.3 as a platform: other providers' tools on a path."""
