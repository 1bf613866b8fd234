-- Entries: a desk calls `district.ingest`. It adds what follows from what is here, and refuses everything else.

SET ROLE district_owner;

-- word: what became of the call. size, root: of the log as the server has it. disclosed_to: as in `log`.
CREATE TYPE district.answer AS (word text, size bigint, root bytea, disclosed_to bigint);

CREATE FUNCTION district.quarantine(l district.log, at_seq bigint, reason text, detail jsonb) RETURNS district.answer
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO district.conflict (log_id, seq, reason, detail) VALUES (l.log_id, at_seq, reason, detail);
  UPDATE district.log q SET state = 'quarantined', last_contact = clock_timestamp() WHERE q.log_id = l.log_id;
  RETURN (reason, l.size, l.root, l.disclosed_to)::district.answer;
END $$;

-- What new entries change besides: the list of records, holds, destructions, the newest entry of each kind.
CREATE FUNCTION district.follow(l district.log, upto bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO district.record AS x (log_id, encounter_id, opened_us, opened_seq, closed_us, entries, newest_seq)
  SELECT l.log_id, e.encounter_id,
    min(e.wall_us) FILTER (WHERE e.kind = 'encounter.opened'),
    min(e.seq) FILTER (WHERE e.kind = 'encounter.opened'),
    min(e.wall_us) FILTER (WHERE e.kind = 'encounter.closed'),
    count(*), max(e.seq)
  FROM district.entry e
  WHERE e.log_id = l.log_id AND e.seq >= l.size AND e.seq < upto AND e.encounter_id IS NOT NULL
  GROUP BY e.encounter_id
  ON CONFLICT (log_id, encounter_id) DO UPDATE SET
    opened_us = coalesce(x.opened_us, EXCLUDED.opened_us),
    opened_seq = coalesce(x.opened_seq, EXCLUDED.opened_seq),
    closed_us = coalesce(x.closed_us, EXCLUDED.closed_us),
    entries = x.entries + EXCLUDED.entries,
    newest_seq = EXCLUDED.newest_seq;

  INSERT INTO district.newest AS x (log_id, kind, seq, wall_us)
  SELECT DISTINCT ON (e.kind) l.log_id, e.kind, e.seq, e.wall_us
  FROM district.entry e
  WHERE e.log_id = l.log_id AND e.seq >= l.size AND e.seq < upto AND e.encounter_id IS NULL
  ORDER BY e.kind, e.seq DESC
  ON CONFLICT (log_id, kind) DO UPDATE SET seq = EXCLUDED.seq, wall_us = EXCLUDED.wall_us;

  INSERT INTO district.hold (desk_id, encounter_id, placed_by)
  SELECT l.desk_id, e.encounter_id, e.event_id
  FROM district.entry e
  WHERE e.log_id = l.log_id AND e.seq >= l.size AND e.seq < upto
    AND e.kind = 'hold.placed' AND e.encounter_id IS NOT NULL
  ON CONFLICT DO NOTHING;

  INSERT INTO district.destruction (desk_id, encounter_id, log_id, seq)
  SELECT l.desk_id, e.encounter_id, l.log_id, e.seq
  FROM district.entry e
  WHERE e.log_id = l.log_id AND e.seq >= l.size AND e.seq < upto
    AND e.kind = 'record.destroyed' AND e.encounter_id IS NOT NULL
  ON CONFLICT DO NOTHING;
  IF FOUND THEN
    PERFORM district.hide(l.desk_id);
  END IF;
END $$;

-- of_origin, of_vkey: the name of the log, and the public key of its checkpoints. headers: of the entries from first_seq.
-- note: the signed checkpoint of claimed_size, if it is a permanent one. claimed_size, claimed_root: after these entries, by
-- the desk. of_head: the size of the whole log at the desk. Raises 22023 malformed, 28000 not this desk's, 53400 too many.
CREATE FUNCTION district.ingest(
  of_origin text, of_vkey text, first_seq bigint, headers text[], note text, claimed_size bigint, claimed_root bytea,
  of_head bigint
) RETURNS district.answer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  d district.desk;
  l district.log;
  given int := coalesce(array_length(headers, 1), 0);
  known int;
  bad bigint;
  leaves bytea[];
  new_peaks bytea[];
  longest bigint;
  new_root bytea;
  why text;
BEGIN
  -- The size comes first: hashing a very large batch would take several times its memory.
  IF pg_column_size(headers) > 8000000 OR given > 2000 OR first_seq < 0 OR claimed_size <> first_seq + given
    OR length(note) > 4096 OR length(claimed_root) <> 32 OR array_ndims(headers) > 1 OR of_head < claimed_size
    OR claimed_size IS NULL OR claimed_root IS NULL OR of_head IS NULL OR of_origin IS NULL OR of_vkey IS NULL
  THEN
    RAISE EXCEPTION 'malformed batch' USING ERRCODE = '22023';
  END IF;
  SELECT * INTO d FROM district.desk q WHERE q.db_role = session_user AND q.state = 'active';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this role is no desk' USING ERRCODE = '28000';
  END IF;

  SELECT * INTO l FROM district.log q WHERE q.origin = of_origin FOR UPDATE;
  IF NOT FOUND THEN
    IF first_seq > 0 THEN
      RETURN ('gap', 0, sha256(''), 0)::district.answer;
    END IF;
    IF of_origin !~ '^[!-*,-~]+$' OR length(of_origin) > 200 OR of_vkey !~ '^[!-~]+$' OR length(of_vkey) > 400 THEN
      RAISE EXCEPTION 'malformed batch' USING ERRCODE = '22023';
    END IF;
    PERFORM FROM district.desk q WHERE q.desk_id = d.desk_id FOR UPDATE;
    IF (SELECT count(*) FROM district.log q WHERE q.desk_id = d.desk_id AND q.succession = 'unexplained') >= 3 THEN
      RAISE EXCEPTION 'too many new logs' USING ERRCODE = '53400';
    END IF;
    INSERT INTO district.log (desk_id, origin, vkey, succession) VALUES (
      d.desk_id, of_origin, of_vkey,
      CASE WHEN EXISTS (SELECT FROM district.log q WHERE q.desk_id = d.desk_id) THEN 'unexplained' END
    ) ON CONFLICT DO NOTHING;
    SELECT * INTO l FROM district.log q WHERE q.origin = of_origin FOR UPDATE;
  END IF;
  IF l.desk_id <> d.desk_id OR l.vkey <> of_vkey THEN
    RAISE EXCEPTION 'that log is not this desk''s' USING ERRCODE = '28000';
  END IF;
  IF l.state <> 'active' THEN
    RETURN (l.state, l.size, l.root, l.disclosed_to)::district.answer;
  END IF;

  -- A desk that says it has fewer than before is told apart from an old message only by a person.
  IF of_head < l.head_size THEN
    INSERT INTO district.conflict (log_id, seq, reason, detail)
    SELECT l.log_id, of_head, 'truncated', jsonb_build_object('before', l.head_size)
    WHERE NOT EXISTS (
      SELECT FROM district.conflict c WHERE c.log_id = l.log_id AND c.reason = 'truncated' AND c.seq = of_head
    );
  END IF;
  UPDATE district.log q SET head_size = greatest(q.head_size, of_head), last_contact = clock_timestamp()
  WHERE q.log_id = l.log_id;
  IF first_seq > l.size THEN
    RETURN ('gap', l.size, l.root, l.disclosed_to)::district.answer;
  END IF;

  known := least(given, l.size - first_seq);
  IF known > 0 THEN
    SELECT min(e.seq) INTO bad FROM district.entry e
    WHERE e.log_id = l.log_id AND e.seq >= first_seq AND e.seq < first_seq + known
      AND e.header <> headers[(e.seq - first_seq + 1)::int];
    IF bad IS NOT NULL THEN
      RETURN district.quarantine(l, bad, 'forked',
        jsonb_build_object('note', note, 'header', left(headers[(bad - first_seq + 1)::int], 20000)));
    END IF;
  END IF;

  IF claimed_size <= l.size THEN  -- all of it is here: an acknowledgement was lost, or the desk lost its place
    IF claimed_root <> (CASE WHEN claimed_size = l.size THEN l.root ELSE district.root_at(l.log_id, claimed_size) END) THEN
      RETURN district.quarantine(l, claimed_size, 'root-mismatch', jsonb_build_object('note', note));
    END IF;
    IF note IS NOT NULL THEN
      INSERT INTO district.checkpoint (log_id, size, root, note) VALUES (l.log_id, claimed_size, claimed_root, note)
      ON CONFLICT DO NOTHING;
    END IF;
    RETURN ('ok', l.size, l.root, l.disclosed_to)::district.answer;
  END IF;

  BEGIN
    SELECT array_agg(sha256('\x00'::bytea || convert_to(u.header, 'UTF8')) ORDER BY u.n), max(octet_length(u.header))
    INTO leaves, longest
    FROM unnest(headers[known + 1:given]) WITH ORDINALITY u(header, n);
    IF longest > 65536 THEN
      RAISE EXCEPTION 'a header is longer than 65,536 bytes' USING ERRCODE = '22023';
    END IF;
    new_peaks := district.grown(l.size, l.peaks, leaves);
    new_root := district.root_of(new_peaks);
    IF claimed_root <> new_root THEN
      RETURN district.quarantine(l, l.size, 'root-mismatch',
        jsonb_build_object('note', note, 'server_root', encode(new_root, 'hex')));
    END IF;
    IF EXISTS (SELECT FROM unnest(headers) h WHERE h::json->>'origin' IS DISTINCT FROM of_origin) THEN
      RAISE EXCEPTION 'header of another log' USING ERRCODE = '22023';
    END IF;
    INSERT INTO district.entry (log_id, seq, header, leaf)
    SELECT l.log_id, l.size + u.n - 1, u.header, u.leaf
    FROM unnest(headers[known + 1:given], leaves) WITH ORDINALITY u(header, leaf, n);
    PERFORM district.follow(l, claimed_size);
  EXCEPTION WHEN data_exception OR integrity_constraint_violation THEN
    GET STACKED DIAGNOSTICS why = MESSAGE_TEXT;
    RETURN district.quarantine(l, l.size, 'malformed', jsonb_build_object('note', note, 'why', why));
  END;
  IF note IS NOT NULL THEN
    INSERT INTO district.checkpoint (log_id, size, root, note) VALUES (l.log_id, claimed_size, new_root, note)
    ON CONFLICT DO NOTHING;
  END IF;
  UPDATE district.log q SET size = claimed_size, peaks = new_peaks, root = new_root,
    last_wall_us = (SELECT e.wall_us FROM district.entry e WHERE e.log_id = l.log_id AND e.seq = claimed_size - 1)
  WHERE q.log_id = l.log_id;
  RETURN ('ok', claimed_size, new_root, l.disclosed_to)::district.answer;
END $$;

RESET ROLE;
