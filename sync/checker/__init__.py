"""receipt-check: does an export of receipts hold together? A second program that shares no code with the desk.

It knows the published form of the journal only, uses the standard library and one signature check, and says the first
thing that is wrong with its place: file, record, byte. ``python -m sync.checker FILE…``; 0 = whole, 1 = not, 2 = usage.
"""
