package io.plumbline.datasetregistry.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.datasetregistry.dataset.Dataset;
import io.plumbline.datasetregistry.dataset.DatasetKind;
import io.plumbline.datasetregistry.dataset.SampleDatasets;
import io.plumbline.datasetregistry.row.RecordSchema;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.items.PassageReference;
import io.plumbline.platform.problem.Problem;
import io.plumbline.sensitivedata.SensitiveScanner;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class DraftRulesTests {

  private static final ClaimedSource TYPED =
      new ClaimedSource(ClaimedSource.Kind.PLAYGROUND, null, null);

  private static Dataset dataset(DatasetKind kind) {
    return SampleDatasets.of(kind, "CC0-1.0", "consent");
  }

  private static AddDraftItem item(String messages, AddDraftItem.@Nullable NewExpected expected) {
    return new AddDraftItem(
        List.of(JsonMapper.shared().readValue(messages, ObjectNode[].class)),
        null,
        null,
        expected,
        TYPED);
  }

  private static AddDraftItem.NewExpected label(String label) {
    return new AddDraftItem.NewExpected(label, null, null, null, null, null, null, null);
  }

  @Test
  void a_text_with_its_label_enters_a_dataset_of_labelled_texts() {
    RecordSchema.Accepted accepted =
        DraftRules.requireAccepted(
            dataset(DatasetKind.CLASSIFICATION),
            item("[{\"role\":\"user\",\"content\":\"Win\\r\\nnow\"}]", label("spam")));

    assertThat(accepted)
        .isEqualTo(
            new RecordSchema.Accepted(
                Input.ofText("Win\nnow"), Expected.ofLabel("spam"), Map.of()));
  }

  @Test
  void what_gives_variables_a_value_enters_with_them() {
    ObjectNode variables = JsonMapper.shared().createObjectNode().put("tier", "gold");
    AddDraftItem alone = new AddDraftItem(List.of(), null, variables, null, TYPED);

    assertThat(DraftRules.requireAccepted(dataset(DatasetKind.CHAT), alone).input())
        .isEqualTo(new Input(null, null, variables, null));
    AddDraftItem labelled =
        new AddDraftItem(Input.ofText("Win").messages(), null, variables, label("spam"), TYPED);
    assertThat(DraftRules.requireAccepted(dataset(DatasetKind.CLASSIFICATION), labelled).input())
        .isEqualTo(Input.ofText("Win").withVariables(variables));
    AddDraftItem nothing = new AddDraftItem(List.of(), null, null, null, TYPED);
    refused(dataset(DatasetKind.CHAT), nothing, "/messages", "is empty, and so are variables");
  }

  @Test
  void a_conversation_with_references_enters_a_dataset_of_conversations() {
    RecordSchema.Accepted accepted =
        DraftRules.requireAccepted(
            dataset(DatasetKind.CHAT),
            item(
                "[{\"role\":\"system\",\"content\":\"Be"
                    + " kind.\"},{\"role\":\"user\",\"content\":\"Hi\"}]",
                new AddDraftItem.NewExpected(
                    null, List.of("Hello."), null, null, null, null, null, null)));

    assertThat(accepted.input().messages()).hasSize(2);
    assertThat(accepted.expected().references()).containsExactly("Hello.");
  }

  @Test
  void a_question_with_its_answers_and_passages_enters_a_dataset_of_questions() {
    PassageReference passage = new PassageReference("returns.md", "Returns", null);
    RecordSchema.Accepted accepted =
        DraftRules.requireAccepted(
            dataset(DatasetKind.QUESTION_ANSWER),
            item(
                "[{\"role\":\"user\",\"content\":\"How long?\"}]",
                new AddDraftItem.NewExpected(
                    null, null, null, null, List.of("14 days"), List.of(passage), null, null)));

    assertThat(accepted)
        .isEqualTo(
            new RecordSchema.Accepted(
                Input.ofText("How long?"),
                Expected.ofAnswers(List.of("14 days"), List.of(passage)),
                Map.of()));
  }

  @Test
  void a_conversation_with_two_answers_enters_a_dataset_of_preferences() {
    RecordSchema.Accepted accepted =
        DraftRules.requireAccepted(
            dataset(DatasetKind.PREFERENCE),
            item("[{\"role\":\"user\",\"content\":\"Hi\"}]", compared("Hello.", "What?")));

    assertThat(accepted)
        .isEqualTo(
            new RecordSchema.Accepted(
                Input.ofText("Hi"),
                Expected.ofPreference(answer("Hello."), answer("What?")),
                Map.of()));
  }

  private static AddDraftItem.NewExpected compared(String chosen, String rejected) {
    return new AddDraftItem.NewExpected(
        null, null, null, null, null, null, answer(chosen), answer(rejected));
  }

  private static ObjectNode answer(String text) {
    return JsonMapper.shared().createObjectNode().put("role", "assistant").put("content", text);
  }

  @Test
  void what_an_upload_would_refuse_is_refused_by_field() {
    Dataset mails = dataset(DatasetKind.CLASSIFICATION);
    String text = "[{\"role\":\"user\",\"content\":\"Win\"}]";
    refused(mails, item(text, label("eggs")), "/expected/label", "is not one of");
    refused(mails, item(text, null), "/expected/label", "is missing");
    refused(
        mails,
        item("[{\"role\":\"system\",\"content\":\"Hi\"}]", label("ham")),
        "/messages",
        "must be one message of a user");
    refused(
        mails,
        item(
            text,
            new AddDraftItem.NewExpected(
                "ham", List.of("Hello."), null, null, null, null, null, null)),
        "/expected",
        "must have a label and nothing else");
    refused(dataset(DatasetKind.DOCUMENTS), item(text, null), "", "the dataset holds documents");
    refused(
        dataset(DatasetKind.QUESTION_ANSWER), item(text, null), "/expected.answers", "is missing");
    refused(
        dataset(DatasetKind.CHAT),
        item("[{\"role\":\"assistant\",\"content\":\"Hello.\"}]", null),
        "/messages",
        "ends in a message of the role assistant");
    refused(dataset(DatasetKind.CHAT), item(text, label("ham")), "/expected.label", "is for");
    refused(
        dataset(DatasetKind.CHAT), item(text, compared("a", "b")), "/expected.", "is not known");
    refused(dataset(DatasetKind.PREFERENCE), item(text, null), "/expected.chosen", "is missing");
    refused(
        dataset(DatasetKind.PREFERENCE),
        item(text, compared("a", "a")),
        "/expected.rejected",
        "is the same answer");
    refused(
        dataset(DatasetKind.CHAT),
        item("[{\"role\":\"user\",\"content\":\"a\\u0000b\"}]", null),
        "/messages",
        "NUL");
  }

  private static void refused(Dataset dataset, AddDraftItem item, String pointer, String reason) {
    assertThatThrownBy(() -> DraftRules.requireAccepted(dataset, item))
        .isInstanceOfSatisfying(
            Problem.class,
            problem ->
                assertThat(problem.errors())
                    .singleElement()
                    .satisfies(error -> {
                      assertThat(error.detail()).contains(reason);
                      assertThat(error.pointer())
                          .startsWith(pointer.equals("/messages") ? "" : pointer);
                    }));
  }

  @Test
  void a_dataset_without_licence_or_legal_basis_takes_no_single_items() {
    for (Dataset dataset :
        List.of(
            SampleDatasets.of(DatasetKind.CHAT, "", "consent"),
            SampleDatasets.of(DatasetKind.CHAT, "CC0-1.0", " "))) {
      assertThatThrownBy(() -> DraftRules.requireLegalBasis(dataset))
          .hasMessageContaining("licence and the legal basis");
    }
    DraftRules.requireLegalBasis(dataset(DatasetKind.CHAT));
  }

  @Test
  void where_an_item_comes_from_is_not_taken_for_a_secret_or_a_number_of_somebody() {
    SensitiveScanner scanner = new SensitiveScanner("US");
    for (String id :
        List.of(
            "4bf92f3577b34da6a3ce929d0e0e4736",
            "0190e000-0000-7000-8000-0000000000a1",
            "01a21f66-b98e-7790-8702-f84e1cc56028",
            "chatcmpl-01a21f66b98e77908702f84e1cc56028")) {
      assertThat(scanner.scan(id)).as(id).isEmpty();
    }
  }
}
