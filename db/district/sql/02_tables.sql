-- The tables. `entry` and `disclosure` are the evidence, as at the desk; `record` and all that follow from it are made from
-- them for lists and searches, and can be made again.

SET ROLE district_owner;

CREATE TABLE district.school (
  school_id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE
);

-- level: the widest disclosure level of what the desk sends (0 statistics, 1 public, 2 counsel, 3 full).
CREATE TABLE district.desk (
  desk_id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  school_id int NOT NULL REFERENCES district.school,
  name text NOT NULL,
  db_role name NOT NULL UNIQUE,
  level smallint NOT NULL CHECK (level BETWEEN 0 AND 3),
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'retired')),
  enrolled_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (school_id, name)
);

-- A desk has several logs over the years. vkey: the public key of its checkpoints, fixed by the first call.
-- disclosed_to: the values of the entries before this one are here. head_size: the largest size that the desk said it has.
-- succession: how a later log follows the one that it cites; null for the first log of a desk.
CREATE TABLE district.log (
  log_id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  desk_id int NOT NULL REFERENCES district.desk,
  origin text NOT NULL UNIQUE,
  vkey text NOT NULL,
  size bigint NOT NULL DEFAULT 0,
  peaks bytea[] NOT NULL DEFAULT '{}',
  root bytea NOT NULL DEFAULT sha256(''),
  disclosed_to bigint NOT NULL DEFAULT 0,
  head_size bigint NOT NULL DEFAULT 0,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'quarantined', 'replaced')),
  succession text CHECK (succession IN ('continues', 'shortened', 'unsent', 'forked', 'unexplained')),
  last_contact timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_wall_us bigint
);
CREATE INDEX ON district.log (desk_id);

CREATE TABLE district.entry (
  log_id int NOT NULL,
  seq bigint NOT NULL CHECK (seq >= 0),
  header text NOT NULL,
  leaf bytea NOT NULL CHECK (length(leaf) = 32),
  event_id uuid NOT NULL GENERATED ALWAYS AS ((header::json->>'event_id')::uuid) STORED,
  encounter_id uuid GENERATED ALWAYS AS ((header::json->>'encounter_id')::uuid) STORED,
  kind text NOT NULL GENERATED ALWAYS AS (header::json->>'kind') STORED,
  step_id text GENERATED ALWAYS AS (header::json->>'step_id') STORED,
  wall_us bigint NOT NULL GENERATED ALWAYS AS ((header::json->>'wall_us')::bigint) STORED,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (log_id, seq),
  CHECK (seq = (header::json->>'seq')::bigint)
) PARTITION BY HASH (log_id);

-- kept: the value of an entry about holds or destruction, which nothing deletes.
CREATE TABLE district.disclosure (
  log_id int NOT NULL,
  seq bigint NOT NULL,
  name text NOT NULL,
  encounter_id uuid,
  encrypted bool NOT NULL,
  kept bool NOT NULL,
  level smallint NOT NULL CHECK (level BETWEEN 0 AND 3),
  body bytea NOT NULL,
  PRIMARY KEY (log_id, seq, name)
) PARTITION BY HASH (log_id);

DO $$
BEGIN
  FOR n IN 0..15 LOOP
    EXECUTE format('CREATE TABLE district.entry_%s PARTITION OF district.entry FOR VALUES WITH (MODULUS 16, REMAINDER %s)',
      lpad(n::text, 2, '0'), n);
    EXECUTE format('CREATE TABLE district.disclosure_%s PARTITION OF district.disclosure FOR VALUES WITH (MODULUS 16, REMAINDER %s)',
      lpad(n::text, 2, '0'), n);
  END LOOP;
END $$;
CREATE INDEX entry_encounter ON district.entry (log_id, encounter_id, seq);
CREATE INDEX entry_kind ON district.entry (kind, log_id, seq);
CREATE INDEX disclosure_encounter ON district.disclosure (log_id, encounter_id, seq);

CREATE TABLE district.checkpoint (
  log_id int NOT NULL REFERENCES district.log,
  size bigint NOT NULL,
  root bytea NOT NULL,
  note text NOT NULL,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (log_id, size, note)
);

-- What a desk sent that does not follow from what is here.
CREATE TABLE district.conflict (
  conflict_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  log_id int NOT NULL REFERENCES district.log,
  seq bigint NOT NULL,
  reason text NOT NULL,
  detail jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX ON district.conflict (log_id);

-- A person looked at what a desk sent, up to this conflict and this log of it.
CREATE TABLE district.acknowledgement (
  acknowledgement_id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  desk_id int NOT NULL REFERENCES district.desk,
  up_to_conflict bigint NOT NULL,
  up_to_log int NOT NULL,
  by_name text NOT NULL,
  reason text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX ON district.acknowledgement (desk_id);

-- A legal hold that a desk placed, and one that the district placed itself, which no desk can release.
CREATE TABLE district.hold (
  desk_id int NOT NULL REFERENCES district.desk,
  encounter_id uuid NOT NULL,
  placed_by uuid NOT NULL,
  released_by uuid,
  PRIMARY KEY (desk_id, encounter_id, placed_by)
);
CREATE TABLE district.district_hold (
  hold_id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  encounter_id uuid NOT NULL,
  reason text NOT NULL,
  placed_by text NOT NULL,
  placed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  released_by text,
  released_at timestamptz
);
CREATE INDEX ON district.district_hold (encounter_id);

-- A destruction that a desk entered. Readers see the values no more; they are deleted after a rest, under no hold.
CREATE TABLE district.destruction (
  desk_id int NOT NULL REFERENCES district.desk,
  encounter_id uuid NOT NULL,
  log_id int NOT NULL REFERENCES district.log,
  seq bigint NOT NULL,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  done_at timestamptz,
  PRIMARY KEY (desk_id, encounter_id, log_id, seq)
);
CREATE INDEX destruction_open ON district.destruction (received_at) WHERE done_at IS NULL;

-- How long a destroyed record's values rest before they are deleted; only the owner changes it.
CREATE TABLE district.policy (
  one bool PRIMARY KEY DEFAULT true CHECK (one),
  rest interval NOT NULL DEFAULT '30 days' CHECK (rest >= '0')
);
INSERT INTO district.policy DEFAULT VALUES;

CREATE TABLE district.record (
  log_id int NOT NULL,
  encounter_id uuid NOT NULL,
  no text,
  opened_us bigint,
  opened_seq bigint,
  closed_us bigint,
  outcome text,
  entries int NOT NULL DEFAULT 0,
  newest_seq bigint NOT NULL,
  destroyed bool NOT NULL DEFAULT false,
  PRIMARY KEY (log_id, encounter_id)
);
CREATE INDEX record_opened ON district.record (opened_us DESC);
CREATE INDEX record_of_log ON district.record (log_id, opened_us DESC);
CREATE INDEX record_no ON district.record (no);
CREATE INDEX record_encounter ON district.record (encounter_id);

CREATE TABLE district.record_words (
  log_id int NOT NULL,
  encounter_id uuid NOT NULL,
  level smallint NOT NULL,
  words text NOT NULL,
  PRIMARY KEY (log_id, encounter_id, level)
);
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') THEN
    CREATE INDEX record_words_trigrams ON district.record_words USING gin (words trigram.gin_trgm_ops);
  END IF;
END $$;

CREATE TABLE district.fact (
  log_id int NOT NULL,
  encounter_id uuid NOT NULL,
  seq bigint NOT NULL,
  field text NOT NULL,
  level smallint NOT NULL,
  value text,
  missing text,
  PRIMARY KEY (log_id, encounter_id, seq, field)
);
CREATE TABLE district.call (
  log_id int NOT NULL,
  encounter_id uuid NOT NULL,
  seq bigint NOT NULL,
  n int NOT NULL,
  step_id text,
  role text NOT NULL,
  result text NOT NULL,
  at_us bigint NOT NULL,
  PRIMARY KEY (log_id, encounter_id, seq, n)
);
CREATE TABLE district.duty (
  log_id int NOT NULL,
  encounter_id uuid NOT NULL,
  duty text NOT NULL,
  owner text NOT NULL,
  due timestamptz,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'excepted')),
  done_on date,
  PRIMARY KEY (log_id, encounter_id, duty)
);

-- The newest entry of each kind that says how a desk is: its protocol, contacts, backups, drills.
CREATE TABLE district.newest (
  log_id int NOT NULL,
  kind text NOT NULL,
  seq bigint NOT NULL,
  wall_us bigint NOT NULL,
  PRIMARY KEY (log_id, kind)
);

-- Which schools a reader may read, and up to which level.
CREATE TABLE district.reader (
  db_role name NOT NULL,
  school_id int NOT NULL REFERENCES district.school,
  level smallint NOT NULL CHECK (level BETWEEN 0 AND 3),
  PRIMARY KEY (db_role, school_id)
);

-- Whose role is which; a role's own name says nothing, because every role sees it.
CREATE TABLE district.person (
  db_role name PRIMARY KEY,
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('reader', 'auditor', 'keeper', 'publisher')),
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at timestamptz
);
CREATE UNIQUE INDEX ON district.person (name) WHERE ended_at IS NULL;

-- Samples of typed text must not stay in the planner's statistics.
DO $$
DECLARE
  found record;
BEGIN
  FOR found IN
    SELECT a.attrelid::regclass AS of_table, a.attname AS of_column
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relnamespace = 'district'::regnamespace AND c.relkind IN ('r', 'p')
      AND ((c.relname ~ '^disclosure' AND a.attname = 'body') OR (c.relname ~ '^entry' AND a.attname = 'header')
        OR (c.relname = 'record_words' AND a.attname = 'words') OR (c.relname = 'fact' AND a.attname = 'value'))
  LOOP
    EXECUTE format('ALTER TABLE %s ALTER %I SET STATISTICS 0', found.of_table, found.of_column);
  END LOOP;
END $$;

RESET ROLE;
