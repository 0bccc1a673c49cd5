package io.plumbline.inference.variant;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.CanonicalJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A composition that is evaluated, approved, released and rolled back as one, and never changes.
 *
 * @param digest of everything that decides an answer, and of the application it is for
 * @param name for people; not part of the digest
 * @param modelDigest absent for a provider's model: only the provider knows what it serves
 * @param authors of the parts and of the variant: none of them may approve it
 */
public record Variant(
    Digest digest,
    String application,
    String name,
    Digest prompt,
    String model,
    @Nullable Digest modelDigest,
    @Nullable Digest index,
    VariantParameters parameters,
    List<String> authors,
    String createdBy,
    Instant createdAt) {

  private static final int DEFAULT_RETRIEVED = 16;

  static Digest digest(
      String application,
      Digest prompt,
      String model,
      @Nullable Digest modelDigest,
      @Nullable Digest index,
      VariantParameters parameters) {
    Map<String, Object> content = new TreeMap<>();
    content.put("application", application);
    content.put("prompt", prompt.hex());
    content.put("model", model);
    if (modelDigest != null) {
      content.put("modelDigest", modelDigest.hex());
    }
    if (index != null) {
      content.put("index", index.hex());
    }
    content.put("parameters", parameters);
    return CanonicalJson.digest(content);
  }

  /** How many rows are retrieved for a call. */
  public int retrieved() {
    Integer requested = parameters.retrievedExamples();
    return index == null ? 0 : requested == null ? DEFAULT_RETRIEVED : requested;
  }

  /** Whether the same request gets the same answer every time, so that it can be cached. */
  public boolean deterministic() {
    Double temperature = parameters.temperature();
    return temperature == null || temperature == 0;
  }
}
