"""The Experience API, 1.0.3 and 2.0.0 (IEEE 9274.1.1-2023): its statements, documents and requests, read and checked.

Pure: JSON values and bytes in, values or :class:`shapes.Invalid` out. What is kept, and for whom, is
:mod:`headway.school.exchange.xapi`; the door is :mod:`headway.api.xapi`.
"""
