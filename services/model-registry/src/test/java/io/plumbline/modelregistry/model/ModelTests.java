package io.plumbline.modelregistry.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTests {

  private final Model model =
      new Model(new UUID(0, 1), new UUID(0, 2), "mail-head", "Sorts mail.", "ada", Instant.EPOCH);

  @Test
  void numbers_its_versions_from_one() {
    assertThat(model.latestVersion()).isZero();
    assertThat(model.nextVersionNumber()).isEqualTo(1);
    assertThat(model.nextVersionNumber()).isEqualTo(2);
    assertThat(model.latestVersion()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "mail-head", "m2"})
  void takes_names_that_requests_can_write(String name) {
    assertThat(name).matches(Model.NAME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Mail", "2mail", "mail@3", "mail/head", "mail head", "-mail"})
  void refuses_names_that_requests_could_not_write(String name) {
    assertThat(name).doesNotMatch(Model.NAME);
  }
}
