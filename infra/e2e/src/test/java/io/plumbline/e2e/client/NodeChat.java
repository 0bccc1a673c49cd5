package io.plumbline.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.e2e.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client in JavaScript: one run of its script answers for all features and models. */
final class NodeChat implements Chat {

  private static final Path SOURCES = Path.of("src/test/clients");
  private static final Path INSTALLED = Path.of("target/clients");

  private record Cell(Feature feature, String model) {}

  private final Map<Cell, Reply> replies = new HashMap<>();

  /**
   * @param script a script of the folder {@code src/test/clients}
   */
  NodeChat(String script, String baseUrl, String key, List<String> models) {
    String output = run(script, baseUrl, key, models);
    output
        .lines()
        .map(JsonMapper.shared()::readTree)
        .forEach(line ->
            replies.put(
                new Cell(
                    Feature.valueOf(line.path("feature").asString()),
                    line.path("model").asString()),
                reply(line)));
  }

  /** Fetches the clients as their lock file names them. */
  static void install() throws IOException {
    Files.createDirectories(INSTALLED);
    try (var sources = Files.list(SOURCES)) {
      for (Path source : sources.toList()) {
        Files.copy(
            source, INSTALLED.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Platform.Outcome installed =
        execute(new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund"));
    assertThat(installed.exit()).as(installed.output()).isZero();
  }

  private static String run(String script, String baseUrl, String key, List<String> models) {
    ProcessBuilder node = new ProcessBuilder("node", script);
    node.environment().put("BASE_URL", baseUrl);
    node.environment().put("API_KEY", key);
    node.environment().put("MODELS", String.join(" ", models));
    node.environment().put("PICTURE", PNG);
    Platform.Outcome outcome = execute(node);
    assertThat(outcome.exit()).as(outcome.output()).isZero();
    return outcome.output();
  }

  private static Platform.Outcome execute(ProcessBuilder command) {
    try {
      Process process = command.directory(INSTALLED.toFile()).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Platform.Outcome(process.waitFor(), output);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Reply reply(JsonNode line) {
    return line.has("refusal")
        ? new Reply(true, line.path("refusal").asString(), 0)
        : new Reply(false, line.path("text").asString(), line.path("parts").asInt());
  }

  @Override
  public Reply use(Feature feature, String model) {
    return Optional.ofNullable(replies.get(new Cell(feature, model)))
        .orElseThrow(() -> new AssertionError(feature + " of " + model + " in " + replies));
  }
}
