"""Reports: each in its own module with ``REPORT`` (title, columns, formulas) and ``rows`` (one look at the summaries).

To add a report: its module, its line in ``REPORTS``, a golden test. Screen, paper, spreadsheet and CSV follow from the
columns. Every figure comes from ``summary.py`` or from an index; none scans the dossiers.
"""
