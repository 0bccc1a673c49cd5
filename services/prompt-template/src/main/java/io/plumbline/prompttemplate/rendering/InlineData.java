package io.plumbline.prompttemplate.rendering;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Images, sounds and files inside a message. An address in their place would let a caller make the
 * model's server fetch it, from a network that the caller cannot reach, and its content could
 * change later.
 */
public final class InlineData {

  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/=]++");

  private static final Pattern FILE =
      Pattern.compile("(?:data:[A-Za-z0-9.+-]+/[A-Za-z0-9.+-]+;base64,)?[A-Za-z0-9+/=]++");

  /** A scheme other than {@code data}. */
  private static final Pattern ADDRESS =
      Pattern.compile("(?!data:)[a-z][a-z0-9+.-]*+:", Pattern.CASE_INSENSITIVE);

  /** The start of a path of the server's own files, or of a host without a scheme. */
  private static final Pattern PATH = Pattern.compile("[/\\\\~.]");

  /** The longest path that Linux opens; a longer text is data, which may begin with a slash too. */
  private static final int MAX_PATH = 4_096;

  /** Readers of addresses skip blanks before one, and some skip control characters anywhere. */
  private static final Pattern SKIPPED = Pattern.compile("^[\\x00-\\x20]++|[\\x00-\\x1f]");

  private InlineData() {}

  /** Returns whether the sound of a part of the type {@code input_audio} is in the part. */
  public static boolean isInlineAudio(JsonNode audio) {
    return BASE64.matcher(audio.path("data").asString("")).matches()
        && !containsAddressBeside("data", audio);
  }

  /** Returns whether the file of a part of the type {@code file} is in the part. */
  public static boolean isInlineFile(JsonNode file) {
    return FILE.matcher(file.path("file_data").asString("")).matches()
        && !file.has("file_id")
        && !containsAddressBeside("file_data", file);
  }

  private static boolean containsAddressBeside(String data, JsonNode value) {
    return value
        .propertyStream()
        .anyMatch(field -> !field.getKey().equals(data) && containsAddress(field.getValue()));
  }

  /**
   * Returns whether a server that reads any text of a value as an address could fetch something by
   * it. Such a text begins with a scheme other than {@code data}, or as a path.
   */
  public static boolean containsAddress(JsonNode value) {
    if (value.isString()) {
      return isAddress(value.asString());
    }
    return value.valueStream().anyMatch(InlineData::containsAddress);
  }

  private static boolean isAddress(String text) {
    String start = text.substring(0, Math.min(MAX_PATH, text.length()));
    String read = SKIPPED.matcher(start).replaceAll("");
    return ADDRESS.matcher(read).lookingAt()
        || (text.length() < MAX_PATH && PATH.matcher(read).lookingAt());
  }
}
