package io.plumbline.datasetregistry;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.DatasetRegistryEvent.DatasetVersionPublished;
import io.plumbline.contracts.Digest;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.test.TestClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The journey of a dataset of conversations from its registration to an admission. */
class ChatJourneyTests extends DatasetJourney {

  private static final UUID WORKSPACE = UUID.fromString("0190a000-0000-7000-8000-0000000000ac");

  private static final String DATASET = "/api/datasets/support";
  private static final String SECRET_ADDRESS = "jo.secret@example.org";

  /**
   * Lines of which the first contains the address wherever a text can be, and also where the scan
   * does not look.
   */
  private static final String TALKATIVE =
      """
      {"input":{"messages":[{"role":"system","content":"Forward to %1$s."},\
      {"role":"user","content":[{"type":"text","text":"I am %1$s"},\
      {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]},\
      {"role":"assistant","tool_calls":[{"id":"%1$s","type":"function","function":\
      {"name":"find","arguments":"{\\"who\\":\\"%1$s\\"}"}}]},\
      {"role":"tool","tool_call_id":"%1$s","content":"%1$s has two parcels"}]},\
      "expected":{"references":["Two, %1$s."],"rubric":"Greets %1$s.",\
      "toolCalls":[{"name":"send","arguments":{"to":"%1$s"}}]},"metadata":{"from":"%1$s"}}
      """
          .formatted(SECRET_ADDRESS);

  @Autowired BlobStore blobs;

  ChatJourneyTests() {
    super("gus", WORKSPACE);
  }

  @Test
  void register_upload_report_mask_split_admission() throws IOException {
    TestClient.Answer registered = register(Map.of());
    assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
    assertThat(registered.json().path("kind").asString()).isEqualTo("CHAT");
    assertThat(registered.json().path("textColumn").isNull()).isTrue();

    refusesWhatIsNoConversation();

    String lines =
        TALKATIVE
            + IntStream.range(0, 30)
                .mapToObj(ChatJourneyTests::conversation)
                .collect(Collectors.joining("\n"));
    JsonNode first = settled(upload("application/x-ndjson", lines));
    assertThat(first.path("state").asString()).as(first.toString()).isEqualTo("READY");
    assertThat(first.at("/report/rows").asInt()).isEqualTo(31);
    assertThat(first.at("/report/labels").isNull()).isTrue();
    assertThat(first.at("/report/privacy/findings/EMAIL").asInt()).isEqualTo(8);
    assertThat(
            events.awaitPublished(
                DatasetVersionPublished.class, event -> event.dataset().equals("support")))
        .extracting(DatasetVersionPublished::kind, DatasetVersionPublished::labels)
        .containsExactly("CHAT", Map.of());

    assertThat(fieldsWithAddresses("support"))
        .containsExactly(
            "input.messages[0].content",
            "input.messages[1].content[0].text",
            "input.messages[2].tool_calls[0].arguments.who",
            "input.messages[3].content",
            "expected.references[0]",
            "expected.rubric",
            "expected.toolCalls[0].arguments.to",
            "metadata.from");

    JsonNode masked = settled(steward.post(DATASET + "/versions/1/mask", Map.of("numbered", true)));
    assertThat(masked.at("/report/privacy/affectedRows").asInt()).isZero();
    List<Item> before = items(first.path("rowsDigest").asString());
    List<Item> after = items(masked.path("rowsDigest").asString());
    assertThat(after.subList(1, 31)).isEqualTo(before.subList(1, 31));
    Item shown = after.getFirst();
    assertThat(shown.input().messages().get(2).at("/tool_calls/0/function/arguments").asString())
        .isEqualTo("{\"who\":\"<EMAIL_1>\"}");
    assertThat(shown.input().messages().get(3).path("content").asString())
        .isEqualTo("<EMAIL_1> has two parcels");
    assertThat(shown.expected().references()).containsExactly("Two, <EMAIL_1>.");
    assertThat(shown.expected().rubric()).isEqualTo("Greets <EMAIL_1>.");
    assertThat(shown.metadata()).isEqualTo(Map.of("from", "<EMAIL_1>"));

    JsonNode lineage = steward.get(DATASET + "/versions/2/rows/" + shown.itemId()).json();
    assertThat(lineage.at("/item/expected/toolCalls/0/arguments/to").asString())
        .isEqualTo("<EMAIL_1>");
    assertThat(lineage.at("/origins/1/itemId").asString()).isEqualTo(before.getFirst().itemId());

    JsonNode split =
        settled(
            steward.post(
                DATASET + "/versions/2/splits",
                Map.of("seed", 1, "subsets", Map.of("validation", 0.5, "test", 0.5))));
    assertThat(split.path("leakage").asInt()).as(split.toString()).isZero();
    JsonNode unmasked =
        steward.get(DATASET + "/versions/1/rows/" + before.getFirst().itemId()).json();
    assertThat(unmasked.at("/continuations/0/itemId").asString()).isEqualTo(shown.itemId());
    assertThat(unmasked.at("/continuations/0/version").asInt()).isEqualTo(2);
    assertThat(unmasked.at("/uses/0/version").asInt()).isEqualTo(2);
    assertThat(unmasked.at("/uses/0/splitDigest")).isEqualTo(split.path("splitDigest"));
    assertThat(items(split.at("/subsets/test/digest").asString()))
        .allSatisfy(item -> {
          assertThat(item.metadata()).isEmpty();
          assertThat(item.expected().references()).hasSize(1);
        });

    isAdmittedOnlyTo("EVALUATE", "support", "CHAT", List.of("TRAIN", "INDEX"));
  }

  @Test
  void variables_of_a_prompt_are_kept_scanned_compared_masked_and_given_back() throws IOException {
    assertThat(register(Map.of("name", "orders")).status()).isEqualTo(201);
    String question =
        "Where is the parcel with the green lamp that was sent to the house beside the old mill on"
            + " the hill";
    String lines =
        """
        {"input":{"variables":{"question":"%1$s","customer":{"mail":"%2$s","age":41},"tier":"gold"}},\
        "expected":{"references":["In Leeds."]}}
        {"input":{"variables":{"question":"%1$s","customer":{"mail":"%2$s","age":41},"tier":"silver"}},\
        "expected":{"references":["In York."]}}
        {"input":{"messages":[{"role":"user","content":"And mine?"}],"variables":{"tier":"gold"}}}
        """
            .formatted(question, SECRET_ADDRESS);
    JsonNode first =
        settled(
            steward
                .header("Content-Type", "application/x-ndjson")
                .post("/api/datasets/orders/versions", lines));

    assertThat(first.path("state").asString()).as(first.toString()).isEqualTo("READY");
    assertThat(first.at("/report/duplicates/near").asInt()).as(first.toString()).isEqualTo(1);
    assertThat(fieldsWithAddresses("orders"))
        .containsExactly("input.variables.customer.mail", "input.variables.customer.mail");

    settled(steward.post("/api/datasets/orders/versions/1/mask", Map.of("numbered", true)));
    JsonNode listed =
        steward.get("/api/datasets/orders/versions/2/items?text=silver").json().at("/items");
    assertThat(listed.size()).isEqualTo(1);
    String itemId = listed.at("/0/item/itemId").asString();
    assertThat(
            steward
                .get("/api/datasets/orders/versions/2/rows/" + itemId)
                .json()
                .at("/item/input")
                .toString())
        .isEqualTo(
            "{\"messages\":[],\"tools\":[],\"variables\":{\"question\":\""
                + question
                + "\",\"customer\":{\"mail\":\"<EMAIL_1>\",\"age\":41},\"tier\":\"silver\"}}");
    assertThat(steward.get("/api/datasets/orders/versions/1/export?format=JSONL").body())
        .isEqualTo(lines.replace("}}}\n", "}},\"expected\":{}}\n"));
  }

  @Test
  void an_answer_in_a_member_that_no_shape_knows_is_noted() {
    assertThat(register(Map.of("name", "misplaced")).status()).isEqualTo(201);
    String asked = "{\"messages\":[{\"role\":\"user\",\"content\":\"Question %d\"}],%s}\n";
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      lines.append(asked.formatted(i, "\"output\":\"Answer\",\"subset\":\"test\""));
    }
    lines.append(asked.formatted(7, "\"expected_output\":\"Answer\",\"output\":1"));
    lines.append("{\"input\":\"Question 8\",\"answer\":\"Answer\",\"ideal\":\"Known\"}\n");

    JsonNode version =
        settled(
            steward
                .header("Content-Type", "application/x-ndjson")
                .post("/api/datasets/misplaced/versions", lines.toString()));

    assertThat(version.at("/report/notes").valueStream().map(JsonNode::asString))
        .contains(
            "7 rows have nothing expected; these members became metadata: output (7),"
                + " expected_output (1). An answer among them belongs in expected.");
  }

  /** The conversations of docs/chat-assistant.md have the properties that it states. */
  @Test
  void the_conversations_of_the_guide_have_one_address_and_no_duplicates() throws IOException {
    assertThat(register(Map.of("name", "guide")).status()).isEqualTo(201);
    String lines = Files.readString(Path.of("../../docs/chat-assistant.jsonl"));

    JsonNode first =
        settled(
            steward
                .header("Content-Type", "application/x-ndjson")
                .post("/api/datasets/guide/versions", lines));
    assertThat(first.path("state").asString()).as(first.toString()).isEqualTo("READY");
    assertThat(first.at("/report/rows").asInt()).isEqualTo(100);
    assertThat(first.at("/report/duplicates/near").asInt()).as(first.toString()).isZero();
    assertThat(first.at("/report/privacy/findings"))
        .as(first.toString())
        .isEqualTo(JsonNodeFactory.instance.objectNode().put("EMAIL", 1));

    settled(steward.post("/api/datasets/guide/versions/1/mask", Map.of("numbered", true)));
    JsonNode split =
        settled(
            steward.post(
                "/api/datasets/guide/versions/2/splits",
                Map.of("seed", 7, "subsets", Map.of("validation", 0.4, "test", 0.6))));
    assertThat(split.path("leakage").asInt()).isZero();
    assertThat(items(split.at("/subsets/test/digest").asString())).hasSize(60);
  }

  private void refusesWhatIsNoConversation() {
    TestClient.Answer csv = upload("text/csv", "body\nhello\n");
    assertThat(csv.status()).isEqualTo(415);
    assertThat(csv.json().path("detail").asString())
        .contains("application/x-ndjson", "{\"input\":{\"messages\":");
    TestClient.Answer array = upload("application/json", "[]");
    assertThat(array.status()).isEqualTo(415);
    assertThat(array.json().path("detail").asString())
        .isEqualTo(csv.json().path("detail").asString())
        .doesNotContain("text/csv", "application/zip");
    TestClient.Answer faulty =
        upload(
            "application/x-ndjson",
            """
            {"messages":[{"role":"user","content":"a"}]}
            {"messages":[{"role":"user","content":7}]}
            """);
    assertThat(faulty.status()).as(faulty.toString()).isEqualTo(422);
    assertThat(faulty.json().path("title").asString())
        .isEqualTo("Rows do not match what the dataset takes");
    assertThat(faulty.json().at("/errors/0/pointer").asString())
        .isEqualTo("/rows/2/messages[0].content");
    TestClient.Answer columns = register(Map.of("name", "other", "textColumn", "body"));
    assertThat(columns.status()).isEqualTo(400);
    assertThat(columns.json().at("/errors/0/pointer").asString()).isEqualTo("/textColumn");
  }

  private TestClient.Answer register(Map<String, Object> more) {
    Map<String, Object> command =
        new HashMap<>(
            Map.of(
                "name", "support", "kind", "CHAT", "licence", "CC0-1.0", "legalBasis", "consent"));
    command.putAll(more);
    return steward.post("/api/datasets", command);
  }

  private TestClient.Answer upload(String type, String body) {
    return steward.header("Content-Type", type).post(DATASET + "/versions", body);
  }

  private static String conversation(int number) {
    return """
    {"messages":[{"role":"user","content":"Parcel %1$d to street %2$d is late"},\
    {"role":"assistant","content":"Which shop sold it?"},\
    {"role":"user","content":"Number %2$d"},\
    {"role":"assistant","content":"It arrives in %1$d days."}],"source":"web"}\
    """
        .formatted(number, number * 7919);
  }

  private List<Item> items(String digest) throws IOException {
    List<Item> items = new ArrayList<>();
    try {
      Caller.system(WORKSPACE)
          .call(() -> {
            ItemFile.read(blobs.open(new Digest(digest)), (index, offset, item) -> items.add(item));
            return items;
          });
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return items;
  }
}
