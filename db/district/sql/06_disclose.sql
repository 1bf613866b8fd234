-- Values: a desk calls `district.disclose`. Each is taken only under the hash in its entry's header, and never again after
-- its destruction.

SET ROLE district_owner;

-- The value in a disclosure: the third part of [salt, name, value]. Raises data_exception for bytes that are none. Functions
-- with RETURN are compiled when they are made, and become part of the query that calls them: they need no search_path.
CREATE FUNCTION district.read_said(body bytea) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN convert_from(
  decode(translate(encode(body, 'escape'), '-_', '+/') || repeat('=', -length(body) & 3), 'base64'), 'UTF8')::jsonb->2;

-- The same, and null for bytes that are none: a desk can commit to any.
CREATE FUNCTION district.said(body bytea) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN district.read_said(body);
EXCEPTION WHEN data_exception THEN
  RETURN NULL;
END $$;

CREATE FUNCTION district.said_text(body bytea) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT district.said(body) #>> '{}'
$$;

CREATE FUNCTION district.as_time(words text) RETURNS timestamptz
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN words::timestamptz;
EXCEPTION WHEN data_exception THEN
  RETURN NULL;
END $$;

-- The values of these entries are never deleted.
CREATE FUNCTION district.is_kept(of_kind text) RETURNS bool
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN of_kind IN ('hold.placed', 'hold.released', 'record.destroyed', 'destruction.authorized', 'destruction.refused');

-- The values that travel whatever level the district chose: the server needs them to apply the desks' own rules.
CREATE FUNCTION district.always_travels(of_kind text, name text) RETURNS bool
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN district.is_kept(of_kind) OR (of_kind = 'log.started' AND name = 'before');

-- The values that the server reads, for its lists and for the desks' own rules.
CREATE FUNCTION district.is_read(name text) RETURNS bool
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN name IN ('no', 'outcome', 'text', 'name', 'role', 'result', 'attempts', 'duties', 'duty', 'on', 'hold')
  OR name LIKE 'field.%';

-- How a new log follows the one that its first entry cites; told to the administrator, and no log is refused for it.
CREATE FUNCTION district.succeed(l district.log) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  cited jsonb;
  o district.log;
  word text;
  at_size bigint;
  at_root bytea;
BEGIN
  SELECT district.said(v.body) INTO cited
  FROM district.disclosure v JOIN district.entry e USING (log_id, seq)
  WHERE v.log_id = l.log_id AND v.seq = 0 AND v.name = 'before' AND NOT v.encrypted AND e.kind = 'log.started';
  SELECT * INTO o FROM district.log q WHERE q.origin = cited->>'origin' AND q.desk_id = l.desk_id AND q.log_id <> l.log_id
  FOR UPDATE;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  BEGIN
    at_size := (cited->>'size')::bigint;
    at_root := decode(cited->>'root', 'base64');
  EXCEPTION WHEN data_exception THEN
    RETURN;
  END;
  word := CASE
    WHEN at_size IS NULL OR at_root IS NULL THEN 'unexplained'
    WHEN at_size > o.size THEN 'unsent'
    WHEN district.root_at(o.log_id, at_size) <> at_root THEN 'forked'
    WHEN at_size < o.size THEN 'shortened'
    ELSE 'continues'
  END;
  UPDATE district.log q SET succession = word WHERE q.log_id = l.log_id;
  IF word = 'continues' THEN
    UPDATE district.log q SET state = 'replaced' WHERE q.log_id = o.log_id;
  ELSIF word IN ('forked', 'shortened') THEN
    INSERT INTO district.conflict (log_id, seq, reason, detail)
    VALUES (o.log_id, at_size, word, jsonb_build_object('cited_by', l.origin));
  END IF;
END $$;

-- A value that a desk sent, and its entry. fits: whether the entry has its hash. said: what it says, if the server reads it.
CREATE TYPE district.told AS (
  seq bigint, name text, encrypted bool, level smallint, body bytea, fits bool, said jsonb,
  event_id uuid, encounter_id uuid, kind text, step_id text, wall_us bigint
);

-- The values with their entries. Each entry is looked up once, and by its key: for a log that is younger than the planner's
-- statistics, a join would read all its entries for each value. careful: whether some bytes are no value.
CREATE FUNCTION district.meet(
  of_log int, of_seqs bigint[], of_names text[], of_encrypted bool[], of_levels smallint[], of_bodies bytea[], careful bool
) RETURNS district.told[] LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN (SELECT array_agg(ROW(
      m.seq, v.name, v.encrypted, v.level, v.body,
      coalesce(translate(encode(sha256(v.body), 'base64'), '+/=', '-_')
        = (CASE WHEN v.encrypted THEN m.encrypted_hashes WHEN NOT v.encrypted THEN m.hashes END->>v.name), false),
      CASE WHEN v.encrypted OR NOT district.is_read(v.name) THEN NULL
        WHEN careful THEN district.said(v.body) ELSE district.read_said(v.body) END,
      m.event_id, m.encounter_id, m.kind, m.step_id, m.wall_us)::district.told)
    FROM (
      SELECT g.*, e.*, e.header::json->'sd' AS hashes, e.header::json->'sd_encrypted' AS encrypted_hashes
      FROM (
        SELECT u.seq, array_agg(u.name) AS names, array_agg(u.encrypted) AS hidden, array_agg(u.level) AS levels,
          array_agg(u.body) AS bodies
        FROM unnest(of_seqs, of_names, of_encrypted, of_levels, of_bodies) u(seq, name, encrypted, level, body)
        GROUP BY u.seq
      ) g
      LEFT JOIN LATERAL (
        SELECT q.header, q.event_id, q.encounter_id, q.kind, q.step_id, q.wall_us
        FROM district.entry q WHERE q.log_id = of_log AND q.seq = g.seq LIMIT 1
      ) e ON true
      OFFSET 0
    ) m
    CROSS JOIN LATERAL unnest(m.names, m.hidden, m.levels, m.bodies) v(name, encrypted, level, body));
END $$;

CREATE FUNCTION district.disclose(
  of_origin text, of_seqs bigint[], of_names text[], of_encrypted bool[], of_levels smallint[], of_bodies bytea[], upto bigint
) RETURNS district.answer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  l district.log;
  widest smallint;
  bad record;
  given int := coalesce(array_length(of_seqs, 1), 0);
  sent district.told[];
  told district.told[];
  one district.told;
  any_destroyed bool;
BEGIN
  IF pg_column_size(of_bodies) > 16000000 OR given > 20000 OR coalesce(array_length(of_names, 1), 0) <> given
    OR coalesce(array_length(of_encrypted, 1), 0) <> given OR coalesce(array_length(of_levels, 1), 0) <> given
    OR coalesce(array_length(of_bodies, 1), 0) <> given OR upto IS NULL OR upto < 0 OR array_ndims(of_bodies) > 1
  THEN
    RAISE EXCEPTION 'malformed batch' USING ERRCODE = '22023';
  END IF;
  SELECT q.* INTO l FROM district.log q JOIN district.desk d USING (desk_id)
  WHERE q.origin = of_origin AND d.db_role = session_user AND d.state = 'active' FOR UPDATE OF q;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'that log is not this desk''s' USING ERRCODE = '28000';
  END IF;
  IF l.state <> 'active' THEN
    RETURN (l.state, l.size, l.root, l.disclosed_to)::district.answer;
  END IF;
  IF upto > l.size THEN
    RAISE EXCEPTION 'malformed batch' USING ERRCODE = '22023';
  END IF;
  SELECT d.level INTO widest FROM district.desk d WHERE d.desk_id = l.desk_id;

  BEGIN
    sent := district.meet(l.log_id, of_seqs, of_names, of_encrypted, of_levels, of_bodies, false);
  EXCEPTION WHEN data_exception THEN  -- catching it for each value would take longer than all the rest
    sent := district.meet(l.log_id, of_seqs, of_names, of_encrypted, of_levels, of_bodies, true);
  END;
  SELECT v.seq, v.name, v.level INTO bad
  FROM unnest(sent) v
  WHERE NOT v.fits OR v.level IS NULL OR v.level NOT BETWEEN 0 AND 3
    OR (v.level > widest AND NOT district.always_travels(v.kind, v.name))
  LIMIT 1;
  IF FOUND THEN
    RETURN district.quarantine(l, coalesce(bad.seq, 0),
      CASE WHEN bad.level > widest THEN 'too-wide' ELSE 'not-committed' END, jsonb_build_object('name', left(bad.name, 200)));
  END IF;

  IF upto <= ANY (of_seqs) THEN
    RAISE EXCEPTION 'malformed batch' USING ERRCODE = '22023';
  END IF;

  any_destroyed := EXISTS (SELECT FROM district.destruction d WHERE d.desk_id = l.desk_id);
  INSERT INTO district.disclosure (log_id, seq, name, encounter_id, encrypted, kept, level, body)
  SELECT l.log_id, v.seq, v.name, v.encounter_id, v.encrypted, district.is_kept(v.kind), v.level, v.body
  FROM unnest(sent) v
  WHERE (v.seq >= l.disclosed_to OR NOT EXISTS (
      SELECT FROM district.disclosure o WHERE o.log_id = l.log_id AND o.seq = v.seq AND o.name = v.name
    ))
    AND (NOT any_destroyed OR district.is_kept(v.kind) OR NOT EXISTS (
      SELECT FROM district.destruction d
      WHERE d.desk_id = l.desk_id AND d.encounter_id = v.encounter_id AND (d.log_id <> l.log_id OR d.seq > v.seq)
    ));

  -- Only these few go to the lists; the bodies stay behind.
  told := ARRAY(
    SELECT ROW(v.seq, v.name, v.encrypted, v.level, NULL, v.fits, v.said, v.event_id, v.encounter_id, v.kind, v.step_id,
      v.wall_us)::district.told
    FROM unnest(sent) v WHERE v.encounter_id IS NOT NULL AND district.is_read(v.name));
  IF 'hold' = ANY (of_names) THEN
    -- The value says which hold a release is about.
    FOR one IN SELECT * FROM unnest(told) v WHERE v.kind = 'hold.released' AND v.name = 'hold' LOOP
      UPDATE district.hold h SET released_by = one.event_id
      WHERE h.desk_id = l.desk_id AND h.encounter_id = one.encounter_id AND h.released_by IS NULL
        AND h.placed_by::text = one.said #>> '{}';
    END LOOP;
  END IF;
  PERFORM district.list_values(l, of_names, told);
  IF any_destroyed THEN
    PERFORM district.hide(l.desk_id, ARRAY(SELECT DISTINCT v.encounter_id FROM unnest(told) v));
  END IF;
  IF l.succession = 'unexplained' AND 0 = ANY (of_seqs) THEN
    PERFORM district.succeed(l);
  END IF;
  UPDATE district.log q SET disclosed_to = greatest(q.disclosed_to, upto), last_contact = clock_timestamp()
  WHERE q.log_id = l.log_id;
  RETURN ('ok', l.size, l.root, greatest(l.disclosed_to, upto))::district.answer;
END $$;

-- Lists made of the values: numbers, outcomes, facts, calls, duties, words to search. Nothing of a destroyed record.
-- names: of all values that were sent, by which most statements are skipped. told: the values to read.
CREATE FUNCTION district.list_values(l district.log, names text[], told district.told[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  one district.told;
BEGIN
  IF told = '{}' THEN
    RETURN;
  END IF;
  INSERT INTO district.record AS x (log_id, encounter_id, no, outcome, newest_seq)
  SELECT l.log_id, v.encounter_id,
    min(v.said #>> '{}') FILTER (WHERE v.name = 'no' AND v.kind = 'encounter.opened'),
    min(v.said #>> '{}') FILTER (WHERE v.name = 'outcome' AND v.kind = 'encounter.closed'),
    max(v.seq)
  FROM unnest(told) v
  WHERE v.name IN ('no', 'outcome') AND NOT v.encrypted AND v.kind IN ('encounter.opened', 'encounter.closed')
  GROUP BY v.encounter_id
  ON CONFLICT (log_id, encounter_id) DO UPDATE SET
    no = coalesce(x.no, EXCLUDED.no), outcome = coalesce(x.outcome, EXCLUDED.outcome);

  INSERT INTO district.fact (log_id, encounter_id, seq, field, level, value, missing)
  SELECT l.log_id, v.encounter_id, v.seq, substr(v.name, 7), v.level,
    CASE WHEN jsonb_typeof(v.said) = 'object' THEN NULL ELSE v.said #>> '{}' END,
    CASE WHEN v.encrypted THEN 'encrypted' ELSE v.said->>'missing' END
  FROM unnest(told) v
  WHERE v.name LIKE 'field.%'
  ON CONFLICT DO NOTHING;

  IF 'attempts' = ANY (names) THEN
    -- The last attempt is new, the others are in earlier entries.
    INSERT INTO district.call (log_id, encounter_id, seq, n, step_id, role, result, at_us)
    SELECT l.log_id, v.encounter_id, v.seq, jsonb_array_length(v.said), v.step_id, v.said->-1->>'role',
      v.said->-1->>'result', v.wall_us
    FROM unnest(told) v
    WHERE v.name = 'attempts' AND NOT v.encrypted AND jsonb_typeof(v.said) = 'array'
      AND v.said->-1->>'role' IS NOT NULL AND v.said->-1->>'result' IS NOT NULL
    ON CONFLICT DO NOTHING;
  END IF;

  IF 'role' = ANY (names) THEN
    INSERT INTO district.call (log_id, encounter_id, seq, n, role, result, at_us)
    SELECT l.log_id, v.encounter_id, v.seq, 1,
      min(v.said #>> '{}') FILTER (WHERE v.name = 'role'), min(v.said #>> '{}') FILTER (WHERE v.name = 'result'), v.wall_us
    FROM unnest(told) v
    WHERE v.name IN ('role', 'result') AND NOT v.encrypted AND v.kind = 'call.made'
    GROUP BY v.encounter_id, v.seq, v.wall_us
    HAVING count(*) = 2
    ON CONFLICT DO NOTHING;
  END IF;

  IF 'duties' = ANY (names) THEN
    INSERT INTO district.duty (log_id, encounter_id, duty, owner, due)
    SELECT l.log_id, v.encounter_id, a.said->>'id', a.said->>'owner', district.as_time(a.said->>'due')
    FROM unnest(told) v
    CROSS JOIN LATERAL jsonb_array_elements(CASE WHEN jsonb_typeof(v.said) = 'array' THEN v.said ELSE '[]' END) a(said)
    WHERE v.name = 'duties' AND NOT v.encrypted AND v.kind = 'duties.owed'
      AND a.said->>'id' IS NOT NULL AND a.said->>'owner' IS NOT NULL
    ON CONFLICT DO NOTHING;
  END IF;

  IF 'duty' = ANY (names) THEN
    FOR one IN SELECT * FROM unnest(told) v WHERE v.name = 'duty' AND v.kind IN ('duty.done', 'duty.excepted') LOOP
      UPDATE district.duty x SET
        state = CASE one.kind WHEN 'duty.done' THEN 'done' ELSE 'excepted' END,
        done_on = (SELECT district.as_time(o.said #>> '{}')::date FROM unnest(told) o
          WHERE o.seq = one.seq AND o.name = 'on' LIMIT 1)
      WHERE x.log_id = l.log_id AND x.encounter_id = one.encounter_id AND x.duty = one.said #>> '{}';
    END LOOP;
  END IF;

  -- Only what is new: words sent again would be listed twice.
  INSERT INTO district.record_words AS x (log_id, encounter_id, level, words)
  SELECT l.log_id, v.encounter_id, v.level, string_agg(v.said #>> '{}', E'\n' ORDER BY v.seq, v.name)
  FROM unnest(told) v
  WHERE v.seq >= l.disclosed_to AND jsonb_typeof(v.said) = 'string'
    AND (v.name IN ('no', 'text', 'name') OR v.name LIKE 'field.%')
  GROUP BY v.encounter_id, v.level
  ON CONFLICT (log_id, encounter_id, level) DO UPDATE SET words = x.words || E'\n' || EXCLUDED.words;
END $$;

RESET ROLE;
