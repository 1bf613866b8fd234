-- Who may do what. The functions that desks call belong to a role that can add and change no entry, so that a hole in a
-- function changes none either.

GRANT USAGE ON SCHEMA district
TO district_ingest, district_desk, district_reader, district_auditor, district_keeper, district_publisher;

SET ROLE district_owner;

GRANT SELECT, INSERT ON district.entry, district.disclosure, district.checkpoint, district.conflict TO district_ingest;
GRANT SELECT, INSERT ON district.log TO district_ingest;
GRANT UPDATE (size, peaks, root, disclosed_to, head_size, state, succession, last_contact, last_wall_us) ON district.log
TO district_ingest;
GRANT SELECT ON district.desk, district.school, district.district_hold TO district_ingest;
GRANT UPDATE (state) ON district.desk TO district_ingest;  -- PostgreSQL wants it for the lock of a row
GRANT SELECT, INSERT ON district.hold, district.destruction TO district_ingest;
GRANT UPDATE (released_by) ON district.hold TO district_ingest;
GRANT SELECT, INSERT, UPDATE, DELETE
ON district.record, district.record_words, district.fact, district.call, district.duty, district.newest TO district_ingest;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA district FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA district TO district_ingest;
REVOKE EXECUTE ON FUNCTION district.destroy_due(), district.destroy_due(interval) FROM district_ingest;
GRANT EXECUTE ON FUNCTION district.destroy_due() TO district_keeper;
GRANT CREATE ON SCHEMA district TO district_ingest;
RESET ROLE;
ALTER FUNCTION district.ingest OWNER TO district_ingest;
ALTER FUNCTION district.disclose OWNER TO district_ingest;
SET ROLE district_owner;
REVOKE CREATE ON SCHEMA district FROM district_ingest;
RESET ROLE;
SET ROLE district_ingest;
REVOKE ALL ON FUNCTION district.ingest, district.disclose FROM PUBLIC;
GRANT EXECUTE ON FUNCTION district.ingest, district.disclose TO district_desk;
RESET ROLE;

SET ROLE district_owner;

-- Readers see the schools that `reader` names, up to its level; auditors see all. What a policy asks once is in an array, so
-- that it can use an index.
CREATE FUNCTION district.my_logs() RETURNS int[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(l.log_id), '{}')
  FROM district.log l JOIN district.desk d USING (desk_id) JOIN district.reader r USING (school_id)
  WHERE r.db_role = session_user
$$;
CREATE FUNCTION district.my_level() RETURNS smallint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(min(r.level), -1::smallint) FROM district.reader r WHERE r.db_role = session_user
$$;
REVOKE ALL ON FUNCTION district.my_logs, district.my_level FROM PUBLIC;
GRANT EXECUTE ON FUNCTION district.my_logs, district.my_level TO district_reader;
GRANT EXECUTE ON FUNCTION district.is_destroyed TO district_reader;
GRANT EXECUTE ON FUNCTION district.read_said, district.said, district.said_text, district.grown
TO district_reader, district_auditor;

DO $$
DECLARE
  name text;
  needs text;
BEGIN
  FOREACH name IN ARRAY ARRAY[
    'entry', 'disclosure', 'checkpoint', 'conflict', 'log', 'record', 'record_words', 'fact', 'call', 'duty', 'newest'
  ] LOOP
    needs := CASE
      WHEN name IN ('disclosure', 'record_words', 'fact') THEN ' AND level <= (SELECT district.my_level())'
      WHEN name = 'call' THEN ' AND (SELECT district.my_level()) >= 1'
      WHEN name = 'duty' THEN ' AND (SELECT district.my_level()) >= 2'
      ELSE ''
    END;
    EXECUTE format('ALTER TABLE district.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY schools ON district.%I FOR SELECT TO district_reader '
      'USING (log_id = ANY (ARRAY(SELECT unnest(district.my_logs())))%s%s)', name, needs,
      CASE WHEN name = 'disclosure' THEN ' AND (kept OR encounter_id IS NULL OR NOT district.is_destroyed(log_id, encounter_id))'
      ELSE '' END);
    EXECUTE format('CREATE POLICY all_schools ON district.%I FOR SELECT TO district_auditor USING (true)', name);
    EXECUTE format('CREATE POLICY adds ON district.%I TO district_ingest USING (true) WITH CHECK (true)', name);
    EXECUTE format('GRANT SELECT ON district.%I TO district_reader, district_auditor', name);
  END LOOP;
  -- A part that somebody names directly is not covered by the policies of the whole.
  FOR name IN
    SELECT relname FROM pg_class WHERE relnamespace = 'district'::regnamespace AND relispartition AND relkind = 'r'
  LOOP
    EXECUTE format('ALTER TABLE district.%I ENABLE ROW LEVEL SECURITY', name);
  END LOOP;
END $$;

GRANT SELECT ON district.school, district.desk, district.hold, district.district_hold, district.destruction, district.reader,
  district.person, district.acknowledgement
TO district_auditor;
RESET ROLE;

-- What every role may do by default, and no desk has a need of.
DO $$
DECLARE
  found regprocedure;
BEGIN
  EXECUTE format('REVOKE TEMP, CREATE ON DATABASE %I FROM PUBLIC', current_database());
  REVOKE CREATE ON SCHEMA public FROM PUBLIC;
  FOR found IN
    SELECT oid FROM pg_proc
    WHERE pronamespace = 'pg_catalog'::regnamespace
      AND (proname ~ '^lo_' OR proname IN ('lowrite', 'loread', 'pg_notify') OR proname ~ '^pg_(try_)?advisory'
        OR proname ~ '^pg_sleep')
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', found);
  END LOOP;
END $$;
