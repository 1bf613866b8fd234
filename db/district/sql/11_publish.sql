-- Bundles for the desks: a publisher calls `district.publish`, a desk `district.published`. The desks verify the signature;
-- here is only what came, in its order, and which school gets which part of it.

SET ROLE district_owner;

-- made_at: by the manifest; a later bundle takes the place of an earlier one. name: the hash of the manifest.
CREATE TABLE district.publication (
  publication_id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  made_at timestamptz NOT NULL UNIQUE,
  name text NOT NULL UNIQUE CHECK (name ~ '^[0-9a-f]{64}$'),
  protocol text NOT NULL CHECK (length(protocol) BETWEEN 1 AND 200),
  version text NOT NULL CHECK (length(version) BETWEEN 1 AND 200),
  content_hash text NOT NULL CHECK (content_hash ~ '^[0-9a-f]{64}$'),
  published_by name NOT NULL DEFAULT session_user,
  published_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX ON district.publication (content_hash);

-- school: its name, also of one that is enrolled later; empty for every school that has no part of its own.
CREATE TABLE district.publication_part (
  publication_id int NOT NULL REFERENCES district.publication,
  school text NOT NULL CHECK (length(school) <= 200),
  body bytea NOT NULL CHECK (length(body) BETWEEN 1 AND 8388608),
  hash bytea NOT NULL GENERATED ALWAYS AS (sha256(body)) STORED,
  PRIMARY KEY (publication_id, school)
);
ALTER TABLE district.publication_part ALTER body SET STATISTICS 0;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['publication', 'publication_part'] LOOP
    EXECUTE format('CREATE TRIGGER never BEFORE UPDATE OR DELETE OR TRUNCATE ON district.%I '
      'FOR EACH STATEMENT EXECUTE FUNCTION district.never()', name);
    EXECUTE format('ALTER TABLE district.%I ENABLE ALWAYS TRIGGER never', name);
  END LOOP;
END $$;

-- schools, bodies: the parts, one for each. Returns the schools among them that have no desk yet. Raises 22023, also for one
-- that is not newer than the newest, or of a day to come.
CREATE FUNCTION district.publish(
  of_made timestamptz, of_name text, of_protocol text, of_version text, of_hash text, schools text[], bodies bytea[]
) RETURNS text[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  given int := coalesce(array_length(schools, 1), 0);
  id int;
BEGIN
  IF given < 1 OR given > 2000 OR coalesce(array_length(bodies, 1), 0) <> given OR of_made IS NULL THEN
    RAISE EXCEPTION 'malformed publication' USING ERRCODE = '22023';
  END IF;
  IF of_made > clock_timestamp() + interval '1 day' THEN
    RAISE EXCEPTION 'the bundle was made on a day to come' USING ERRCODE = '22023';
  END IF;
  IF EXISTS (SELECT FROM district.publication p WHERE p.made_at >= of_made) THEN
    RAISE EXCEPTION 'this bundle, or one that was made later, is published already' USING ERRCODE = '22023';
  END IF;
  BEGIN
    INSERT INTO district.publication (made_at, name, protocol, version, content_hash)
    VALUES (of_made, of_name, of_protocol, of_version, of_hash) RETURNING publication_id INTO id;
    INSERT INTO district.publication_part (publication_id, school, body)
    SELECT id, u.school, u.body FROM unnest(schools, bodies) u(school, body);
  EXCEPTION WHEN data_exception OR integrity_constraint_violation THEN
    RAISE EXCEPTION 'malformed publication' USING ERRCODE = '22023';
  END;
  RETURN ARRAY(
    SELECT u.school FROM unnest(schools) u(school)
    WHERE u.school <> '' AND NOT EXISTS (
      SELECT FROM district.school s JOIN district.desk d USING (school_id) WHERE s.name = u.school AND d.state = 'active'
    ) ORDER BY u.school);
END $$;

-- The newest publication that is for a school; by when it was made, because two may come at once.
CREATE FUNCTION district.newest_publication(of_school text) RETURNS int
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT p.publication_id FROM district.publication p
  WHERE EXISTS (
    SELECT FROM district.publication_part x WHERE x.publication_id = p.publication_id AND x.school IN ('', of_school))
  ORDER BY p.made_at DESC LIMIT 1
$$;

-- The newest part that is for the desk's school, with its hash; without its bytes if the desk has them.
CREATE FUNCTION district.published(known bytea) RETURNS TABLE (hash bytea, body bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  of_school text;
BEGIN
  SELECT s.name INTO of_school FROM district.desk d JOIN district.school s USING (school_id)
  WHERE d.db_role = session_user AND d.state = 'active';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this role is no desk' USING ERRCODE = '28000';
  END IF;
  RETURN QUERY
  SELECT p.hash, CASE WHEN p.hash IS DISTINCT FROM known THEN p.body END
  FROM district.publication_part p
  WHERE p.publication_id = district.newest_publication(of_school) AND p.school IN ('', of_school)
  ORDER BY p.school <> '' DESC  -- its own part before that of every school
  LIMIT 1;
END $$;

GRANT SELECT, INSERT ON district.publication, district.publication_part TO district_ingest;
GRANT SELECT ON district.publication, district.publication_part TO district_auditor;
REVOKE ALL ON FUNCTION district.publish, district.newest_publication, district.published FROM PUBLIC;
GRANT EXECUTE ON FUNCTION district.newest_publication TO district_ingest;
GRANT CREATE ON SCHEMA district TO district_ingest;
RESET ROLE;
ALTER FUNCTION district.publish OWNER TO district_ingest;
ALTER FUNCTION district.published OWNER TO district_ingest;
SET ROLE district_owner;
REVOKE CREATE ON SCHEMA district FROM district_ingest;
RESET ROLE;
SET ROLE district_ingest;
REVOKE ALL ON FUNCTION district.publish, district.published FROM PUBLIC;
GRANT EXECUTE ON FUNCTION district.publish TO district_publisher;
GRANT EXECUTE ON FUNCTION district.published TO district_desk;
RESET ROLE;
