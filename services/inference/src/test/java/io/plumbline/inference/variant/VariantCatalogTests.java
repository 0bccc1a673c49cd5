package io.plumbline.inference.variant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.contracts.Criticality;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.PartAuthors;
import io.plumbline.contracts.ModelRegistryEvent.ModelVersionRegistered;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.contracts.TaskType;
import io.plumbline.inference.InferenceTest;
import io.plumbline.inference.abstention.Abstention;
import io.plumbline.inference.cache.JsonColumn;
import io.plumbline.inference.cache.WorkspaceCaches;
import io.plumbline.inference.context.ContextOverflowPolicy;
import io.plumbline.inference.local.LocalModels;
import io.plumbline.inference.provider.Endpoint;
import io.plumbline.inference.provider.Provider;
import io.plumbline.inference.provider.Providers;
import io.plumbline.platform.event.EventHandlers;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.ManualClock;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class VariantCatalogTests extends InferenceTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String LOCAL = "local/choice-minilm";
  private static final Digest PROMPT = Digest.ofText("prompt");

  @Autowired JdbcClient sql;
  @Autowired JsonColumn json;
  @Autowired VariantParts parts;
  @Autowired Outbox outbox;
  @Autowired WorkspaceCaches caches;
  @Autowired EventHandlers handlers;
  @Autowired LocalModels localModels;
  @Autowired Providers providers;
  @Autowired PlatformTransactionManager transactions;

  private final Caller mia =
      new Caller(UUID.randomUUID(), "mia", "Mia", Set.of(Role.ML_ENGINEER), false);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private VariantCatalog variants;

  @BeforeEach
  void publish_the_parts() {
    variants = catalog(100);
    call(() -> {
      handlers.handle(
          new ApplicationRegistered(
              UUID.randomUUID(),
              "mail",
              "ada",
              "sort",
              Criticality.LOW,
              TaskType.CLASSIFICATION,
              10),
          meta());
      handlers.handle(
          new PromptVersionPublished("triage", 1, PROMPT, null, "zoe", "first"), meta());
      handlers.handle(
          new PromptVersionPublished(
              "copy", 1, PROMPT, null, "ada", "first", null, List.of("ada", "bob", "zoe")),
          meta());
      handlers.handle(
          new ModelVersionRegistered(
              "head",
              3,
              Digest.ofText("head"),
              Digest.ofText("artifact"),
              LOCAL,
              Digest.ofText("base"),
              UUID.randomUUID(),
              Digest.ofText("dataset"),
              List.of("ham", "spam"),
              "ken",
              List.of("dan", "ken")),
          meta());
      return PROMPT;
    });
  }

  private VariantCatalog catalog(long perApplication) {
    return new VariantCatalog(
        sql, json, parts, outbox, caches, new ManualClock(NOW), meters, perApplication);
  }

  @Test
  void an_application_has_as_many_variants_as_it_may_and_an_existing_one_is_still_returned() {
    variants = catalog(2);
    Variant first = create("first", LOCAL, null, VariantParameters.NONE);
    create("second", LOCAL, null, seeded(1));

    assertProblem(
        CommonProblem.QUOTA_REACHED, "", () -> compose("mail", PROMPT, LOCAL, null, seeded(2)));

    assertThat(create("again", LOCAL, null, VariantParameters.NONE)).isEqualTo(first);
  }

  /** It is content of a digest, so it stays what it was when it was read, whatever others do. */
  @Test
  void a_variant_is_read_and_verified_once_however_many_others_are_created() {
    Variant variant = create("first", LOCAL, null, VariantParameters.NONE);
    assertThat(variants.find(mia.workspace(), variant.digest())).contains(variant);
    EmbeddedServers.executeAsSuperuser(
        "inference",
        "SET session_replication_role = replica; UPDATE variant SET name = 'changed' WHERE"
            + " variant_digest = '%s'".formatted(variant.digest()));

    create("second", LOCAL, null, seeded(1));

    assertThat(variants.find(mia.workspace(), variant.digest()).orElseThrow())
        .isSameAs(variants.find(mia.workspace(), variant.digest()).orElseThrow())
        .isEqualTo(variant);
  }

  private static VariantParameters seeded(long seed) {
    return new VariantParameters(null, null, seed, null, null, null, null, null, null, null);
  }

  @Test
  void a_variant_has_the_digest_and_the_authors_of_its_parts() {
    Variant variant = create("first", "head@3", null, VariantParameters.NONE);

    assertThat(variant)
        .isEqualTo(
            new Variant(
                Variant.digest(
                    "mail",
                    PROMPT,
                    "head@3",
                    Digest.ofText("head"),
                    null,
                    null,
                    VariantParameters.NONE,
                    CallerPolicy.DEFAULT,
                    ContextOverflowPolicy.REFUSE,
                    List.of(),
                    null),
                "mail",
                "first",
                PROMPT,
                "head@3",
                Digest.ofText("head"),
                null,
                null,
                VariantParameters.NONE,
                CallerPolicy.DEFAULT,
                ContextOverflowPolicy.REFUSE,
                List.of(),
                null,
                List.of("ada", "bob", "dan", "ken", "mia", "zoe"),
                "mia",
                NOW));
    assertThat(variants.find(mia.workspace(), variant.digest())).contains(variant);
    assertThat(variants.find(UUID.randomUUID(), variant.digest())).isEmpty();
  }

  @Test
  void a_local_model_is_pinned_by_the_digest_of_the_installed_one() {
    Variant variant = create("first", LOCAL, null, VariantParameters.NONE);

    assertThat(variant.modelDigest())
        .isEqualTo(localModels.digest(localModels.find(LOCAL).orElseThrow()));
  }

  @Test
  void the_same_parts_are_the_same_variant_under_its_first_name() {
    Variant first = create("first", LOCAL, null, VariantParameters.NONE);
    Variant again = create("again", LOCAL, null, VariantParameters.NONE);

    assertThat(again).isEqualTo(first);
    Page<Variant> listed = call(() -> variants.list(VariantFilter.ALL, new PageRequest(50, null)));
    assertThat(listed.items()).containsExactly(first);
    assertThat(listed.total()).isEqualTo(new Page.Total(1, true));
  }

  @Test
  void a_part_that_has_not_arrived_is_named() {
    VariantParameters none = VariantParameters.NONE;
    assertNotYetKnown("/application", () -> compose("news", PROMPT, LOCAL, null, none));
    assertNotYetKnown(
        "/promptDigest", () -> compose("mail", Digest.ofText("?"), LOCAL, null, none));
    assertNotYetKnown("/model", () -> compose("mail", PROMPT, "head@4", null, none));
    assertProblem(
        CommonProblem.UNPROCESSABLE, "/model", () -> compose("mail", PROMPT, "acme/m", null, none));
    assertNotYetKnown(
        "/indexDigest", () -> compose("mail", PROMPT, LOCAL, Digest.ofText("index"), none));
  }

  @Test
  void parts_that_do_not_fit_are_refused() {
    VariantParameters retrieving =
        new VariantParameters(null, null, null, null, 4, null, null, null, null, null);

    assertProblem(
        CommonProblem.UNPROCESSABLE,
        "/parameters/retrievedExamples",
        () -> compose("mail", PROMPT, LOCAL, null, retrieving));
    assertProblem(
        CommonProblem.UNPROCESSABLE,
        "/model",
        () -> compose("mail", PROMPT, "local/all-minilm-l6-v2", null, VariantParameters.NONE));
  }

  @Test
  void a_providers_model_is_pinned_by_the_connection_and_its_name() {
    Digest connection = call(() -> connect("https://127.0.0.1/v1").connection().digest());
    Variant variant = create("first", "acme/m", null, VariantParameters.NONE);

    assertThat(variant.connection()).isEqualTo(connection);
    assertThat(variant.mainModel().upstreamModel()).isEqualTo("m");
    assertThat(variant.modelDigest())
        .isNotEqualTo(create("other", "acme/n", null, VariantParameters.NONE).modelDigest());
    call(() ->
        providers.connect(
            "acme",
            kind -> new Endpoint(kind, URI.create("https://localhost/v1"), null, Endpoint.DEADLINE),
            null));
    Variant again = create("again", "acme/m", null, VariantParameters.NONE);
    assertThat(again.digest()).isNotEqualTo(variant.digest());
    assertThat(again.modelDigest()).isNotEqualTo(variant.modelDigest());
  }

  @Test
  void the_authors_of_a_part_are_those_that_are_known_when_they_are_asked_for() {
    Variant variant = create("first", "head@3", null, VariantParameters.NONE);
    call(() -> {
      handlers.handle(new PromptVersionPublished("third", 1, PROMPT, null, "eve", "again"), meta());
      return PROMPT;
    });

    assertThat(call(() -> variants.authors(variant)))
        .containsExactly(
            new PartAuthors("prompt", List.of("ada", "bob", "eve", "zoe")),
            new PartAuthors("model head@3", List.of("dan", "ken")),
            new PartAuthors("variant", List.of("mia")));
  }

  @Test
  void the_models_of_a_fallback_are_pinned_as_the_main_one_is_and_their_authors_count() {
    Digest acme = call(() -> connect("acme", "https://127.0.0.1/v1").connection().digest());
    Digest other = call(() -> connect("other", "https://127.0.0.1/v1").connection().digest());
    Variant variant = create("first", "acme/m", "other/m", "head@3");

    assertThat(variant.models())
        .extracting(PinnedModel::model)
        .containsExactly("acme/m", "other/m", "head@3");
    assertThat(variant.models())
        .extracting(PinnedModel::connection)
        .containsExactly(acme, other, null);
    assertThat(variant.fallback().getLast().modelDigest()).isEqualTo(Digest.ofText("head"));
    assertThat(variant.authors()).containsExactly("ada", "bob", "dan", "ken", "mia", "zoe");
    assertThat(call(() -> variants.get(variant.digest()))).contains(variant);
    assertThat(create("alone", "acme/m").digest()).isNotEqualTo(variant.digest());
    assertThat(create("turned", "other/m", "acme/m", "head@3").digest())
        .isNotEqualTo(variant.digest());
  }

  @Test
  void a_fallback_that_would_never_be_asked_is_refused() {
    call(() -> connect("acme", "https://127.0.0.1/v1"));

    assertProblem(
        CommonProblem.UNPROCESSABLE, "/fallback/0", () -> create("n", "acme/m", "acme/m"));
    assertProblem(CommonProblem.UNPROCESSABLE, "/fallback/0", () -> create("n", LOCAL, "acme/m"));
    assertProblem(
        CommonProblem.UNPROCESSABLE, "/fallback/1", () -> create("n", "acme/m", LOCAL, "acme/n"));
    assertProblem(
        CommonProblem.UNPROCESSABLE,
        "/fallback/0",
        () -> create("n", "acme/m", "local/all-minilm-l6-v2"));
    assertProblem(
        CommonProblem.UNPROCESSABLE,
        "/fallback/1",
        () -> create("n", "acme/m", "acme/n", "nobody/m"));
  }

  @Test
  void a_variant_abstains_as_its_row_says() {
    Variant variant = abstaining(LOCAL);

    assertThat(variant.abstention()).isEqualTo(new Abstention(0.4, "I do not know."));
    assertThat(call(() -> variants.get(variant.digest()))).contains(variant);
    assertThat(variants.find(mia.workspace(), variant.digest())).contains(variant);
  }

  @Test
  void a_model_that_does_not_say_how_sure_it_is_cannot_abstain() {
    call(() -> connect("https://localhost/v1"));

    assertProblem(CommonProblem.UNPROCESSABLE, "/abstention/threshold", () -> abstain("acme/m"));
  }

  private Variant abstaining(String model) {
    return call(() -> abstain(model));
  }

  private Variant abstain(String model) {
    return variants.create(
        "mail",
        "n",
        PROMPT,
        model,
        null,
        VariantParameters.NONE,
        CallerPolicy.DEFAULT,
        ContextOverflowPolicy.REFUSE,
        List.of(),
        new Abstention(0.4, "I do not know."));
  }

  @Test
  void variants_are_found_by_their_parts_those_of_a_fallback_too() {
    Digest acme = call(() -> connect("acme", "https://127.0.0.1/v1").connection().digest());
    Digest other = call(() -> connect("other", "https://127.0.0.1/v1").connection().digest());
    Variant plain = create("plain", LOCAL);
    Variant backed = create("backed", "acme/m", "other/m", "head@3");

    assertThat(found(VariantFilter.ALL)).containsExactlyInAnyOrder(plain, backed);
    assertThat(found(new VariantFilter("mail", PROMPT, null, null, null)))
        .containsExactlyInAnyOrder(plain, backed);
    assertThat(found(new VariantFilter(null, Digest.ofText("?"), null, null, null))).isEmpty();
    assertThat(found(new VariantFilter(null, null, LOCAL, null, null))).containsExactly(plain);
    assertThat(found(new VariantFilter(null, null, "acme/m", null, null))).containsExactly(backed);
    assertThat(found(new VariantFilter(null, null, "head@3", null, null))).containsExactly(backed);
    assertThat(found(new VariantFilter(null, null, null, null, acme))).containsExactly(backed);
    assertThat(found(new VariantFilter(null, null, null, null, other))).containsExactly(backed);
    assertThat(found(new VariantFilter(null, null, LOCAL, null, other))).isEmpty();
    assertThat(found(new VariantFilter(null, null, null, PROMPT, null))).isEmpty();
  }

  private List<Variant> found(VariantFilter filter) {
    Page<Variant> page = call(() -> variants.list(filter, new PageRequest(50, null)));
    assertThat(page.total()).isEqualTo(new Page.Total(page.items().size(), true));
    return page.items();
  }

  private Provider connect(String url) {
    return connect("acme", url);
  }

  private Provider connect(String name, String url) {
    return providers.create(
        name,
        new Endpoint("openai-compatible", URI.create(url), null, Endpoint.DEADLINE),
        null,
        List.of());
  }

  @Test
  void nobody_changes_a_variant() {
    Variant variant = create("first", LOCAL, null, VariantParameters.NONE);

    for (String change : List.of("UPDATE variant SET name = 'x'", "DELETE FROM variant")) {
      assertThatThrownBy(() -> call(() -> sql.sql(change).update()))
          .hasRootCauseMessage("ERROR: permission denied for table variant");
      assertThatThrownBy(() -> EmbeddedServers.executeAsSuperuser("inference", change))
          .hasMessageContaining("append-only");
    }
    assertThat(call(() -> variants.get(variant.digest()))).contains(variant);
  }

  @Test
  void a_row_that_is_not_what_its_digest_says_is_refused() {
    Variant variant = create("first", LOCAL, null, VariantParameters.NONE);
    assertThat(variants.find(mia.workspace(), variant.digest())).contains(variant);

    EmbeddedServers.executeAsSuperuser(
        "inference",
        "SET session_replication_role = replica; UPDATE variant SET parameters = '{\"temperature\":"
            + " 1}'"
            + " WHERE variant_digest = '%s'".formatted(variant.digest()));

    assertThat(call(() -> variants.get(variant.digest()))).isEmpty();
    VariantCatalog restarted = catalog(100);
    assertThat(restarted.find(mia.workspace(), variant.digest())).isEmpty();
    assertThat(meters.counter("plumbline.variants.changed").count()).isPositive();
  }

  /** Composes a variant in the transaction of its caller. */
  private Variant compose(
      String application,
      Digest prompt,
      String model,
      @Nullable Digest index,
      VariantParameters parameters) {
    return variants.create(
        application,
        "n",
        prompt,
        model,
        index,
        parameters,
        CallerPolicy.DEFAULT,
        ContextOverflowPolicy.REFUSE,
        List.of(),
        null);
  }

  private Variant create(
      String name, String model, @Nullable Digest index, VariantParameters parameters) {
    return call(() ->
        variants.create(
            "mail",
            name,
            PROMPT,
            model,
            index,
            parameters,
            CallerPolicy.DEFAULT,
            ContextOverflowPolicy.REFUSE,
            List.of(),
            null));
  }

  private Variant create(String name, String model, String... fallback) {
    return call(() ->
        variants.create(
            "mail",
            name,
            PROMPT,
            model,
            null,
            VariantParameters.NONE,
            CallerPolicy.DEFAULT,
            ContextOverflowPolicy.REFUSE,
            List.of(fallback),
            null));
  }

  private void assertNotYetKnown(String pointer, Supplier<?> work) {
    assertProblem(CommonProblem.NOT_YET_KNOWN, pointer, work);
  }

  private void assertProblem(CommonProblem type, String pointer, Supplier<?> work) {
    assertThatThrownBy(() -> call(work))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(type);
              assertThat(String.valueOf(problem.body().getProperties())).contains(pointer);
            });
  }

  private <T> T call(Supplier<T> work) {
    AtomicReference<@Nullable T> result = new AtomicReference<>();
    mia.run(() ->
        new TransactionTemplate(transactions)
            .executeWithoutResult(status -> result.set(work.get())));
    return Objects.requireNonNull(result.get());
  }

  private EventMetadata meta() {
    return new EventMetadata(
        UUID.randomUUID(),
        "type",
        "source",
        "subject",
        Instant.EPOCH,
        mia.workspace(),
        "x",
        1,
        null);
  }
}
