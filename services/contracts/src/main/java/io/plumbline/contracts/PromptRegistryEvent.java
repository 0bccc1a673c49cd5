package io.plumbline.contracts;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Facts told by {@code prompt-registry}. */
@Source("prompt-registry")
public sealed interface PromptRegistryEvent extends Event {

  /** The content behind {@code digest} is read at {@code /api/prompt-versions/{digest}} and never changes. */
  @EventType("prompt.version-published")
  record PromptVersionPublished(String prompt, int version, Digest digest, @Nullable Digest parentDigest, String author, String message)
      implements PromptRegistryEvent {}

  @EventType("prompt.label-move-requested")
  record LabelMoveRequested(
      UUID moveId, String prompt, String label, @Nullable Integer from, int to, Digest digest, String author, String requester)
      implements PromptRegistryEvent {}

  @EventType("prompt.label-moved")
  record LabelMoved(
      String prompt, String label, @Nullable Integer from, int to, Digest digest, @Nullable UUID approvalId) implements PromptRegistryEvent {}
}
