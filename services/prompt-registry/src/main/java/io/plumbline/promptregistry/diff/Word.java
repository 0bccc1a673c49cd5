package io.plumbline.promptregistry.diff;

import io.plumbline.promptregistry.rendering.ParsedTemplate;
import io.plumbline.promptregistry.rendering.Template;
import io.plumbline.promptregistry.rendering.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The smallest thing a difference speaks of: a tag of the template, a word, a run of space or one
 * other character.
 *
 * @param variable the first part of the name a tag uses; empty for text
 */
record Word(String text, String variable) {

  private static final Pattern PIECE = Pattern.compile("\\s+|[\\p{L}\\p{N}_]+|.", Pattern.DOTALL);

  static List<Word> of(String source) {
    return switch (Template.parse(source)) {
      case ParsedTemplate.Malformed malformed -> pieces(source);
      case Template template -> {
        List<Word> words = new ArrayList<>();
        for (Token token : template.tokens()) {
          if (token.kind() == Token.Kind.TEXT) {
            words.addAll(pieces(token.text()));
          } else {
            words.add(new Word(token.text(), root(token.name())));
          }
        }
        yield words;
      }
    };
  }

  boolean same(Word newer, Map<String, String> renamed) {
    return text.equals(newer.text)
        || (renames(newer, renamed) && text.replace(variable, newer.variable).equals(newer.text));
  }

  boolean renames(Word newer, Map<String, String> renamed) {
    return !variable.isEmpty() && newer.variable.equals(renamed.get(variable));
  }

  private static List<Word> pieces(String text) {
    return PIECE.matcher(text).results().map(piece -> new Word(piece.group(), "")).toList();
  }

  private static String root(String name) {
    int dot = name.indexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
