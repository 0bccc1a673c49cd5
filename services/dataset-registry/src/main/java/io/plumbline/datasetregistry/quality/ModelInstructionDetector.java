package io.plumbline.datasetregistry.quality;

import io.plumbline.platform.similarity.NormalText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Finds sentences of a document that are written to a language model rather than to a reader. A
 * model that answers from such passages could follow their orders (OWASP Top 10 for LLM
 * Applications 2025, LLM01: indirect prompt injection). The check is a list of English phrases and
 * no proof: instructions in other words or in other languages are not found.
 *
 * <p>Phrases are searched in the canonical form of the text, so that case, punctuation, line breaks
 * and invisible characters do not hide them. Every repetition in a pattern is bounded, so the time
 * grows only with the length of the text.
 */
final class ModelInstructionDetector {

  private static final String LIST = "/model-instructions.txt";

  private static final Map<String, Pattern> PHRASES = loadPhrases();

  /** The markers of models' chat templates, which no text for a reader contains. */
  private static final List<String> CHAT_MARKS =
      List.of("<|im_start|>", "<|system|>", "<|start_header_id|>", "[INST]", "<<SYS>>");

  private ModelInstructionDetector() {}

  /**
   * Returns the names of the phrases in the text, each once.
   *
   * @param normal the canonical form of the text
   */
  static List<String> findPhraseNames(String text, NormalText normal) {
    List<String> found = new ArrayList<>();
    PHRASES.forEach((name, phrase) -> {
      if (phrase.matcher(normal.value()).find()) {
        found.add(name);
      }
    });
    if (CHAT_MARKS.stream().anyMatch(text::contains)) {
      found.add("CHAT_MARK");
    }
    return found;
  }

  private static Map<String, Pattern> loadPhrases() {
    Map<String, Pattern> phrases = new LinkedHashMap<>();
    try (InputStream list =
        Objects.requireNonNull(ModelInstructionDetector.class.getResourceAsStream(LIST))) {
      new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" ", 2))
          .forEach(line -> phrases.put(line[0], Pattern.compile(line[1])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return phrases;
  }
}
