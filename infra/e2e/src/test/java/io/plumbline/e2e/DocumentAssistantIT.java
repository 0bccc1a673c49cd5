package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.demo.api.ApiUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the commands of docs/document-assistant.md as they stand there. A team brings documents and
 * questions to a released variant that answers from them, cites them and declines what they do not
 * answer, and then to a second one over new documents. The reader of the platform answers.
 */
@ExtendWith(Platform.class)
@Isolated("Its criteria are about latency, and the model computes here.")
class DocumentAssistantIT {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Path DOCS = Platform.ROOT.resolve("docs").toAbsolutePath();
  private static final String QUESTIONS = "document-assistant.jsonl";

  private final String prefix = Platform.uniqueName("shop");
  private final String own = GovernedApplication.words(new Random(prefix.hashCode()), 1);

  @TempDir private Path folder;

  @Test
  void the_commands_of_the_page_lead_from_documents_to_two_releases() throws Exception {
    assumeTrue(
        Stream.of("bash", "curl", "jq", "python3").allMatch(PageCommands::isInstalled),
        "the page needs bash, curl, jq and python3");
    PageCommands functions =
        PageCommands.ofPlatform(DOCS.resolve("chat-assistant.md"), Map.of(), folder);
    PageCommands page =
        PageCommands.ofPlatform(
            DOCS.resolve("document-assistant.md"), replaced(writeQuestions()), folder);

    UnaryOperator<String> made =
        page.run(
            functions.with("token()") + page.all(),
            passwords(),
            List.of("THRESHOLD", "VERDICT", "NEXT_VERDICT", "RELEASE", "NEXT_RELEASE"));

    assertMasked();
    assertThat(Double.parseDouble(made.apply("THRESHOLD"))).isBetween(0.0, 1.0);
    assertPassed(made.apply("VERDICT"));
    assertPassed(made.apply("NEXT_VERDICT"));
    assertAnswered();
    assertDeclined();
    new GovernedApplication(prefix + "-answers").awaitRelease(made.apply("NEXT_RELEASE"), "ACTIVE");
    assertThat(made.apply("RELEASE")).isNotEqualTo(made.apply("NEXT_RELEASE"));
  }

  /**
   * Checks that the address that the page mentions is the only finding, and is not in the index.
   */
  private void assertMasked() {
    ApiUser ada = Platform.user("ada");
    String versions = "/api/datasets/" + prefix + "-pages/versions/";
    JsonNode uploaded = ada.get(versions + 1).expect(200).json().at("/report/privacy");
    assertThat(uploaded.at("/personal").asInt()).as(uploaded.toString()).isEqualTo(1);
    JsonNode masked = ada.get(versions + 2).expect(200).json().at("/report/privacy");
    assertThat(masked.at("/personal").asInt()).as(masked.toString()).isZero();
  }

  private static void assertPassed(String verdict) {
    JsonNode issued = Platform.user("ada").get("/api/verdicts/" + verdict).expect(200).json();
    assertThat(issued.at("/outcome").asString()).as(issued.toString()).isEqualTo("PASS");
  }

  /**
   * Checks that the answer is taken from the page on the guarantee, and that its citation leads
   * there.
   */
  private void assertAnswered() throws IOException {
    JsonNode answer = JSON.readTree(folder.resolve("answered.json"));
    JsonNode message = answer.at("/choices/0/message");
    assertThat(message.path("content").asString()).contains("guarantee of two years");
    assertThat(answer.at("/plumbline/abstained").asBoolean(true)).isFalse();
    assertThat(message.path("annotations").valueStream())
        .anySatisfy(annotation -> {
          assertThat(annotation.at("/passage/documentId").asString()).isEqualTo("guarantee.md");
          assertThat(annotation.at("/url_citation/url").asString())
              .isEqualTo("document:guarantee.md");
        });
  }

  private void assertDeclined() throws IOException {
    JsonNode answer = JSON.readTree(folder.resolve("declined.json"));
    assertThat(answer.at("/choices/0/message/content").asString())
        .isEqualTo("Our pages do not say.");
    assertThat(answer.at("/plumbline/abstained").asBoolean()).isTrue();
    assertThat(Files.readString(folder.resolve("declined.json.headers")))
        .containsIgnoringCase("x-plumbline-abstained: true");
  }

  private static Map<String, String> passwords() {
    return Stream.of("ada", "ben", "sam")
        .collect(Collectors.toMap(name -> name, name -> Platform.access().passwordOf(name)));
  }

  /**
   * Returns names and questions that no other run of the tests has. The documents are those of the
   * page.
   */
  private Map<String, String> replaced(Path questions) {
    Map<String, String> replaced = new LinkedHashMap<>();
    replaced.put("docs/document-assistant\\.jsonl", questions.toString());
    replaced.put("docs/document-assistant/", DOCS.resolve("document-assistant") + "/");
    replaced.put("\\bshop-(?=answers|pages|questions)", prefix + "-");
    return replaced;
  }

  /** Returns the questions of the page with a word of this run's own in each. */
  private Path writeQuestions() throws IOException {
    return Files.write(
        folder.resolve(QUESTIONS), new OwnQuestions(DOCS.resolve(QUESTIONS), own).lines());
  }
}
