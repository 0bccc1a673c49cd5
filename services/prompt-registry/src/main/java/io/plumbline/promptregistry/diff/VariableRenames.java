package io.plumbline.promptregistry.diff;

import io.plumbline.prompttemplate.content.Message;
import io.plumbline.prompttemplate.content.Placeholder;
import io.plumbline.prompttemplate.content.PromptContent;
import io.plumbline.prompttemplate.content.PromptMessage;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Finds variables that only changed their name: they are gone in the newer version, which uses a
 * variable of the same type at all of their places.
 */
final class VariableRenames {

  private VariableRenames() {}

  static Map<String, String> between(PromptContent older, PromptContent newer) {
    Set<String> removed = variableNames(older);
    removed.removeAll(variableNames(newer));
    Set<String> added = variableNames(newer);
    added.removeAll(variableNames(older));
    Edits edits = new Edits();
    Map<String, String> renamed = new LinkedHashMap<>();
    for (String oldName : removed) {
      added.stream()
          .filter(newName -> !renamed.containsValue(newName))
          .filter(newName -> typeOf(older, oldName).equals(typeOf(newer, newName)))
          .filter(newName -> isRename(edits, oldName, newName, older, newer))
          .findFirst()
          .ifPresent(found -> renamed.put(oldName, found));
    }
    return renamed;
  }

  /**
   * Returns whether every use of the old name is a use of the new name in the newer version, and no
   * use of either is left over.
   */
  private static boolean isRename(
      Edits edits, String oldName, String newName, PromptContent older, PromptContent newer) {
    boolean used = false;
    for (int i = 0; i < Math.min(older.messages().size(), newer.messages().size()); i++) {
      List<Word> from = wordsOf(older.messages().get(i));
      List<Word> to = wordsOf(newer.messages().get(i));
      long expected = countUses(from, oldName);
      if (expected != countUses(to, newName)) {
        return false;
      }
      if (WordDiff.countRenamed(edits, from, to, Map.of(oldName, newName)) != expected) {
        return false;
      }
      used |= expected > 0;
    }
    return used;
  }

  private static List<Word> wordsOf(PromptMessage entry) {
    return switch (entry) {
      case Message message -> Word.wordsOf(message.content());
      case Placeholder _ -> List.of();
    };
  }

  private static long countUses(List<Word> words, String variable) {
    return words.stream().filter(word -> word.variable().equals(variable)).count();
  }

  private static Set<String> variableNames(PromptContent content) {
    return new LinkedHashSet<>(content.variables().path("properties").propertyNames());
  }

  private static JsonNode typeOf(PromptContent content, String variable) {
    return content.variables().path("properties").path(variable).path("type");
  }
}
