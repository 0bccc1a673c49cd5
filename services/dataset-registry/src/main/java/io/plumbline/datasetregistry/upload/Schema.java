package io.plumbline.datasetregistry.upload;

import io.plumbline.platform.body.StorableText;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of an upload are the text and the label.
 *
 * @param labelColumn absent for datasets without labels
 * @param labels those that the dataset declares; empty when any label is allowed
 */
public record Schema(String textColumn, @Nullable String labelColumn, Set<String> labels) {

  /** Characters. */
  public static final int LONGEST_LABEL = 200;

  public Schema {
    labels = Set.copyOf(labels);
  }

  /** A record that was checked. */
  public sealed interface Checked {}

  /**
   * @param metadata the other columns
   */
  public record Accepted(String text, @Nullable String label, Map<String, Object> metadata)
      implements Checked {}

  public record Refused(RowProblem problem) implements Checked {}

  Checked check(Records.RawRecord raw) {
    Object text = raw.fields().get(textColumn);
    if (text == null) {
      return refused(
          raw,
          textColumn,
          RowProblem.Code.MISSING_COLUMN,
          "is missing; the record has " + names(raw),
          "Name the text column as the dataset does");
    }
    if (!(text instanceof String string)) {
      return refused(
          raw,
          textColumn,
          RowProblem.Code.WRONG_TYPE,
          "is not a string",
          "Write the text as a JSON string");
    }
    String label = null;
    if (labelColumn != null) {
      Object value = raw.fields().get(labelColumn);
      if (value == null) {
        return refused(
            raw,
            labelColumn,
            RowProblem.Code.MISSING_COLUMN,
            "is missing; the record has " + names(raw),
            "Name the label column as the dataset does");
      }
      // Class numbers and true/false are common labels; fractions and structures are mistakes.
      if (!(value instanceof String)
          && !(value instanceof Integer)
          && !(value instanceof Boolean)) {
        return refused(
            raw,
            labelColumn,
            RowProblem.Code.WRONG_TYPE,
            "is not a string, integer or boolean",
            "Write the label as a JSON string");
      }
      label = Normalizer.normalize(value.toString().strip(), Normalizer.Form.NFC);
      if (label.isEmpty()) {
        return refused(
            raw,
            labelColumn,
            RowProblem.Code.MISSING_VALUE,
            "is empty",
            "Label the row or remove it");
      }
      if (label.length() > LONGEST_LABEL) {
        return refused(
            raw,
            labelColumn,
            RowProblem.Code.UNKNOWN_LABEL,
            "is longer than " + LONGEST_LABEL + " characters",
            "Use short names as labels");
      }
      Optional<String> control = controlCharacter(label);
      if (control.isPresent()) {
        return refused(
            raw,
            labelColumn,
            RowProblem.Code.UNKNOWN_LABEL,
            control.get(),
            "Use printable names as labels");
      }
      if (!labels.isEmpty() && !labels.contains(label)) {
        return refused(
            raw,
            labelColumn,
            RowProblem.Code.UNKNOWN_LABEL,
            "is not one of the dataset's labels " + labels.stream().sorted().limit(20).toList(),
            "Correct the label, or declare it in the dataset");
      }
    }
    Map<String, Object> metadata = new LinkedHashMap<>(raw.fields());
    metadata.remove(textColumn);
    if (labelColumn != null) {
      metadata.remove(labelColumn);
    }
    if (isBroken(string) || (label != null && isBroken(label)) || isBroken(metadata)) {
      return refused(
          raw,
          null,
          RowProblem.Code.ENCODING,
          "contains an escaped NUL, half a surrogate pair or a number of more than a thousand"
              + " digits",
          "Write text that UTF-8 can encode, without NUL, and shorter numbers");
    }
    return new Accepted(normalised(string), label, metadata);
  }

  /**
   * Labels are names that people read, and events carry all of a version: JSON takes six bytes for
   * a control character.
   *
   * @return which one the label has, and where; empty when it has none
   */
  public static Optional<String> controlCharacter(String label) {
    for (int i = 0; i < label.length(); i++) {
      if (Character.isISOControl(label.charAt(i))) {
        return Optional.of(
            "has the control character U+%04X as character %d"
                .formatted((int) label.charAt(i), i + 1));
      }
    }
    return Optional.empty();
  }

  /**
   * Canonical composition and bare line feeds, so that the same text has the same bytes wherever it
   * was written.
   */
  private static String normalised(String text) {
    String lines = text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
    return Normalizer.isNormalized(lines, Normalizer.Form.NFC)
        ? lines
        : Normalizer.normalize(lines, Normalizer.Form.NFC);
  }

  private static Refused refused(
      Records.RawRecord raw,
      @Nullable String field,
      RowProblem.Code code,
      String reason,
      String remedy) {
    return new Refused(new RowProblem(code, raw.row(), raw.line(), field, reason, remedy));
  }

  private static List<String> names(Records.RawRecord raw) {
    return raw.fields().keySet().stream()
        .limit(10)
        .map(name -> name.length() > 40 ? name.substring(0, 40) + "…" : name)
        .toList();
  }

  private static boolean isBroken(Object value) {
    return switch (value) {
      case String text -> StorableText.flaw(text).isPresent();
      case Map<?, ?> map ->
          map.entrySet().stream()
              .anyMatch(entry ->
                  StorableText.flaw(String.valueOf(entry.getKey())).isPresent()
                      || (entry.getValue() != null && isBroken(entry.getValue())));
      case List<?> list -> list.stream().anyMatch(item -> item != null && isBroken(item));
      // An exponent of a billion is a short line and a number that cannot be printed.
      case BigDecimal number -> Math.abs((long) number.scale()) > 1_000;
      default -> false;
    };
  }
}
