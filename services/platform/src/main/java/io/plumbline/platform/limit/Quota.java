package io.plumbline.platform.limit;

import io.plumbline.platform.data.AdvisoryLocks;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A limit on the things of one kind that may exist within a scope, such as the prompts of a
 * workspace. It holds over all replicas, because those who create wait for each other.
 *
 * @param sql reads what there is, in the transactions of the callers
 * @param property the property by which an operator changes the limit
 */
public record Quota(JdbcClient sql, String property, long limit) {

  /** The key of the lock on a scope. */
  private static final long LOCK = 0x706c756d_71756f74L;

  public Quota {
    if (limit < 1) {
      throw new IllegalArgumentException(property + " must be at least 1");
    }
  }

  /**
   * Locks a scope of the caller's workspace until the transaction ends, so that of two who create
   * at once the second counts what the first created.
   *
   * @param scope the name of the scope within the workspace; empty for the workspace itself
   */
  public void lock(String scope) {
    AdvisoryLocks.lock(sql, LOCK, "/" + property + "/" + scope);
  }

  /**
   * Requires that the scope has room for one more.
   *
   * @param scope the scope, such as {@code "The workspace"}
   * @param things what is counted, such as {@code "prompts"}
   * @param remedy what the caller can do, unless an operator raises the limit, as a sentence
   * @param from the text after FROM that selects the rows of the scope
   */
  public void requireRoom(
      String scope, String things, String remedy, String from, @Nullable Object... parameters) {
    long count =
        sql.sql("SELECT count(*) FROM (SELECT 1 FROM %s LIMIT %d) counted".formatted(from, limit))
            .params(Arrays.asList(parameters))
            .query(Long.class)
            .single();
    if (count >= limit) {
      throw new Problem(
          CommonProblem.QUOTA_REACHED,
          "%s has %s %s, the most it may have. %s An operator can raise the limit with %s."
              .formatted(
                  scope, String.format(Locale.ROOT, "%,d", limit), things, remedy, property));
    }
  }
}
