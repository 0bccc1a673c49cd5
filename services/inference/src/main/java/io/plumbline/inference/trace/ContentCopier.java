package io.plumbline.inference.trace;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.body.StorableText;
import io.plumbline.sensitivedata.Masking;
import io.plumbline.sensitivedata.SensitiveScanner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Copies JSON that is kept. Every text in it, names of fields included, is masked, and text beyond
 * a number of characters is left out.
 */
final class ContentCopier {

  /**
   * The number of characters that are read beyond the last one that is kept. A value is then
   * recognised as a whole before it is cut: a private key of 4,096 bits is shorter.
   */
  static final int BEYOND = 4_096;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final @Nullable SensitiveScanner scanner;
  private int room;
  private boolean cut;

  /**
   * Creates a copier.
   *
   * @param scanner the scanner that finds sensitive data; absent where texts are kept as they are
   * @param characters the number of characters that are kept in all
   */
  ContentCopier(@Nullable SensitiveScanner scanner, int characters) {
    this.scanner = scanner;
    this.room = characters;
  }

  /** Returns whether some text was left out. */
  boolean isCut() {
    return cut;
  }

  JsonNode copy(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode copy = NODES.objectNode();
        for (var field : object.properties()) {
          if (markCutIfFull()) {
            break;
          }
          copy.set(keptText(field.getKey()), copy(field.getValue()));
        }
        yield copy;
      }
      case ArrayNode array -> {
        ArrayNode copy = NODES.arrayNode();
        for (JsonNode each : array) {
          if (markCutIfFull()) {
            break;
          }
          copy.add(copy(each));
        }
        yield copy;
      }
      default -> copyScalar(node);
    };
  }

  private JsonNode copyScalar(JsonNode node) {
    // A number may be the number of a card, so numbers are masked, too.
    if (node.isString() || (scanner != null && node.isNumber())) {
      return NODES.stringNode(keptText(node.asString()));
    }
    return node;
  }

  private boolean markCutIfFull() {
    cut |= room <= 0;
    return room <= 0;
  }

  private String keptText(String text) {
    String read = StorableText.truncate(text, room + BEYOND);
    String clean = scanner == null ? storable(read) : masked(read, scanner);
    String kept = StorableText.truncate(clean, room);
    cut |= kept.length() == room && room < text.length();
    room -= kept.length();
    return kept;
  }

  private String masked(String text, SensitiveScanner finder) {
    if (text.startsWith("data:")) {
      return "sha256:" + Digest.ofText(text).hex();
    }
    String storable = storable(text);
    return Masking.UNNUMBERED.mask(storable, finder.scan(storable));
  }

  /** Returns a text without NUL and lone surrogates, which PostgreSQL cannot store. */
  private static String storable(String text) {
    boolean plain = text.chars().allMatch(c -> c != 0 && !Character.isSurrogate((char) c));
    if (plain) {
      return text;
    }
    return text.replaceAll("\\x00|\\p{Cs}", "\ufffd");
  }
}
