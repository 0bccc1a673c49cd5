package io.plumbline.datasetregistry.dataset;

import io.plumbline.datasetregistry.upload.Schema;
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
 * @param textColumn absent for CHAT, which reads no columns
 * @param labelColumn required for CLASSIFICATION; absent for CHAT
 * @param labels absent for CHAT
 */
record RegisterDataset(
    @NotNull @Pattern(regexp = DatasetName.FORM, message = DatasetName.MESSAGE) String name,
    @NotNull DatasetKind kind,
    @Size(max = 2_000) @Nullable String description,
    @Size(max = 200) @Nullable String licence,
    @Size(max = 500) @Nullable String legalBasis,
    @Size(max = 200) @Nullable String textColumn,
    @Size(min = 1, max = 200) @Nullable String labelColumn,
    @Size(max = 1_000) @Nullable List<@NotBlank @Size(max = Schema.LONGEST_LABEL) String> labels) {

  Dataset.Description described() {
    return new Dataset.Description(text(description), text(licence), text(legalBasis));
  }

  Dataset.Columns columns() {
    return switch (kind) {
      case CLASSIFICATION, CORPUS -> read();
      case CHAT -> none();
    };
  }

  private Dataset.Columns none() {
    Stream.of(
            Map.entry("/textColumn", Optional.ofNullable(textColumn)),
            Map.entry("/labelColumn", Optional.ofNullable(labelColumn)),
            Map.entry("/labels", Optional.ofNullable(labels)))
        .filter(given -> given.getValue().isPresent())
        .findFirst()
        .ifPresent(given -> {
          throw Problem.invalid(
              given.getKey(),
              "must be absent for a CHAT dataset, whose lines hold conversations; omit it");
        });
    return Dataset.Columns.NONE;
  }

  private Dataset.Columns read() {
    List<String> declared =
        labels == null ? List.of() : labels.stream().map(String::strip).toList();
    if (textColumn == null || textColumn.isBlank()) {
      throw Problem.invalid("/textColumn", "is required for a %s dataset".formatted(kind));
    }
    if (kind == DatasetKind.CLASSIFICATION && labelColumn == null) {
      throw Problem.invalid("/labelColumn", "is required for a CLASSIFICATION dataset");
    }
    if (labelColumn == null && !declared.isEmpty()) {
      throw Problem.invalid("/labels", "require a labelColumn");
    }
    if (textColumn.equals(labelColumn)) {
      throw Problem.invalid("/labelColumn", "must differ from textColumn");
    }
    for (int i = 0; i < declared.size(); i++) {
      String pointer = "/labels/" + i;
      Schema.controlCharacter(declared.get(i))
          .ifPresent(flaw -> {
            throw Problem.invalid(pointer, flaw + "; use printable names as labels");
          });
    }
    if (declared.stream().distinct().count() < declared.size()) {
      throw Problem.invalid("/labels", "must be distinct");
    }
    return new Dataset.Columns(textColumn, labelColumn, declared);
  }

  static String text(@Nullable String value) {
    return value == null ? "" : value.strip();
  }
}
