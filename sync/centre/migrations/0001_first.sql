-- Every key starts with unit, no key or number spans two units: the tables can be spread over machines by unit.
-- centre and unit are small and may stand everywhere.

CREATE TABLE centre (
    single    boolean PRIMARY KEY DEFAULT true CHECK (single),
    gen       bigint NOT NULL DEFAULT 1,          -- rises when this centre is restored from a backup
    key       text NOT NULL,                      -- the public key desks have pinned
    made_at   timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE unit (
    unit       text PRIMARY KEY,
    profile    jsonb NOT NULL,
    lines_made bigint NOT NULL DEFAULT 0,
    made_at    timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE enrol_code (
    unit       text NOT NULL,
    code_h     bytea NOT NULL,
    station_no int NOT NULL,
    made_at    timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_by    text,                              -- the public key it was spent on
    station    uuid,
    PRIMARY KEY (unit, code_h)
);

CREATE TABLE station (
    unit         text NOT NULL,
    station      uuid NOT NULL,
    station_no   int NOT NULL,
    enrolled_at  timestamptz NOT NULL,
    revoked_at   timestamptz,
    last_contact timestamptz,
    app          text NOT NULL DEFAULT '',
    PRIMARY KEY (unit, station)
);

CREATE TABLE line (
    unit       text NOT NULL,
    station    uuid NOT NULL,
    line       bigint NOT NULL,
    kind       text NOT NULL,                     -- main, spare
    state      text NOT NULL DEFAULT 'open',      -- open, replaced, forked
    public_key text NOT NULL,
    reason     text NOT NULL,
    after_line bigint NOT NULL DEFAULT 0,
    mark       bigint NOT NULL DEFAULT 0,
    head       text NOT NULL,
    token      bytea,
    next_token bytea,
    granted_at timestamptz NOT NULL,
    PRIMARY KEY (unit, station, line)
);
CREATE INDEX line_by_key ON line (unit, public_key);

CREATE TABLE grant_ (
    unit        text NOT NULL,
    grant_      uuid NOT NULL,
    station     uuid NOT NULL,
    line        bigint NOT NULL,
    series_kind text NOT NULL,
    form        text NOT NULL,
    symbol      text NOT NULL,
    series_id   int NOT NULL,
    first       bigint NOT NULL,
    last        bigint NOT NULL,
    period      text NOT NULL,
    granted_at  timestamptz NOT NULL,
    PRIMARY KEY (unit, grant_),
    UNIQUE (unit, series_kind, form, symbol, first)
);
CREATE INDEX grant_by_line ON grant_ (unit, station, line);

CREATE TABLE record (
    unit    text NOT NULL,
    station uuid NOT NULL,
    line    bigint NOT NULL,
    seq     bigint NOT NULL,
    id      text NOT NULL,
    kind    text NOT NULL,
    at      timestamptz NOT NULL,
    h       bytea NOT NULL,
    raw     bytea NOT NULL,                       -- the sealed bytes, as they were written at the desk
    got     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (unit, station, line, seq)
) PARTITION BY HASH (unit);

DO $$
BEGIN
    FOR n IN 0..15 LOOP
        EXECUTE format('CREATE TABLE record_%s PARTITION OF record FOR VALUES WITH (MODULUS 16, REMAINDER %s)', n, n);
    END LOOP;
END $$;

CREATE TABLE subject (
    unit     text NOT NULL,
    id       text NOT NULL,
    commit_h bytea NOT NULL,
    kind     text NOT NULL,
    salt     bytea NOT NULL,
    data     bytea NOT NULL,
    got      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (unit, id, commit_h)
);

CREATE TABLE erased (
    unit    text NOT NULL,
    subject text NOT NULL,
    at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (unit, subject)
);

CREATE TABLE receipt (
    unit    text NOT NULL,
    form    text NOT NULL,
    symbol  text NOT NULL,
    number  bigint NOT NULL,
    station uuid NOT NULL,
    line    bigint NOT NULL,
    seq     bigint NOT NULL,
    grant_  text NOT NULL,
    amount  bigint NOT NULL,
    day     date NOT NULL,
    PRIMARY KEY (unit, form, symbol, number)
);

-- What a desk sent and the centre could not take into the records: kept whole, acknowledged, waiting for a person.
CREATE TABLE quarantine (
    unit        text NOT NULL,
    station     uuid NOT NULL,
    line        bigint NOT NULL,
    seq         bigint NOT NULL,
    h           bytea NOT NULL,
    raw         bytea NOT NULL,
    code        text NOT NULL,
    why         text NOT NULL,
    got         timestamptz NOT NULL DEFAULT now(),
    resolved_by text,
    PRIMARY KEY (unit, station, line, seq, h)
);

CREATE TABLE quarantine_subject (
    unit     text NOT NULL,
    station  uuid NOT NULL,
    line     bigint NOT NULL,
    id       text NOT NULL,
    commit_h bytea NOT NULL,
    kind     text NOT NULL,
    salt     bytea NOT NULL,
    data     bytea NOT NULL,
    code     text NOT NULL,
    got      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (unit, id, commit_h)
);

CREATE TABLE incident (
    unit    text NOT NULL,
    station uuid NOT NULL,
    line    bigint NOT NULL,
    seq     bigint NOT NULL,
    code    text NOT NULL,
    seen    jsonb NOT NULL DEFAULT '{}',
    at      timestamptz NOT NULL DEFAULT now(),
    resolved_by text,
    PRIMARY KEY (unit, station, line, seq, code)
);

CREATE TABLE ack_log (
    unit     text NOT NULL,
    station  uuid NOT NULL,
    line     bigint NOT NULL,
    batch    bytea NOT NULL,
    first    bigint NOT NULL,
    last     bigint NOT NULL,
    mark     bigint NOT NULL,
    accepted int NOT NULL,
    skipped  int NOT NULL,
    refused  int NOT NULL,
    forked   int NOT NULL,
    at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (unit, station, line, batch, at)
);

-- Numbers missing inside what a grant has used: a desk uses them from small to large, so each is a question.
CREATE VIEW receipt_gap AS
SELECT g.unit, g.station, g.line, g.form, g.symbol, g.first, max(r.number) AS last_used,
       max(r.number) - g.first + 1 - count(*) AS missing
FROM grant_ g
JOIN receipt r ON r.unit = g.unit AND r.form = g.form AND r.symbol = g.symbol AND r.number BETWEEN g.first AND g.last
WHERE g.series_kind = 'receipt'
GROUP BY g.unit, g.station, g.line, g.form, g.symbol, g.first;
