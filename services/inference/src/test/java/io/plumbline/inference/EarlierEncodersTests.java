package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.contracts.TaskType;
import io.plumbline.inference.local.LocalModels;
import io.plumbline.inference.local.LocalModels.Kind;
import io.plumbline.inference.local.LocalModels.LocalModel;
import io.plumbline.inference.variant.SampleVariants;
import io.plumbline.inference.variant.Variant;
import io.plumbline.inference.variant.VariantCatalog;
import io.plumbline.localmodels.EncoderModel;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests that variants of a version whose encoders computed in 8 bits still answer with those. */
class EarlierEncodersTests extends InferenceTest {

  private static final String CHOICE =
      """
      {"messages":[{"role":"system","content":"Sort mail.\\nspam: advertising\\nham: from a person"},
         {"role":"user","content":"{{text}}"}],
       "variables":{"type":"object","required":["text"],"properties":{"text":{"type":"string"}}},
       "examples":[],"parameters":{},
       "responseFormat":{"type":"object","properties":{"label":{"enum":["spam","ham"]}},
         "required":["label"]}}
      """;

  @Autowired TestClient client;
  @Autowired TestEventClient events;
  @Autowired VariantCatalog variants;
  @Autowired LocalModels models;

  private final String application = "earlier-" + UUID.randomUUID();
  private TestClient.TestCaller ada;

  @BeforeEach
  void register() {
    ada = client.as("ada", Role.PROMPT_ENGINEER, Role.ML_ENGINEER);
    register(events, application, TaskType.GENERATION);
  }

  @Test
  void a_choice_of_8_bits_still_labels() throws SQLException {
    String now = create(CHOICE, "local/choice-minilm", Map.of());
    String before =
        earlier(now, new LocalModel("local/choice-minilm", Kind.CHOICE, EncoderModel.MINILM_8_BIT));
    Map<String, Object> question =
        Map.of("messages", List.of(Map.of("role", "user", "content", "Cheap pills, buy now")));

    assertThat(content(ask(before, question)))
        .isEqualTo(content(ask(now, question)))
        .isEqualTo("{\"label\":\"spam\"}");
    assertThat(confidence(ask(before, question)))
        .as("that of other weights")
        .isNotEqualTo(confidence(ask(now, question)))
        .isBetween(0.3, 1.0);
  }

  @Test
  void a_reader_of_8_bits_still_quotes() throws SQLException {
    String now = create(AbstentionPolicyTests.HANDBOOK, "local/extract-bge-small", Map.of());
    String before =
        earlier(
            now,
            new LocalModel("local/extract-bge-small", Kind.READER, EncoderModel.BGE_SMALL_8_BIT));
    Map<String, Object> question =
        Map.of(
            "messages",
            List.of(Map.of("role", "user", "content", "How many days of leave are carried over?")),
            "plumbline_variables",
            Map.of("notes", AbstentionPolicyTests.NOTES));

    assertThat(content(ask(before, question)))
        .isEqualTo(content(ask(now, question)))
        .contains("Up to five days of leave are carried over.");
    assertThat(confidence(ask(before, question)))
        .as("that of other weights")
        .isNotEqualTo(confidence(ask(now, question)))
        .isBetween(0.3, 1.0);
  }

  private String create(String content, String model, Map<String, ?> choices) {
    Digest prompt = NEIGHBOURS.publish(content);
    events.publish(
        new PromptVersionPublished("help", 1, prompt, null, "ada", "first"), prompt.hex(), 1);
    return createVariant(ada, variantOf(application, prompt, model, choices));
  }

  /** Inserts the variant that an earlier version made of the same parts; returns its digest. */
  private String earlier(String digest, LocalModel model) throws SQLException {
    Variant variant = variants.find(Workspaces.ACME, new Digest(digest)).orElseThrow();
    Digest before = SampleVariants.digestWith(variant, models.digest(model));
    try (Connection connection = EmbeddedServers.connectAsSuperuser("inference");
        PreparedStatement insert =
            connection.prepareStatement(
                """
                INSERT INTO variant (workspace_id, variant_digest, application, name, prompt_digest, model,
                  model_digest, parameters, caller_policy, overflow, fallback, authors, created_by, created_at)
                SELECT workspace_id, ?, application, 'earlier', prompt_digest, model,
                  ?, parameters, caller_policy, overflow, fallback, authors, created_by, created_at
                FROM variant WHERE variant_digest = ?
                """)) {
      insert.setString(1, before.hex());
      insert.setString(2, models.digest(model).hex());
      insert.setString(3, digest);
      assertThat(insert.executeUpdate()).isEqualTo(1);
    }
    // A new variant makes the service read the variants of the workspace again.
    create(CHOICE, "local/choice-minilm", Map.of("parameters", Map.of("maxInputTokens", 64)));
    return before.hex();
  }

  private Answer ask(String variant, Map<String, Object> question) {
    Map<String, Object> request = new HashMap<>(question);
    request.put("model", "variant/" + variant);
    Answer answer = settled(() -> ada.post("/v1/chat/completions", request));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private static String content(Answer answer) {
    return answer.json().at("/choices/0/message/content").asString();
  }

  private static double confidence(Answer answer) {
    return answer.json().at("/plumbline/confidence").asDouble();
  }
}
