"""The schema (数据表结构): its versions, and how a store moves from one to the next; only ever forward."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from qms_service.adapters.sql.dialect import Dialect, Run, Value
from qms_service.errors import StoreError

Step = tuple[str, ...]

_FIRST: Final[Step] = (
    """CREATE TABLE qms_counter (
        series {text} NOT NULL, scope {text} NOT NULL, period {text} NOT NULL, last BIGINT NOT NULL,
        PRIMARY KEY (series, scope, period))""",
    """CREATE TABLE qms_ledger (
        id {identity}, series {text} NOT NULL, scope {text} NOT NULL, period {text} NOT NULL,
        seq BIGINT NOT NULL, number {text} NOT NULL, place INTEGER NOT NULL, state {text} NOT NULL,
        at_us BIGINT NOT NULL, key {text}, reason {text}, expires_us BIGINT,
        UNIQUE (series, number, place))""",
    "CREATE INDEX qms_ledger_key ON qms_ledger (series, key) WHERE key IS NOT NULL",
    "CREATE INDEX qms_ledger_expires ON qms_ledger (series, expires_us) WHERE expires_us IS NOT NULL",
    """CREATE TABLE qms_key (
        use {text} NOT NULL, name {text} NOT NULL, case_id {text}, version INTEGER,
        PRIMARY KEY (use, name))""",
    """CREATE TABLE qms_case (
        id {text} NOT NULL PRIMARY KEY, kind {text} NOT NULL, customer {text}, version INTEGER NOT NULL,
        head {text} NOT NULL, status {text}, cycle INTEGER, first_due_us BIGINT,
        next_change_us BIGINT, zone {text}, overdue {text}, moving INTEGER,
        due_sort_us BIGINT NOT NULL, change_sort_us BIGINT NOT NULL)""",
    "CREATE INDEX qms_case_due ON qms_case (status, due_sort_us, id)",
    "CREATE INDEX qms_case_customer ON qms_case (customer, due_sort_us, id)",
    "CREATE INDEX qms_case_change ON qms_case (status, change_sort_us, due_sort_us, id)",
    """CREATE TABLE qms_entry (
        case_id {text} NOT NULL, seq INTEGER NOT NULL, body {text} NOT NULL, pin {text}, seal {text} NOT NULL,
        hash {text} NOT NULL, PRIMARY KEY (case_id, seq))""",
)
# What an older version wrote counts as just happened, so that nothing is missed until it is written anew.
_SECOND: Final[Step] = (
    "ALTER TABLE qms_case ADD COLUMN latest_us BIGINT NOT NULL DEFAULT 9223372036854775807",
    "CREATE INDEX qms_case_latest ON qms_case (kind, latest_us)",
)
STEPS: Final[tuple[Step, ...]] = (_FIRST, _SECOND)

_VERSIONS: Final = (
    "CREATE TABLE IF NOT EXISTS qms_schema (one INTEGER NOT NULL PRIMARY KEY, version INTEGER NOT NULL)"
)
_HOLD: Final = (
    "INSERT INTO qms_schema (one, version) VALUES (1, 0)"
    " ON CONFLICT (one) DO UPDATE SET one = excluded.one RETURNING version"
)
_MOVED: Final = "UPDATE qms_schema SET version = :version WHERE one = 1"
_VERSION: Final = "SELECT version FROM qms_schema WHERE one = 1"


def moved_forward(run: Run, dialect: Dialect, steps: tuple[Step, ...] = STEPS) -> None:
    """Creates the tables, or moves those of an older version forward; one process at a time.

    Raises:
        StoreError: They are of a newer version than this library knows.
    """
    if dialect.one_at_a_time:
        run(dialect.one_at_a_time, {})
    run(_VERSIONS, {})
    here = int(run(_HOLD, {})[0][0])  # writing first: nobody else moves it from here on
    _check(here, len(steps))
    for version, step in enumerate(steps[here:], here + 1):
        for statement in step:
            run(statement.format(text=dialect.text, identity=dialect.identity), {})
        run(_MOVED, {"version": version})


def made_on_first_use(run: Run, dialect: Dialect) -> Run:
    """The same way to run a statement; where no table of this library is there yet, they are made before it.

    For databases in which a statement that fails leaves the transaction as it was.
    """

    def run_made(statement: str, values: Mapping[str, Value]) -> Sequence[tuple[Any, ...]]:
        try:
            return run(statement, values)
        except StoreError as error:
            if error.code != "store-no-tables" or version_of(run, dialect):
                raise
        moved_forward(run, dialect)
        return run(statement, values)

    return run_made


def version_of(run: Run, dialect: Dialect) -> int:
    """The version of the tables that are there; 0 where there are none. It writes nothing.

    Raises:
        StoreError: They are of a newer version than this library knows.
    """
    there = {row[0] for row in run(dialect.tables, {})}
    rows = run(_VERSION, {}) if "qms_schema" in there else ()
    here = int(rows[0][0]) if rows else 0
    _check(here, len(STEPS))
    return here


def _check(here: int, known: int) -> None:
    if here < 0:
        raise StoreError("store-name-taken", reason=f"qms_schema.version = {here}")
    if here > known:
        raise StoreError("store-newer", got=here, known=known)
