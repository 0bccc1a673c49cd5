package io.plumbline.promptregistry.prompt;

import io.plumbline.platform.similarity.NormalText;
import io.plumbline.platform.similarity.TokenHashes;
import io.plumbline.prompttemplate.content.Example;
import io.plumbline.prompttemplate.content.Message;
import io.plumbline.prompttemplate.content.PromptContent;
import io.plumbline.prompttemplate.template.ComposedTemplate;
import io.plumbline.prompttemplate.template.Template;
import io.plumbline.prompttemplate.template.Token;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The runs of four words in what a version itself says to the model, without its partials. Two
 * versions that share a run share words; a run is compared by a hash, in the canonical form of
 * {@link NormalText}. A shorter message or example is one run. Names and values of schemas and
 * parameters are too short to be anybody's words, so only texts of four words count there.
 */
final class WordRuns {

  /** The most words of one text that are read; no content has so many. */
  private static final int MAX_WORDS = 1 << 20;

  private final Set<Long> hashes;

  private WordRuns(Set<Long> hashes) {
    this.hashes = hashes;
  }

  static WordRuns of(PromptContent content) {
    Set<Long> hashes = new HashSet<>();
    for (Message message : content.writtenMessages()) {
      addMessage(message.content(), hashes);
    }
    for (Example example : content.examples()) {
      addRuns(example.input() + " " + example.output(), true, hashes);
    }
    Set<Map.Entry<String, JsonNode>> included =
        content.partials().values().stream()
            .flatMap(partial -> properties(partial.content()).properties().stream())
            .collect(Collectors.toSet());
    for (Map.Entry<String, JsonNode> variable : properties(content).properties()) {
      // A variable of the same name may have a default or a description of its own.
      if (!included.contains(variable)) {
        addTexts(variable.getValue(), hashes);
      }
    }
    addTexts(content.parameters(), hashes);
    addTexts(content.responseFormat(), hashes);
    return new WordRuns(hashes);
  }

  /**
   * Removes the runs that are among stored ones.
   *
   * @param stored the runs as {@link #toBytes} returned them
   * @return whether there were any
   */
  boolean remove(byte[] stored) {
    int before = hashes.size();
    LongBuffer runs = ByteBuffer.wrap(stored).asLongBuffer();
    while (runs.hasRemaining()) {
      hashes.remove(runs.get());
    }
    return hashes.size() < before;
  }

  byte[] toBytes() {
    ByteBuffer runs = ByteBuffer.allocate(hashes.size() * Long.BYTES);
    hashes.forEach(runs::putLong);
    return runs.array();
  }

  private static JsonNode properties(PromptContent content) {
    return content.variables().path("properties");
  }

  /**
   * Adds the runs of a message without its tags, which are nobody's words: those of all its text,
   * of its text outside sections, and of each section without the sections in it. A section that is
   * not rendered therefore separates no words.
   */
  private static void addMessage(String source, Set<Long> hashes) {
    if (!(Template.parse(source) instanceof Template template)) {
      addRuns(source, true, hashes);
      return;
    }
    addRuns(ComposedTemplate.of(template).textWithoutTags(), true, hashes);
    Deque<StringBuilder> open = new ArrayDeque<>();
    open.push(new StringBuilder());
    for (Token token : template.tokens()) {
      switch (token.kind()) {
        case TEXT -> open.element().append(token.text()).append(' ');
        case SECTION, INVERTED -> open.push(new StringBuilder());
        case END -> addRuns(open.pop().toString(), false, hashes);
        case VARIABLE, PARTIAL, COMMENT -> {}
      }
    }
    addRuns(open.element().toString(), false, hashes);
  }

  private static void addTexts(@Nullable JsonNode node, Set<Long> hashes) {
    if (node == null) {
      return;
    }
    if (node.isString()) {
      addRuns(node.asString(), false, hashes);
    }
    node.forEach(inner -> addTexts(inner, hashes));
  }

  /** Adds a hash for each two neighbouring shingles of three words, which are four words. */
  private static void addRuns(String text, boolean whole, Set<Long> hashes) {
    int[] shingles = TokenHashes.of(NormalText.of(text), MAX_WORDS).shingles();
    if (shingles.length == 1 && whole) {
      hashes.add(join(shingles[0], shingles[0]));
    }
    for (int i = 1; i < shingles.length; i++) {
      hashes.add(join(shingles[i - 1], shingles[i]));
    }
  }

  private static long join(int high, int low) {
    return ((long) high << Integer.SIZE) | Integer.toUnsignedLong(low);
  }
}
