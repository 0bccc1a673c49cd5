package io.plumbline.datasetregistry.row;

import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.platform.similarity.StreamSafeText;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schema of labelled texts, which names the columns of the text and the label.
 *
 * @param labels the labels that the dataset declares; empty when any label is allowed
 */
public record LabelledTextSchema(String textColumn, String labelColumn, Set<String> labels)
    implements RecordSchema {

  public LabelledTextSchema {
    labels = Set.copyOf(labels);
  }

  @Override
  public List<String> requiredCsvColumns() {
    return List.of(textColumn, labelColumn);
  }

  @Override
  public Checked check(RawRecord raw) {
    // This check comes first, because other faults quote the names of members.
    Optional<RowProblem> broken = Unstorable.firstFault(raw);
    if (broken.isPresent()) {
      return new Refused(broken.get());
    }
    Object text = raw.fields().get(textColumn);
    if (text == null) {
      return refused(
          raw,
          textColumn,
          RowProblem.Code.MISSING_COLUMN,
          "is missing; the record has " + memberNames(raw),
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
    Object value = raw.fields().get(labelColumn);
    if (value == null) {
      return refused(
          raw,
          labelColumn,
          RowProblem.Code.MISSING_COLUMN,
          "is missing; the record has " + memberNames(raw),
          "Name the label column as the dataset does");
    }
    // Class numbers and true/false are common labels; fractions and structures are mistakes.
    if (!(value instanceof String) && !(value instanceof Integer) && !(value instanceof Boolean)) {
      return refused(
          raw,
          labelColumn,
          RowProblem.Code.WRONG_TYPE,
          "is not a string, integer or boolean",
          "Write the label as a JSON string");
    }
    String label =
        Normalizer.normalize(StreamSafeText.of(value.toString().strip()), Normalizer.Form.NFC);
    if (label.isEmpty()) {
      return refused(
          raw,
          labelColumn,
          RowProblem.Code.MISSING_VALUE,
          "is empty",
          "Label the row or remove it");
    }
    if (label.length() > MAX_LABEL) {
      return refused(
          raw,
          labelColumn,
          RowProblem.Code.UNKNOWN_LABEL,
          "is longer than " + MAX_LABEL + " characters",
          "Use short names as labels");
    }
    Optional<String> control = RecordSchema.findControlCharacter(label);
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
    Map<String, Object> metadata = new LinkedHashMap<>(raw.fields());
    metadata.remove(textColumn);
    metadata.remove(labelColumn);
    try {
      LineMembers.requireValidSubset(metadata);
      Accepted row =
          new Accepted(
              Input.ofText(RecordSchema.normalised(string)), Expected.ofLabel(label), metadata);
      if (!RowVariables.containsVariables(metadata)) {
        return row;
      }
      ObjectNode line = LineMembers.toTree(metadata);
      if (line.path(RowVariables.NAME).isString()) {
        // A CSV cell cannot be an object, so a column of this name is metadata like any other.
        line.remove(RowVariables.NAME);
      }
      ObjectNode variables = RowVariables.extractVariables(line, metadata);
      return RowVariables.withVariables(row, variables).normalised();
    } catch (LineFault fault) {
      return new Refused(fault.toProblem(raw));
    }
  }

  private static Refused refused(
      RawRecord raw, @Nullable String field, RowProblem.Code code, String reason, String remedy) {
    return new Refused(raw.newProblem(code, field, reason, remedy));
  }

  private static List<String> memberNames(RawRecord raw) {
    return raw.fields().keySet().stream().limit(10).map(ChatFields::shownName).toList();
  }
}
