package io.plumbline.inference.authorship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.inference.InferenceTest;
import io.plumbline.inference.projection.PromptProjection;
import io.plumbline.platform.event.EventHandlers;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.client.ResourceAccessException;

/** Tests whom a variant's prompt has as authors, also where its event is from before they had. */
class PromptAuthorsTests extends InferenceTest {

  private static final Digest PROMPT = Digest.ofText("prompt");

  @Autowired PromptProjection prompts;
  @Autowired EventHandlers handlers;
  @Autowired PlatformTransactionManager transactions;

  private final Caller mia =
      new Caller(UUID.randomUUID(), "mia", "Mia", Set.of(Role.ML_ENGINEER), false);

  @Test
  void the_event_names_them_and_each_of_several_adds_its_own() {
    publish("ann", List.of("ann", "bob"));
    publish("max", List.of("max"));

    assertThat(authors(unavailable())).containsExactly("ann", "bob", "max");
  }

  @Test
  void there_may_be_many() {
    List<String> many = Stream.generate(() -> UUID.randomUUID().toString()).limit(500).toList();
    publish("ann", many);

    assertThat(authors(unavailable())).hasSize(501).containsAll(many);
  }

  @Test
  void the_registry_is_asked_once_where_no_event_names_them() {
    publish("ann", null);
    List<String> asked = new ArrayList<>();
    PromptAuthorsApi registry =
        digest -> {
          asked.add(digest);
          assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isFalse();
          return new PromptAuthorsApi.Authors(List.of("ann", "bob"));
        };

    assertThat(authors(registry)).containsExactly("ann", "bob");
    assertThat(authors(registry)).containsExactly("ann", "bob");
    assertThat(asked).containsExactly(PROMPT.hex());
  }

  @Test
  void nothing_is_guessed_while_the_registry_does_not_answer() {
    publish("ann", null);

    assertThatThrownBy(() -> authors(unavailable()))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.type()).isEqualTo(CommonProblem.UNAVAILABLE));
  }

  @Test
  void nobody_is_asked_within_a_transaction() {
    publish("ann", null);
    PromptAuthorsApi registry =
        digest -> {
          throw new AssertionError("asked within a transaction");
        };

    run(() ->
        assertThatThrownBy(() -> new PromptAuthors(prompts, registry, transactions).of(PROMPT))
            .isInstanceOf(Problem.class));
  }

  private static PromptAuthorsApi unavailable() {
    return digest -> {
      throw new ResourceAccessException("no answer");
    };
  }

  private void publish(String author, @Nullable List<String> authors) {
    run(() ->
        handlers.handle(
            new PromptVersionPublished(author, 1, PROMPT, null, author, "first", null, authors),
            new EventMetadata(
                UUID.randomUUID(),
                "type",
                "source",
                "subject",
                Instant.EPOCH,
                mia.workspace(),
                "x",
                1,
                null)));
  }

  private List<String> authors(PromptAuthorsApi registry) {
    PromptAuthors authors = new PromptAuthors(prompts, registry, transactions);
    List<String> found = new ArrayList<>();
    mia.run(() -> authors.fetchMissing(PROMPT));
    run(() -> found.addAll(authors.of(PROMPT)));
    return found;
  }

  private void run(Runnable work) {
    mia.run(() -> new TransactionTemplate(transactions).executeWithoutResult(status -> work.run()));
  }
}
