package io.plumbline.inference.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.keyset.ResponseKeySettings;
import io.plumbline.inference.release.ResponseIds.Origin;
import io.plumbline.platform.digest.Ids;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ResponseIdsTests {

  private static final String OLD = "b2xkIGtleSBvZiAzMiBieXRlcyAxMjM0NTY3ODkwMTI=";
  private static final String NEW = "bmV3IGtleSBvZiAzMiBieXRlcyAxMjM0NTY3ODkwMTI=";
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final UUID WORKSPACE = new UUID(0, 1);
  private static final UUID RELEASE = new UUID(0, 2);
  private static final Digest VARIANT = Digest.ofText("variant");

  /** The example of RFC 9562, appendix A.6. */
  private static final UUID RESPONSE = UUID.fromString("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");

  private static final LocalDate DAY = LocalDate.of(2022, 2, 22);

  @Test
  void an_id_says_what_answered_and_on_which_day() {
    ResponseIds ids = ids(OLD);

    for (String arm : List.of("active", "control", "canary")) {
      Arm answered = new Arm(RELEASE, "mail", "production", VARIANT, arm);
      assertThat(ids.readOrigin(WORKSPACE, ids.issue(WORKSPACE, RESPONSE, answered, VARIANT)))
          .contains(new Origin(RELEASE, arm, null, DAY));
    }
    assertThat(ids.readOrigin(WORKSPACE, ids.issue(WORKSPACE, RESPONSE, null, VARIANT)))
        .contains(new Origin(null, null, VARIANT, DAY));
    assertThat(ids.readOrigin(WORKSPACE, ids.issue(WORKSPACE, RESPONSE, null, null)))
        .contains(new Origin(null, null, null, DAY));
  }

  @Test
  void an_id_outlives_the_rotation_of_its_key_and_not_its_removal() {
    String id = ids(OLD).issue(WORKSPACE, Ids.next(), null, VARIANT);

    assertThat(ids(NEW, OLD).readOrigin(WORKSPACE, id)).isPresent();
    assertThat(ids(NEW).readOrigin(WORKSPACE, id)).isEmpty();
  }

  @Test
  void an_id_that_was_changed_is_not_believed() {
    ResponseIds ids = ids(OLD);
    Arm active = new Arm(RELEASE, "mail", "production", VARIANT, "active");
    String id = ids.issue(WORKSPACE, Ids.next(), active, VARIANT);

    assertThat(ids.readOrigin(new UUID(0, 9), id)).isEmpty();
    for (int i = 0; i < id.length(); i++) {
      String changed = id.substring(0, i) + (id.charAt(i) == 'A' ? 'B' : 'A') + id.substring(i + 1);
      assertThat(ids.readOrigin(WORKSPACE, changed)).as(changed).isEmpty();
    }
    for (int length = 0; length < id.length(); length++) {
      assertThat(ids.readOrigin(WORKSPACE, id.substring(0, length))).isEmpty();
    }
  }

  /** Tries other spellings: unused bits of the last Base64 character, and padding after it. */
  @Test
  void an_id_that_is_written_otherwise_is_not_believed() {
    ResponseIds ids = ids(OLD);
    String ofVariant = ids.issue(WORKSPACE, Ids.next(), null, VARIANT);
    String ofModel = ids.issue(WORKSPACE, Ids.next(), null, null);

    for (String id : List.of(ofVariant, ofModel)) {
      String rest = id.substring(0, id.length() - 1);
      assertThat(ALPHABET.chars().mapToObj(last -> rest + (char) last))
          .filteredOn(written -> ids.readOrigin(WORKSPACE, written).isPresent())
          .containsExactly(id);
    }
    assertThat(ids.readOrigin(WORKSPACE, ofVariant + "==")).isEmpty();
    assertThat(ids.readOrigin(WORKSPACE, ofModel + "=")).isEmpty();
  }

  @Test
  void a_key_of_another_form_stops_the_start() {
    assertThatIllegalStateException()
        .isThrownBy(() -> ids("c2hvcnQ="))
        .withMessageContaining("32 bytes");
    assertThatIllegalStateException().isThrownBy(() -> ids(OLD, OLD)).withMessageContaining("once");
  }

  private static ResponseIds ids(String... keys) {
    return new ResponseIds(new ResponseKeySettings(List.of(keys)));
  }
}
