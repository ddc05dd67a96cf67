"""The centre and the way to it; see tests/sync/bench.py."""

from tests.sync.bench import rows

__all__ = ["rows"]
