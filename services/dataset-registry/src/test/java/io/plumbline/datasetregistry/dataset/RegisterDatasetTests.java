package io.plumbline.datasetregistry.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.platform.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegisterDatasetTests {

  @Test
  void strips_what_people_typed() {
    RegisterDataset wire = wire(DatasetKind.CLASSIFICATION, "label", List.of(" ham ", "spam"));
    assertThat(wire.toColumns())
        .isEqualTo(new Dataset.Columns("body", "label", List.of("ham", "spam")));
    assertThat(wire.toDescription()).isEqualTo(new Dataset.Description("mail", "CC0-1.0", ""));
  }

  @Test
  void a_classification_needs_the_column_of_its_labels() {
    assertThat(refusal(wire(DatasetKind.CLASSIFICATION, null, null)))
        .contains("/labelColumn", "is required for a CLASSIFICATION dataset");
  }

  @Test
  void a_classification_needs_the_column_of_its_texts() {
    assertThat(refusal(wire(DatasetKind.CLASSIFICATION, " ", "label", null)))
        .contains("/textColumn", "is required for a CLASSIFICATION dataset");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CLASSIFICATION")
  void other_kinds_read_no_columns(DatasetKind kind) {
    assertThat(wire(kind, null, null, null).toColumns())
        .isEqualTo(new Dataset.Columns(null, null, List.of()));
    assertThat(refusal(wire(kind, "body", null, null)))
        .contains("/textColumn", "must be absent for a " + kind + " dataset");
  }

  @Test
  void a_chat_has_no_labels() {
    assertThat(refusal(wire(DatasetKind.CHAT, null, "label", null)))
        .contains("/labelColumn", "must be absent for a CHAT dataset");
    assertThat(refusal(wire(DatasetKind.CHAT, null, null, List.of("ham"))))
        .contains("/labels", "must be absent for a CHAT dataset");
  }

  @Test
  void text_and_label_are_different_columns() {
    assertThat(refusal(wire(DatasetKind.CLASSIFICATION, "body", null)))
        .contains("/labelColumn", "must differ from textColumn; name two different columns");
  }

  @Test
  void labels_are_distinct() {
    assertThat(refusal(wire(DatasetKind.CLASSIFICATION, "label", List.of("ham", " ham"))))
        .contains("/labels", "must be distinct; name each label once");
  }

  @Test
  void labels_have_no_control_characters() {
    assertThat(refusal(wire(DatasetKind.CLASSIFICATION, "label", List.of("ham", " sp\u0007am"))))
        .contains("/labels/1", "has the control character U+0007 as character 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mails", "m2", "support-mails-2026"})
  void takes_names_of_lower_case_words(String name) {
    assertThat(name).matches(DatasetName.FORM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "m", "Mails", "-mails", "mails-", "mails/2", "my mails"})
  void refuses_other_names(String name) {
    assertThat(name).doesNotMatch(DatasetName.FORM);
  }

  private static String refusal(RegisterDataset wire) {
    Problem problem = catchThrowableOfType(Problem.class, wire::toColumns);
    return String.valueOf(problem.body().getProperties());
  }

  private static RegisterDataset wire(
      DatasetKind kind, @Nullable String labelColumn, @Nullable List<String> labels) {
    return wire(kind, "body", labelColumn, labels);
  }

  private static RegisterDataset wire(
      DatasetKind kind,
      @Nullable String textColumn,
      @Nullable String labelColumn,
      @Nullable List<String> labels) {
    return new RegisterDataset(
        "mails", kind, " mail ", "CC0-1.0", null, textColumn, labelColumn, labels);
  }
}
