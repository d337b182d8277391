"""Backup: everything the portal knows in one file, taken while people work and put back on an empty machine.

An *archive* is a zip file: the database, the uploaded files, and last a *manifest* that says what must be there.
Keys are never in it, only their fingerprints. Taking is in `taking`, putting back in `restoring`; what differs between
SQLite and PostgreSQL in `dumps`.
"""
