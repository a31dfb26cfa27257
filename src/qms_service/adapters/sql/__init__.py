"""The SQL of a store (数据库存储), over any way to run a statement.

`on` and `migrate` take a function `run(statement, values)` that runs one statement with its `:name` parameters
in the caller's transaction and gives back its rows as a list of tuples; values are texts, whole numbers and
None. `sqlite` and `sqlalchemy` are a few lines over it, and so is any other driver: `guarded` makes
its errors those of this library for `BEGIN` and `COMMIT` too.
"""

from qms_service.adapters.sql.dialect import Run, Value, dialect_of
from qms_service.adapters.sql.failures import guarded
from qms_service.adapters.sql.schema import moved_forward
from qms_service.adapters.sql.transaction import SqlTransaction

__all__ = ["Run", "SqlTransaction", "Value", "guarded", "migrate", "on"]


def on(run: Run, *, dialect: str, read_only: bool = False) -> SqlTransaction:
    """A transaction over a way to run a statement; it never begins, commits or rolls back.

    Args:
        run: Runs a statement with its values, and gives back the rows.
        dialect: `"sqlite"` (3.35 or later) or `"postgresql"`.
        read_only: Nothing will be written, so nothing is held against others. On PostgreSQL the transaction has
            to see one moment then (`REPEATABLE READ`): what a case gained between two statements would look to
            `verify` as if somebody had changed it.

    Raises:
        UnknownNameError: It is another dialect.

    >>> import sqlite3
    >>> database = sqlite3.connect(":memory:")
    >>> def run(statement, values):
    ...     return database.execute(statement, values).fetchall()
    >>> migrate(run, dialect="sqlite")
    >>> list(on(run, dialect="sqlite").cases.find())
    []
    >>> database.close()
    """
    return SqlTransaction(guarded(run), dialect_of(dialect), read_only=read_only)


def migrate(run: Run, *, dialect: str) -> None:
    """Creates the tables of this library (`qms_…`), or moves those of an older version forward.

    In one transaction, which the caller commits. Of two processes that do it at once, one waits.

    Raises:
        StoreError: The tables are of a newer version than this library knows.
        UnknownNameError: It is another dialect.
    """
    moved_forward(guarded(run), dialect_of(dialect))
