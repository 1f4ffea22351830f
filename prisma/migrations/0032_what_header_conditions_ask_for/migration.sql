-- Hand-written: what the datamodel cannot say.

-- The page of a gateway names the headers that tokens ask for. Few tokens do, and it must not read a million to find them.
CREATE INDEX "tokens_with_header_conditions" ON "tokens" ("id") WHERE 'header_conditions' = ANY ("restrictions");
