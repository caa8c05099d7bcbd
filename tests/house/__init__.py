"""What the tests stand on: a PostgreSQL server, visitors with a browser of their own, checks of every page."""
