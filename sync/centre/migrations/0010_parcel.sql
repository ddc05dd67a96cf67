-- Signed catalogues as desks fetch them: the newest of each layer for every unit ('') or for one.

CREATE TABLE parcel (
    layer   text NOT NULL,                        -- national, province, commune
    unit    text NOT NULL,                        -- '' = every unit of this centre
    serial  bigint NOT NULL,
    version text NOT NULL,
    key     text NOT NULL,                        -- who signed it
    sha256  text NOT NULL,                        -- of the whole parcel
    size    bigint NOT NULL,
    packed  bytea NOT NULL,                       -- deflated: what travels
    at      timestamptz NOT NULL,
    PRIMARY KEY (unit, layer)
);
