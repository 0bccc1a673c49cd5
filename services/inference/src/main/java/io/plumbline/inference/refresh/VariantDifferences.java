package io.plumbline.inference.refresh;

import io.plumbline.inference.variant.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Names the parts in which variants differ, other than their indexes. */
final class VariantDifferences {

  private final List<String> differences = new ArrayList<>();

  private VariantDifferences() {}

  /** Returns one line per difference, at least one: callers know that the digests differ. */
  static List<String> of(Variant former, Variant next) {
    VariantDifferences found = new VariantDifferences();
    found.addIfDifferent("application", former.application(), next.application());
    found.addIfDifferent("prompt", former.prompt(), next.prompt());
    found.addIfDifferent("model", former.mainModel(), next.mainModel());
    found.addIfDifferent("parameters", former.parameters(), next.parameters());
    found.addIfDifferent("caller policy", former.callerPolicy(), next.callerPolicy());
    found.addIfDifferent("overflow", former.overflow(), next.overflow());
    found.addIfDifferent("fallback", former.fallback(), next.fallback());
    found.addIfDifferent("abstention", former.abstention(), next.abstention());
    if (next.index() == null) {
      found.differences.add("an index; the variant has none");
    }
    if (found.differences.isEmpty()) {
      found.differences.add("the parts of the variant that is refreshed; the digests differ");
    }
    return found.differences;
  }

  private void addIfDifferent(String part, @Nullable Object former, @Nullable Object next) {
    if (!Objects.equals(former, next)) {
      differences.add("the %s of the variant that is refreshed; this one differs".formatted(part));
    }
  }
}
