"""Caliper Analytics 1.2 (1EdTech): what Headway records, said as events, and the envelopes that events travel in.

Pure: values in, JSON values out. What is sent where, and how far, is :mod:`headway.school.exchange.out`.
"""
