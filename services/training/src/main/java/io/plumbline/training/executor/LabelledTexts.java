package io.plumbline.training.executor;

import io.plumbline.contracts.Digest;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import java.io.IOException;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;

/** The labelled texts of a subset of a split. */
record LabelledTexts(List<String> ids, List<String> texts, List<String> labels) {

  /**
   * Reads all items of a subset.
   *
   * @throws UnusableData when the content is damaged or does not match its digest, or an item is
   *     not a labelled text
   */
  static LabelledTexts read(String name, TrainerAssignment.Subset subset) throws IOException {
    LabelledTexts rows = new LabelledTexts(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    MessageDigest sha256 = Digest.sha256();
    try (ItemFile.Reader items =
        new ItemFile.Reader(new DigestInputStream(Files.newInputStream(subset.path()), sha256))) {
      for (Item item = items.next(); item != null; item = items.next()) {
        rows.add(item, name);
      }
    } catch (JacksonException e) {
      throw new UnusableData(
          "Item %d of the %s subset is damaged: %s"
              .formatted(rows.size() + 1, name, e.getOriginalMessage()));
    }
    if (!Digest.ofRaw(sha256.digest()).equals(subset.digest())) {
      throw new UnusableData(
          "The "
              + name
              + " subset does not match its digest; its blob is damaged, define the split again");
    }
    if (rows.ids.isEmpty()) {
      throw new UnusableData("The " + name + " subset has no items");
    }
    return rows;
  }

  private void add(Item item, String subset) {
    String wrong = "Item %d of the %s subset ".formatted(size() + 1, subset);
    if (item.expected().isPreference()) {
      throw new UnusableData(
          wrong
              + "is a preference (its dataset is of the kind PREFERENCE); a head is trained on"
              + " labelled texts");
    }
    ids.add(item.itemId());
    texts.add(
        item.input()
            .onlyText()
            .orElseThrow(() ->
                new UnusableData(
                    wrong
                        + "is a conversation or has variables; a head is trained on labelled"
                        + " texts")));
    labels.add(
        item.label()
            .orElseThrow(() ->
                new UnusableData(wrong + "has no label; a head is trained on labelled texts")));
  }

  int size() {
    return ids.size();
  }

  /** Returns the class of each row, which is the index of its label in {@code names}. */
  int[] classes(List<String> names, String subset) {
    int[] classes = new int[size()];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = names.indexOf(labels.get(i));
      if (classes[i] < 0) {
        throw new UnusableData(
            "The "
                + subset
                + " subset has the label '"
                + labels.get(i)
                + "', which no training item has");
      }
    }
    return classes;
  }
}
