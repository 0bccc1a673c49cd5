package io.plumbline.inference.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.plumbline.inference.apikey.KeySecrets.Issued;
import io.plumbline.inference.apikey.KeySecrets.Presented;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeySecretsTests {

  private static final String OLD = "b2xkIGtleSBvZiAzMiBieXRlcyAxMjM0NTY3ODkwMTI=";
  private static final String NEW = "bmV3IGtleSBvZiAzMiBieXRlcyAxMjM0NTY3ODkwMTI=";
  private static final UUID ID = UUID.fromString("0190a000-0000-7000-8000-00000000000a");

  @Test
  void a_text_names_its_key_and_matches_what_is_stored() {
    Issued issued = secrets(OLD).issue(ID);

    assertThat(issued.text())
        .startsWith("plk_0190a000000070008000" + "00000000000a_")
        .hasSize(4 + 32 + 1 + 63);
    Presented presented = secrets(OLD).parse(issued.text()).orElseThrow();
    assertThat(presented.id()).isEqualTo(ID);
    assertThat(secrets(OLD).matches(presented, issued.mac())).isTrue();
    assertThat(issued.toString() + presented).doesNotContain(issued.text().substring(40));
  }

  @Test
  void no_two_keys_are_alike() {
    assertThat(secrets(OLD).issue(ID).text()).isNotEqualTo(secrets(OLD).issue(ID).text());
  }

  @Test
  void a_key_outlives_the_rotation_of_the_configured_key_and_not_its_removal() {
    Issued issued = secrets(OLD).issue(ID);

    Presented presented = secrets(NEW, OLD).parse(issued.text()).orElseThrow();
    assertThat(secrets(NEW, OLD).matches(presented, issued.mac())).isTrue();
    assertThat(secrets(NEW).parse(issued.text())).isEmpty();
    assertThat(secrets(NEW).matches(presented, issued.mac())).isFalse();
  }

  @Test
  void a_text_that_was_changed_is_no_key() {
    KeySecrets secrets = secrets(OLD);
    String text = secrets.issue(ID).text();

    for (int i = 0; i < text.length(); i++) {
      String changed = text.substring(0, i) + (text.charAt(i) == '0' ? '1' : '0');
      changed += text.substring(i + 1);
      // The last Base64 character carries bits that belong to no byte.
      if (i < text.length() - 1 && !changed.equals(text)) {
        assertThat(secrets.parse(changed)).as(changed).isEmpty();
      }
      assertThat(secrets.parse(text.substring(0, i))).isEmpty();
    }
    assertThat(secrets.parse(text + "A")).isEmpty();
  }

  @Test
  void what_is_stored_belongs_to_one_key() {
    KeySecrets secrets = secrets(OLD);
    Issued one = secrets.issue(ID);
    Presented another = secrets.parse(secrets.issue(ID).text()).orElseThrow();
    Presented other = secrets.parse(secrets.issue(Ids.next()).text()).orElseThrow();

    assertThat(secrets.matches(another, one.mac())).isFalse();
    assertThat(secrets.matches(other, one.mac())).isFalse();
  }

  @Test
  void without_a_configured_key_none_is_issued_and_none_is_read() {
    String text = secrets(OLD).issue(ID).text();

    assertThat(secrets().parse(text)).isEmpty();
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> secrets().issue(ID))
        .withMessageContaining("plumbline.api-keys.mac-keys");
  }

  @Test
  void a_configured_key_of_another_form_stops_the_start() {
    assertThatIllegalStateException()
        .isThrownBy(() -> secrets("c2hvcnQ="))
        .withMessageContaining("plumbline.api-keys.mac-keys must be 32 bytes");
    assertThat(settings(OLD).toString()).doesNotContain(OLD);
  }

  private static KeySecrets secrets(String... keys) {
    return new KeySecrets(settings(keys));
  }

  private static ApiKeySettings settings(String... keys) {
    return new ApiKeySettings(
        List.of(keys), Duration.ofMillis(250), Duration.ofMinutes(2), Duration.ofMinutes(1));
  }
}
