-- Ranges of paper receipts and booklets are used from small to large as well: their holes are shown like the others'.
CREATE OR REPLACE VIEW receipt_gap AS
SELECT g.unit, g.station, g.line, g.form, g.symbol, g.first, max(r.number) AS last_used,
       max(r.number) - g.first + 1 - count(*) AS missing
FROM grant_ g
JOIN receipt r ON r.unit = g.unit AND r.form = g.form AND r.symbol = g.symbol AND r.number BETWEEN g.first AND g.last
WHERE g.series_kind LIKE 'receipt%'
GROUP BY g.unit, g.station, g.line, g.form, g.symbol, g.first;
