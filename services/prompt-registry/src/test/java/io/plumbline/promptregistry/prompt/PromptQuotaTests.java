package io.plumbline.promptregistry.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.limit.Quota;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.test.PlumblineTest;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The number of prompts that a workspace may have, on a real database. */
@PlumblineTest
class PromptQuotaTests {

  @Autowired Prompts prompts;
  @Autowired PromptVersions versions;
  @Autowired PartialResolver partials;
  @Autowired PromptAuthors authors;
  @Autowired Outbox outbox;
  @Autowired ApplicationEventPublisher changes;
  @Autowired Clock clock;
  @Autowired JdbcClient sql;
  @Autowired PlatformTransactionManager transactions;

  private PromptCatalog catalog;

  @BeforeEach
  void allow_two_prompts() {
    catalog =
        new PromptCatalog(
            prompts,
            versions,
            partials,
            authors,
            outbox,
            changes,
            clock,
            new Quota(sql, "plumbline.prompts.per-workspace", 2));
  }

  @Test
  void a_workspace_has_as_many_prompts_as_it_may_and_the_others_are_not_concerned() {
    Caller acme = Caller.system(UUID.randomUUID());
    create(acme, "first");
    create(acme, "second");

    Problem refused = catchThrowableOfType(Problem.class, () -> create(acme, "third"));

    assertThat(refused.type()).isEqualTo(CommonProblem.QUOTA_REACHED);
    assertThat(refused)
        .hasMessage(
            "The workspace has 2 prompts, the most it may have. Publish a version of a prompt that"
                + " exists. An operator can raise the limit with plumbline.prompts.per-workspace.");
    create(Caller.system(UUID.randomUUID()), "third");
  }

  private void create(Caller caller, String name) {
    caller.run(() ->
        new TransactionTemplate(transactions)
            .executeWithoutResult(status -> catalog.create(new PromptName(name), "", List.of())));
  }
}
