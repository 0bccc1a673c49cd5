package io.plumbline.strategy.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.Criticality;
import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.contracts.TaskType;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.platform.web.PageToken;
import io.plumbline.strategy.StrategyProblem;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Tests the registration of applications, in a workspace that no other test uses. */
@PlumblineTest
class ApplicationCatalogTests {

  @Autowired ApplicationCatalog catalog;
  @Autowired TransactionTemplate transactions;
  @Autowired TestEventClient events;
  @Autowired Applications applications;
  @Autowired Outbox outbox;
  @Autowired ApplicationEventPublisher internalEvents;
  @Autowired Clock clock;
  @Autowired JdbcClient sql;

  private final UUID workspace = UUID.randomUUID();

  @Test
  void a_name_is_registered_once_per_workspace() throws Exception {
    as(() -> catalog.register(registration("triage")));

    assertThatThrownBy(() -> as(() -> catalog.register(registration("triage"))))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.type()).isEqualTo(StrategyProblem.NAME_TAKEN))
        .hasMessage(
            "An application of this name exists; choose another name or use the existing one.");
    assertThat(
            Caller.system(UUID.randomUUID())
                .call(() -> catalog.register(registration("triage")).name()))
        .isEqualTo("triage");
  }

  @Test
  void a_workspace_has_as_many_applications_as_it_may() throws Exception {
    ApplicationCatalog small =
        new ApplicationCatalog(applications, outbox, internalEvents, clock, sql, 1);
    as(() -> transactions.execute(status -> small.register(registration("first"))));

    assertThatThrownBy(
            () -> as(() -> transactions.execute(status -> small.register(registration("second")))))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.type()).isEqualTo(CommonProblem.QUOTA_REACHED))
        .hasMessage(
            "The workspace has 1 applications, the most it may have. Use one that exists. An"
                + " operator can raise the limit with plumbline.applications.per-workspace.");
  }

  @Test
  void a_registration_is_published() throws Exception {
    String name = "app-" + workspace.toString().substring(0, 8);
    ApplicationView registered = as(() -> catalog.register(registration(name)));

    assertThat(
            events.awaitPublished(
                ApplicationRegistered.class, each -> each.application().equals(name)))
        .isEqualTo(
            new ApplicationRegistered(
                registered.applicationId(),
                name,
                "support",
                "Sorts mails",
                Criticality.LOW,
                TaskType.CLASSIFICATION,
                500));
  }

  @Test
  void applications_are_listed_by_name_page_by_page() throws Exception {
    for (String name : List.of("c", "a", "b")) {
      as(() -> catalog.register(registration(name)));
    }

    Page<ApplicationView> first = as(() -> catalog.list(new PageRequest(2, null)));
    Page<ApplicationView> second =
        as(() ->
            catalog.list(
                new PageRequest(
                    2, PageToken.decode(Objects.requireNonNull(first.nextPageToken())))));

    assertThat(first.items()).extracting(ApplicationView::name).containsExactly("a", "b");
    assertThat(second.items()).extracting(ApplicationView::name).containsExactly("c");
    assertThat(second.nextPageToken()).isNull();
    assertThat(first.total()).isEqualTo(new Page.Total(3, true));
  }

  @Test
  void only_a_registered_application_can_be_locked() throws Exception {
    as(() -> catalog.register(registration("known")));

    assertThat(inTransaction(() -> catalog.lockIfKnown("known"))).isTrue();
    assertThat(inTransaction(() -> catalog.lockIfKnown("unknown"))).isFalse();
    assertThatThrownBy(() ->
            inTransaction(() -> {
              catalog.lock("unknown");
              return true;
            }))
        .isInstanceOf(Problem.class);
  }

  private boolean inTransaction(Callable<Boolean> work) throws Exception {
    return as(() ->
        Boolean.TRUE.equals(
            transactions.execute(status -> {
              try {
                return work.call();
              } catch (RuntimeException e) {
                throw e;
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            })));
  }

  private <T> T as(Callable<T> work) throws Exception {
    return Caller.system(workspace).call(work);
  }

  private static Registration registration(String name) {
    return new Registration(
        name, "Sorts mails", "support", Criticality.LOW, TaskType.CLASSIFICATION, 500);
  }
}
