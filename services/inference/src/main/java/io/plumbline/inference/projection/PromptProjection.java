package io.plumbline.inference.projection;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.PromptRegistryEvent;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.identity.Caller;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The authors of prompt versions, by content digest. */
@Component
public class PromptProjection {

  private final JdbcClient sql;

  PromptProjection(JdbcClient sql) {
    this.sql = sql;
  }

  @OnEvent
  public void on(PromptRegistryEvent.PromptVersionPublished event, EventMetadata meta) {
    sql.sql(
            """
            INSERT INTO prompt_projection (workspace_id, prompt_digest, author) VALUES (?, ?, ?)
            ON CONFLICT DO NOTHING
            """)
        .params(meta.workspace(), event.digest().hex(), event.author())
        .update();
  }

  /**
   * Returns the authors of a prompt version.
   *
   * @return everybody who published exactly this content; empty while no such version has arrived
   */
  public List<String> authors(Digest prompt) {
    return sql.sql(
            """
            SELECT author FROM prompt_projection WHERE workspace_id = ? AND prompt_digest = ? ORDER BY author
            """)
        .params(Caller.current().workspace(), prompt.hex())
        .query((row, index) -> row.getString(1))
        .list();
  }
}
