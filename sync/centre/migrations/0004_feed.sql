-- What comes down. Rows get their position when everything before them is committed: one sequencer for each unit.

ALTER TABLE unit ADD COLUMN feed_pos bigint NOT NULL DEFAULT 0;

CREATE TABLE outfeed (
    unit    text NOT NULL,
    event   uuid NOT NULL,
    pos     bigint,                               -- NULL until the sequencer saw it committed
    kind    text NOT NULL,
    target  uuid,                                 -- one station only; NULL = every station of the unit
    station uuid,                                 -- records: whose they are (that station does not get them)
    line    bigint,
    first   bigint,
    last    bigint,
    body    jsonb NOT NULL DEFAULT '{}',
    at      timestamptz NOT NULL,
    PRIMARY KEY (unit, event)
);
CREATE UNIQUE INDEX outfeed_by_pos ON outfeed (unit, pos);
CREATE INDEX outfeed_waiting ON outfeed (unit) WHERE pos IS NULL;

INSERT INTO outfeed (unit, event, kind, station, line, first, last, at)
SELECT unit, gen_random_uuid(), 'records', station, line, min(seq), max(seq), max(got)
FROM record GROUP BY unit, station, line, (seq - 1) / 200;

CREATE TABLE online (
    unit       text NOT NULL,
    id         text NOT NULL,
    body       jsonb NOT NULL,
    state      text NOT NULL DEFAULT 'open',      -- open, claimed, accepted, withdrawn
    station    uuid,
    station_no int NOT NULL DEFAULT 0,
    until      timestamptz,
    at         timestamptz NOT NULL,
    PRIMARY KEY (unit, id)
);

CREATE TABLE announced (
    unit    text NOT NULL,
    what    text NOT NULL,
    version bigint NOT NULL,
    sha256  text NOT NULL,
    size    bigint NOT NULL,
    at      timestamptz NOT NULL,
    PRIMARY KEY (unit, what)
);
