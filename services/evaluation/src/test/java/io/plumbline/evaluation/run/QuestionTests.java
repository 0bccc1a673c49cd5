package io.plumbline.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.evaluation.scorer.Scorer;
import io.plumbline.evaluation.scorer.ScorerType;
import io.plumbline.evaluation.suite.Suite;
import io.plumbline.evaluation.suite.SuiteDefinition;
import io.plumbline.evaluation.suite.SuiteItem;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.items.Item;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class QuestionTests {

  private static final Digest DIGEST = Digest.ofText("x");
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final Input CONVERSATION =
      new Input(
          List.of(
              message("{\"role\": \"user\", \"content\": \"Hello\"}"),
              message("{\"role\": \"assistant\", \"content\": \"Hi, how can I help?\"}"),
              message("{\"role\": \"user\", \"content\": \"REFUND it\"}")),
          List.of(message("{\"type\": \"function\", \"function\": {\"name\": \"refund\"}}")));

  private static ObjectNode message(String json) {
    return (ObjectNode) JSON.readTree(json);
  }

  private static Suite suite(String... labels) {
    return new Suite(
        new UUID(0, 1),
        "suite",
        1,
        DIGEST,
        new SuiteDefinition(
            "suite",
            DIGEST,
            "validation",
            DIGEST,
            List.of(Scorer.of(ScorerType.TOOL_CALLS)),
            400,
            List.of(),
            0,
            1),
        List.of(labels),
        1,
        0,
        Map.of(),
        "ada",
        Instant.EPOCH);
  }

  private static JsonNode body(String model, Perturbation perturbation, Item item, Suite suite) {
    Run run =
        new Run(
            new UUID(0, 2),
            "refunds",
            DIGEST,
            model,
            DIGEST,
            null,
            null,
            7,
            false,
            1,
            null,
            "ada",
            Instant.EPOCH,
            Run.State.RUNNING,
            Run.Result.NONE);
    SuiteItem question = new SuiteItem(0, "i", perturbation, item.expected().label(), DIGEST);
    return JSON.valueToTree(Question.of(question, item, run, suite).body());
  }

  private static Item conversation(@Nullable String label) {
    return new Item("i", CONVERSATION, Expected.ofLabel(label), null);
  }

  @Test
  void a_variant_is_sent_the_conversation_and_its_tools_alone() {
    assertThat(body("variant/1", Perturbation.NONE, conversation(null), suite()))
        .isEqualTo(
            JSON.readTree(
                """
                {"model": "variant/1",
                 "messages": [{"role": "user", "content": "Hello"},
                  {"role": "assistant", "content": "Hi, how can I help?"},
                  {"role": "user", "content": "REFUND it"}],
                 "tools": [{"type": "function", "function": {"name": "refund"}}]}
                """));
  }

  @Test
  void the_variables_of_an_item_are_sent_beside_its_messages_or_alone() {
    ObjectNode variables = JSON.createObjectNode().put("tier", "gold").put("limit", 7);
    Item alone = new Item("i", new Input(null, null, variables, null), null, null);
    Item beside = new Item("i", Input.ofText("win").withVariables(variables), null, null);

    assertThat(body("variant/1", Perturbation.NONE, alone, suite()))
        .isEqualTo(
            JSON.readTree(
                "{\"model\": \"variant/1\", \"plumbline_variables\": {\"tier\": \"gold\","
                    + " \"limit\": 7}}"));
    assertThat(body("variant/1", Perturbation.LOWER_CASE, beside, suite()))
        .isEqualTo(
            JSON.readTree(
                "{\"model\": \"variant/1\", \"messages\": [{\"role\": \"user\", \"content\":"
                    + " \"win\"}], \"plumbline_variables\": {\"tier\": \"gold\", \"limit\": 7}}"));
  }

  @Test
  void a_perturbation_changes_the_last_question_alone() {
    JsonNode body = body("variant/1", Perturbation.LOWER_CASE, conversation("spam"), suite("spam"));

    assertThat(body.at("/messages/0/content").asString()).isEqualTo("Hello");
    assertThat(body.at("/messages/2/content").asString()).isEqualTo("refund it");
  }

  @Test
  void a_text_is_sent_as_one_message_of_a_user() {
    JsonNode body =
        body("variant/1", Perturbation.NONE, Item.ofText("i", "win", "spam"), suite("spam"));

    assertThat(body)
        .isEqualTo(
            JSON.readTree(
                "{\"model\": \"variant/1\", \"messages\": [{\"role\": \"user\", \"content\":"
                    + " \"win\"}]}"));
  }

  @Test
  void a_bare_model_is_sent_nothing_that_nobody_asked_for() {
    assertThat(body("m", Perturbation.NONE, Item.ofText("i", "win", null), suite()))
        .isEqualTo(
            JSON.readTree(
                "{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\":"
                    + " \"win\"}]}"));
  }

  @Test
  void a_bare_model_is_given_the_labels_where_there_are_any() {
    JsonNode labelled =
        body("m", Perturbation.NONE, Item.ofText("i", "win", "spam"), suite("ham", "spam"));
    assertThat(labelled.at("/response_format/json_schema/schema/properties/label/enum").toString())
        .isEqualTo("[\"ham\",\"spam\"]");

    assertThat(body("m", Perturbation.NONE, conversation(null), suite()).has("response_format"))
        .isFalse();
  }
}
