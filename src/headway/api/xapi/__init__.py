"""The learning record store's door, ``/xapi/``: the Experience API 1.0.3 and 2.0.0, straight on ASGI."""
