"""A whole database as one file, and back: on either kind of database, from either."""
