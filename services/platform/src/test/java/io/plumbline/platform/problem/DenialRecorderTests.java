package io.plumbline.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.PlatformDatabase;
import io.plumbline.platform.event.TestOutbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;

@Tag("servers")
class DenialRecorderTests {

  /**
   * Transactions of a database that is unavailable, where each attempt takes a connection's
   * timeout.
   */
  private static final class Unavailable implements PlatformTransactionManager {

    private int attempts;

    @Override
    public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
      attempts++;
      throw new CannotCreateTransactionException("The database is away");
    }

    @Override
    public void commit(TransactionStatus status) {}

    @Override
    public void rollback(TransactionStatus status) {}
  }

  @Test
  void a_path_without_end_is_recorded_by_its_beginning() {
    PlatformDatabase database = new PlatformDatabase();
    DenialRecorder denialRecorder =
        new DenialRecorder(TestOutbox.on(database), database.transactions());

    new Caller(new UUID(1, 1), "vera", "vera", Set.of(Role.VIEWER), false)
        .run(() ->
            denialRecorder.record(
                "GET /api/" + "a".repeat(16_000),
                "/api/" + "a".repeat(16_000),
                CommonProblem.FORBIDDEN,
                List.of()));

    assertThat(database.sql().sql("SELECT length(value) FROM outbox").query(Integer.class).single())
        .isLessThan(2_000);
  }

  @Test
  void without_a_database_counts_are_tried_once_and_not_for_each_caller() {
    Unavailable database = new Unavailable();
    DenialRecorder denialRecorder =
        new DenialRecorder(TestOutbox.on(new PlatformDatabase()), database);
    for (String actor : List.of("vera", "ben", "cleo")) {
      new Caller(new UUID(1, 1), actor, actor, Set.of(Role.VIEWER), false)
          .run(() -> {
            for (int i = 0; i <= 1; i++) {
              denialRecorder.record("POST /api/x", "/api/x", CommonProblem.FORBIDDEN, List.of());
            }
          });
    }
    int single = database.attempts;

    denialRecorder.recordCounts();

    assertThat(single).isEqualTo(3);
    assertThat(database.attempts - single).isOne();
  }
}
