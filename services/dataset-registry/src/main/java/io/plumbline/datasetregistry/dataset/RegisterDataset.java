package io.plumbline.datasetregistry.dataset;

import io.plumbline.datasetregistry.row.RecordSchema;
import io.plumbline.platform.problem.Problem;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A dataset to be registered.
 *
 * @param textColumn required for CLASSIFICATION; absent for other kinds, whose members have fixed
 *     names
 * @param labelColumn as textColumn
 * @param labels absent for all but CLASSIFICATION; any label is allowed when there are none
 */
record RegisterDataset(
    @NotNull @Pattern(regexp = DatasetName.FORM, message = DatasetName.MESSAGE) String name,
    @NotNull DatasetKind kind,
    @Size(max = 2_000) @Nullable String description,
    @Size(max = 200) @Nullable String licence,
    @Size(max = 500) @Nullable String legalBasis,
    @Size(max = 200) @Nullable String textColumn,
    @Size(min = 1, max = 200) @Nullable String labelColumn,
    @Size(max = 1_000)
        @Nullable List<@NotBlank @Size(max = RecordSchema.MAX_LABEL) String> labels) {

  Dataset.Description toDescription() {
    return new Dataset.Description(
        strippedOrEmpty(description), strippedOrEmpty(licence), strippedOrEmpty(legalBasis));
  }

  Dataset.Columns toColumns() {
    return switch (kind) {
      case CLASSIFICATION -> requireColumns();
      case CHAT -> requireNoColumns("whose lines hold conversations");
      case QUESTION_ANSWER -> requireNoColumns("whose rows hold questions and answers");
      case PREFERENCE -> requireNoColumns("whose lines hold conversations with two answers");
      case DOCUMENTS -> requireNoColumns("which holds documents");
    };
  }

  private Dataset.Columns requireNoColumns(String why) {
    Stream.of(
            Map.entry("/textColumn", Optional.ofNullable(textColumn)),
            Map.entry("/labelColumn", Optional.ofNullable(labelColumn)),
            Map.entry("/labels", Optional.ofNullable(labels)))
        .filter(given -> given.getValue().isPresent())
        .findFirst()
        .ifPresent(given -> {
          throw Problem.invalid(
              given.getKey(), "must be absent for a %s dataset, %s; omit it".formatted(kind, why));
        });
    return Dataset.Columns.NONE;
  }

  private Dataset.Columns requireColumns() {
    List<String> declared =
        labels == null ? List.of() : labels.stream().map(String::strip).toList();
    if (textColumn == null || textColumn.isBlank()) {
      throw Problem.invalid("/textColumn", "is required for a %s dataset".formatted(kind));
    }
    if (labelColumn == null) {
      throw Problem.invalid("/labelColumn", "is required for a %s dataset".formatted(kind));
    }
    if (textColumn.equals(labelColumn)) {
      throw Problem.invalid(
          "/labelColumn", "must differ from textColumn; name two different columns");
    }
    for (int i = 0; i < declared.size(); i++) {
      String pointer = "/labels/" + i;
      RecordSchema.findControlCharacter(declared.get(i))
          .ifPresent(flaw -> {
            throw Problem.invalid(pointer, flaw + "; use printable names as labels");
          });
    }
    if (declared.stream().distinct().count() < declared.size()) {
      throw Problem.invalid("/labels", "must be distinct; name each label once");
    }
    return new Dataset.Columns(textColumn, labelColumn, declared);
  }

  static String strippedOrEmpty(@Nullable String value) {
    return value == null ? "" : value.strip();
  }
}
