package io.plumbline.inference.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretBoxTests {

  private static final UUID WORKSPACE = new UUID(0, 1);
  private static final String OLD = key('o');
  private static final String NEW = key('n');

  @Test
  void a_secret_is_read_back_by_a_box_with_the_same_key() {
    byte[] ciphertext = box(OLD).encrypt("sesame", WORKSPACE, "acme");

    assertThat(box(OLD).decrypt(ciphertext, WORKSPACE, "acme")).isEqualTo("sesame");
    assertThat(new String(ciphertext, StandardCharsets.ISO_8859_1)).doesNotContain("sesame");
  }

  @Test
  void after_a_rotation_the_new_key_encrypts_and_the_old_one_still_decrypts() {
    byte[] before = box(OLD).encrypt("sesame", WORKSPACE, "acme");
    SecretBox rotated = box(NEW, OLD);

    byte[] after = rotated.encrypt("sesame", WORKSPACE, "acme");

    assertThat(rotated.decrypt(before, WORKSPACE, "acme")).isEqualTo("sesame");
    assertThat(box(NEW).decrypt(after, WORKSPACE, "acme")).isEqualTo("sesame");
    assertUnreadable(box(OLD), after, WORKSPACE, "acme");
  }

  @Test
  void a_key_that_was_removed_no_longer_decrypts() {
    byte[] ciphertext = box(OLD).encrypt("sesame", WORKSPACE, "acme");

    assertUnreadable(box(NEW), ciphertext, WORKSPACE, "acme");
  }

  @Test
  void a_secret_is_bound_to_its_workspace_and_owner() {
    byte[] ciphertext = box(OLD).encrypt("sesame", WORKSPACE, "acme");

    assertUnreadable(box(OLD), ciphertext, new UUID(0, 2), "acme");
    assertUnreadable(box(OLD), ciphertext, WORKSPACE, "other");
  }

  @Test
  void a_secret_that_is_remembered_is_bound_as_it_was() {
    SecretBox box = box(OLD);
    byte[] ciphertext = box.encrypt("sesame", WORKSPACE, "acme");

    assertThat(box.decrypt(ciphertext, WORKSPACE, "acme")).isEqualTo("sesame");
    assertThat(box.decrypt(ciphertext, WORKSPACE, "acme")).isEqualTo("sesame");

    assertUnreadable(box, ciphertext, new UUID(0, 2), "acme");
    assertUnreadable(box, ciphertext, WORKSPACE, "other");
    ciphertext[ciphertext.length - 1] ^= 1;
    assertUnreadable(box, ciphertext, WORKSPACE, "acme");
  }

  @Test
  void without_a_key_nothing_is_stored() {
    assertThatThrownBy(() -> box().encrypt("sesame", WORKSPACE, "acme"))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.type()).isEqualTo(CommonProblem.UNPROCESSABLE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"no base64!", "c2hvcnQ=", ""})
  void a_key_of_another_form_stops_the_start(String key) {
    assertThatIllegalStateException()
        .isThrownBy(() -> box(OLD, key))
        .withMessageContaining("32 bytes");
  }

  @Test
  void the_same_key_twice_stops_the_start() {
    assertThatIllegalStateException()
        .isThrownBy(() -> box(OLD, OLD))
        .withMessageContaining("must occur once");
  }

  private static void assertUnreadable(
      SecretBox box, byte[] ciphertext, UUID workspace, String owner) {
    assertThatIllegalStateException()
        .isThrownBy(() -> box.decrypt(ciphertext, workspace, owner))
        .withMessageContaining("plumbline.providers.secret-keys");
  }

  private static SecretBox box(String... keys) {
    return new SecretBox(
        new ProviderSettings(
            List.of(),
            List.of(),
            List.of(keys),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            0,
            1,
            10,
            "",
            null));
  }

  private static String key(char filling) {
    return Base64.getEncoder()
        .encodeToString(String.valueOf(filling).repeat(32).getBytes(StandardCharsets.US_ASCII));
  }
}
