package io.plumbline.promptregistry.diff;

import io.plumbline.promptregistry.content.PromptContent;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Finds variables that only changed their name: gone in the newer version, and used at every place
 * where one of the same type is used now.
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

  /**
   * Whether taking the candidate for the former leaves no difference at any place where either
   * stands.
   */
  private static boolean standsWhere(
      String former, String candidate, PromptContent older, PromptContent newer) {
    boolean met = false;
    for (int i = 0; i < Math.min(older.messages().size(), newer.messages().size()); i++) {
      List<Word> from = Word.of(older.messages().get(i).content());
      List<Word> to = Word.of(newer.messages().get(i).content());
      long expected = uses(from, former);
      if (expected != uses(to, candidate)) {
        return false;
      }
      if (WordDiff.renames(from, to, Map.of(former, candidate)) != expected) {
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
    return new LinkedHashSet<>(content.variables().path("properties").propertyNames());
  }

  private static JsonNode type(PromptContent content, String variable) {
    return content.variables().path("properties").path(variable).path("type");
  }
}
