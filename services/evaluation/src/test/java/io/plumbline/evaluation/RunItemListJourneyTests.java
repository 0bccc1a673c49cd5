package io.plumbline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.suite.Suite;
import io.plumbline.evaluation.suite.SuiteRowReader;
import io.plumbline.evaluation.suite.Suites;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.items.Item;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.Workspaces;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tests that the list of a run's items has questions and answers for callers who may read them. */
@PlumblineTest
class RunItemListJourneyTests extends EvaluationFixture {

  private static final String LONG = "very ".repeat(60);

  private static final List<Map<String, Object>> EXACT = List.of(Map.of("type", "exact"));

  @Autowired Suites suites;
  @Autowired SuiteRowReader rows;
  @Autowired TransactionOperations transaction;

  private TestClient.TestCaller engineer() {
    return client.as("mel", Role.ML_ENGINEER);
  }

  private static ObjectNode message(String role, String content) {
    return JsonMapper.shared().createObjectNode().put("role", role).put("content", content);
  }

  /** Returns conversations of three messages, the last one of which is the question. */
  private static List<String> conversations(String name, String question) {
    return IntStream.range(0, 12)
        .mapToObj(i ->
            line(
                new Item(
                    name + i,
                    new Input(
                        List.of(
                            message("user", "Hello from " + name + i),
                            message("assistant", "What can I do?"),
                            message("user", question.formatted(i))),
                        null),
                    new Expected(null, List.of("It takes 14 days."), null, null),
                    null)))
        .toList();
  }

  private String exploredRun(String name, String question, Digest variant) {
    application(name);
    variant(name, variant);
    Digest split = split(name, true, Map.of("validation", conversations(name, question)));
    String suite =
        publishedSuite(
            Map.of("name", name, "splitDigest", split, "subset", "validation", "scorers", EXACT));
    return finishedRun(name, suite, variant);
  }

  private static JsonNode first(TestClient.TestCaller caller, String run) {
    return caller.get("/api/runs/" + run + "/items?limit=5").json().at("/items/0");
  }

  @Test
  void each_item_is_listed_with_the_last_message_of_the_user_and_the_answer() {
    Digest variant = Digest.ofText("variant that is listed");
    INFERENCE.explains(variant);
    String run = exploredRun("rows-listed", "How long does refund %d take?", variant);

    JsonNode page = engineer().get("/api/runs/" + run + "/items?limit=5").json();

    assertThat(page.at("/items")).hasSize(5);
    for (JsonNode item : page.at("/items")) {
      String number = item.at("/itemId").asString().substring("rows-listed".length());
      assertThat(item.at("/question").asString())
          .isEqualTo("How long does refund " + number + " take?");
      assertThat(item.at("/expected").asString()).isEqualTo("It takes 14 days.");
      assertThat(item.at("/answer").asString()).isEqualTo("It takes 14 days.");
      assertThat(item.at("/scores/exact_match/score").asDouble(-1)).isEqualTo(1);
    }
    JsonNode next =
        engineer()
            .get(
                "/api/runs/%s/items?limit=5&pageToken=%s"
                    .formatted(run, page.at("/nextPageToken").asString()))
            .json();
    assertThat(next.at("/items/0/question").asString()).startsWith("How long does refund ");
  }

  @Test
  void question_and_answer_are_masked_and_cut_to_200_characters() {
    Digest variant = Digest.ofText("variant that quotes");
    INFERENCE.says(variant, "Write to\nmax.power@example.com\n\n" + LONG);
    String run =
        exploredRun(
            "rows-quoted",
            "Case %d of erika@example.com, card 4111 1111 1111 1111 " + LONG,
            variant);

    JsonNode item = first(engineer(), run);

    assertThat(item.at("/question").asString())
        .matches("Case \\d+ of <EMAIL>, card <PAYMENT_CARD> very very .*…")
        .hasSizeBetween(190, 200);
    assertThat(item.at("/answer").asString())
        .startsWith("Write to <EMAIL> very very")
        .endsWith("…")
        .hasSizeBetween(190, 200);
  }

  @Test
  void who_may_not_read_an_output_or_rows_is_shown_neither_in_the_list() {
    Digest variant = Digest.ofText("variant for some");
    INFERENCE.explains(variant);
    String run = exploredRun("rows-restricted", "How long does refund %d take?", variant);

    for (Role reader : List.of(Role.ML_ENGINEER, Role.DATA_STEWARD, Role.COMPLIANCE_OFFICER)) {
      JsonNode item = first(client.as("rita", reader), run);
      assertThat(item.at("/question").asString()).as(reader.name()).startsWith("How long");
      assertThat(item.at("/answer").asString()).as(reader.name()).isEqualTo("It takes 14 days.");
    }
    JsonNode ofEngineer = first(ada(), run);
    assertThat(ofEngineer.at("/question").isNull()).isTrue();
    assertThat(ofEngineer.at("/expected").asString()).isEqualTo("It takes 14 days.");
    assertThat(ofEngineer.at("/answer").asString()).isEqualTo("It takes 14 days.");
    for (Role other : List.of(Role.VIEWER, Role.APPROVER, Role.SRE)) {
      Answer listed = client.as("vera", other).get("/api/runs/" + run + "/items");
      assertThat(listed.status()).isEqualTo(200);
      assertThat(listed.body()).as(other.name()).doesNotContain("refund", "14 days.");
    }
    assertThat(
            client
                .as("gus", Workspaces.GLOBEX, Role.ML_ENGINEER)
                .get("/api/runs/" + run + "/items")
                .status())
        .isEqualTo(404);
  }

  @Test
  void a_perturbed_item_is_listed_with_what_was_asked() {
    String application = "rows-reworded";
    application(application);
    Digest variant = Digest.ofText("variant that is asked otherwise");
    variant(application, variant);
    String run =
        finishedRun(
            application,
            publishedSuite(suite(application, split(application), "validation")),
            variant);

    JsonNode items = engineer().get("/api/runs/" + run + "/items?limit=100").json().at("/items");
    JsonNode next =
        engineer()
            .get(
                "/api/runs/"
                    + run
                    + "/items?limit=100&pageToken="
                    + engineer()
                        .get("/api/runs/" + run + "/items?limit=100")
                        .json()
                        .at("/nextPageToken")
                        .asString())
            .json()
            .at("/items");

    assertThat(items.at("/0/question").asString()).startsWith("Subject: rows-reworded");
    for (JsonNode item : next) {
      if (item.at("/perturbation").asString().equals("LOWER_CASE")) {
        assertThat(item.at("/question").asString()).startsWith("subject: rows-reworded");
      }
      if (item.at("/perturbation").asString().equals("HEADERS_STRIPPED")) {
        assertThat(item.at("/question").asString()).startsWith("mail ");
      }
    }
    assertThat(next).isNotEmpty();
    assertThat(items.at("/0/answer").asString()).startsWith("{\"label\":\"");
  }

  @Test
  void a_cell_of_the_confusion_table_lists_the_originals_that_it_counts() {
    String application = "rows-confused";
    application(application);
    Digest variant = Digest.ofText("variant that confuses");
    variant(application, variant);
    INFERENCE.says(variant, "{\"label\":\"ham\"}");
    String run =
        finishedRun(
            application,
            publishedSuite(suite(application, split(application), "validation")),
            variant);
    String items = "/api/runs/" + run + "/items";
    JsonNode confusion = ada().get("/api/runs/" + run).json().at("/confusion/counts");

    JsonNode cell = ada().get(items + "?label=spam&prediction=ham").json();

    assertThat(cell.at("/total/value").asInt())
        .isPositive()
        .isEqualTo(confusion.at("/1/0").asInt());
    for (JsonNode item : cell.at("/items")) {
      assertThat(item.at("/label").asString()).isEqualTo("spam");
      assertThat(item.at("/expected").asString()).isEqualTo("spam");
      assertThat(item.at("/perturbation").asString()).isEqualTo("NONE");
    }
    assertThat(total(items + "?label=ham")).isEqualTo(confusion.at("/0/0").asInt());
    assertThat(total(items + "?prediction=spam")).isZero();
    assertThat(total(items + "?unlabelled=true")).isZero();
    assertThat(problem(ada().get(items + "?label=other"))).isEqualTo("invalid");
    assertThat(ada().get(items + "?prediction=other").body())
        .contains("is not a label of the suite; name one of [ham, spam]");
  }

  @Test
  void an_answer_without_a_label_of_the_suite_is_listed_as_unlabelled() {
    String application = "rows-unlabelled";
    application(application);
    Digest variant = Digest.ofText("variant without labels");
    variant(application, variant);
    INFERENCE.says(variant, "{\"label\":\"parcel\"}");
    String run =
        finishedRun(
            application,
            publishedSuite(suite(application, split(application), "validation")),
            variant);
    JsonNode confusion = ada().get("/api/runs/" + run).json().at("/confusion/counts");

    assertThat(total("/api/runs/" + run + "/items?label=spam&unlabelled=true"))
        .isPositive()
        .isEqualTo(confusion.at("/1/2").asInt());
  }

  private int total(String items) {
    return ada().get(items).json().at("/total/value").asInt(-1);
  }

  @Test
  void a_run_without_labels_has_no_cells_to_list() {
    Digest variant = Digest.ofText("variant of no labels");
    INFERENCE.explains(variant);
    String run = exploredRun("rows-cells", "How long does refund %d take?", variant);

    Answer refused = ada().get("/api/runs/" + run + "/items?unlabelled=true");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("needs a suite whose items are all labelled");
  }

  @Test
  void calls_of_tools_are_listed_where_there_is_no_text() {
    String name = "rows-called";
    // Other tests use this variant in the same application, since a variant has only one.
    String application = "refunds";
    application(application);
    variant(application, InferenceFake.CALLING);
    ObjectNode tool =
        JsonMapper.shared()
            .readValue(
                """
                {"type": "function", "function": {"name": "refund", "parameters": {"type": "object"}}}
                """,
                ObjectNode.class);
    Item item =
        new Item(
            "rows-called1",
            new Input(List.of(message("user", "Refund order 7")), List.of(tool)),
            new Expected(null, List.of("Done"), null, null),
            null);
    Digest split = split(name, true, Map.of("validation", List.of(line(item))));
    String suite =
        publishedSuite(
            Map.of("name", name, "splitDigest", split, "subset", "validation", "scorers", EXACT));
    String run = finishedRun(application, suite, InferenceFake.CALLING);

    assertThat(first(engineer(), run).at("/answer").asString()).isEqualTo("refund({\"order\": 7})");
  }

  @Test
  void what_is_sealed_is_not_listed_to_who_may_read_rows_either() {
    String application = "rows-shut";
    application(application);
    String suite = publishedSuite(application, split(application));
    criteria(application, suite);
    Digest variant = Digest.ofText("variant that is shut");
    variant(application, variant);
    String run = finishedRun(application, suite, variant);

    Answer refused = engineer().get("/api/runs/" + run + "/items");

    assertThat(problem(refused)).isEqualTo("sealed");
    assertThat(refused.body()).doesNotContain("Subject: rows-shut");
  }

  @Test
  void the_rows_of_a_suite_are_gone_through_once_for_callers_at_the_same_time() throws Exception {
    Digest variant = Digest.ofText("variant that many look at");
    INFERENCE.explains(variant);
    String run = exploredRun("rows-shared", "How long does refund %d take?", variant);

    try (Statements statements = new Statements();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<JsonNode>> listed =
          IntStream.range(0, 4)
              .mapToObj(i -> callers.submit(() -> first(engineer(), run)))
              .toList();
      for (Future<JsonNode> each : listed) {
        assertThat(each.get().at("/question").asString()).startsWith("How long does refund");
      }

      assertThat(statements.with("FROM suite_item WHERE suite_digest = ?")).hasSize(1);
    }
  }

  @Test
  void questions_are_not_read_in_a_transaction_so_that_no_connection_waits_for_them()
      throws Exception {
    Digest variant = Digest.ofText("variant without a connection");
    INFERENCE.explains(variant);
    String run = exploredRun("rows-apart", "How long does refund %d take?", variant);
    Digest digest = new Digest(ada().get("/api/runs/" + run).json().at("/suiteDigest").asString());

    assertThat(first(engineer(), run).at("/question").asString()).startsWith("How long");
    Caller.system(Workspaces.ACME)
        .run(() -> {
          Suite suite = suites.find(digest).orElseThrow();
          assertThatThrownBy(
                  () -> transaction.executeWithoutResult(status -> rows.find(suite, List.of())))
              .isInstanceOf(IllegalTransactionStateException.class);
        });
  }
}
