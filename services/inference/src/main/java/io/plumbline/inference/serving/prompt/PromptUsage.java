package io.plumbline.inference.serving.prompt;

import io.plumbline.platform.identity.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Looks up which applications have variants with a prompt. */
@Component
class PromptUsage {

  private final JdbcClient sql;

  PromptUsage(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * Returns whether an application has a version of a prompt.
   *
   * @param prompt the digest of the version
   * @param applications the applications; absent for all of the workspace
   * @return whether a variant of one of the applications has the version
   */
  @Transactional(readOnly = true)
  boolean isUsedBy(String prompt, @Nullable List<String> applications) {
    return sql.sql(
            """
            SELECT EXISTS (SELECT 1 FROM variant
              WHERE workspace_id = ? AND prompt_digest = ? AND (? OR application = ANY (?)))
            """)
        .params(
            Caller.current().workspace(),
            prompt,
            applications == null,
            applications == null ? new String[0] : applications.toArray(String[]::new))
        .query(Boolean.class)
        .single();
  }
}
