package io.plumbline.inference.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.inference.InferenceTest;
import io.plumbline.platform.identity.Caller;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tests what a replica reads of what others changed, on a real database. */
class WorkspaceChangesTests extends InferenceTest {

  @Autowired JdbcClient sql;
  @Autowired PlatformTransactionManager transactions;

  private final Caller acme = Caller.system(UUID.randomUUID());
  private final Caller globex = Caller.system(UUID.randomUUID());
  private WorkspaceChanges changes;

  @BeforeEach
  void begin_to_read() {
    changes = new WorkspaceChanges(sql, transactions);
    assertThat(changes.readNew()).isEmpty();
  }

  @Test
  void a_change_is_read_once_by_each_replica() {
    WorkspaceChanges replica = new WorkspaceChanges(sql, transactions);
    replica.readNew();

    changePolicy(acme);

    assertThat(own(changes.readNew())).containsExactly(change(acme));
    assertThat(own(changes.readNew())).isEmpty();
    assertThat(own(replica.readNew())).containsExactly(change(acme));
  }

  /** A later number, such as a time or a sequence, would have overtaken it. */
  @Test
  void a_change_that_commits_late_is_read_although_later_ones_were_read_before() throws Exception {
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch mayCommit = new CountDownLatch(1);
    Thread late =
        Thread.startVirtualThread(() ->
            acme.run(() ->
                new TransactionTemplate(transactions)
                    .executeWithoutResult(status -> {
                      insertPolicy();
                      written.countDown();
                      await(mayCommit);
                    })));
    written.await();
    changePolicy(globex);

    assertThat(own(changes.readNew())).containsExactly(change(globex));

    mayCommit.countDown();
    late.join();
    assertThat(own(changes.readNew())).containsExactly(change(acme));
  }

  @Test
  void what_was_rolled_back_is_no_change() {
    acme.run(() ->
        new TransactionTemplate(transactions)
            .executeWithoutResult(status -> {
              insertPolicy();
              status.setRollbackOnly();
            }));

    assertThat(own(changes.readNew())).isEmpty();
  }

  /** One workspace that changes without end costs the others no reading. */
  @Test
  void only_the_values_of_what_changed_are_read_again() {
    AtomicInteger loads = new AtomicInteger();
    WorkspaceCaches caches = new WorkspaceCaches(transactions, changes, new SimpleMeterRegistry());
    WorkspaceCache<Integer> policies =
        caches.create("policies", Set.of("trace_policy"), loads::incrementAndGet);
    WorkspaceCache<Integer> routes =
        caches.create("routes", Set.of("release"), loads::incrementAndGet);
    policies.get(acme.workspace());
    routes.get(acme.workspace());
    policies.get(globex.workspace());
    assertThat(loads).hasValue(3);

    changePolicy(acme);
    caches.refreshChanged();
    caches.refreshChanged();

    assertThat(loads).hasValue(4);
    assertThat(policies.get(acme.workspace())).isEqualTo(4);
  }

  @Test
  void a_value_that_could_not_be_read_is_read_by_the_next_refresh() {
    AtomicInteger loads = new AtomicInteger();
    WorkspaceCaches caches = new WorkspaceCaches(transactions, changes, new SimpleMeterRegistry());
    WorkspaceCache<Integer> policies =
        caches.create(
            "policies",
            Set.of("trace_policy"),
            () -> {
              if (loads.incrementAndGet() == 2) {
                throw new IllegalStateException("the database is away");
              }
              return loads.get();
            });
    policies.get(acme.workspace());

    changePolicy(acme);
    caches.refreshChanged();
    assertThat(policies.get(acme.workspace())).isEqualTo(1);

    caches.refreshChanged();
    assertThat(policies.get(acme.workspace())).isEqualTo(3);
  }

  @Test
  void old_changes_are_deleted() {
    changePolicy(acme);
    in(
        acme,
        () ->
            sql.sql(
                    "INSERT INTO workspace_change (workspace, relation, changed_at) VALUES (?,"
                        + " 'old', now() - interval '2 hours')")
                .param(acme.workspace())
                .update());

    changes.deleteOld();

    in(
        acme,
        () ->
            assertThat(
                    sql.sql("SELECT relation FROM workspace_change WHERE workspace = ?")
                        .param(acme.workspace())
                        .query(String.class)
                        .list())
                .containsExactly("trace_policy"));
  }

  private void changePolicy(Caller caller) {
    in(caller, this::insertPolicy);
  }

  private void in(Caller caller, Runnable work) {
    caller.run(
        () -> new TransactionTemplate(transactions).executeWithoutResult(status -> work.run()));
  }

  private void insertPolicy() {
    sql.sql(
            """
            INSERT INTO trace_policy (workspace_id, contents, retention_days, version, changed_by, changed_at)
            VALUES (?, 'NONE', 1, 1, 'ada', now())
            """)
        .param(Caller.current().workspace())
        .update();
  }

  private static WorkspaceChanges.Change change(Caller caller) {
    return new WorkspaceChanges.Change(caller.workspace(), "trace_policy");
  }

  /** Returns the changes of this test's workspaces; other tests share the database. */
  private Set<WorkspaceChanges.Change> own(Optional<Set<WorkspaceChanges.Change>> read) {
    Set<WorkspaceChanges.Change> own = read.orElseThrow();
    own.removeIf(
        change -> !Set.of(acme.workspace(), globex.workspace()).contains(change.workspace()));
    return own;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
