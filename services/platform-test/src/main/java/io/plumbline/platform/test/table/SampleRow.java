package io.plumbline.platform.test.table;

import io.plumbline.platform.test.EmbeddedServers;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

/** Inserts rows for tests of what a table refuses, whatever the rows contain. */
public final class SampleRow {

  /**
   * The statement that switches foreign keys off, since nothing else of the row's workspace exists.
   */
  private static final String WITHOUT_REFERENCES = "SET session_replication_role = replica";

  /** The day of all rows: today, since some tables take no rows of days long ago. */
  // All rows of a test have one day, also about midnight.
  @SuppressWarnings("TimeInStaticInitializer")
  public static final LocalDate DAY = LocalDate.now(ZoneOffset.UTC);

  private SampleRow() {}

  /**
   * Inserts a row as a superuser.
   *
   * @param database the database of the test alone, since no service can read such a row
   * @param content JSON of the columns whose value matters
   * @return the workspace of the row, in which there is nothing else, and the value of all its
   *     other ids
   */
  public static UUID insert(String database, String table, String content) {
    UUID id = UUID.randomUUID();
    EmbeddedServers.executeAsSuperuser(
        database,
        WITHOUT_REFERENCES,
        """
        INSERT INTO %1$s SELECT filled.*
        FROM (
          SELECT jsonb_object_agg(column_name, CASE data_type
            WHEN 'uuid' THEN to_jsonb('%2$s'::text)
            WHEN 'text' THEN '"x"'
            WHEN 'jsonb' THEN '{}'
            WHEN 'ARRAY' THEN '[]'
            WHEN 'boolean' THEN 'false'
            WHEN 'bytea' THEN '"\\\\x"'
            WHEN 'date' THEN '"%4$s"'
            WHEN 'timestamp with time zone' THEN '"%4$sT00:00:00Z"'
            ELSE '1' END) || '%3$s' AS content
          FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '%1$s') sample,
          jsonb_populate_record(NULL::%1$s, sample.content) filled
        """
            .formatted(table, id, content, DAY));
    return id;
  }
}
