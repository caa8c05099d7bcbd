"""The databases that are attacked: made as those of the integration tests are."""

from tests.integration.conftest import (  # noqa: F401
    app,
    compiled,
    database,
    no_connection_stays_open,
    postgresql,
    postgresql_prepared,
    sqlite_prepared,
)
