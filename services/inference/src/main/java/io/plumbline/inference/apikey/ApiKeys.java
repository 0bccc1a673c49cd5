package io.plumbline.inference.apikey;

import io.plumbline.contracts.InferenceEvent.ApiKeyCreated;
import io.plumbline.contracts.InferenceEvent.ApiKeyRevoked;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.cache.JsonColumn;
import io.plumbline.inference.projection.ApplicationProjection;
import io.plumbline.platform.data.AdvisoryLocks;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.NewestFirstReader;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Creates, lists and revokes the API keys of the caller's workspace. */
@Component
class ApiKeys {

  /** The most API keys of a workspace at a time; expired and revoked ones do not count. */
  static final int MAX_ACTIVE = 100;

  /** The kind of the advisory lock on the number of a workspace's keys. */
  private static final long NUMBER = 0x706c756d_6b657973L;

  /**
   * A key that was created.
   *
   * @param text the key itself, shown once and stored nowhere
   */
  record Created(ApiKey key, String text) {

    /** Returns a text without the key, so that no log holds it. */
    @Override
    public String toString() {
      return "Created[" + key.id() + "]";
    }
  }

  private final JdbcClient sql;
  private final JsonColumn json;
  private final KeySecrets secrets;
  private final ApiKeyCache known;
  private final ApplicationProjection applications;
  private final CallableModelCheck models;
  private final Outbox outbox;
  private final Clock clock;
  private final NewestFirstReader<ApiKey> keys;

  ApiKeys(
      JdbcClient sql,
      JsonColumn json,
      KeySecrets secrets,
      ApiKeyCache known,
      ApplicationProjection applications,
      CallableModelCheck models,
      Outbox outbox,
      Clock clock) {
    this.sql = sql;
    this.json = json;
    this.secrets = secrets;
    this.known = known;
    this.applications = applications;
    this.models = models;
    this.outbox = outbox;
    this.clock = clock;
    this.keys = new NewestFirstReader<>(sql, "api_key", "api_key_id", this::readKey, ApiKey::id);
  }

  @Transactional
  public Created create(String name, ApiKeyScope scope, Duration lifetime) {
    requireApplications(scope);
    requireModels(scope);
    AdvisoryLocks.lock(sql, NUMBER, "");
    Instant now = clock.instant();
    requireBelowLimit(now);
    Caller caller = Caller.current();
    UUID id = Ids.next();
    KeySecrets.Issued issued = secrets.issue(id);
    ApiKey key = new ApiKey(id, name, scope, caller.actor(), now, now.plus(lifetime), null, null);
    sql.sql(
            """
            INSERT INTO api_key
              (workspace_id, api_key_id, name, secret_mac, all_applications, applications, models,
               prompts, names_users, created_by, created_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?)
            """)
        .params(
            caller.workspace(),
            id,
            name,
            issued.mac(),
            scope.allApplications(),
            json.write(scope.applications()),
            json.write(scope.models()),
            scope.prompts(),
            scope.namesUsers(),
            caller.actor(),
            toOffsetDateTime(now),
            toOffsetDateTime(key.expiresAt()))
        .update();
    outbox.append(
        new ApiKeyCreated(
            id,
            name,
            scope.allApplications(),
            scope.applications(),
            scope.models(),
            scope.prompts() ? true : null,
            scope.namesUsers() ? true : null,
            key.expiresAt()),
        id.toString(),
        1);
    return new Created(key, issued.text());
  }

  private void requireApplications(ApiKeyScope scope) {
    for (int i = 0; i < scope.applications().size(); i++) {
      String application = scope.applications().get(i);
      if (applications.criticality(application).isEmpty()) {
        throw Problem.notYetKnown("/applications/" + i, "application", application);
      }
    }
  }

  /** Checks the models at once, because otherwise only the key's first call would be refused. */
  private void requireModels(ApiKeyScope scope) {
    for (int i = 0; i < scope.models().size(); i++) {
      models.requireCallable(scope.models().get(i), "/models/" + i);
    }
  }

  private void requireBelowLimit(Instant now) {
    int active =
        sql.sql(
                "SELECT count(*) FROM api_key WHERE workspace_id = ? AND revoked_at IS NULL AND"
                    + " expires_at > ?")
            .params(Caller.current().workspace(), toOffsetDateTime(now))
            .query(Integer.class)
            .single();
    if (active >= MAX_ACTIVE) {
      throw new Problem(
          InferenceProblem.TOO_MANY_API_KEYS,
          "The workspace has %d active API keys, which is the limit. Revoke a key that is no longer"
                  .formatted(active)
              + " used.");
    }
  }

  @Transactional(readOnly = true)
  public Page<ApiKey> list(PageRequest page) {
    return keys.page(page, "workspace_id = ?", Caller.current().workspace());
  }

  @Transactional(readOnly = true)
  public Optional<ApiKey> find(UUID id) {
    return findKey(id);
  }

  private Optional<ApiKey> findKey(UUID id) {
    return keys.first("workspace_id = ? AND api_key_id = ?", Caller.current().workspace(), id);
  }

  /** Revokes a key: at once in this process, and in every other with its next poll. */
  @Transactional
  public ApiKey revoke(UUID id, String reason) {
    Caller caller = Caller.current();
    lockKey(id);
    ApiKey key = findKey(id).orElseThrow(Problem::notFound);
    if (key.revocation() != null) {
      throw new Problem(
          CommonProblem.CONFLICT,
          "The API key was revoked already, at %s by %s."
              .formatted(key.revocation().at(), key.revocation().by()));
    }
    ApiKey.Revocation revocation = new ApiKey.Revocation(clock.instant(), caller.actor(), reason);
    sql.sql(
            """
            UPDATE api_key SET revoked_at = ?, revoked_by = ?, revocation_reason = ?, revocation = ?
            WHERE workspace_id = ? AND api_key_id = ?
            """)
        .params(
            toOffsetDateTime(revocation.at()),
            revocation.by(),
            reason,
            nextRevocationNumber(),
            caller.workspace(),
            id)
        .update();
    outbox.append(new ApiKeyRevoked(id, key.name(), reason), id.toString(), 2);
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            known.forget(id);
          }
        });
    return findKey(id).orElseThrow();
  }

  /** Locks the row of a key; does nothing when there is no such key. */
  private void lockKey(UUID id) {
    sql.sql("SELECT 1 FROM api_key WHERE workspace_id = ? AND api_key_id = ? FOR UPDATE")
        .params(Caller.current().workspace(), id)
        .query(Integer.class)
        .list();
  }

  /**
   * Returns the number of the next revocation. Its row stays locked until the commit, so that
   * numbers become visible in their order.
   */
  private long nextRevocationNumber() {
    return sql.sql("UPDATE revocation_count SET number = number + 1 RETURNING number")
        .query(Long.class)
        .single();
  }

  private ApiKey readKey(ResultSet row, int index) throws SQLException {
    Instant revokedAt = Columns.instantOrNull(row, "revoked_at");
    return new ApiKey(
        row.getObject("api_key_id", UUID.class),
        row.getString("name"),
        new ApiKeyScope(
            row.getBoolean("all_applications"),
            json.readStrings(row.getString("applications")),
            json.readStrings(row.getString("models")),
            row.getBoolean("prompts"),
            row.getBoolean("names_users")),
        row.getString("created_by"),
        Columns.instant(row, "created_at"),
        Columns.instant(row, "expires_at"),
        Columns.instantOrNull(row, "last_used_at"),
        revocationOf(row, revokedAt));
  }

  private static ApiKey.@Nullable Revocation revocationOf(ResultSet row, @Nullable Instant at)
      throws SQLException {
    if (at == null) {
      return null;
    }
    return new ApiKey.Revocation(
        at, row.getString("revoked_by"), row.getString("revocation_reason"));
  }

  private static OffsetDateTime toOffsetDateTime(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
