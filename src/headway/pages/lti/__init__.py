"""LTI in the browser: learning management systems open Headway, and Headway opens other providers' tools."""
