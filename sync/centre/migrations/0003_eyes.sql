-- What the centre's pages read: folded from records as they come, and again from all of them by `desk-centre refold`.
-- A row may be made by any of its facts: they come from several lines, in any order.

CREATE TABLE dossier (
    unit        text NOT NULL,
    dossier     text NOT NULL,
    code        text NOT NULL DEFAULT '',
    slip_code   text NOT NULL DEFAULT '',
    procedure   text NOT NULL DEFAULT '',
    catalogue   text NOT NULL DEFAULT '',
    channel     int NOT NULL DEFAULT 0,
    received_at timestamp,                        -- local times of Vietnam, as promised and printed
    due_at      timestamp,
    due_set_at  timestamp,
    asked_at    timestamp,                        -- for a supplement or a payment elsewhere
    answered_at timestamp,
    supplements int NOT NULL DEFAULT 0,
    apologies   int NOT NULL DEFAULT 0,
    new_day     date,
    settled_at  timestamp,
    stopped_at  timestamp,
    returned_at timestamp,
    closed_at   timestamp GENERATED ALWAYS AS (coalesce(settled_at, stopped_at, returned_at)) STORED,
    PRIMARY KEY (unit, dossier)
);
CREATE INDEX dossier_by_slip ON dossier (unit, slip_code);
CREATE INDEX dossier_received ON dossier (unit, received_at);
CREATE INDEX dossier_closed ON dossier (unit, closed_at) INCLUDE (due_at, settled_at, received_at);
CREATE INDEX dossier_open ON dossier (unit, due_at) WHERE closed_at IS NULL;

CREATE TABLE guidance (
    unit     text NOT NULL,
    guidance text NOT NULL,
    day      date NOT NULL,
    round    int NOT NULL,
    PRIMARY KEY (unit, guidance)
);
CREATE INDEX guidance_by_day ON guidance (unit, day);

-- Money of a receipt, by its id: what is struck later takes the same sum back on its own day.
CREATE TABLE collected (
    unit       text NOT NULL,
    receipt    text NOT NULL,
    amount     bigint NOT NULL DEFAULT 0,
    day        date,
    struck_day date,
    PRIMARY KEY (unit, receipt)
);
CREATE INDEX collected_by_day ON collected (unit, day) INCLUDE (amount);
CREATE INDEX collected_struck ON collected (unit, struck_day) WHERE struck_day IS NOT NULL;

CREATE TABLE day_close (
    unit           text NOT NULL,
    station        uuid NOT NULL,
    line           bigint NOT NULL,
    seq            bigint NOT NULL,
    day            date NOT NULL,
    shift          int NOT NULL,
    cash_vnd       bigint NOT NULL,
    transfer_vnd   bigint NOT NULL,
    difference_vnd bigint NOT NULL,
    reason         text NOT NULL,
    PRIMARY KEY (unit, station, line, seq)
);
CREATE INDEX day_close_by_day ON day_close (unit, day);

-- The catalogue a counter works with: named by its last dossier or guidance slip.
CREATE TABLE catalogue_use (
    unit      text NOT NULL,
    station   uuid NOT NULL,
    catalogue text NOT NULL,
    at        timestamp NOT NULL,
    PRIMARY KEY (unit, station)
);

ALTER TABLE quarantine ADD COLUMN decision text;  -- accepted: it stands in the records; rejected: it stays aside
ALTER TABLE quarantine ADD COLUMN reason text;
ALTER TABLE quarantine ADD COLUMN resolved_at timestamptz;
ALTER TABLE incident ADD COLUMN reason text;
ALTER TABLE incident ADD COLUMN resolved_at timestamptz;

-- People of the centre. unit '' = sees every office. Sessions and entries of the audit belong to the same unit.
CREATE TABLE account (
    unit         text NOT NULL,
    account      text NOT NULL,
    name         text NOT NULL,
    role         text NOT NULL CHECK (role IN ('viewer', 'checker', 'admin')),
    salt         bytea NOT NULL,
    secret       bytea NOT NULL,
    made_at      timestamptz NOT NULL,
    closed_at    timestamptz,
    failed       int NOT NULL DEFAULT 0,
    locked_until timestamptz,
    PRIMARY KEY (unit, account)
);

CREATE TABLE login (
    unit    text NOT NULL,
    token_h bytea NOT NULL,
    account text NOT NULL,
    form    text NOT NULL,                        -- what every form of this log-in has to bring back
    made_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    PRIMARY KEY (unit, token_h)
);

CREATE TABLE audit (
    unit    text NOT NULL,
    id      uuid NOT NULL,
    at      timestamptz NOT NULL,
    account text NOT NULL,
    what    text NOT NULL,
    about   text NOT NULL,
    PRIMARY KEY (unit, id)
);
CREATE INDEX audit_by_time ON audit (unit, at);

-- What citizens write on the public page; fetched by the office's own inbox. Never in a log.
CREATE TABLE public_feedback (
    unit     text NOT NULL,
    feedback uuid NOT NULL,
    at       timestamptz NOT NULL,
    name     text NOT NULL,
    contact  text NOT NULL,
    address  text NOT NULL,
    content  text NOT NULL,
    taken_at timestamptz,
    PRIMARY KEY (unit, feedback)
);
CREATE INDEX public_feedback_waiting ON public_feedback (unit, at) WHERE taken_at IS NULL;
