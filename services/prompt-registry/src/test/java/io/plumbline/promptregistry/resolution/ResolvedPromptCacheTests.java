package io.plumbline.promptregistry.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.promptregistry.prompt.PromptChanged;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ResolvedPromptCacheTests {

  private static final UUID WORKSPACE = new UUID(0, 1);
  private static final UUID OTHER = new UUID(0, 2);

  private static final VersionSelector FIRST = new VersionSelector.Numbered(1);

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger loads = new AtomicInteger();
  private final ResolvedPromptCache prompts =
      new ResolvedPromptCache(nanos::get, new SimpleMeterRegistry());

  private Optional<ResolvedPrompt> load() {
    return Optional.of(
        new ResolvedPrompt("\"%d\"".formatted(loads.incrementAndGet()), new byte[] {1}));
  }

  private String etag(UUID workspace, String prompt, VersionSelector versionSelector) {
    return prompts.get(workspace, prompt, versionSelector, this::load).orElseThrow().etag();
  }

  @Test
  void an_answer_is_loaded_once_for_each_workspace_prompt_and_selector() {
    assertThat(etag(WORKSPACE, "triage", VersionSelector.PRODUCTION)).isEqualTo("\"1\"");
    assertThat(etag(WORKSPACE, "triage", VersionSelector.PRODUCTION)).isEqualTo("\"1\"");
    assertThat(etag(OTHER, "triage", VersionSelector.PRODUCTION)).isEqualTo("\"2\"");
    assertThat(etag(WORKSPACE, "answers", VersionSelector.PRODUCTION)).isEqualTo("\"3\"");
    assertThat(etag(WORKSPACE, "triage", FIRST)).isEqualTo("\"4\"");
  }

  @Test
  void a_change_evicts_the_answers_of_its_prompt_alone() {
    etag(WORKSPACE, "triage", VersionSelector.PRODUCTION);
    etag(WORKSPACE, "triage", FIRST);
    etag(OTHER, "triage", VersionSelector.PRODUCTION);

    prompts.on(new PromptChanged(WORKSPACE, "triage"));

    assertThat(etag(OTHER, "triage", VersionSelector.PRODUCTION)).isEqualTo("\"3\"");
    assertThat(etag(WORKSPACE, "triage", VersionSelector.PRODUCTION)).isEqualTo("\"4\"");
    assertThat(etag(WORKSPACE, "triage", FIRST)).isEqualTo("\"5\"");
  }

  /** The eviction runs before the old answer is put, so it must not stay. */
  @Test
  void an_answer_read_before_a_change_is_not_kept_after_it() {
    prompts.get(
        WORKSPACE,
        "triage",
        VersionSelector.PRODUCTION,
        () -> {
          Optional<ResolvedPrompt> before = load();
          prompts.evict(WORKSPACE, "triage");
          return before;
        });

    assertThat(etag(WORKSPACE, "triage", VersionSelector.PRODUCTION)).isEqualTo("\"2\"");
  }

  @Test
  void an_answer_expires_without_any_event() {
    etag(WORKSPACE, "triage", VersionSelector.PRODUCTION);
    nanos.addAndGet(ResolvedPromptCache.MAX_AGE.toNanos() - 1);
    assertThat(etag(WORKSPACE, "triage", VersionSelector.PRODUCTION)).isEqualTo("\"1\"");

    nanos.addAndGet(1);

    assertThat(etag(WORKSPACE, "triage", VersionSelector.PRODUCTION)).isEqualTo("\"2\"");
  }

  @Test
  void the_absence_of_a_version_is_not_cached() {
    assertThat(prompts.get(WORKSPACE, "triage", VersionSelector.PRODUCTION, Optional::empty))
        .isEmpty();
    assertThat(etag(WORKSPACE, "triage", VersionSelector.PRODUCTION)).isEqualTo("\"1\"");
  }
}
