package io.plumbline.contracts;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events published by {@code prompt-registry}. */
@Source("prompt-registry")
public sealed interface PromptRegistryEvent extends Event {

  /**
   * @param descriptionDigest of the description, which the registry keeps and may erase
   */
  @EventType("prompt.created")
  record PromptCreated(String prompt, List<String> tags, Digest descriptionDigest)
      implements PromptRegistryEvent {}

  @EventType("prompt.described")
  record PromptDescribed(String prompt, List<String> tags, Digest descriptionDigest)
      implements PromptRegistryEvent {}

  /**
   * The content behind {@code digest} is read at {@code /api/prompt-versions/{digest}} and never
   * changes.
   *
   * @param lintReason why it was published although the linter found errors; absent when it found
   *     none
   */
  @EventType("prompt.version-published")
  record PromptVersionPublished(
      String prompt,
      int version,
      Digest digest,
      @Nullable Digest parentDigest,
      String author,
      String message,
      @Nullable String lintReason)
      implements PromptRegistryEvent {

    /** A version in which the linter found no error. */
    public PromptVersionPublished(
        String prompt,
        int version,
        Digest digest,
        @Nullable Digest parentDigest,
        String author,
        String message) {
      this(prompt, version, digest, parentDigest, author, message, null);
    }
  }

  @EventType("prompt.label-move-requested")
  record LabelMoveRequested(
      UUID labelMoveId,
      String prompt,
      String label,
      @Nullable Integer from,
      int to,
      Digest digest,
      String author,
      String requester)
      implements PromptRegistryEvent {}

  @EventType("prompt.label-moved")
  record LabelMoved(
      String prompt,
      String label,
      @Nullable Integer from,
      int to,
      Digest digest,
      @Nullable UUID approvalId)
      implements PromptRegistryEvent {}
}
