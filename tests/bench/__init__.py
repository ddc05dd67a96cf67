"""The budgets, measured: each row has the desk on one side and its floor on the other, in one run, interleaved.

A ratio of two medians of the same minutes on the same machine says something; a time alone does not. Tests never assert
a time: `bootstrap.py bench [--json]` prints the rows.
"""
