-- A destruction that a desk entered takes effect for readers at once. The values are deleted later: a stolen secret of a desk
-- would otherwise delete the district's evidence.

SET ROLE district_owner;

-- Empty the lists of the destroyed records of a desk: of those that are in the lists, and of those of `touched`, to which
-- values came again. Their values stay until `destroy_due`.
CREATE FUNCTION district.hide(of_desk int, touched uuid[] DEFAULT '{}') RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  of_logs int[] := ARRAY(SELECT log_id FROM district.log WHERE desk_id = of_desk);
  gone uuid[] := ARRAY(SELECT DISTINCT d.encounter_id FROM district.destruction d
    WHERE d.desk_id = of_desk AND (d.encounter_id = ANY (touched) OR EXISTS (
        SELECT FROM district.record x
        WHERE x.log_id = ANY (of_logs) AND x.encounter_id = d.encounter_id AND NOT x.destroyed))
      AND NOT district.is_held(of_desk, d.encounter_id));
BEGIN
  IF gone = '{}' THEN
    RETURN;
  END IF;
  UPDATE district.record x SET destroyed = true
  WHERE x.log_id = ANY (of_logs) AND x.encounter_id = ANY (gone) AND NOT x.destroyed;
  DELETE FROM district.record_words x WHERE x.log_id = ANY (of_logs) AND x.encounter_id = ANY (gone);
  DELETE FROM district.fact x WHERE x.log_id = ANY (of_logs) AND x.encounter_id = ANY (gone);
  DELETE FROM district.call x WHERE x.log_id = ANY (of_logs) AND x.encounter_id = ANY (gone);
  DELETE FROM district.duty x WHERE x.log_id = ANY (of_logs) AND x.encounter_id = ANY (gone);
END $$;

CREATE FUNCTION district.is_destroyed(of_log int, of_encounter uuid) RETURNS bool
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM district.destruction d JOIN district.log l USING (desk_id)
    WHERE l.log_id = of_log AND d.encounter_id = of_encounter AND NOT district.is_held(d.desk_id, d.encounter_id)
  )
$$;

-- Delete the values of the destructions that are older than `rest`, under no hold, and entered in a log that is not
-- quarantined; return the number of values.
CREATE FUNCTION district.destroy_due(rest interval) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  d record;
  deleted bigint;
  found bigint := 0;
BEGIN
  FOR d IN
    SELECT * FROM district.destruction q
    WHERE q.done_at IS NULL AND q.received_at < clock_timestamp() - rest
      AND NOT district.is_held(q.desk_id, q.encounter_id)
      AND NOT EXISTS (SELECT FROM district.log l WHERE l.log_id = q.log_id AND l.state = 'quarantined')
    FOR UPDATE
  LOOP
    PERFORM district.hide(d.desk_id, ARRAY[d.encounter_id]);
    DELETE FROM district.disclosure v
    USING district.log l
    WHERE l.desk_id = d.desk_id AND v.log_id = l.log_id AND v.encounter_id = d.encounter_id AND NOT v.kept
      AND (v.log_id <> d.log_id OR v.seq < d.seq);
    GET DIAGNOSTICS deleted = ROW_COUNT;
    found := found + deleted;
    UPDATE district.destruction q SET done_at = clock_timestamp()
    WHERE (q.desk_id, q.encounter_id, q.log_id, q.seq) = (d.desk_id, d.encounter_id, d.log_id, d.seq);
  END LOOP;
  RETURN found;
END $$;

-- The same after the rest that the owner chose (`policy`). Run it by a role of the group district_keeper, each night.
CREATE FUNCTION district.destroy_due() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT district.destroy_due((SELECT rest FROM district.policy))
$$;

RESET ROLE;
