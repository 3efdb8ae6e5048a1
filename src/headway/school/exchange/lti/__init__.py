"""LTI 1.3: the learning management systems that open Headway."""
