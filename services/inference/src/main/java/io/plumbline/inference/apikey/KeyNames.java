package io.plumbline.inference.apikey;

import io.plumbline.platform.identity.Caller;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads the names of API keys, also of revoked and expired ones: no key is deleted. */
@Component
public class KeyNames {

  private record Named(UUID key, String name) {}

  private final JdbcClient sql;

  KeyNames(JdbcClient sql) {
    this.sql = sql;
  }

  /** Returns the names of keys of the caller's workspace; keys of other workspaces are left out. */
  @Transactional(readOnly = true)
  public Map<UUID, String> findNames(Collection<UUID> keys) {
    return sql
        .sql(
            "SELECT api_key_id AS key, name FROM api_key WHERE workspace_id = ? AND api_key_id ="
                + " ANY (?)")
        .params(Caller.current().workspace(), keys.toArray(UUID[]::new))
        .query(Named.class)
        .list()
        .stream()
        .collect(Collectors.toMap(Named::key, Named::name));
  }
}
