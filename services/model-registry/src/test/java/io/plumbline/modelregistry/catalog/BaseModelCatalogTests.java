package io.plumbline.modelregistry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.contracts.Money;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The catalogue on a real database. */
@PlumblineTest
class BaseModelCatalogTests {

  @Autowired BaseModelCatalog catalog;
  @Autowired TestEventClient events;

  private final String name = "openai/model-" + UUID.randomUUID();

  @Test
  void publishes_an_entry_without_the_prices_that_one_person_proposed() throws Exception {
    BaseModelCatalog.Entry entry = as("ada", this::create);
    assertThat(entry.listedBy()).isEqualTo("ada");
    assertThat(events.awaitPublished(BaseModelListed.class, event -> event.model().equals(name)))
        .isEqualTo(
            new BaseModelListed(
                name,
                CanonicalJson.digest(Map.of("providerModel", name)),
                "openai",
                128_000,
                null,
                null,
                null,
                "OpenAI terms",
                null,
                false));
  }

  @Test
  void refuses_a_name_that_is_listed() throws Exception {
    as("ada", this::create);
    Problem problem = catchThrowableOfType(Problem.class, () -> as("ben", this::create));
    assertThat(problem.type()).isEqualTo(CatalogProblem.ALREADY_LISTED);
    assertThat(problem)
        .hasMessage(
            "The catalogue already lists '%s'. Update its entry with PATCH, or choose another"
                + " name.",
            name);
  }

  @Test
  void another_build_changes_the_digest_and_keeps_what_people_updated() throws Exception {
    Listing installed = wire().toListing();
    as(
        "ada",
        () -> {
          catalog.registerInstalled(installed);
          return installed;
        });
    long before = find().revision();
    as(
        "ada",
        () -> {
          catalog.registerInstalled(installed);
          return installed;
        });
    assertThat(find().revision()).isEqualTo(before);
    as(
        "ada",
        () -> {
          catalog.registerInstalled(withDigest(installed, Digest.ofText("another build")));
          return installed;
        });
    assertThat(find().listing()).isEqualTo(withDigest(installed, Digest.ofText("another build")));
  }

  @Test
  void another_workspace_has_a_catalogue_of_its_own() throws Exception {
    as("ada", this::create);
    Optional<BaseModelCatalog.Entry> foreign =
        Caller.system(Workspaces.GLOBEX).call(() -> catalog.find(BaseModelName.of(name)));
    assertThat(foreign).isEmpty();
  }

  @Test
  void an_update_names_only_what_changes() {
    UpdateBaseModel update =
        new UpdateBaseModel(
            "small", 64_000, Money.usd("0.10"), null, null, null, "MIT", LocalDate.of(2027, 1, 31));
    assertThat(update.toChanges())
        .isEqualTo(new BaseModelChanges("small", 64_000, "MIT", LocalDate.of(2027, 1, 31)));
    assertThat(update.toPrices().over(new Prices(usd("0.15"), usd("0.075"), usd("0.6"))))
        .isEqualTo(new Prices(usd("0.1"), usd("0.075"), usd("0.6")));
  }

  private BaseModelCatalog.Entry create() {
    return catalog.create(wire().toListing(), wire().toPrices(), null);
  }

  private static Price usd(String amount) {
    return new Price(new BigDecimal(amount), "USD");
  }

  private CreateBaseModel wire() {
    return new CreateBaseModel(
        name,
        null,
        ModelKind.CHAT,
        null,
        128_000,
        Money.usd("0.15"),
        Money.usd("0.075"),
        Money.usd("0.60"),
        null,
        "OpenAI terms",
        null,
        null);
  }

  private static Listing withDigest(Listing listing, Digest digest) {
    return new Listing(
        listing.name(),
        digest,
        listing.kind(),
        listing.description(),
        listing.contextWindow(),
        listing.prices(),
        listing.licence(),
        listing.tunable(),
        listing.tuned(),
        listing.deprecatedOn());
  }

  private BaseModelCatalog.Entry find() throws Exception {
    return as("ada", () -> catalog.find(BaseModelName.of(name)).orElseThrow());
  }

  private static <T> T as(String actor, Callable<T> action) throws Exception {
    return new Caller(Workspaces.ACME, actor, actor, Set.of(), false).call(action);
  }
}
