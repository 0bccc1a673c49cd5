package io.plumbline.datasetregistry.draft;

import io.plumbline.datasetregistry.dataset.Dataset;
import io.plumbline.datasetregistry.dataset.DatasetKind;
import io.plumbline.datasetregistry.ingest.UploadSchemas;
import io.plumbline.datasetregistry.item.GivenSubset;
import io.plumbline.datasetregistry.row.RecordSchema;
import io.plumbline.datasetregistry.row.RowProblem;
import io.plumbline.datasetregistry.row.RowVariables;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.items.Item;
import io.plumbline.platform.problem.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rules for items of a draft. They are those for a line of an upload to the dataset, and the
 * dataset must have a licence and a legal basis.
 */
final class DraftRules {

  private static final TypeReference<Map<String, Object>> LINE = new TypeReference<>() {};
  private static final JsonMapper JSON = JsonMapper.shared();

  private DraftRules() {}

  /**
   * Requires that the dataset has a licence and a legal basis. Most items that are added singly
   * contain what people wrote, so the reason for which they may be kept must be known.
   *
   * @throws Problem 409 when the licence or the legal basis is missing
   */
  static void requireLegalBasis(Dataset dataset) {
    Dataset.Description said = dataset.description();
    if (said.licence().isBlank() || said.legalBasis().isBlank()) {
      throw new Problem(
          DraftProblem.NO_LEGAL_BASIS,
          "Dataset \"%s\" has no licence or no legal basis, so no item can be added to it."
                  .formatted(dataset.name())
              + " Enter the licence and the legal basis in the details of the dataset, then add the"
              + " item again.");
    }
  }

  /**
   * @throws Problem 422 when the dataset would not take the item in an upload
   */
  static RecordSchema.Accepted requireAccepted(Dataset dataset, AddDraftItem command) {
    return requireAccepted(dataset, command.toInput(), command.expectedOrNothing());
  }

  private static RecordSchema.Accepted requireAccepted(
      Dataset dataset, Input input, Expected wanted) {
    RecordSchema recordSchema = UploadSchemas.schemaOf(dataset);
    return switch (recordSchema.checkOne(uploadLine(dataset, input, wanted))) {
      case RecordSchema.Accepted accepted -> accepted;
      case RecordSchema.Refused refused -> throw refusal(dataset, refused.problem());
    };
  }

  /**
   * Returns the expectations that correct a row, as they are stored.
   *
   * @throws Problem 422 when the dataset would not take the row with them in an upload, or when
   *     they change nothing
   */
  static Expected requireCorrection(Dataset dataset, Item row, Expected wanted) {
    if (dataset.kind() == DatasetKind.PREFERENCE) {
      throw refusal(
          "/expected",
          "belongs to a comparison, and another answer makes another comparison. Add that as an"
              + " item of its own");
    }
    if (dataset.kind() == DatasetKind.DOCUMENTS) {
      throw refusal("/expected", "belongs to no document. Upload changed documents as a version");
    }
    if (GivenSubset.of(row.metadata()).filter("test"::equals).isPresent()) {
      throw refusal(
          "/itemId",
          "is a row that was uploaded for the test subset. Upload corrected test rows as a"
              + " version");
    }
    Expected accepted = requireAccepted(dataset, row.input(), wanted).expected();
    if (accepted.equals(row.expected())) {
      throw refusal("/expected", "is what the row expects already");
    }
    return accepted;
  }

  private static Map<String, Object> uploadLine(Dataset dataset, Input input, Expected wanted) {
    return switch (dataset.kind()) {
      case CLASSIFICATION -> labelledText(dataset, input, wanted);
      case CHAT, QUESTION_ANSWER, PREFERENCE ->
          JSON.convertValue(AddDraftItem.uploadLine(input, wanted), LINE);
      case DOCUMENTS ->
          throw refusal(
              "",
              "is a conversation, and the dataset holds documents. Upload documents as a version,"
                  + " or add the item to a dataset of another kind");
    };
  }

  private static Map<String, Object> labelledText(Dataset dataset, Input input, Expected wanted) {
    Dataset.Columns columns = dataset.columns();
    if (!wanted.equals(Expected.ofLabel(wanted.label()))) {
      throw refusal(
          "/expected",
          "must have a label and nothing else for a dataset of the kind " + dataset.kind());
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put(
        Objects.requireNonNull(columns.text()),
        input
            .withoutVariables()
            .onlyText()
            .orElseThrow(() ->
                refusal(
                    "/messages",
                    "must be one message of a user with nothing but text for a dataset of the kind "
                        + dataset.kind())));
    if (!input.variables().isEmpty()) {
      line.put(RowVariables.NAME, JSON.convertValue(input.variables(), LINE));
    }
    String label = wanted.label();
    if (label != null) {
      line.put(Objects.requireNonNull(columns.label()), label);
    }
    return line;
  }

  private static Problem refusal(Dataset dataset, RowProblem fault) {
    return refusal(
        requestPointer(dataset.columns(), fault.field()), fault.reason() + ". " + fault.remedy());
  }

  /** Returns the JSON Pointer of a row's field in the request; empty for the whole request. */
  private static String requestPointer(Dataset.Columns columns, @Nullable String field) {
    if (field == null) {
      return "";
    }
    if (field.equals(columns.label())) {
      return "/expected/label";
    }
    if (field.equals(columns.text())) {
      return "/messages/0/content";
    }
    return "/" + field.replaceFirst("^input\\.", "");
  }

  private static Problem refusal(String pointer, String detail) {
    return new Problem(
            DraftProblem.ITEM_REFUSED,
            "The item does not match the dataset. Correct the faults listed in errors, then add the"
                + " item again.")
        .withFieldError(pointer, detail);
  }
}
