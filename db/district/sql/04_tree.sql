-- The Merkle tree of RFC 6962: its peaks, the root of them, and the root at an earlier size.

SET ROLE district_owner;

CREATE FUNCTION district.grown(size bigint, peaks bytea[], leaves bytea[]) RETURNS bytea[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  node bytea;
  bits bigint;
  top int := coalesce(array_length(peaks, 1), 0);
BEGIN
  FOREACH node IN ARRAY leaves LOOP
    bits := size;
    WHILE bits & 1 = 1 LOOP
      node := sha256('\x01'::bytea || peaks[top] || node);
      top := top - 1;
      bits := bits >> 1;
    END LOOP;
    top := top + 1;
    peaks[top] := node;
    size := size + 1;
  END LOOP;
  RETURN peaks[1:top];
END $$;

CREATE FUNCTION district.root_of(peaks bytea[]) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  found bytea;
BEGIN
  FOR n IN REVERSE coalesce(array_length(peaks, 1), 0)..1 LOOP
    found := CASE WHEN found IS NULL THEN peaks[n] ELSE sha256('\x01'::bytea || peaks[n] || found) END;
  END LOOP;
  RETURN coalesce(found, sha256(''));
END $$;

CREATE FUNCTION district.root_at(of_log int, at_size bigint) RETURNS bytea
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(
    (SELECT root FROM district.checkpoint WHERE log_id = of_log AND size = at_size LIMIT 1),
    district.root_of(district.grown(0, '{}', coalesce(
      (SELECT array_agg(leaf ORDER BY seq) FROM district.entry WHERE log_id = of_log AND seq < at_size), '{}')))
  )
$$;

RESET ROLE;
