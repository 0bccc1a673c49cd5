package io.plumbline.promptregistry.diff;

import io.plumbline.prompttemplate.template.ParsedTemplate;
import io.plumbline.prompttemplate.template.Template;
import io.plumbline.prompttemplate.template.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The smallest unit of a diff: a tag of the template, a word, a run of blanks or one other
 * character.
 *
 * @param variable the first part of the name that a tag uses; empty for text
 */
record Word(String text, String variable) {

  private static final Pattern PIECE = Pattern.compile("\\s+|[\\p{L}\\p{N}_]+|.", Pattern.DOTALL);

  static List<Word> wordsOf(String source) {
    return switch (Template.parse(source)) {
      case ParsedTemplate.Malformed malformed -> plainWords(source);
      case Template template -> {
        List<Word> words = new ArrayList<>();
        for (Token token : template.tokens()) {
          if (token.kind() == Token.Kind.TEXT) {
            words.addAll(plainWords(token.text()));
          } else {
            String variable = token.kind() == Token.Kind.PARTIAL ? "" : firstPart(token.name());
            words.add(new Word(token.text(), variable));
          }
        }
        yield words;
      }
    };
  }

  /**
   * Returns the words of a source line by line, without the line feeds. A tag that spans lines is
   * cut at their ends.
   */
  static List<List<Word>> linesOf(String source) {
    List<List<Word>> lines = new ArrayList<>();
    List<Word> line = new ArrayList<>();
    for (Word word : wordsOf(source)) {
      String[] pieces = word.text.split("\n", -1);
      for (int i = 0; i < pieces.length; i++) {
        if (i > 0) {
          lines.add(line);
          line = new ArrayList<>();
        }
        if (!pieces[i].isEmpty()) {
          line.add(pieces.length == 1 ? word : new Word(pieces[i], ""));
        }
      }
    }
    lines.add(line);
    return lines;
  }

  boolean matches(Word newer, Map<String, String> renamed) {
    return text.equals(newer.text)
        || (isRenamedTo(newer, renamed)
            && text.replace(variable, newer.variable).equals(newer.text));
  }

  boolean isRenamedTo(Word newer, Map<String, String> renamed) {
    return !variable.isEmpty() && newer.variable.equals(renamed.get(variable));
  }

  private static List<Word> plainWords(String text) {
    return PIECE.matcher(text).results().map(piece -> new Word(piece.group(), "")).toList();
  }

  private static String firstPart(String name) {
    int dot = name.indexOf('.');
    if (dot > 0) {
      return name.substring(0, dot);
    }
    return name;
  }
}
