package io.plumbline.inference.variant;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.identity.Caller;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads the releases by which variants serve at present. */
@Component
class ServingReleases {

  /** A release that answers callers of its application. */
  record ServingRelease(UUID releaseId, String environment, String state) {}

  private final JdbcClient sql;

  ServingReleases(JdbcClient sql) {
    this.sql = sql;
  }

  /** Returns the releases by variant; a variant that serves nowhere is not among the keys. */
  @Transactional(readOnly = true)
  public Map<Digest, List<ServingRelease>> byVariant(Collection<Digest> variants) {
    Map<Digest, List<ServingRelease>> serving = new HashMap<>();
    sql.sql(
            """
            SELECT variant_digest, release_id, environment, state FROM release
            WHERE workspace_id = ? AND variant_digest = ANY (?) AND state IN ('CANARY', 'ACTIVE')
            ORDER BY environment, state, release_id
            """)
        .param(Caller.current().workspace())
        .param(variants.stream().map(Digest::hex).toArray(String[]::new))
        .query(row -> {
          serving
              .computeIfAbsent(
                  new Digest(row.getString("variant_digest")), digest -> new ArrayList<>())
              .add(
                  new ServingRelease(
                      row.getObject("release_id", UUID.class),
                      row.getString("environment"),
                      row.getString("state")));
        });
    return serving;
  }
}
