package io.plumbline.sensitivedata;

import io.plumbline.contracts.Digest;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Replaces findings with typed placeholders: {@code <EMAIL>}, or {@code <EMAIL_1>} when numbered.
 * Equal values get equal numbers within one masking, so that readers can still see who wrote to
 * whom. The value behind a number is not stored, only its digest.
 */
public final class Masking {

  /** The masking of all kinds without numbers, which is stateless and can be shared. */
  public static final Masking UNNUMBERED = new Masking(EnumSet.allOf(SensitiveKind.class), false);

  private final Set<SensitiveKind> kinds;
  private final boolean numbered;
  private final Map<SensitiveKind, Map<Digest, Integer>> numbers =
      new EnumMap<>(SensitiveKind.class);

  public Masking(Set<SensitiveKind> kinds, boolean numbered) {
    this.kinds = Set.copyOf(kinds);
    this.numbered = numbered;
  }

  /**
   * Replaces the findings of this masking's kinds in a text.
   *
   * @param findings the findings of {@link SensitiveScanner#scan} in this text
   */
  public String mask(String text, List<Finding> findings) {
    StringBuilder masked = new StringBuilder(text.length());
    int copied = 0;
    for (Finding finding : findings) {
      if (kinds.contains(finding.kind())) {
        masked.append(text, copied, finding.start()).append(placeholder(finding, text));
        copied = finding.end();
      }
    }
    if (copied == 0) {
      return text;
    }
    return masked.append(text, copied, text.length()).toString();
  }

  private String placeholder(Finding finding, String text) {
    if (!numbered) {
      return "<" + finding.kind() + ">";
    }
    Map<Digest, Integer> known = numbers.computeIfAbsent(finding.kind(), kind -> new HashMap<>());
    Digest value = Digest.ofText(text.substring(finding.start(), finding.end()));
    return "<"
        + finding.kind()
        + "_"
        + known.computeIfAbsent(value, digest -> known.size() + 1)
        + ">";
  }
}
