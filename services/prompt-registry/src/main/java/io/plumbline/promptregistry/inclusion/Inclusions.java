package io.plumbline.promptregistry.inclusion;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The inclusions between versions in the caller's workspace. Rows are inserted and read, never
 * changed. They lead from a version to versions that were published before it, so following them
 * ends.
 */
@Repository
@Transactional(readOnly = true)
public class Inclusions {

  private final JdbcClient sql;
  private final JsonMapper json;

  Inclusions(JdbcClient sql, JsonMapper json) {
    this.sql = sql;
    this.json = json;
  }

  private record Row(IncludingVersion view, long counted) {}

  private record After(String prompt, int version, int includes) {}

  @Transactional
  public void add(UUID prompt, int version, Inclusion inclusion) {
    sql.sql(
            """
            INSERT INTO prompt_inclusion (workspace_id, prompt_id, version, name, included_id,
              included_version, digest, label)
            SELECT p.workspace_id, :prompt, :version, :name, p.id, :includedVersion, :digest, :label
            FROM prompt p WHERE p.workspace_id = :workspace AND p.name = :included
            """)
        .param("workspace", Caller.current().workspace())
        .param("prompt", prompt)
        .param("version", version)
        .param("name", inclusion.name())
        .param("included", inclusion.prompt())
        .param("includedVersion", inclusion.version())
        .param("digest", inclusion.digest().hex())
        .param("label", inclusion.label())
        .update();
  }

  /** Returns the versions that a version includes directly, by name. */
  public List<IncludedVersion> includedVersions(String prompt, int version) {
    return sql.sql(
            """
            SELECT i.name, p.name AS prompt, i.included_version, i.digest, i.label,
              (SELECT coalesce(jsonb_object_agg(l.name, l.version), '{}') FROM label l
                WHERE l.prompt_id = p.id) || jsonb_build_object('latest', p.latest_version) AS labels
            FROM prompt q JOIN prompt_inclusion i ON i.workspace_id = q.workspace_id
                AND i.prompt_id = q.id
              JOIN prompt p ON p.workspace_id = i.workspace_id AND p.id = i.included_id
            WHERE q.name = ? AND i.version = ? ORDER BY i.name
            """)
        .params(prompt, version)
        .query(this::readIncluded)
        .list();
  }

  /**
   * Returns the versions that include a prompt, or one version of it, directly or by their
   * partials.
   *
   * @param version the included version; any when absent
   */
  public Page<IncludingVersion> includingVersions(
      String prompt, @Nullable Integer version, PageRequest page) {
    After after =
        page.after(
            3,
            keys ->
                new After(
                    keys.get(0), Integer.parseInt(keys.get(1)), Integer.parseInt(keys.get(2))),
            new After("", 0, 0));
    List<Row> rows =
        sql.sql(
                """
                WITH RECURSIVE upward (id, version, included_version) AS (
                  SELECT i.prompt_id, i.version, i.included_version
                  FROM prompt p JOIN prompt_inclusion i ON i.workspace_id = p.workspace_id
                    AND i.included_id = p.id
                  WHERE p.name = :prompt
                    AND (:version::int IS NULL OR i.included_version = :version::int)
                  UNION
                  SELECT i.prompt_id, i.version, u.included_version
                  FROM upward u JOIN prompt_inclusion i ON i.included_id = u.id
                    AND i.included_version = u.version
                )
                SELECT p.name, u.version, v.digest, u.included_version,
                  EXISTS (SELECT 1 FROM prompt_inclusion i JOIN prompt q ON q.id = i.included_id
                    WHERE i.prompt_id = u.id AND i.version = u.version AND q.name = :prompt
                      AND i.included_version = u.included_version) AS direct,
                  ARRAY(SELECT l.name FROM (SELECT name FROM label WHERE prompt_id = u.id
                        AND version = u.version
                      UNION SELECT 'latest' WHERE u.version = p.latest_version) l
                    ORDER BY l.name) AS labels,
                  (SELECT count(*) FROM upward) AS counted
                FROM upward u JOIN prompt p ON p.id = u.id
                  JOIN prompt_version v ON v.prompt_id = u.id AND v.version = u.version
                WHERE (p.name, -u.version, -u.included_version)
                  > (:afterPrompt, -:afterVersion, -:afterIncluded)
                ORDER BY p.name, u.version DESC, u.included_version DESC LIMIT :size
                """)
            .param("prompt", prompt)
            .param("version", version)
            .param("afterPrompt", after.prompt)
            .param("afterVersion", after.version)
            .param("afterIncluded", after.includes)
            .param("size", page.fetchSize())
            .query(Inclusions::includingVersions)
            .list();
    return Page.of(
        rows.stream().map(Row::view).toList(),
        page,
        view ->
            List.of(
                view.prompt(), Integer.toString(view.version()), Integer.toString(view.includes())),
        rows.isEmpty() ? 0 : rows.getFirst().counted);
  }

  /**
   * Returns the path of inclusions from a version to a prompt, such as {@code b@2, a@1}; empty if
   * there is none.
   */
  public Optional<List<String>> inclusionPath(String from, int version, String to) {
    return sql.sql(
            """
            WITH RECURSIVE downward (id, version, name, path) AS (
              SELECT p.id, :version::int, p.name, ARRAY[p.name || '@' || :version::int] FROM prompt p
              WHERE p.name = :from
              UNION ALL
              SELECT i.included_id, i.included_version, p.name,
                d.path || (p.name || '@' || i.included_version)
              FROM downward d JOIN prompt_inclusion i ON i.prompt_id = d.id AND i.version = d.version
                JOIN prompt p ON p.id = i.included_id
            )
            SELECT path FROM downward WHERE name = :to ORDER BY cardinality(path) LIMIT 1
            """)
        .param("from", from)
        .param("version", version)
        .param("to", to)
        .query((row, number) -> Columns.texts(row, "path"))
        .optional();
  }

  private IncludedVersion readIncluded(ResultSet row, int number) throws SQLException {
    return new IncludedVersion(
        row.getString("name"),
        row.getString("prompt"),
        row.getInt("included_version"),
        new Digest(row.getString("digest")),
        row.getString("label"),
        json.readValue(row.getString("labels"), new TypeReference<>() {}));
  }

  private static Row includingVersions(ResultSet row, int number) throws SQLException {
    return new Row(
        new IncludingVersion(
            row.getString("name"),
            row.getInt("version"),
            new Digest(row.getString("digest")),
            row.getInt("included_version"),
            row.getBoolean("direct"),
            Columns.texts(row, "labels")),
        row.getLong("counted"));
  }
}
