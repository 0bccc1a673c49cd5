package io.plumbline.inference.apikey;

import io.plumbline.inference.cache.JsonColumn;
import io.plumbline.platform.data.Columns;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads keys before their workspace is known, by the two database functions that may read all
 * workspaces.
 */
@Component
class KeyLookup implements ApiKeyCache.Source {

  private final JdbcClient sql;
  private final JsonColumn json;
  private final TransactionTemplate reading;

  KeyLookup(JdbcClient sql, JsonColumn json, PlatformTransactionManager transactions) {
    this.sql = sql;
    this.json = json;
    this.reading = new TransactionTemplate(transactions);
    this.reading.setReadOnly(true);
  }

  @Override
  public Optional<CachedApiKey> find(UUID id) {
    return readInTransaction(() ->
        sql.sql(
                "SELECT workspace_id, name, secret_mac, all_applications, applications, models,"
                    + " expires_at, revoked, prompts, names_users FROM find_api_key(?)")
            .param(id)
            .query((row, index) ->
                new CachedApiKey(
                    id,
                    row.getObject("workspace_id", UUID.class),
                    row.getString("name"),
                    row.getBytes("secret_mac"),
                    new ApiKeyScope(
                        row.getBoolean("all_applications"),
                        json.readStrings(row.getString("applications")),
                        json.readStrings(row.getString("models")),
                        row.getBoolean("prompts"),
                        row.getBoolean("names_users")),
                    Columns.instant(row, "expires_at"),
                    row.getBoolean("revoked")))
            .optional());
  }

  @Override
  public ApiKeyCache.Revocations revocations(long after, int most) {
    return readInTransaction(() -> {
      List<ApiKeyCache.Revocations> rows =
          sql.sql("SELECT number, api_key_id FROM revoked_api_keys(?, ?)")
              .params(after, most)
              .query((row, index) -> {
                UUID id = row.getObject("api_key_id", UUID.class);
                return new ApiKeyCache.Revocations(
                    row.getLong("number"), id == null ? List.of() : List.of(id));
              })
              .list();
      return new ApiKeyCache.Revocations(
          rows.getFirst().number(), rows.stream().flatMap(row -> row.keys().stream()).toList());
    });
  }

  private <T> T readInTransaction(Supplier<T> query) {
    return Objects.requireNonNull(reading.execute(status -> query.get()));
  }
}
