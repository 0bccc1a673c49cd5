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
 * Finds sentences of a document that are written to a language model rather than to a reader, of
 * whom it would take orders with the passages that it answers from (OWASP Top 10 for LLM
 * Applications 2025, LLM01: indirect prompt injection). It is a list of English phrases, and no
 * proof: what is said in another way, or in another language, is not found.
 *
 * <p>Phrases are looked for in the canonical form of the text, so that case, punctuation, line
 * breaks and characters that nobody sees hide none. Every repetition is bounded: the time grows
 * with the length of the text alone.
 */
final class ModelInstructions {

  private static final String LIST = "/model-instructions.txt";

  private static final Map<String, Pattern> PHRASES = read();

  /** As chat templates of models write them: nobody does to a reader. */
  private static final List<String> MARKS =
      List.of("<|im_start|>", "<|system|>", "<|start_header_id|>", "[INST]", "<<SYS>>");

  private ModelInstructions() {}

  /**
   * The names of the phrases that the text has, each once.
   *
   * @param normal the canonical form of the text
   */
  static List<String> in(String text, NormalText normal) {
    List<String> found = new ArrayList<>();
    PHRASES.forEach((name, phrase) -> {
      if (phrase.matcher(normal.value()).find()) {
        found.add(name);
      }
    });
    if (MARKS.stream().anyMatch(text::contains)) {
      found.add("CHAT_MARK");
    }
    return found;
  }

  private static Map<String, Pattern> read() {
    Map<String, Pattern> phrases = new LinkedHashMap<>();
    try (InputStream list =
        Objects.requireNonNull(ModelInstructions.class.getResourceAsStream(LIST))) {
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
