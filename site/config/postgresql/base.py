"""Django's PostgreSQL backend, with a look at a kept connection that asks nothing of the server.

Django sends ``SELECT 1`` once per request (``CONN_HEALTH_CHECKS``): a fifth of what saving an
answer asked. Nobody says anything on an idle connection, except that it ends: a server that
stopped or was killed has closed its end, and then there is something to read.
"""

from __future__ import annotations

from select import POLLIN, poll

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        """Whether the other end is still there, as far as this end can know.

        No query when nothing came in; else 1, of which the answer says it.
        """
        if self.connection is None or self.connection.closed:
            return False
        waiting = poll()
        waiting.register(self.connection.fileno(), POLLIN)
        return not waiting.poll(0) or super().is_usable()
