-- How the API writes values. PostgreSQL writes these expressions into the statements that use them.
CREATE SCHEMA bench;

CREATE FUNCTION bench.money(cents bigint) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN (cents * 0.01)::text;

CREATE FUNCTION bench.credits(millicredits bigint) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN (millicredits * 0.001)::text;

-- the generated data knows whole seconds only
CREATE FUNCTION bench.instant(at timestamptz) RETURNS text LANGUAGE sql STABLE
    RETURN to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');

-- URL-safe base64 in one line
CREATE FUNCTION bench.base64(plain text) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN translate(encode(convert_to(plain, 'UTF8'), 'base64'), E'+/\n', '-_');

CREATE FUNCTION bench.node_id(type_name text, id uuid) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN bench.base64(type_name || ':' || id);
