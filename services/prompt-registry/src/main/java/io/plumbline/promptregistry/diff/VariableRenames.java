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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Finds variables that only changed their name: they are gone in the newer version, which uses a
 * variable of the same type at all of their places.
 */
final class VariableRenames {

  /**
   * The words that are compared in all. Each pair of a removed and an added variable is compared in
   * all messages; the pairs beyond are no renames, but a variable less and one more.
   */
  private static final long MAX_WORDS = 4_000_000;

  private final List<List<Word>> older;
  private final List<List<Word>> newer;
  private final long words;
  private final Edits edits = new Edits();
  private long left = MAX_WORDS;

  private VariableRenames(PromptContent older, PromptContent newer) {
    int messages = Math.min(older.messages().size(), newer.messages().size());
    this.older =
        older.messages().subList(0, messages).stream().map(VariableRenames::wordsOf).toList();
    this.newer =
        newer.messages().subList(0, messages).stream().map(VariableRenames::wordsOf).toList();
    this.words =
        Stream.of(this.older, this.newer).flatMap(List::stream).mapToLong(List::size).sum();
  }

  static Map<String, String> between(PromptContent older, PromptContent newer) {
    VariableRenames renames = new VariableRenames(older, newer);
    Set<String> removed = variableNames(older);
    removed.removeAll(variableNames(newer));
    Set<String> added = variableNames(newer);
    added.removeAll(variableNames(older));
    Map<String, Long> uses = countUses(renames.older);
    Map<String, Long> usesOfNew = countUses(renames.newer);
    added.removeIf(name -> !usesOfNew.containsKey(name));
    Map<String, String> renamed = new LinkedHashMap<>();
    for (String oldName : removed) {
      Long used = uses.get(oldName);
      if (used != null && renames.left > 0) {
        added.stream()
            .filter(newName -> used.equals(usesOfNew.get(newName)))
            .filter(newName -> typeOf(older, oldName).equals(typeOf(newer, newName)))
            .filter(newName -> renames.isRename(oldName, newName))
            .findFirst()
            .ifPresent(found -> {
              renamed.put(oldName, found);
              added.remove(found);
            });
      }
    }
    return renamed;
  }

  /**
   * Returns whether every use of the old name is a use of the new name in the newer version, and no
   * use of either is left over.
   */
  private boolean isRename(String oldName, String newName) {
    left -= words;
    if (left < 0) {
      return false;
    }
    for (int i = 0; i < older.size(); i++) {
      List<Word> from = older.get(i);
      List<Word> to = newer.get(i);
      long expected = countUses(from, oldName);
      if (expected != countUses(to, newName)
          || expected != WordDiff.countRenamed(edits, from, to, Map.of(oldName, newName))) {
        return false;
      }
    }
    return true;
  }

  private static List<Word> wordsOf(PromptMessage entry) {
    return switch (entry) {
      case Message message -> Word.wordsOf(message.content());
      case Placeholder _ -> List.of();
    };
  }

  private static Map<String, Long> countUses(List<List<Word>> messages) {
    return messages.stream()
        .flatMap(List::stream)
        .map(Word::variable)
        .filter(variable -> !variable.isEmpty())
        .collect(Collectors.groupingBy(variable -> variable, Collectors.counting()));
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
