package io.plumbline.modelregistry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.Digest;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BaseModelTests {

  private static final Listing LISTING =
      new Listing(
          BaseModelName.of("openai/gpt-4o-mini"),
          Digest.ofText("model"),
          ModelKind.CHAT,
          "small",
          128_000,
          new Prices(usd("0.15"), usd("0.075"), usd("0.6")),
          "OpenAI terms",
          false,
          false,
          null);

  private final BaseModel model =
      new BaseModel(UUID.randomUUID(), UUID.randomUUID(), LISTING, "ada", Instant.EPOCH);

  @Test
  void an_update_changes_what_it_names_and_nothing_else() {
    LocalDate soon = LocalDate.of(2027, 1, 31);
    model.update(new BaseModelChanges(null, null, null, soon));
    assertThat(model.listing())
        .isEqualTo(
            new Listing(
                LISTING.name(),
                LISTING.modelDigest(),
                ModelKind.CHAT,
                "small",
                128_000,
                new Prices(usd("0.15"), usd("0.075"), usd("0.6")),
                "OpenAI terms",
                false,
                false,
                soon));
  }

  @Test
  void distinguishes_another_build_from_the_same() {
    assertThat(model.updateDigest(Digest.ofText("model"))).isFalse();
    assertThat(model.updateDigest(Digest.ofText("another build"))).isTrue();
    assertThat(model.listing().modelDigest()).isEqualTo(Digest.ofText("another build"));
  }

  @Test
  void a_name_has_a_provider_and_a_model() {
    assertThat(BaseModelName.of("local/choice-minilm"))
        .isEqualTo(new BaseModelName("local", "choice-minilm"));
    assertThat(BaseModelName.of("shop-gpu/Qwen/Qwen3-8B"))
        .isEqualTo(new BaseModelName("shop-gpu", "Qwen/Qwen3-8B"))
        .isEqualTo(BaseModelName.atPath("shop-gpu", "/Qwen/Qwen3-8B"));
    assertThatThrownBy(() -> BaseModelName.of("shop-gpu/Qwen/"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BaseModelName.of("choice-minilm"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Price usd(String amount) {
    return new Price(new BigDecimal(amount), "USD");
  }
}
