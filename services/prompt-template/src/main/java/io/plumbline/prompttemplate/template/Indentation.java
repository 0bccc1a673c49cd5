package io.plumbline.prompttemplate.template;

import java.util.Optional;

/**
 * The indentation of partials, as the specification of Mustache has it (mustache/spec, partials): a
 * tag that is alone on its line lends its indentation to each line of the partial, before the
 * partial is rendered. Empty lines stay empty.
 *
 * <p>The library is not used for it, because it loses the indentation at the second iteration of a
 * section.
 */
final class Indentation {

  private Indentation() {}

  /** Returns the blanks before a tag that is alone on its line; empty for any other tag. */
  static Optional<String> blanksBefore(String source, Token tag) {
    int from = tag.offset();
    while (from > 0 && isBlank(source.charAt(from - 1))) {
      from--;
    }
    int to = tag.offset() + tag.text().length();
    while (to < source.length() && isBlank(source.charAt(to))) {
      to++;
    }
    boolean begins = from == 0 || source.charAt(from - 1) == '\n';
    boolean ends =
        to == source.length() || source.charAt(to) == '\n' || source.startsWith("\r\n", to);
    if (begins && ends) {
      return Optional.of(source.substring(from, tag.offset()));
    }
    return Optional.empty();
  }

  static String indented(String source, String indent) {
    if (indent.isEmpty()) {
      return source;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < source.length(); i++) {
      if (startsLine(source, i)) {
        text.append(indent);
      }
      text.append(source.charAt(i));
    }
    return text.toString();
  }

  /** Returns the length of a text with this indentation. */
  static long indentedLength(String source, int indent) {
    long lines = 0;
    for (int i = 0; indent > 0 && i < source.length(); i++) {
      if (startsLine(source, i)) {
        lines++;
      }
    }
    return source.length() + lines * indent;
  }

  private static boolean startsLine(String source, int at) {
    return (at == 0 || source.charAt(at - 1) == '\n')
        && source.charAt(at) != '\n'
        && !source.startsWith("\r\n", at);
  }

  private static boolean isBlank(char character) {
    return character == ' ' || character == '\t';
  }
}
