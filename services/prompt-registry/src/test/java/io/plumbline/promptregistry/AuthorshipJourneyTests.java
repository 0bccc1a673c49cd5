package io.plumbline.promptregistry;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.PromptRegistryEvent.LabelMoveRequested;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Tests who counts as an author of a version, on PostgreSQL and Kafka. */
@PlumblineTest
class AuthorshipJourneyTests {

  private static final String RULES =
      "You sort the mail of an insurance company by what the sender wants from us.";
  private static final String OTHER_RULES =
      "Read each message twice, then name the department that has to answer it today.";

  @Autowired TestClient client;
  @Autowired TestEventClient events;

  private String create(String prefix) {
    String name = prefix + "-" + Ids.next();
    assertThat(as("ann").post("/api/prompts", Map.of("name", name)).status()).isEqualTo(201);
    return name;
  }

  private TestClient.TestCaller as(String person) {
    return client.as(person, Role.PROMPT_ENGINEER);
  }

  private @Nullable List<String> publish(String person, String prompt, String text) {
    return publish(person, prompt, text, Map.of());
  }

  /** Publishes a version, and returns the authors that its event names. */
  private @Nullable List<String> publish(
      String person, String prompt, String text, Map<String, ?> partials) {
    Answer answer =
        as(person)
            .post(
                "/api/prompts/" + prompt + "/versions",
                Map.of(
                    "message",
                    "because",
                    "messages",
                    List.of(Map.of("role", "system", "content", text)),
                    "partials",
                    partials));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    int version = answer.json().path("version").asInt();
    return events
        .awaitPublished(
            PromptVersionPublished.class,
            event -> event.prompt().equals(prompt) && event.version() == version)
        .authors();
  }

  private @Nullable List<String> requestProduction(String person, String prompt, int version) {
    Answer answer =
        as(person).put("/api/prompts/" + prompt + "/labels/production", Map.of("version", version));
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return events
        .awaitPublished(
            LabelMoveRequested.class,
            event -> event.prompt().equals(prompt) && event.to() == version)
        .authors();
  }

  private static Map<String, Object> firstOf(String prompt) {
    return Map.of("part", Map.of("prompt", prompt, "version", 1));
  }

  @Test
  void authors_of_a_partial_are_authors_of_what_includes_it_at_any_depth() {
    String part = create("part");
    String middle = create("middle");
    String main = create("main");
    publish("bob", part, RULES);
    publish("max", middle, "{{> part}}", firstOf(part));

    assertThat(publish("ann", main, "{{> part}}", firstOf(middle)))
        .containsExactly("ann", "bob", "max");
    assertThat(requestProduction("ann", main, 1)).containsExactly("ann", "bob", "max");
    String digest =
        as("ann").get("/api/prompts/" + main + "/versions/1").json().path("digest").asString();
    assertThat(
            as("vera")
                .get("/api/prompt-versions/" + digest + "/authors")
                .json()
                .path("authors")
                .valueStream()
                .map(JsonNode::asString))
        .containsExactly("ann", "bob", "max");
    assertThat(
            client
                .as("gwen", Workspaces.GLOBEX, Role.PROMPT_ENGINEER)
                .get("/api/prompt-versions/" + digest + "/authors")
                .status())
        .isEqualTo(404);
  }

  @Test
  void content_that_is_published_again_keeps_those_who_published_it_first() {
    String prompt = create("again");
    publish("bob", prompt, RULES);
    publish("ann", prompt, OTHER_RULES);

    assertThat(publish("ann", prompt, RULES)).containsExactly("ann", "bob");
    assertThat(requestProduction("ann", prompt, 3)).containsExactly("ann", "bob");
  }

  @Test
  void content_that_is_published_in_another_prompt_keeps_those_who_published_it_first() {
    String original = create("original");
    publish("bob", original, RULES + original);
    String copy = create("copy");

    assertThat(publish("ann", copy, RULES + original)).containsExactly("ann", "bob");
    assertThat(publish("max", copy, RULES + original + " Be brief."))
        .containsExactly("ann", "bob", "max");
  }

  @Test
  void those_who_published_equal_content_since_are_authors_of_a_version_whose_label_moves() {
    String first = create("first");
    publish("ann", first, RULES + first);
    String second = create("second");
    publish("bob", second, RULES + first);

    assertThat(requestProduction("ann", first, 1)).containsExactly("ann", "bob");
  }

  @Test
  void a_change_of_a_few_words_leaves_the_author_of_the_others() {
    String prompt = create("edited");
    publish("bob", prompt, RULES);

    assertThat(publish("ann", prompt, RULES.replace("insurance", "travel")))
        .containsExactly("ann", "bob");
  }

  @Test
  void an_author_whose_words_are_gone_is_none_and_is_one_again_when_they_return() {
    String prompt = create("rewritten");
    publish("bob", prompt, RULES);

    assertThat(publish("ann", prompt, OTHER_RULES)).containsExactly("ann");
    assertThat(publish("max", prompt, OTHER_RULES + " " + RULES.replace("You sort", "Sort")))
        .containsExactly("ann", "bob", "max");
  }

  @Test
  void where_too_many_words_would_be_compared_everybody_who_had_any_is_an_author() {
    String prompt = create("long");
    publish("bob", prompt, RULES);
    EmbeddedServers.executeAsSuperuser(
        "prompt-registry",
        "ALTER TABLE prompt_words DISABLE TRIGGER append_only",
        """
        UPDATE prompt_words SET runs = decode(repeat('00', 4 * 1024 * 1024 + 1), 'hex')
        WHERE prompt_id = (SELECT id FROM prompt WHERE name = '%s')
        """
            .formatted(prompt),
        "ALTER TABLE prompt_words ENABLE TRIGGER append_only");

    assertThat(publish("ann", prompt, OTHER_RULES)).containsExactly("ann", "bob");
  }

  @Test
  void versions_from_before_authors_were_kept_get_theirs_when_they_are_first_needed() {
    String part = create("old-part");
    publish("bob", part, RULES);
    String main = create("old-main");
    publish("max", main, "Say which rule of the house your answer follows.");
    publish(
        "ann", main, "Say which rule of the house your answer follows. {{> part}}", firstOf(part));
    EmbeddedServers.executeAsSuperuser(
        "prompt-registry",
        "ALTER TABLE prompt_words DISABLE TRIGGER append_only",
        "ALTER TABLE prompt_author DISABLE TRIGGER append_only",
        "DELETE FROM prompt_words",
        "DELETE FROM prompt_author",
        "ALTER TABLE prompt_words ENABLE TRIGGER append_only",
        "ALTER TABLE prompt_author ENABLE TRIGGER append_only");

    assertThat(requestProduction("ann", main, 2)).containsExactly("ann", "bob", "max");
  }
}
