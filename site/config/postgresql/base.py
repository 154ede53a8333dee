"""Django's PostgreSQL backend, with a look at a kept connection that asks nothing of the server.

Django sends ``SELECT 1`` once per request (``CONN_HEALTH_CHECKS``): a fifth of what saving an
answer asked. A server that stopped or was killed has closed its end, and the socket says so.
"""

from __future__ import annotations

from django.db.backends.postgresql import base
from psycopg import OperationalError
from psycopg.pq import ConnStatus


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        """Whether the other end is still there, as far as this end can know. No query."""
        if self.connection is None:
            return False
        try:
            self.connection.pgconn.consume_input()
        except OperationalError:
            return False
        return self.connection.pgconn.status == ConnStatus.OK
