package io.plumbline.datasetregistry.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.dataset.DatasetVersion.Content;
import io.plumbline.datasetregistry.dataset.DatasetVersion.Fault;
import io.plumbline.datasetregistry.dataset.DatasetVersion.Origin;
import io.plumbline.datasetregistry.dataset.DatasetVersion.State;
import io.plumbline.platform.identity.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DatasetVersionTests {

  private static final Instant NOW = Instant.parse("2026-11-26T02:00:00Z");
  private static final Origin UPLOAD =
      new Origin("CSV", Digest.ofText("source"), 1_000, null, List.of());
  private static final Content CONTENT =
      new Content(100, Digest.ofText("rows"), Digest.ofText("manifest"), Digest.ofText("r"), "{}");
  private static final Fault FAULT = new Fault("syntax", 3, 4, null, "Row 3 is broken.");

  private final DatasetVersion version = version(UPLOAD);

  @Test
  void is_ingesting_and_named_by_its_dataset_and_number() {
    assertThat(version.state()).isEqualTo(State.INGESTING);
    assertThat(version.eventSubject()).isEqualTo("mails/versions/2");
    assertThat(version.origin()).isEqualTo(UPLOAD);
    assertThat(version.createdBy()).isEqualTo("ada");
    assertThat(version.rowsDigest()).isNull();
  }

  @Test
  void is_ready_with_its_content() {
    assertThat(version.publish(CONTENT, NOW)).isTrue();
    assertThat(version.state()).isEqualTo(State.READY);
    assertThat(version.rows()).isEqualTo(100);
    assertThat(version.rowsDigest()).isEqualTo(Digest.ofText("rows"));
    assertThat(version.versionDigest()).isEqualTo(Digest.ofText("manifest"));
    assertThat(version.report()).isEqualTo("{}");
  }

  @Test
  void is_published_once() {
    version.publish(CONTENT, NOW);
    Content other =
        new Content(1, Digest.ofText("x"), Digest.ofText("x"), Digest.ofText("x"), "[]");
    assertThat(version.publish(other, NOW.plusSeconds(1))).isFalse();
    assertThat(version.versionDigest()).isEqualTo(Digest.ofText("manifest"));
  }

  @Test
  void a_late_failure_does_not_undo_the_publication() {
    version.publish(CONTENT, NOW);
    version.fail(List.of(FAULT));
    assertThat(version.state()).isEqualTo(State.READY);
  }

  @Test
  void a_failed_version_is_never_published() {
    version.fail(List.of(FAULT));
    assertThat(version.state()).isEqualTo(State.FAILED);
    assertThat(version.publish(CONTENT, NOW)).isFalse();
    assertThat(version.versionDigest()).isNull();
  }

  @Test
  void is_masked_when_all_that_was_found_in_it_was() {
    List<String> kinds = new ArrayList<>(List.of("EMAIL"));
    DatasetVersion masked = version(new Origin("ROWS", Digest.ofText("rows"), 1_000, 1, kinds));
    kinds.clear();
    assertThat(masked.masksAllKinds(Set.of())).isTrue();
    assertThat(masked.masksAllKinds(Set.of("EMAIL"))).isTrue();
    assertThat(masked.masksAllKinds(Set.of("EMAIL", "PAYMENT_CARD"))).isFalse();
    assertThat(masked.origin().maskedKinds()).containsExactly("EMAIL");
    assertThat(version.masksAllKinds(Set.of())).isFalse();
  }

  private static DatasetVersion version(Origin origin) {
    return new DatasetVersion(
        new UUID(0, 1),
        "mails",
        2,
        origin,
        new UUID(0, 2),
        new Caller(new UUID(0, 3), "ada", "Ada", Set.of(), false),
        NOW);
  }
}
