package io.plumbline.promptregistry.diff;

import io.plumbline.promptregistry.content.Message;
import io.plumbline.promptregistry.content.PromptContent;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Finds variables that only changed their name: gone in the newer version, with one of the same type standing wherever they stood.
 */
final class Renames {

  private Renames() {}

  static Map<String, String> between(PromptContent older, PromptContent newer) {
    Set<String> gone = names(older);
    gone.removeAll(names(newer));
    Set<String> come = names(newer);
    come.removeAll(names(older));
    Map<String, String> renamed = new LinkedHashMap<>();
    for (String former : gone) {
      come.stream()
          .filter(candidate -> !renamed.containsValue(candidate))
          .filter(candidate -> type(older, former).equals(type(newer, candidate)))
          .filter(candidate -> standsWhere(former, candidate, older, newer))
          .findFirst()
          .ifPresent(found -> renamed.put(former, found));
    }
    return renamed;
  }

  /** Whether taking the candidate for the former leaves no difference at any place where either stands. */
  private static boolean standsWhere(String former, String candidate, PromptContent older, PromptContent newer) {
    boolean met = false;
    for (int i = 0; i < Math.min(older.messages().size(), newer.messages().size()); i++) {
      List<Word> from = Word.of(older.messages().get(i).content());
      List<Word> to = Word.of(newer.messages().get(i).content());
      long expected = uses(from, former);
      if (expected != uses(to, candidate)) {
        return false;
      }
      long renames = TextDiff.between(from, to, Map.of(former, candidate)).stream()
          .filter(segment -> segment.op() == Segment.Op.RENAME)
          .mapToLong(segment -> uses(Word.of(segment.text()), candidate))
          .sum();
      if (renames != expected) {
        return false;
      }
      met |= expected > 0;
    }
    return met;
  }

  private static long uses(List<Word> words, String variable) {
    return words.stream().filter(word -> word.variable().equals(variable)).count();
  }

  private static Set<String> names(PromptContent content) {
    Set<String> names = new LinkedHashSet<>();
    content.messages().stream().map(Message::content).flatMap(text -> Word.of(text).stream()).map(Word::variable)
        .filter(name -> content.variables().path("properties").has(name))
        .forEach(names::add);
    return names;
  }

  private static JsonNode type(PromptContent content, String variable) {
    return content.variables().path("properties").path(variable).path("type");
  }
}
