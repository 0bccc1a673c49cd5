package io.plumbline.evaluation.leakage;

import io.plumbline.evaluation.leakage.Leakage.Source;
import io.plumbline.items.Document;
import io.plumbline.items.Item;
import io.plumbline.platform.similarity.NearTexts;
import io.plumbline.platform.similarity.NormalText;
import io.plumbline.platform.similarity.TokenHashes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds the items of a suite that leaked into texts, which are passed one after another. A text
 * matches an item if it is equal after normalisation or {@linkplain NearTexts near}. Empty texts
 * match nothing.
 */
final class ItemMatcher {

  private final NearTexts near = new NearTexts();
  private final List<String> ids = new ArrayList<>();
  private final Map<NormalText.Key, List<String>> equal = new HashMap<>();
  private final DocumentQuestions questions = new DocumentQuestions();
  private final Map<Source, Set<String>> leakingBySource = new EnumMap<>(Source.class);
  private int items;

  void add(Item item) {
    questions.add(item);
    add(item.itemId(), item.text());
  }

  void add(String id, String text) {
    items++;
    NormalText normal = NormalText.of(text);
    if (normal.isEmpty()) {
      return;
    }
    equal.computeIfAbsent(normal.key(), key -> new ArrayList<>()).add(id);
    near.add(TokenHashes.of(normal, Integer.MAX_VALUE));
    ids.add(id);
  }

  /** Records the items that a text equals or is near as leaking into a source. */
  void compareText(Source source, String text) {
    NormalText normal = NormalText.of(text);
    if (normal.isEmpty()) {
      return;
    }
    Set<String> leaking = leakingBySource.computeIfAbsent(source, s -> new HashSet<>());
    leaking.addAll(equal.getOrDefault(normal.key(), List.of()));
    near.find(
        TokenHashes.of(normal, Integer.MAX_VALUE),
        number -> leaking.contains(ids.get(number)),
        number -> leaking.add(ids.get(number)));
  }

  /**
   * Records the items whose question a document contains, equal or near, together with one of their
   * answers. A document that contains the answer alone leaks nothing, since questions are meant to
   * be answered from it. The title of the document counts too, since each of its passages is found
   * and read under it.
   */
  void compareDocument(Source source, Document document) {
    NormalText normal = NormalText.of(document.title() + "\n" + document.text());
    if (normal.isEmpty()) {
      return;
    }
    DocumentQuestions.Document searched = questions.toSearchable(document.documentId(), normal);
    Set<String> leaking = leakingBySource.computeIfAbsent(source, s -> new HashSet<>());
    leaking.addAll(searched.answeredItemIds());
    near.find(
        TokenHashes.of(normal, Integer.MAX_VALUE),
        number -> leaking.contains(ids.get(number)),
        number -> {
          if (searched.containsAnswerTo(ids.get(number))) {
            leaking.add(ids.get(number));
          }
        });
  }

  /** Returns the ids of all items that were found in any source, in order. */
  SortedSet<String> leakingItemIds() {
    TreeSet<String> ids = new TreeSet<>();
    leakingBySource.values().forEach(ids::addAll);
    return ids;
  }

  Leakage leakage() {
    Map<Source, Integer> sources = new EnumMap<>(Source.class);
    leakingBySource.forEach((source, ids) -> {
      if (!ids.isEmpty()) {
        sources.put(source, ids.size());
      }
    });
    return new Leakage(items, leakingItemIds().size(), sources);
  }
}
