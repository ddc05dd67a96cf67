"""The machine's edge: folders, settings, clock, ids, lock, log, key store, printers, disk; no rule is known here."""
