"""The world of the access tests: two schools with everything in it."""

from tests.access.conftest import shared_world, world

__all__ = ["shared_world", "world"]
