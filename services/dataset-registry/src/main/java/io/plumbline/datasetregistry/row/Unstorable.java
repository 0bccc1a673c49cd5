package io.plumbline.datasetregistry.row;

import io.plumbline.platform.body.StorableText;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds values that JSON can express but the platform cannot store. */
final class Unstorable {

  /**
   * The maximum scale of a number. With an exponent of a billion, a short line would make a number
   * that cannot be printed.
   */
  private static final int MAX_SCALE = 1_000;

  private Unstorable() {}

  /** Returns the fault of the first member that cannot be stored. */
  static Optional<RowProblem> firstFault(RawRecord raw) {
    return raw.fields().entrySet().stream()
        .filter(member -> isUnstorable(member.getKey()) || isUnstorable(member.getValue()))
        .map(member ->
            unstorableProblem(raw, isUnstorable(member.getKey()) ? null : member.getKey()))
        .findFirst();
  }

  private static RowProblem unstorableProblem(RawRecord raw, @Nullable String field) {
    return raw.newProblem(
        RowProblem.Code.ENCODING,
        field,
        "contains an escaped NUL, half a surrogate pair or a number of more than a thousand"
            + " digits",
        "Write text that UTF-8 can encode, without NUL, and shorter numbers");
  }

  static boolean isUnstorable(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case String text -> StorableText.flaw(text).isPresent();
      case Map<?, ?> map ->
          map.entrySet().stream()
              .anyMatch(entry ->
                  isUnstorable(String.valueOf(entry.getKey())) || isUnstorable(entry.getValue()));
      case List<?> list -> list.stream().anyMatch(Unstorable::isUnstorable);
      case BigDecimal number -> Math.abs((long) number.scale()) > MAX_SCALE;
      default -> false;
    };
  }
}
