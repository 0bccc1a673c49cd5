package io.plumbline.demo.helpdesk;

import io.plumbline.demo.driver.PromptDriver;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Prompts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The prompts of the help desk: one that contains answers to frequent questions, and one that is
 * given the passages that retrieval finds.
 */
final class HelpDeskPrompts {

  /**
   * The reader that is part of the platform. The prompt of a language model names that model in its
   * place.
   */
  static final String MODEL = "local/extract-bge-small";

  /**
   * The answer of a variant that abstains. It is valid as an answer, and no sentence of any page.
   */
  static final String NO_ANSWER = "The documentation does not say.";

  private static final String INSTRUCTION =
      """
      You answer developers' questions about the npm client. Answer from the passages alone, in at
      most three sentences, and put the number of the passage behind each sentence, such as [1]. If
      the passages do not answer the question, write: The documentation does not say.
      """;

  /** The things that people ask most, written for this demo. */
  private static final List<String> FREQUENT =
      List.of(
          "npm ci installs exactly what the lockfile says, and removes node_modules first.",
          "npm install adds the packages you name to the dependencies in package.json.",
          "Use --save-dev to add a package to devDependencies.",
          "npm update moves packages to the newest version that package.json allows.",
          "npm outdated lists packages of which there is a newer version.",
          "npm audit lists known vulnerabilities, and npm audit fix installs versions without"
              + " them.",
          "npm publish uploads your package to the registry.",
          "npm deprecate shows a warning to everybody who installs a version.",
          "npm run names a script of package.json that is to be run.",
          "npx runs the command of a package without installing it for good.",
          "Settings are kept in .npmrc, of the project, the user and the machine.",
          "npm cache verify checks the cache, and frees what is not needed any more.");

  /** The reason why the version is published although the linter finds an error. */
  private static final String PASSAGES_IN_SYSTEM =
      "In a message of the user, lines that a caller wrote earlier would pass for passages.";

  private HelpDeskPrompts() {}

  /** Returns the instruction of a prompt with this many of the things that people ask most. */
  static String frequentQuestionsInstruction(int entries) {
    StringBuilder passages = new StringBuilder(INSTRUCTION);
    for (int i = 0; i < entries; i++) {
      passages
          .append("\n[%d] Frequent questions\n".formatted(i + 1))
          .append(FREQUENT.get(i))
          .append('\n');
    }
    return passages.toString();
  }

  /** Returns how many things the prompts know that people ask most. */
  static int frequentCount() {
    return FREQUENT.size();
  }

  /** Returns the instruction of a prompt that reads the passages that retrieval finds. */
  static String passagesInstruction() {
    return INSTRUCTION + "\n{{passages}}";
  }

  static Map<String, Object> abstention(double threshold) {
    return Map.of("threshold", threshold, "answer", NO_ANSWER);
  }

  /**
   * Publishes a version of the help desk's prompt, unless that was done, and prints its name.
   *
   * @return the digest of the version
   */
  static String publish(
      DemoContext demo, String message, String instruction, Map<String, Object> variables) {
    Map<String, Object> content = new HashMap<>(PromptDriver.conversationVersion(instruction));
    content.put("variables", Map.of("type", "object", "properties", variables));
    if (!variables.isEmpty()) {
      content.put("lintReason", PASSAGES_IN_SYSTEM);
    }
    return Prompts.publish(demo, RegisterHelpDeskStep.APPLICATION, message, content);
  }
}
