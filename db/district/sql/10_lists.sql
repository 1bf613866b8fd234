-- The records that lists and searches show, quick whatever the number of desks. Both read with the rights of who asks.

SET ROLE district_owner;

-- The logs to read: those of of_logs that the reader may read, or all of them; null for the whole district.
CREATE FUNCTION district.logs_to_read(of_logs int[]) RETURNS int[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE
    WHEN pg_has_role(session_user, 'district_auditor', 'member') THEN of_logs
    WHEN of_logs IS NULL THEN district.my_logs()
    ELSE ARRAY(SELECT unnest(of_logs) INTERSECT SELECT unnest(district.my_logs()))
  END
$$;

-- The newest records that were opened before a time, at most `most`. of_logs, before_us: null for all, and for now.
-- before_log, before_seq: the log and the first entry of a record opened at before_us, to go on after it; null for none.
-- since_us, until_us: the times to look between, the second exclusive; null for any.
-- Each log is asked alone: the index over all would be walked past the records of the other schools.
CREATE FUNCTION district.newest_records(
  of_logs int[], before_us bigint, most int,
  before_log int DEFAULT NULL, before_seq bigint DEFAULT NULL, since_us bigint DEFAULT NULL, until_us bigint DEFAULT NULL
) RETURNS SETOF district.record
LANGUAGE plpgsql STABLE ROWS 50 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  logs int[] := district.logs_to_read(of_logs);
  before bigint := coalesce(before_us, 9223372036854775807);
  since bigint := coalesce(since_us, -9223372036854775807);
  until bigint := coalesce(until_us, 9223372036854775807);
  at_log int := coalesce(before_log, -1);
  at_seq bigint := coalesce(before_seq, -1);
BEGIN
  IF logs IS NULL THEN
    RETURN QUERY
    SELECT x.* FROM district.record x
    WHERE x.opened_us >= since AND x.opened_us < until AND x.opened_us <= before
      AND (x.opened_us, x.log_id, x.opened_seq) < (before, at_log, at_seq)
    ORDER BY x.opened_us DESC, x.log_id DESC, x.opened_seq DESC LIMIT most;
  ELSE
    RETURN QUERY
    SELECT x.* FROM unnest(logs) l(log_id)
    CROSS JOIN LATERAL (
      SELECT r.* FROM district.record r
      WHERE r.log_id = l.log_id AND r.opened_us >= since AND r.opened_us < until AND r.opened_us <= before
        AND (r.opened_us, r.log_id, r.opened_seq) < (before, at_log, at_seq)
      ORDER BY r.opened_us DESC, r.opened_seq DESC LIMIT most
    ) x
    ORDER BY x.opened_us DESC, x.log_id DESC, x.opened_seq DESC LIMIT most;
  END IF;
END $$;

-- Those of the newest `depth` records that have words like the pattern, at most `most`.
CREATE FUNCTION district.found_among_newest(pattern text, of_logs int[], depth int, most int) RETURNS SETOF district.record
LANGUAGE sql STABLE ROWS 50 SET search_path = pg_catalog, pg_temp AS $$
  SELECT x.* FROM district.newest_records(of_logs, NULL, depth) x
  WHERE EXISTS (
    SELECT FROM district.record_words w
    WHERE w.log_id = x.log_id AND w.encounter_id = x.encounter_id AND w.words ILIKE pattern
    OFFSET 0)
  ORDER BY x.opened_us DESC LIMIT most
$$;

-- The newest records with words like the pattern of ILIKE. of_logs: null for all.
-- The index of words gives all records that have one, to be sorted: it is asked about rare words. A common one is found
-- among the newest records. Which a word is, the planner can't know: its statistics would have samples of typed text. So
-- a few of the newest records are looked at, then at most 500 hits of the index, then more of the newest, then all hits.
CREATE FUNCTION district.found_records(pattern text, of_logs int[], most int) RETURNS SETOF district.record
LANGUAGE plpgsql STABLE ROWS 50 SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
  logs int[] := district.logs_to_read(of_logs);
  found district.record[];
  hit_logs int[];
  hit_ids uuid[];
BEGIN
  found := ARRAY(SELECT x::district.record FROM district.found_among_newest(pattern, of_logs, 4 * most, most) x);
  IF cardinality(found) < most THEN
    SELECT array_agg(w.log_id), array_agg(w.encounter_id) INTO hit_logs, hit_ids FROM (
      SELECT q.log_id, q.encounter_id FROM district.record_words q
      WHERE q.words ILIKE pattern AND (logs IS NULL OR q.log_id = ANY (logs)) LIMIT 501
    ) w;
    IF cardinality(hit_ids) > 500 THEN
      found := ARRAY(SELECT x::district.record FROM district.found_among_newest(pattern, of_logs, 2000, most) x);
      IF cardinality(found) < most THEN
        SELECT array_agg(w.log_id), array_agg(w.encounter_id) INTO hit_logs, hit_ids
        FROM district.record_words w
        WHERE w.words ILIKE pattern AND (logs IS NULL OR w.log_id = ANY (logs));
      END IF;
    END IF;
  END IF;
  IF cardinality(found) >= most THEN
    RETURN QUERY SELECT * FROM unnest(found);
  ELSE
    RETURN QUERY
    SELECT x.* FROM (SELECT DISTINCT * FROM unnest(hit_logs, hit_ids) u(log_id, encounter_id)) u
    CROSS JOIN LATERAL (
      SELECT r.* FROM district.record r WHERE r.log_id = u.log_id AND r.encounter_id = u.encounter_id LIMIT 1
    ) x
    WHERE x.opened_us IS NOT NULL
    ORDER BY x.opened_us DESC LIMIT most;
  END IF;
END $$;

REVOKE ALL ON FUNCTION
  district.logs_to_read, district.newest_records, district.found_among_newest, district.found_records FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
  district.logs_to_read, district.newest_records, district.found_among_newest, district.found_records
TO district_reader, district_auditor;
RESET ROLE;
