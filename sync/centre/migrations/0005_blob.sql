-- Scans: the bytes lie in the blob store (a folder, later an object store), here only how far each has come.

CREATE TABLE blob (
    unit     text NOT NULL,
    sha256   text NOT NULL,
    size     bigint NOT NULL,
    got      bigint NOT NULL DEFAULT 0,
    complete boolean NOT NULL DEFAULT false,
    station  uuid NOT NULL,
    at       timestamptz NOT NULL,
    PRIMARY KEY (unit, sha256)
);
