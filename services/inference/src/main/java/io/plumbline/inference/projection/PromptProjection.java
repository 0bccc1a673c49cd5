package io.plumbline.inference.projection;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.platform.event.Projection;
import io.plumbline.platform.identity.Caller;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The authors of prompt versions, by content digest. */
@Component
public class PromptProjection {

  private final JdbcClient sql;

  PromptProjection(JdbcClient sql) {
    this.sql = sql;
  }

  @Bean
  static Projection<PromptVersionPublished> promptVersionPublished() {
    return Projection.of(PromptVersionPublished.class, "prompt_projection")
        .column("prompt_digest", PromptVersionPublished::digest)
        .columns("author");
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
        .query((row, number) -> row.getString("author"))
        .list();
  }
}
