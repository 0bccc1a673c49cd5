package io.plumbline.platform.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.platform.PlatformDatabase;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("servers")
class QuotaTests {

  private final PlatformDatabase database = new PlatformDatabase();
  private final Quota quota = new Quota(database.sql(), "plumbline.things.per-workspace", 3);
  private final Caller ada = Caller.system(UUID.randomUUID());

  @Test
  void the_one_beyond_the_limit_is_refused_and_the_reason_names_the_limit() {
    for (int i = 0; i < 3; i++) {
      ada.run(this::create);
    }

    Problem refused = catchThrowableOfType(Problem.class, () -> ada.run(this::create));

    assertThat(refused.type()).isEqualTo(CommonProblem.QUOTA_REACHED);
    assertThat(refused)
        .hasMessage(
            "The workspace has 3 things, the most it may have. Use another. An operator can raise"
                + " the limit with plumbline.things.per-workspace.");
    assertThat(database.count("inbox")).isEqualTo(3);
  }

  /** Each has its own connection, as those of several replicas have. */
  @Test
  void many_who_create_at_once_do_not_exceed_it() {
    AtomicInteger refused = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        threads.execute(() -> {
          try {
            ada.run(this::create);
          } catch (Problem problem) {
            refused.incrementAndGet();
          }
        });
      }
    }

    assertThat(refused).hasValue(17);
    assertThat(database.count("inbox")).isEqualTo(3);
  }

  @Test
  void a_limit_of_nothing_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Quota(database.sql(), "plumbline.things.per-workspace", 0))
        .withMessage("plumbline.things.per-workspace must be at least 1");
  }

  private void create() {
    database
        .transaction()
        .executeWithoutResult(status -> {
          quota.lock("");
          quota.requireRoom(
              "The workspace", "things", "Use another.", "inbox WHERE consumer = ?", "things");
          database
              .sql()
              .sql("INSERT INTO inbox (consumer, source, event_id) VALUES ('things', 'x', ?)")
              .param(UUID.randomUUID())
              .update();
        });
  }
}
