package io.plumbline.inference.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.release.ResponseIds.Origin;
import io.plumbline.platform.digest.Ids;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ResponseIdsTests {

  private static final String OLD = "b2xkIGtleSBvZiAzMiBieXRlcyAxMjM0NTY3ODkwMTI=";
  private static final String NEW = "bmV3IGtleSBvZiAzMiBieXRlcyAxMjM0NTY3ODkwMTI=";
  private static final UUID WORKSPACE = new UUID(0, 1);
  private static final UUID RELEASE = new UUID(0, 2);
  private static final Digest VARIANT = Digest.ofText("variant");

  @Test
  void an_id_says_what_answered() {
    ResponseIds ids = ids(OLD);

    for (String arm : List.of("active", "control", "canary")) {
      Arm answered = new Arm(RELEASE, "mail", "production", VARIANT, arm);
      assertThat(ids.read(WORKSPACE, ids.issue(WORKSPACE, Ids.next(), answered, VARIANT)))
          .contains(new Origin(RELEASE, arm, null));
    }
    assertThat(ids.read(WORKSPACE, ids.issue(WORKSPACE, Ids.next(), null, VARIANT)))
        .contains(new Origin(null, null, VARIANT));
    assertThat(ids.read(WORKSPACE, ids.issue(WORKSPACE, Ids.next(), null, null)))
        .contains(new Origin(null, null, null));
  }

  @Test
  void an_id_outlives_the_rotation_of_its_key_and_not_its_removal() {
    String id = ids(OLD).issue(WORKSPACE, Ids.next(), null, VARIANT);

    assertThat(ids(NEW, OLD).read(WORKSPACE, id)).isPresent();
    assertThat(ids(NEW).read(WORKSPACE, id)).isEmpty();
  }

  @Test
  void an_id_that_was_changed_is_not_believed() {
    ResponseIds ids = ids(OLD);
    String id =
        ids.issue(
            WORKSPACE,
            Ids.next(),
            new Arm(RELEASE, "mail", "production", VARIANT, "active"),
            VARIANT);

    assertThat(ids.read(new UUID(0, 9), id)).isEmpty();
    for (int i = 0; i < id.length(); i++) {
      String changed = id.substring(0, i) + (id.charAt(i) == 'A' ? 'B' : 'A') + id.substring(i + 1);
      // The last character carries bits that no byte has.
      if (i < id.length() - 1) {
        assertThat(ids.read(WORKSPACE, changed)).as(changed).isEmpty();
      }
    }
    for (int length = 0; length < id.length(); length++) {
      assertThat(ids.read(WORKSPACE, id.substring(0, length))).isEmpty();
    }
  }

  @Test
  void a_key_of_another_form_stops_the_start() {
    assertThatIllegalStateException()
        .isThrownBy(() -> ids("c2hvcnQ="))
        .withMessageContaining("32 bytes");
    assertThatIllegalStateException().isThrownBy(() -> ids(OLD, OLD)).withMessageContaining("once");
  }

  private static ResponseIds ids(String... keys) {
    return new ResponseIds(new ResponseSettings(List.of(keys)));
  }
}
