package io.plumbline.training.executor;

import io.plumbline.contracts.Digest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/** The labelled texts of a subset of a split. */
record Rows(List<String> ids, List<String> texts, List<String> labels) {

  private record Row(@Nullable String id, @Nullable String text, @Nullable String label) {}

  /** Reads all rows and refuses content that does not match its digest. */
  static Rows read(String name, Assignment.Subset subset, JsonMapper json) throws IOException {
    Rows rows = new Rows(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    MessageDigest sha256 = Digest.sha256();
    try (InputStream content =
            new DigestInputStream(
                new BufferedInputStream(Files.newInputStream(subset.path()), 1 << 16), sha256);
        MappingIterator<Row> iterator = json.readerFor(Row.class).readValues(content)) {
      while (iterator.hasNextValue()) {
        Row row = iterator.nextValue();
        if (row.text() == null || row.label() == null) {
          throw new UnusableData(
              "Row " + (rows.size() + 1) + " of the " + name + " subset has no text or no label");
        }
        rows.ids.add(row.id() == null ? Integer.toString(rows.size() + 1) : row.id());
        rows.texts.add(row.text());
        rows.labels.add(row.label());
      }
    } catch (JacksonException e) {
      throw new UnusableData(
          "Row "
              + (rows.size() + 1)
              + " of the "
              + name
              + " subset is not a JSON object of strings");
    }
    if (!Digest.ofRaw(sha256.digest()).equals(subset.digest())) {
      throw new UnusableData(
          "The "
              + name
              + " subset does not match its digest; its blob is damaged, define the split again");
    }
    if (rows.ids.isEmpty()) {
      throw new UnusableData("The " + name + " subset has no rows");
    }
    return rows;
  }

  int size() {
    return ids.size();
  }

  /** The class of each row: the place of its label among {@code names}. */
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
                + "', which no training row has");
      }
    }
    return classes;
  }
}
