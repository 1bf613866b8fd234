"""Alembic's environment. `upgrade` passes its open connection and keeps the transaction."""

from __future__ import annotations

from pathlib import Path

from alembic import context
from sqlalchemy import Connection

from db.connections import migration_engine
from db.models import metadata


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,  # SQLite changes a table by copying it
        transactional_ddl=True,  # works here: we send BEGIN, not the driver
    )
    with context.begin_transaction():
        context.run_migrations()


def _for_developer() -> None:
    """Run on the log of `-x db=FILE`, for developers' commands such as `python -m alembic -x db=FILE check`."""
    file = context.get_x_argument(as_dictionary=True).get("db")
    if not isinstance(file, str):
        raise SystemExit("Name a log: python -m alembic -x db=FILE ...")
    engine = migration_engine(Path(file))
    with engine.connect() as connection:
        _run(connection)
    engine.dispose()


given: Connection | None = context.config.attributes.get("connection")
if given is None:
    _for_developer()
else:
    _run(given)
