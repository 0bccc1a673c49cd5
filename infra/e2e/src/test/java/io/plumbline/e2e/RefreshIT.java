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

/**
 * Runs the section of the page on documents that lets policy release newer ones, as it stands
 * there, after the commands of the page before it. Nobody approves the second release.
 */
@ExtendWith(Platform.class)
@Isolated("Its criteria are about latency, and the model computes here.")
class RefreshIT {

  private static final Path DOCS = Platform.ROOT.resolve("docs").toAbsolutePath();
  private static final String SECTION = "### Let policy release it";
  private static final String QUESTIONS = "document-assistant.jsonl";

  private final String prefix = Platform.uniqueName("refresh");
  private final Random random = new Random(prefix.hashCode());

  @TempDir private Path folder;

  @Test
  void newer_documents_are_released_by_policy_and_a_changed_recipe_is_not() throws Exception {
    assumeTrue(
        Stream.of("bash", "curl", "jq", "python3").allMatch(PageCommands::isInstalled),
        "the page needs bash, curl, jq and python3");
    PageCommands functions =
        PageCommands.ofPlatform(DOCS.resolve("chat-assistant.md"), Map.of(), folder);
    Map<String, String> replaced = replaced();
    PageCommands page =
        PageCommands.ofPlatform(DOCS.resolve("document-assistant.md"), replaced, folder);
    PageCommands section = PageCommands.ofPlatform(section(), replaced, folder);
    Files.write(folder.resolve("regressions.jsonl"), questions());

    UnaryOperator<String> made =
        page.run(
            functions.with("token()")
                + page.before("NEXT=$(abstaining")
                + "SERVING=$CHOSEN\n"
                + section.all(),
            Stream.of("ada", "ben", "cleo", "root", "sam")
                .collect(
                    Collectors.toMap(name -> name, name -> Platform.access().passwordOf(name))),
            List.of("SERVING", "SHORT", "REFRESH", "REFRESH_VERDICT"));

    ApiUser ada = Platform.user("ada");
    JsonNode verdict = ada.get("/api/verdicts/" + made.apply("REFRESH_VERDICT")).expect(200).json();
    assertThat(verdict.at("/comparedWith/0").asString()).isEqualTo(made.apply("SERVING"));
    JsonNode approval =
        new GovernedApplication(prefix + "-answers").awaitApproval(made.apply("REFRESH"));
    assertThat(approval.at("/decidedBy").asString()).isEqualTo("system");
    assertThat(approval.at("/policies/0/policy").asString()).isEqualTo("refreshes");
    JsonNode refused =
        ada.post(
                "/api/variants/" + made.apply("SERVING") + "/refresh",
                Map.of("indexDigest", made.apply("SHORT")))
            .expect(409)
            .json();
    assertThat(refused.at("/type").asString()).endsWith("/not-a-refresh");
    assertThat(refused.at("/missing").valueStream().map(JsonNode::asString))
        .anyMatch(reason -> reason.startsWith("an index that is built like"));
  }

  /**
   * Returns the section alone, with its commands marked as those that {@link PageCommands} reads.
   */
  private Path section() throws IOException {
    String page = Files.readString(DOCS.resolve("document-assistant.md"));
    int start = page.indexOf(SECTION);
    String section = page.substring(start, page.indexOf("\n### ", start + SECTION.length()));
    return Files.writeString(folder.resolve("section.md"), section.replace("```bash", "```sh"));
  }

  /**
   * Returns names that no other run has, and the questions of the release with a word of this
   * run's.
   */
  private Map<String, String> replaced() throws IOException {
    Path release = Files.write(folder.resolve(QUESTIONS), questions());
    Map<String, String> replaced = new LinkedHashMap<>();
    replaced.put("docs/document-assistant\\.jsonl", release.toString());
    replaced.put("docs/document-assistant/", DOCS.resolve("document-assistant") + "/");
    replaced.put("\\bshop-(?=answers|pages|questions|regressions)", prefix + "-");
    return replaced;
  }

  /** Returns the questions of the page, each with words of its own that make it another item. */
  private List<String> questions() throws IOException {
    return new OwnQuestions(DOCS.resolve(QUESTIONS), GovernedApplication.words(random, 1)).lines();
  }
}
