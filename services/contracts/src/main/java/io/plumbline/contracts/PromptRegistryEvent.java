package io.plumbline.contracts;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events published by {@code prompt-registry}. */
@EventSource("prompt-registry")
public sealed interface PromptRegistryEvent extends Event {

  /**
   * A prompt was created; it has no version yet.
   *
   * @param descriptionDigest digest of the description, which the registry keeps and may erase
   */
  @EventType("prompt.created")
  record PromptCreated(String prompt, List<String> tags, Digest descriptionDigest)
      implements PromptRegistryEvent {}

  @EventType("prompt.described")
  record PromptDescribed(String prompt, List<String> tags, Digest descriptionDigest)
      implements PromptRegistryEvent {}

  /**
   * A version of a prompt was published. Its content never changes; {@code GET
   * /api/prompt-versions/{digest}} returns it.
   *
   * @param author the person who published the version
   * @param lintReason why the version was published despite errors that the linter found; absent
   *     when it found none
   * @param authors everybody whose words the content has: the publisher, the authors of its
   *     partials, those of equal contents, and those of earlier versions of which it still has
   *     words. Absent in events from before they were computed
   */
  @EventType("prompt.version-published")
  record PromptVersionPublished(
      String prompt,
      int version,
      Digest digest,
      @Nullable Digest parentDigest,
      String author,
      String message,
      @Nullable String lintReason,
      @Nullable List<String> authors)
      implements PromptRegistryEvent {

    /**
     * Creates the event of a version that its publisher alone wrote, and in which the linter found
     * no error.
     */
    public PromptVersionPublished(
        String prompt,
        int version,
        Digest digest,
        @Nullable Digest parentDigest,
        String author,
        String message) {
      this(prompt, version, digest, parentDigest, author, message, null, List.of(author));
    }
  }

  /**
   * A move of a protected label was requested.
   *
   * @param author the person who published version {@code to}
   * @param authors everybody whose words version {@code to} has; absent in events from before they
   *     were computed
   */
  @EventType("prompt.label-move-requested")
  record LabelMoveRequested(
      UUID labelMoveId,
      String prompt,
      String label,
      @Nullable Integer from,
      int to,
      Digest digest,
      String author,
      String requester,
      @Nullable List<String> authors)
      implements PromptRegistryEvent {

    /** Creates the request for a version that its publisher alone wrote. */
    public LabelMoveRequested(
        UUID labelMoveId,
        String prompt,
        String label,
        @Nullable Integer from,
        int to,
        Digest digest,
        String author,
        String requester) {
      this(labelMoveId, prompt, label, from, to, digest, author, requester, List.of(author));
    }
  }

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
