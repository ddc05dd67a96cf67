"""The desk's memory: one encrypted file in which a journal of sealed records is the truth and every table a fold of it.

May never happen here: a rule of the counter, a widget, a paper, a network call; a thread other than the one store
thread that touches the file. Outside this package nobody sees SQLAlchemy, SQLCipher or a row that can be changed.
"""
