package io.plumbline.inference.projection;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.event.Projection;
import io.plumbline.platform.identity.Caller;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The publishers and authors of prompt versions, by content digest. */
@Component
public class PromptProjection {

  private final JdbcClient sql;

  PromptProjection(JdbcClient sql) {
    this.sql = sql;
  }

  @Bean
  static Projection<PromptVersionPublished> promptVersionPublished() {
    return Projection.of(PromptVersionPublished.class, "prompt_projection")
        .column("prompt_digest", "digest")
        .columns("author");
  }

  @OnEvent
  public void on(PromptVersionPublished event) {
    if (event.authors() != null) {
      addAuthors(event.digest(), event.authors());
    }
  }

  /** Returns whether a version with this content has arrived. */
  public boolean isKnown(Digest prompt) {
    return !publishers(prompt).isEmpty();
  }

  /**
   * Returns everybody who published the content and all authors that the registry has named.
   *
   * @return the authors; empty while the registry has named none, as for versions from before it
   *     did
   */
  public List<String> authors(Digest prompt) {
    List<String> named =
        sql.sql(
                """
                SELECT author FROM prompt_author_projection WHERE workspace_id = ? AND prompt_digest = ?
                """)
            .params(Caller.current().workspace(), prompt.hex())
            .query((row, number) -> row.getString("author"))
            .list();
    if (named.isEmpty()) {
      return List.of();
    }
    return Stream.concat(named.stream(), publishers(prompt).stream()).distinct().sorted().toList();
  }

  /** Stores authors that the registry names. */
  public void addAuthors(Digest prompt, List<String> authors) {
    sql.sql(
            """
            INSERT INTO prompt_author_projection (workspace_id, prompt_digest, author)
            SELECT ?, ?, unnest(?::text[]) ON CONFLICT DO NOTHING
            """)
        .params(Caller.current().workspace(), prompt.hex(), authors.toArray(String[]::new))
        .update();
  }

  private List<String> publishers(Digest prompt) {
    return sql.sql(
            "SELECT author FROM prompt_projection WHERE workspace_id = ? AND prompt_digest = ?")
        .params(Caller.current().workspace(), prompt.hex())
        .query((row, number) -> row.getString("author"))
        .list();
  }
}
