-- Values: a desk calls `district.disclose`. Each is taken only under the hash in its entry's header, and never again after
-- its destruction.

SET ROLE district_owner;

-- The value in a disclosure: the third part of [salt, name, value]. Null for bytes that are none: a desk can commit to any.
CREATE FUNCTION district.said(body bytea) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  plain text := translate(convert_from(body, 'SQL_ASCII'), '-_', '+/');
BEGIN
  RETURN (convert_from(decode(rpad(plain, (length(plain) + 3) / 4 * 4, '='), 'base64'), 'UTF8')::jsonb)->2;
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
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT of_kind IN ('hold.placed', 'hold.released', 'record.destroyed', 'destruction.authorized', 'destruction.refused')
$$;

-- The values that travel whatever level the district chose: the server needs them to apply the desks' own rules.
CREATE FUNCTION district.always_travels(of_kind text, name text) RETURNS bool
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT district.is_kept(of_kind) OR (of_kind = 'log.started' AND name = 'before')
$$;

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

CREATE FUNCTION district.disclose(
  of_origin text, of_seqs bigint[], of_names text[], of_encrypted bool[], of_levels smallint[], of_bodies bytea[], upto bigint
) RETURNS district.answer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  l district.log;
  widest smallint;
  bad record;
  given int := coalesce(array_length(of_seqs, 1), 0);
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

  SELECT v.seq, v.name, v.level INTO bad
  FROM unnest(of_seqs, of_names, of_encrypted, of_levels, of_bodies) v(seq, name, encrypted, level, body)
  LEFT JOIN LATERAL (
    SELECT * FROM district.entry q WHERE q.log_id = l.log_id AND q.seq = v.seq LIMIT 1
  ) e ON true
  WHERE v.level IS NULL OR v.level NOT BETWEEN 0 AND 3
    OR (v.level > widest AND NOT district.always_travels(e.kind, v.name))
    OR rtrim(translate(encode(sha256(v.body), 'base64'), '+/', '-_'), '=')
      IS DISTINCT FROM (e.header::json->CASE WHEN v.encrypted THEN 'sd_encrypted' ELSE 'sd' END->>v.name)
  LIMIT 1;
  IF FOUND THEN
    RETURN district.quarantine(l, coalesce(bad.seq, 0),
      CASE WHEN bad.level > widest THEN 'too-wide' ELSE 'not-committed' END, jsonb_build_object('name', left(bad.name, 200)));
  END IF;

  INSERT INTO district.disclosure (log_id, seq, name, encounter_id, encrypted, kept, level, body)
  SELECT l.log_id, v.seq, v.name, e.encounter_id, v.encrypted, district.is_kept(e.kind), v.level, v.body
  FROM unnest(of_seqs, of_names, of_encrypted, of_levels, of_bodies) v(seq, name, encrypted, level, body)
  CROSS JOIN LATERAL (
    SELECT * FROM district.entry q WHERE q.log_id = l.log_id AND q.seq = v.seq LIMIT 1
  ) e
  WHERE district.is_kept(e.kind) OR NOT EXISTS (
    SELECT FROM district.destruction d
    WHERE d.desk_id = l.desk_id AND d.encounter_id = e.encounter_id AND (d.log_id <> l.log_id OR d.seq > v.seq)
  )
  ON CONFLICT DO NOTHING;

  -- Which hold a release is about stands in its value.
  UPDATE district.hold h SET released_by = e.event_id
  FROM unnest(of_seqs, of_names, of_encrypted, of_bodies) v(seq, name, encrypted, body)
  CROSS JOIN LATERAL (
    SELECT * FROM district.entry q WHERE q.log_id = l.log_id AND q.seq = v.seq LIMIT 1
  ) e
  WHERE e.kind = 'hold.released' AND v.name = 'hold' AND NOT v.encrypted AND h.encounter_id = e.encounter_id
    AND h.desk_id = l.desk_id AND h.released_by IS NULL AND h.placed_by::text = district.said_text(v.body);

  PERFORM district.list_values(l, of_seqs, of_names, of_encrypted, of_levels, of_bodies);
  IF EXISTS (SELECT FROM district.destruction d WHERE d.desk_id = l.desk_id) THEN
    PERFORM district.hide(l.desk_id);
  END IF;
  IF l.succession = 'unexplained' AND 0 = ANY (of_seqs) THEN
    PERFORM district.succeed(l);
  END IF;
  UPDATE district.log q SET disclosed_to = greatest(q.disclosed_to, upto), last_contact = clock_timestamp()
  WHERE q.log_id = l.log_id;
  RETURN ('ok', l.size, l.root, greatest(l.disclosed_to, upto))::district.answer;
END $$;

-- Lists made of the values: numbers, outcomes, facts, calls, duties, words to search. Nothing of a destroyed record.
CREATE FUNCTION district.list_values(
  l district.log, of_seqs bigint[], of_names text[], of_encrypted bool[], of_levels smallint[], of_bodies bytea[]
) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO district.record AS x (log_id, encounter_id, no, outcome, newest_seq)
  SELECT l.log_id, e.encounter_id,
    min(district.said_text(v.body)) FILTER (WHERE v.name = 'no' AND e.kind = 'encounter.opened'),
    min(district.said_text(v.body)) FILTER (WHERE v.name = 'outcome' AND e.kind = 'encounter.closed'),
    max(v.seq)
  FROM unnest(of_seqs, of_names, of_encrypted, of_bodies) v(seq, name, encrypted, body)
  CROSS JOIN LATERAL (
    SELECT * FROM district.entry q WHERE q.log_id = l.log_id AND q.seq = v.seq LIMIT 1
  ) e
  WHERE v.name IN ('no', 'outcome') AND NOT v.encrypted AND e.encounter_id IS NOT NULL
    AND e.kind IN ('encounter.opened', 'encounter.closed')
  GROUP BY e.encounter_id
  ON CONFLICT (log_id, encounter_id) DO UPDATE SET
    no = coalesce(x.no, EXCLUDED.no), outcome = coalesce(x.outcome, EXCLUDED.outcome);

  INSERT INTO district.fact (log_id, encounter_id, seq, field, level, value, missing)
  SELECT l.log_id, e.encounter_id, v.seq, substr(v.name, 7), v.level,
    CASE WHEN jsonb_typeof(j.said) = 'object' THEN NULL ELSE j.said #>> '{}' END,
    CASE WHEN v.encrypted THEN 'encrypted' ELSE j.said->>'missing' END
  FROM unnest(of_seqs, of_names, of_encrypted, of_levels, of_bodies) v(seq, name, encrypted, level, body)
  CROSS JOIN LATERAL (
    SELECT * FROM district.entry q WHERE q.log_id = l.log_id AND q.seq = v.seq LIMIT 1
  ) e
  CROSS JOIN LATERAL (SELECT CASE WHEN v.encrypted THEN NULL ELSE district.said(v.body) END AS said) j
  WHERE v.name LIKE 'field.%' AND e.encounter_id IS NOT NULL
  ON CONFLICT DO NOTHING;

  INSERT INTO district.call (log_id, encounter_id, seq, n, step_id, role, result, at_us)
  SELECT l.log_id, e.encounter_id, v.seq, a.n, e.step_id, a.said->>'role', a.said->>'result', e.wall_us
  FROM unnest(of_seqs, of_names, of_encrypted, of_bodies) v(seq, name, encrypted, body)
  CROSS JOIN LATERAL (
    SELECT * FROM district.entry q WHERE q.log_id = l.log_id AND q.seq = v.seq LIMIT 1
  ) e
  CROSS JOIN LATERAL (SELECT district.said(v.body) AS said) j
  CROSS JOIN LATERAL jsonb_array_elements(CASE WHEN jsonb_typeof(j.said) = 'array' THEN j.said ELSE '[]' END)
    WITH ORDINALITY a(said, n)
  WHERE v.name = 'attempts' AND NOT v.encrypted AND e.encounter_id IS NOT NULL
    AND a.n = CASE WHEN jsonb_typeof(j.said) = 'array' THEN jsonb_array_length(j.said) END  -- the last one is new, the others are in earlier entries
    AND a.said->>'role' IS NOT NULL AND a.said->>'result' IS NOT NULL
  ON CONFLICT DO NOTHING;

  INSERT INTO district.call (log_id, encounter_id, seq, n, role, result, at_us)
  SELECT l.log_id, e.encounter_id, e.seq, 1,
    min(district.said_text(v.body)) FILTER (WHERE v.name = 'role'),
    min(district.said_text(v.body)) FILTER (WHERE v.name = 'result'), e.wall_us
  FROM unnest(of_seqs, of_names, of_encrypted, of_bodies) v(seq, name, encrypted, body)
  CROSS JOIN LATERAL (
    SELECT * FROM district.entry q WHERE q.log_id = l.log_id AND q.seq = v.seq LIMIT 1
  ) e
  WHERE v.name IN ('role', 'result') AND NOT v.encrypted AND e.kind = 'call.made' AND e.encounter_id IS NOT NULL
  GROUP BY e.encounter_id, e.seq, e.wall_us
  HAVING count(*) = 2
  ON CONFLICT DO NOTHING;

  INSERT INTO district.duty (log_id, encounter_id, duty, owner, due)
  SELECT l.log_id, e.encounter_id, a.said->>'id', a.said->>'owner', district.as_time(a.said->>'due')
  FROM unnest(of_seqs, of_names, of_encrypted, of_bodies) v(seq, name, encrypted, body)
  CROSS JOIN LATERAL (
    SELECT * FROM district.entry q WHERE q.log_id = l.log_id AND q.seq = v.seq LIMIT 1
  ) e
  CROSS JOIN LATERAL (SELECT district.said(v.body) AS said) j
  CROSS JOIN LATERAL jsonb_array_elements(CASE WHEN jsonb_typeof(j.said) = 'array' THEN j.said ELSE '[]' END) a(said)
  WHERE v.name = 'duties' AND NOT v.encrypted AND e.kind = 'duties.owed' AND e.encounter_id IS NOT NULL
    AND a.said->>'id' IS NOT NULL AND a.said->>'owner' IS NOT NULL
  ON CONFLICT DO NOTHING;

  UPDATE district.duty x SET
    state = CASE e.kind WHEN 'duty.done' THEN 'done' ELSE 'excepted' END,
    done_on = (SELECT district.as_time(district.said_text(o.body))::date
      FROM unnest(of_seqs, of_names, of_encrypted, of_bodies) o(seq, name, encrypted, body)
      WHERE o.seq = v.seq AND o.name = 'on' AND NOT o.encrypted LIMIT 1)
  FROM unnest(of_seqs, of_names, of_encrypted, of_bodies) v(seq, name, encrypted, body)
  CROSS JOIN LATERAL (
    SELECT * FROM district.entry q WHERE q.log_id = l.log_id AND q.seq = v.seq LIMIT 1
  ) e
  WHERE v.name = 'duty' AND NOT v.encrypted AND e.kind IN ('duty.done', 'duty.excepted')
    AND x.log_id = l.log_id AND x.encounter_id = e.encounter_id AND x.duty = district.said_text(v.body);

  -- Only what is new: words sent again would stand there twice.
  INSERT INTO district.record_words AS x (log_id, encounter_id, level, words)
  SELECT l.log_id, e.encounter_id, v.level, string_agg(district.said_text(v.body), E'\n' ORDER BY v.seq, v.name)
  FROM unnest(of_seqs, of_names, of_encrypted, of_levels, of_bodies) v(seq, name, encrypted, level, body)
  CROSS JOIN LATERAL (
    SELECT * FROM district.entry q WHERE q.log_id = l.log_id AND q.seq = v.seq LIMIT 1
  ) e
  WHERE v.seq >= l.disclosed_to AND NOT v.encrypted AND e.encounter_id IS NOT NULL
    AND (v.name IN ('no', 'text', 'name') OR v.name LIKE 'field.%') AND jsonb_typeof(district.said(v.body)) = 'string'
  GROUP BY e.encounter_id, v.level
  ON CONFLICT (log_id, encounter_id, level) DO UPDATE SET words = x.words || E'\n' || EXCLUDED.words;
END $$;

RESET ROLE;
