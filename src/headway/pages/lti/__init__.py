"""LTI in the browser: learning management systems open Headway."""
