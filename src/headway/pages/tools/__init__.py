"""Other providers' tools in the browser: Headway opens them (LTI 1.3 as a platform)."""
