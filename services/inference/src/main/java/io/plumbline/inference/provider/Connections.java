package io.plumbline.inference.provider;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.cache.JsonColumn;
import io.plumbline.inference.cache.WorkspaceCache;
import io.plumbline.inference.cache.WorkspaceCaches;
import io.plumbline.inference.provider.protocol.ResponseFormats;
import io.plumbline.platform.identity.Caller;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The versions of connections. A version is written once and never changes. A separate row says
 * whether it may be called, and with which key. A version that was removed and is opened again has
 * the same endpoint as before.
 */
@Component
public class Connections {

  private static final Logger log = LoggerFactory.getLogger(Connections.class);

  /** The columns of {@link #OPEN}, which are read by name. */
  static final String COLUMNS =
      "c.connection_digest, c.provider, c.kind, c.base_url, c.api_version, c.deadline_seconds,"
          + " c.response_formats, c.passed_fields, o.api_key";

  static final String OPEN =
      """
      connection c JOIN open_connection o
        ON o.workspace_id = c.workspace_id AND o.connection_digest = c.connection_digest
      """;

  private final JdbcClient sql;
  private final JsonColumn json;
  private final SecretBox secrets;
  private final Clock clock;
  private final WorkspaceCache<Map<Digest, Connection>> cache;

  Connections(
      JdbcClient sql, JsonColumn json, SecretBox secrets, WorkspaceCaches caches, Clock clock) {
    this.sql = sql;
    this.json = json;
    this.secrets = secrets;
    this.clock = clock;
    this.cache = caches.create("connections", Set.of("open_connection"), this::readAll);
  }

  /**
   * Returns a version of a connection from the cache, which is loaded again, at intervals, when it
   * lacks the version; empty when the version was removed.
   */
  public Optional<Connection> find(UUID workspace, Digest digest) {
    return cache.find(workspace, connections -> connections.get(digest));
  }

  /** Returns whether the version may be called. */
  @Transactional(readOnly = true)
  public boolean isOpen(Digest digest) {
    return isOpen(digest, "");
  }

  /**
   * Returns whether the version may be called, and locks it until the caller's transaction ends: it
   * cannot be removed before that, and a removal that is in progress is waited for.
   */
  @Transactional
  public boolean lockIfOpen(Digest digest) {
    return isOpen(digest, " FOR KEY SHARE");
  }

  private boolean isOpen(Digest digest, String lock) {
    return sql.sql(
            "SELECT 1 FROM open_connection WHERE workspace_id = ? AND connection_digest = ?" + lock)
        .params(Caller.current().workspace(), digest.hex())
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  /**
   * Opens a version, so that it may be called.
   *
   * @return whether the version did not exist before
   */
  boolean open(String provider, Endpoint endpoint, @Nullable String apiKey) {
    Caller caller = Caller.current();
    Digest digest = endpoint.digest(provider);
    boolean created =
        sql.sql(
                    """
                    INSERT INTO connection
                      (workspace_id, connection_digest, provider, kind, base_url, api_version, deadline_seconds,
                       response_formats, passed_fields, created_by, created_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?) ON CONFLICT DO NOTHING
                    """)
                .param(caller.workspace())
                .param(digest.hex())
                .param(provider)
                .param(endpoint.kind())
                .param(endpoint.baseUrl().toString())
                .param(endpoint.apiVersion())
                .param(endpoint.deadline().toSeconds())
                .param(endpoint.responseFormats().wireName())
                .param(json.write(endpoint.passedFields()))
                .param(caller.actor())
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .update()
            == 1;
    sql.sql(
            """
            INSERT INTO open_connection (workspace_id, connection_digest, provider, api_key)
            VALUES (?, ?, ?, ?)
            ON CONFLICT (workspace_id, connection_digest) DO UPDATE
            SET api_key = coalesce(excluded.api_key, open_connection.api_key)
            """)
        .param(caller.workspace())
        .param(digest.hex())
        .param(provider)
        .param(apiKey == null ? null : secrets.encrypt(apiKey, caller.workspace(), digest.hex()))
        .update();
    return created;
  }

  /** Replaces the key of an open version, and returns whether there is one. */
  boolean replaceKey(String provider, Digest digest, String apiKey) {
    UUID workspace = Caller.current().workspace();
    return sql.sql(
                "UPDATE open_connection SET api_key = ? WHERE workspace_id = ? AND provider = ? AND"
                    + " connection_digest = ?")
            .params(
                secrets.encrypt(apiKey, workspace, digest.hex()), workspace, provider, digest.hex())
            .update()
        == 1;
  }

  /** Closes all versions of a provider, erases their keys, and returns their digests. */
  List<Digest> closeAll(String provider) {
    return sql.sql(
            "DELETE FROM open_connection WHERE workspace_id = ? AND provider = ? RETURNING"
                + " connection_digest")
        .params(Caller.current().workspace(), provider)
        .query((row, index) -> new Digest(row.getString("connection_digest")))
        .list();
  }

  private Map<Digest, Connection> readAll() {
    Map<Digest, Connection> connections = new HashMap<>();
    sql.sql("SELECT " + COLUMNS + " FROM " + OPEN + " WHERE c.workspace_id = ?")
        .params(Caller.current().workspace())
        .query((row, index) -> fromRow(row, json))
        .list()
        .forEach(found ->
            found.ifPresent(connection -> connections.put(connection.digest(), connection)));
    return connections;
  }

  /** Reads a connection from a row; empty when the row does not match its digest. */
  static Optional<Connection> fromRow(ResultSet row, JsonColumn json) throws SQLException {
    Digest digest = new Digest(row.getString("connection_digest"));
    Connection connection =
        new Connection(
            Caller.current().workspace(),
            digest,
            row.getString("provider"),
            new Endpoint(
                row.getString("kind"),
                URI.create(row.getString("base_url")),
                row.getString("api_version"),
                Duration.ofSeconds(row.getInt("deadline_seconds")),
                ResponseFormats.of(row.getString("response_formats")),
                json.readStrings(row.getString("passed_fields"))),
            row.getBytes("api_key"));
    if (connection.endpoint().digest(connection.provider()).equals(digest)) {
      return Optional.of(connection);
    }
    log.error(
        "The stored row of connection {} of provider '{}' in workspace {} does not match its"
            + " digest. The connection is not called",
        digest,
        connection.provider(),
        connection.workspace());
    return Optional.empty();
  }
}
