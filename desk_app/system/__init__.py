"""The machine's edge: folders, settings, clock, ids, lock, log, key store, printers, disk. Nothing here knows a rule."""
