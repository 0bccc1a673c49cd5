package io.plumbline.datasetregistry.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.split.Split.Content;
import io.plumbline.datasetregistry.split.Split.Dropped;
import io.plumbline.datasetregistry.split.Split.State;
import io.plumbline.platform.identity.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SplitTests {

  private static final Instant NOW = Instant.parse("2026-11-26T02:00:00Z");
  private static final Recipe RECIPE =
      new Recipe(1, Map.of("train", 0.8, "test", 0.2), null, null, null, true, true, false, null);
  private static final Map<String, Subset> SUBSETS =
      Map.of(
          "train", new Subset(Digest.ofText("train"), 80),
          "test", new Subset(Digest.ofText("test"), 20));
  private static final Content CONTENT =
      new Content(
          Digest.ofText("split"),
          SUBSETS,
          new Dropped(1, 2, 3, 4),
          1,
          List.of(new Leak("EXACT", "train", "a", "test", "b", 1)));

  private final Split split =
      new Split(
          new UUID(0, 1),
          "mails",
          2,
          RECIPE,
          new UUID(0, 2),
          new Caller(new UUID(0, 3), "ada", "Ada", Set.of(), false),
          NOW);

  @Test
  void is_splitting_without_subsets_or_digest() {
    assertThat(split.state()).isEqualTo(State.SPLITTING);
    assertThat(split.recipe()).isEqualTo(RECIPE);
    assertThat(split.splitDigest()).isNull();
    assertThat(split.subsets()).isEmpty();
    assertThat(split.dropped()).isEqualTo(new Dropped(0, 0, 0, 0));
  }

  @Test
  void is_ready_with_its_subsets_and_leaks() {
    assertThat(split.publish(CONTENT, NOW)).isTrue();
    assertThat(split.state()).isEqualTo(State.READY);
    assertThat(split.splitDigest()).isEqualTo(Digest.ofText("split"));
    assertThat(split.subsets()).isEqualTo(SUBSETS);
    assertThat(split.dropped()).isEqualTo(new Dropped(1, 2, 3, 4));
    assertThat(split.leakage()).isEqualTo(1);
    assertThat(split.leaks()).isEqualTo(CONTENT.leaks());
  }

  @Test
  void is_published_once_and_not_failed_later() {
    split.publish(CONTENT, NOW);
    assertThat(split.publish(CONTENT, NOW)).isFalse();
    split.fail("too late");
    assertThat(split.state()).isEqualTo(State.READY);
    assertThat(split.error()).isNull();
  }

  @Test
  void a_failed_split_keeps_its_reason_and_is_never_published() {
    split.fail("Subset \"test\" would be empty.");
    split.fail("another reason");
    assertThat(split.publish(CONTENT, NOW)).isFalse();
    assertThat(split.state()).isEqualTo(State.FAILED);
    assertThat(split.error()).isEqualTo("Subset \"test\" would be empty.");
  }
}
