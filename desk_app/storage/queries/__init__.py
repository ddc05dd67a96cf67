"""What screens ask: one module per screen or report family, each query ``f(tx, …) → frozen rows``.

May never happen here: a write to a read table, OFFSET paging, LIKE over a table, a query without an index.
"""
