-- What nobody may change or delete, whatever rights they have. Triggers of a partitioned table do not fire for its parts, so
-- each part has its own.

SET ROLE district_owner;

CREATE FUNCTION district.never() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '42501';
END $$;

CREATE FUNCTION district.only_destroyed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  of_desk int;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    RAISE EXCEPTION 'disclosure is append-only' USING ERRCODE = '42501';
  END IF;
  IF OLD.kept OR OLD.encounter_id IS NULL THEN
    RAISE EXCEPTION 'this value is never deleted' USING ERRCODE = '42501';
  END IF;
  SELECT l.desk_id INTO of_desk FROM district.log l WHERE l.log_id = OLD.log_id;
  IF district.is_held(of_desk, OLD.encounter_id) THEN
    RAISE EXCEPTION 'legal hold' USING ERRCODE = '42501';
  END IF;
  IF NOT EXISTS (
    SELECT FROM district.destruction d
    WHERE d.desk_id = of_desk AND d.encounter_id = OLD.encounter_id AND (d.log_id <> OLD.log_id OR d.seq > OLD.seq)
  ) THEN
    RAISE EXCEPTION 'no destruction is entered' USING ERRCODE = '42501';
  END IF;
  RETURN OLD;
END $$;

CREATE FUNCTION district.is_held(of_desk int, of_encounter uuid) RETURNS bool
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM district.hold h
    WHERE h.desk_id = of_desk AND h.encounter_id = of_encounter AND h.released_by IS NULL
  ) OR EXISTS (
    SELECT FROM district.district_hold h WHERE h.encounter_id = of_encounter AND h.released_at IS NULL
  )
$$;

DO $$
DECLARE
  name text;
BEGIN
  FOR name IN
    SELECT relname FROM pg_class
    WHERE relnamespace = 'district'::regnamespace AND relkind IN ('r', 'p')
      AND relname ~ '^(entry|disclosure|checkpoint|conflict|acknowledgement)'
  LOOP
    EXECUTE format('CREATE TRIGGER never BEFORE TRUNCATE%s ON district.%I FOR EACH STATEMENT EXECUTE FUNCTION district.never()',
      CASE WHEN name ~ '^disclosure' THEN '' ELSE ' OR UPDATE OR DELETE' END, name);
    EXECUTE format('ALTER TABLE district.%I ENABLE ALWAYS TRIGGER never', name);
  END LOOP;
END $$;
CREATE TRIGGER only_destroyed BEFORE UPDATE OR DELETE ON district.disclosure
  FOR EACH ROW EXECUTE FUNCTION district.only_destroyed();
DO $$
DECLARE
  name text;
BEGIN
  FOR name IN
    SELECT relname FROM pg_class WHERE relnamespace = 'district'::regnamespace AND relkind IN ('r', 'p') AND relname ~ '^disclosure'
  LOOP
    EXECUTE format('ALTER TABLE district.%I ENABLE ALWAYS TRIGGER only_destroyed', name);
  END LOOP;
END $$;

RESET ROLE;
