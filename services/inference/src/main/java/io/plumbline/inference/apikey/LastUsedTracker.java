package io.plumbline.inference.apikey;

import io.plumbline.platform.identity.Caller;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tracks when keys were last used, to the minute, for people who look for keys that nobody needs.
 * The times are written every {@code plumbline.api-keys.last-use}; a killed process loses those
 * since its last write.
 */
@Component
class LastUsedTracker {

  private static final Logger log = LoggerFactory.getLogger(LastUsedTracker.class);

  private record Use(UUID workspace, UUID key) {}

  private final JdbcClient sql;
  private final TransactionTemplate transaction;
  private final Clock clock;

  /** The last uses that are not written yet, at most one per key. */
  private final Map<Use, Instant> uses = new ConcurrentHashMap<>();

  LastUsedTracker(JdbcClient sql, PlatformTransactionManager transactions, Clock clock) {
    this.sql = sql;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  void recordUse(CachedApiKey key) {
    Use use = new Use(key.workspace(), key.id());
    Instant at = clock.instant().truncatedTo(ChronoUnit.MINUTES);
    if (!at.equals(uses.get(use))) {
      uses.put(use, at);
    }
  }

  @PreDestroy
  void writeUses() {
    Map<UUID, Map<Use, Instant>> byWorkspace =
        uses.entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    use -> use.getKey().workspace,
                    Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    byWorkspace.forEach((workspace, own) -> {
      try {
        Caller.system(workspace)
            .run(() -> transaction.executeWithoutResult(status -> writeUses(own)));
        own.forEach(uses::remove);
      } catch (RuntimeException e) {
        // No call fails for it; the uses are written the next time.
        log.warn(
            "The last uses of API keys of workspace {} were not written. They stay in memory, and"
                + " will be tried again: {}",
            workspace,
            e.toString());
      }
    });
  }

  private void writeUses(Map<Use, Instant> own) {
    own.forEach((use, at) ->
        sql.sql(
                """
                UPDATE api_key SET last_used_at = ?
                WHERE workspace_id = ? AND api_key_id = ? AND revoked_at IS NULL
                  AND (last_used_at IS NULL OR last_used_at < ?)
                """)
            .params(
                at.atOffset(ZoneOffset.UTC), use.workspace, use.key, at.atOffset(ZoneOffset.UTC))
            .update());
  }
}
