-- The roles that own, fill and read the store. None can log in: each desk and each reader gets a role of its own, which
-- is a member of one of these groups.

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY[
    'district_owner',    -- owns the tables
    'district_ingest',   -- owns the functions that desks and publishers call: it may add, and change no entry
    'district_desk',     -- group of the desks
    'district_reader',   -- group of those who read the records of some schools
    'district_publisher', -- group of those who publish bundles for the desks
    'district_auditor',  -- group of those who read everything, and verify
    'district_keeper'    -- deletes destroyed values after their rest
  ] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', name);
    END IF;
  END LOOP;
END $$;

GRANT district_owner, district_ingest TO CURRENT_USER;
CREATE SCHEMA district AUTHORIZATION district_owner;
REVOKE ALL ON SCHEMA district FROM PUBLIC;

-- Finds parts of words quickly. A server without it finds the same, more slowly.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm') THEN
    CREATE SCHEMA trigram;
    GRANT USAGE ON SCHEMA trigram TO PUBLIC;
    CREATE EXTENSION pg_trgm SCHEMA trigram;
  END IF;
END $$;
