-- The two-sided day receipt: what was asked and what was answered, to the byte.

CREATE TABLE day_match (
    unit    text NOT NULL,
    station uuid NOT NULL,
    match   text NOT NULL,
    day     date NOT NULL,
    equal   boolean NOT NULL,
    differs int NOT NULL,
    asked   bytea NOT NULL,
    at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (unit, station, match, asked)
);
CREATE INDEX receipt_by_line ON receipt (unit, station, line, seq);
