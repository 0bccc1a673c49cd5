package io.plumbline.inference.answer;

import io.plumbline.inference.retrieval.Passage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the citations of an answer. A mark {@code [n]} with the number of a passage that the model
 * was given becomes an annotation in OpenAI's shape; a mark with another number stays text.
 */
public final class Citations {

  /** The most marks of a message that become annotations; further marks stay text. */
  static final int MAX_CITATIONS = 200;

  static final String ANNOTATIONS = "annotations";

  /** The field of an annotation that holds the cited passage. */
  static final String PASSAGE = "passage";

  private static final Pattern MARK = Pattern.compile("\\[([1-9][0-9]?)]");

  private final Map<Integer, Passage> passages;

  /**
   * Creates the citations of an answer.
   *
   * @param passages the passages that the model was given
   */
  public Citations(List<Passage> passages) {
    this.passages =
        passages.stream().collect(Collectors.toMap(Passage::number, Function.identity()));
  }

  boolean hasNoPassages() {
    return passages.isEmpty();
  }

  /**
   * Adds its annotations to each message of a whole answer.
   *
   * @param answer a chat completion
   */
  public void annotate(ObjectNode answer) {
    for (JsonNode choice : answer.path("choices").values()) {
      if (choice.path("message") instanceof ObjectNode message) {
        addAnnotations(annotationsOf(message.path("content").asString("")), message);
      }
    }
  }

  /** Adds annotations to a message or delta, after those that the model itself gave. */
  static void addAnnotations(ArrayNode annotations, ObjectNode said) {
    if (annotations.isEmpty()) {
      return;
    }
    ArrayNode all = annotations.arrayNode();
    said.path(ANNOTATIONS).values().forEach(all::add);
    annotations.values().forEach(all::add);
    said.set(ANNOTATIONS, all);
  }

  /** Returns the annotations of a message, in the order of its text. */
  ArrayNode annotationsOf(String content) {
    ArrayNode annotations = JsonNodeFactory.instance.arrayNode();
    if (hasNoPassages()) {
      return annotations;
    }
    Matcher mark = MARK.matcher(content);
    while (annotations.size() < MAX_CITATIONS && mark.find()) {
      Passage cited = passages.get(Integer.valueOf(mark.group(1)));
      if (cited != null) {
        writeAnnotation(cited, mark, annotations.addObject());
      }
    }
    return annotations;
  }

  private static void writeAnnotation(Passage cited, Matcher mark, ObjectNode annotation) {
    annotation.put("type", "url_citation");
    annotation
        .putObject("url_citation")
        .put("start_index", mark.start())
        .put("end_index", mark.end())
        .put("url", urlOf(cited))
        .put("title", cited.shownTitle());
    annotation
        .putObject(PASSAGE)
        .put("number", cited.number())
        .put("passageId", cited.passageId())
        .put("documentId", cited.documentId())
        .put("section", cited.section())
        .put("start", cited.start())
        .put("end", cited.end());
  }

  private static String urlOf(Passage cited) {
    String url = cited.url();
    if (url == null) {
      return "document:" + UriUtils.encode(cited.documentId(), StandardCharsets.UTF_8);
    }
    return url;
  }
}
