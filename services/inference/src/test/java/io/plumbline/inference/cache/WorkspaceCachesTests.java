package io.plumbline.inference.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Tests where a value may be loaded: a load within a transaction takes a second connection. */
class WorkspaceCachesTests {

  private static final UUID WORKSPACE = new UUID(0, 1);

  private final Transactions transactions = new Transactions();
  private final AtomicInteger loads = new AtomicInteger();
  private final WorkspaceCache<String> cache =
      new WorkspaceCaches(
              transactions,
              new WorkspaceChanges(JdbcClient.create(new DriverManagerDataSource()), transactions),
              new SimpleMeterRegistry())
          .create(
              "test",
              Set.of("test"),
              () -> {
                loads.incrementAndGet();
                return "value";
              });

  @Test
  void a_load_within_a_transaction_is_refused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> within(() -> cache.get(WORKSPACE)))
        .withMessage("A cache is not loaded within a transaction: read the database instead");
    assertThat(loads).hasValue(0);
  }

  @Test
  void an_unknown_name_within_a_transaction_is_no_reason_to_load() {
    cache.get(WORKSPACE);

    assertThatIllegalStateException()
        .isThrownBy(() -> within(() -> cache.find(WORKSPACE, value -> null)));
    assertThat(loads).hasValue(1);
  }

  @Test
  void what_is_loaded_already_is_read_within_a_transaction() {
    cache.get(WORKSPACE);

    within(() -> assertThat(cache.get(WORKSPACE)).isEqualTo("value"));
  }

  @Test
  void a_load_has_a_transaction_of_its_own() {
    cache.get(WORKSPACE);

    assertThat(transactions.started).hasValue(1);
  }

  private void within(Runnable work) {
    new TransactionTemplate(transactions).executeWithoutResult(status -> work.run());
  }

  /** Transactions that begin and end without a database. */
  @SuppressWarnings("serial") // never serialized
  private static final class Transactions extends AbstractPlatformTransactionManager {

    private final transient AtomicInteger started = new AtomicInteger();

    @Override
    protected Object doGetTransaction() {
      return new Object();
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
      started.incrementAndGet();
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {}

    @Override
    protected void doRollback(DefaultTransactionStatus status) {}
  }
}
