"""The contract of desk and centre: envelopes, facts, subjects, messages. Pure code, shared by both sides.

May never happen here: a clock, a random number, a disk, a socket; a name of the desk's or of the centre's code.
To add a record kind: a class in ``facts.py`` and a sample in ``tests/contract/samples``; the centre stores kinds
it does not know.
"""
