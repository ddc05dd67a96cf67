"""A refusal on its way out: raised by the use cases, turned into a signed answer by the routes."""

from sync.protocol.codes import Code


class Refused(Exception):
    """The request is not carried out; ``values`` are fields of ``messages.Refusal``."""

    def __init__(self, code: Code, **values: int) -> None:
        super().__init__(code.word)
        self.code = code
        self.values = values
