-- RELEASE and ACQUIRE of all books, which are few (moves.h).
CREATE INDEX record_moves ON record (kind, dev, seq) WHERE kind IN (43, 44);
