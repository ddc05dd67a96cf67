"""The kit: widgets that know no business word, take what to show with ``set_…`` and say what was done with a signal."""
