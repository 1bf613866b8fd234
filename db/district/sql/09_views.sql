-- Views in plain words, for the district's own tools. Each reads with the rights of who asks.

CREATE SCHEMA plain AUTHORIZATION district_owner;
GRANT USAGE ON SCHEMA plain TO district_reader, district_auditor;
SET ROLE district_owner;

-- The names of schools and desks that the reader may read.
CREATE FUNCTION district.my_desks()
RETURNS TABLE (log_id int, desk_id int, school text, desk text, desk_state text, level smallint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT l.log_id, d.desk_id, s.name, d.name, d.state, d.level
  FROM district.log l JOIN district.desk d USING (desk_id) JOIN district.school s USING (school_id)
  WHERE (SELECT pg_has_role(session_user, 'district_auditor', 'member'))
    OR l.log_id = ANY (ARRAY(SELECT unnest(district.my_logs())))
$$;
REVOKE ALL ON FUNCTION district.my_desks FROM PUBLIC;
GRANT EXECUTE ON FUNCTION district.my_desks TO district_reader, district_auditor;

CREATE VIEW plain.desks WITH (security_invoker = true) AS
SELECT m.school, m.desk, m.desk_state, l.origin AS log, l.state AS log_state, l.succession, l.size AS entries,
  l.head_size - l.size AS entries_behind, l.size - l.disclosed_to AS entries_without_values, l.last_contact,
  to_timestamp(l.last_wall_us / 1e6) AS newest_entry_at
FROM district.log l JOIN district.my_desks() m USING (log_id);

CREATE VIEW plain.encounters WITH (security_invoker = true) AS
SELECT m.school, m.desk, x.no AS number, x.encounter_id, to_timestamp(x.opened_us / 1e6) AS opened_at,
  to_timestamp(x.closed_us / 1e6) AS closed_at, round((x.closed_us - x.opened_us) / 6e7, 1) AS minutes, x.outcome, x.entries,
  x.destroyed
FROM district.record x JOIN district.my_desks() m USING (log_id);

CREATE VIEW plain.facts WITH (security_invoker = true) AS
SELECT m.school, m.desk, x.no AS number, f.encounter_id, to_timestamp(e.wall_us / 1e6) AS at, e.kind, e.step_id AS step,
  f.field AS fact, f.value, f.missing
FROM district.fact f
JOIN district.entry e USING (log_id, seq)
JOIN district.record x ON x.log_id = f.log_id AND x.encounter_id = f.encounter_id
JOIN district.my_desks() m ON m.log_id = f.log_id;

CREATE VIEW plain.calls WITH (security_invoker = true) AS
SELECT m.school, m.desk, x.no AS number, c.encounter_id, to_timestamp(c.at_us / 1e6) AS at, c.step_id AS step, c.role, c.result
FROM district.call c
JOIN district.record x ON x.log_id = c.log_id AND x.encounter_id = c.encounter_id
JOIN district.my_desks() m ON m.log_id = c.log_id;

CREATE VIEW plain.duties WITH (security_invoker = true) AS
SELECT m.school, m.desk, x.no AS number, d.encounter_id, d.duty, d.owner, d.due, d.state, d.done_on,
  d.state = 'open' AND d.due < now() AS overdue
FROM district.duty d
JOIN district.record x ON x.log_id = d.log_id AND x.encounter_id = d.encounter_id
JOIN district.my_desks() m ON m.log_id = d.log_id;

GRANT SELECT ON ALL TABLES IN SCHEMA plain TO district_reader, district_auditor;
RESET ROLE;
