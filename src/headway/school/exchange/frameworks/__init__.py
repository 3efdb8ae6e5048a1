"""Frameworks of standards from elsewhere: handed in or pulled, looked at, and taken in when somebody says so."""
