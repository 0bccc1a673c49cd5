package io.plumbline.promptregistry.prompt;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.promptregistry.inclusion.Inclusion;
import io.plumbline.promptregistry.inclusion.Inclusions;
import io.plumbline.prompttemplate.content.PromptContent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The versions of the caller's workspace. They are inserted and read, never changed. */
@Repository
class PromptVersions {

  private static final String COLUMNS =
      "SELECT p.name, v.version, v.digest, v.parent_version, v.parent_digest, v.author, v.message,"
          + " v.lint_reason, v.created_at, v.content, (SELECT"
          + " coalesce(jsonb_agg(jsonb_build_object('name', i.name, 'prompt', q.name, 'version',"
          + " i.included_version, 'digest', i.digest, 'label', i.label) ORDER BY i.name), '[]')"
          + " FROM prompt_inclusion i JOIN prompt q ON q.workspace_id = i.workspace_id AND q.id ="
          + " i.included_id WHERE i.workspace_id = v.workspace_id AND i.prompt_id = v.prompt_id AND"
          + " i.version = v.version) AS includes FROM prompt_version v JOIN prompt p ON"
          + " p.workspace_id = v.workspace_id AND p.id = v.prompt_id";

  private final JdbcClient sql;
  private final JsonMapper json;
  private final Inclusions inclusions;

  PromptVersions(JdbcClient sql, JsonMapper json, Inclusions inclusions) {
    this.sql = sql;
    this.json = json;
    this.inclusions = inclusions;
  }

  void add(UUID prompt, PromptVersion version) {
    sql.sql(
            """
            INSERT INTO prompt_version (workspace_id, prompt_id, version, digest, parent_version,
              parent_digest, author, message, lint_reason, content, created_at)
            VALUES (:workspace, :prompt, :version, :digest, :parentVersion, :parentDigest, :author,
              :message, :lintReason, :content::json, :createdAt)
            """)
        .param("workspace", Caller.current().workspace())
        .param("prompt", prompt)
        .param("version", version.version())
        .param("digest", version.digest().hex())
        .param("parentVersion", version.parentVersion())
        .param("parentDigest", version.parentDigest() == null ? null : version.parentDigest().hex())
        .param("author", version.author())
        .param("message", version.message())
        .param("lintReason", version.lintReason())
        .param("content", json.writeValueAsString(version.content()))
        .param("createdAt", version.createdAt().atOffset(ZoneOffset.UTC))
        .update();
    version.includes().forEach(each -> inclusions.add(prompt, version.version(), each));
  }

  Optional<PromptVersion> find(UUID prompt, int version) {
    return sql.sql(COLUMNS + " WHERE v.prompt_id = ? AND v.version = ?")
        .params(prompt, version)
        .query(this::readVersion)
        .optional();
  }

  Optional<PromptVersion> find(String prompt, int version) {
    return sql.sql(COLUMNS + " WHERE p.name = ? AND v.version = ?")
        .params(prompt, version)
        .query(this::readVersion)
        .optional();
  }

  /** Returns the first version in the workspace with this content. */
  Optional<PromptVersion> find(Digest digest) {
    return sql.sql(COLUMNS + " WHERE v.digest = ? ORDER BY v.created_at, v.version LIMIT 1")
        .param(digest.hex())
        .query(this::readVersion)
        .optional();
  }

  Page<PromptVersion> pageBefore(Prompt prompt, int before, PageRequest page) {
    List<PromptVersion> rows =
        sql.sql(
                COLUMNS
                    + " WHERE v.prompt_id = ? AND v.version < ? ORDER BY v.version DESC LIMIT ?")
            .params(prompt.id(), before, page.fetchSize())
            .query(this::readVersion)
            .list();
    return Page.of(
        rows, page, row -> List.of(Integer.toString(row.version())), prompt.latestVersion());
  }

  private PromptVersion readVersion(ResultSet row, int number) throws SQLException {
    return new PromptVersion(
        row.getString("name"),
        row.getInt("version"),
        new Digest(row.getString("digest")),
        (Integer) row.getObject("parent_version"),
        Columns.digestOrNull(row, "parent_digest"),
        row.getString("author"),
        row.getString("message"),
        row.getString("lint_reason"),
        instant(row),
        json.readValue(row.getString("content"), PromptContent.class),
        json.readValue(row.getString("includes"), new TypeReference<List<Inclusion>>() {}));
  }

  private static Instant instant(ResultSet row) throws SQLException {
    return Columns.instant(row, "created_at");
  }
}
