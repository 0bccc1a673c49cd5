package io.plumbline.inference.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.inference.retrieval.PassageIndex.Found;
import io.plumbline.inference.retrieval.PassageIndex.Listing;
import io.plumbline.inference.retrieval.PassageIndex.Selection;
import io.plumbline.inference.retrieval.chunk.Chunker;
import io.plumbline.inference.retrieval.chunk.Chunking;
import io.plumbline.items.Document;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.items.Item;
import io.plumbline.localmodels.EncoderModel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenIndexTests {

  private static final Chunker CHUNKER =
      new Chunker(Chunking.DEFAULT, text -> text.split("\\s+", -1).length);

  @TempDir Path directory;

  @Test
  void passages_are_ranked_by_words_and_meaning_together_and_given_as_they_stand()
      throws Exception {
    String text = "# Install\n\nRun the installer.\n\n# Remove\n\nDelete the folder.";
    Document document = new Document("a.md", "Guide", text, "https://x.example", Instant.EPOCH);
    try (LuceneFiles.Builder builder = new LuceneFiles.Builder(directory)) {
      int axis = 0;
      for (PassageEntry entry : PassageEntry.of(item("1", document), CHUNKER)) {
        builder.add(entry, along(axis++));
      }
      builder.add(
          PassageEntry.of(
                  item("2", new Document("b.md", null, "Nothing of it.", null, null)), CHUNKER)
              .getFirst(),
          along(axis));
      builder.finish();
    }

    List<Found> found;
    try (OpenIndex index = new OpenIndex(directory)) {
      found = index.search("how to remove a folder", along(1), 2);
      assertThat(index.search("???", along(1), 1)).hasSize(1);
    }

    int start = text.indexOf("Delete");
    assertThat(found.getFirst())
        .isEqualTo(
            new Found(
                new Passage(
                    1,
                    found.getFirst().passage().passageId(),
                    "a.md",
                    "Guide",
                    "Remove",
                    "https://x.example",
                    Instant.EPOCH,
                    start,
                    text.length(),
                    2.0 / 61,
                    "Delete the folder."),
                1,
                1));
    assertThat(found.get(1).passage().number()).isEqualTo(2);
    assertThat(found.get(1).passage().score()).isLessThan(2.0 / 61);
  }

  @Test
  void an_index_has_so_many_passages_and_no_more() throws Exception {
    PassageEntry entry =
        PassageEntry.of(item("1", new Document("a.md", null, "Text.", null, null)), CHUNKER)
            .getFirst();
    try (LuceneFiles.Builder builder = new LuceneFiles.Builder(directory, 1)) {
      builder.add(entry, along(0));
      assertThatThrownBy(() -> builder.add(entry, along(1)))
          .hasMessageContaining("more than 1 rows or passages");
    }
  }

  /** Searches for a passage whose subject is only in its heading. */
  @Test
  void a_passage_is_found_by_title_and_headings() throws Exception {
    try (LuceneFiles.Builder builder = new LuceneFiles.Builder(directory)) {
      for (PassageEntry entry :
          PassageEntry.of(
              item("1", document("# Refunds\n\nWithin a week.\n\n# Hours\n\nNine to five.")),
              CHUNKER)) {
        builder.add(entry, along(5));
      }
      builder.finish();
    }
    try (OpenIndex index = new OpenIndex(directory)) {
      assertThat(index.search("refunds", along(5), 1))
          .extracting(each -> each.passage().text())
          .containsExactly("Within a week.");
      assertThat(index.search("hours", along(5), 1))
          .extracting(each -> each.passage().section())
          .containsExactly("Hours");
    }
  }

  @Test
  void passages_are_listed_by_their_document_or_their_ids_in_its_order() throws Exception {
    try (LuceneFiles.Builder builder = new LuceneFiles.Builder(directory)) {
      for (Document document :
          List.of(
              document("# One\n\nFirst.\n\n# Two\n\nSecond.\n\n# Three\n\nThird."),
              new Document("b.md", null, "Another.", null, null))) {
        for (PassageEntry entry : PassageEntry.of(item("1", document), CHUNKER)) {
          builder.add(entry, along(0));
        }
      }
      builder.finish();
    }
    try (OpenIndex index = new OpenIndex(directory)) {
      Selection document = new Selection("a.md", List.of());
      Listing first = index.list(document, 0, 2);
      assertThat(texts(first)).containsExactly("First.", "Second.");
      assertThat(first.total()).isEqualTo(3);
      int next = first.passages().getLast().place() + 1;
      assertThat(texts(index.list(document, next, 2))).containsExactly("Third.");
      assertThat(texts(index.list(document, Integer.MAX_VALUE, 2))).isEmpty();

      List<String> ids =
          index.list(new Selection(null, List.of()), 0, 10).passages().stream()
              .map(each -> each.passage().passageId())
              .toList();
      assertThat(ids).hasSize(4);
      List<String> some = List.of(ids.get(3), ids.get(1), "unknown");
      assertThat(texts(index.list(new Selection(null, some), 0, 10)))
          .containsExactly("Second.", "Another.");
      assertThat(texts(index.list(new Selection("b.md", some), 0, 10))).containsExactly("Another.");
    }
  }

  private static List<String> texts(Listing listing) {
    return listing.passages().stream().map(each -> each.passage().text()).toList();
  }

  @Test
  void an_item_that_is_no_document_is_refused_by_name() {
    assertThatThrownBy(() -> PassageEntry.of(Item.ofText("7", "Hello", null), CHUNKER))
        .hasMessage(
            "Item 7 is not a document. An index of passages needs a dataset of the kind"
                + " DOCUMENTS.");
    assertThatThrownBy(
            () -> PassageEntry.of(item("1", document("# A\n\nb\n\n".repeat(10_001))), CHUNKER))
        .hasMessageContaining(
            "Document 'a.md' cannot be indexed: it has more than 10,000 passages");
  }

  /** Tries more dimensions than the 1,024 of Lucene's own codec, which opens the index. */
  @ParameterizedTest
  @ValueSource(ints = {1_536, 3_072, 4_096})
  void vectors_of_providers_models_are_searched(int dimensions) throws Exception {
    try (LuceneFiles.Builder builder = new LuceneFiles.Builder(directory)) {
      for (int i = 0; i < 3; i++) {
        builder.add(new LabelledText("row " + i, "text " + i, "l"), along(dimensions, i));
      }
      builder.finish();
    }
    try (OpenIndex index = new OpenIndex(directory)) {
      assertThat(index.searchExamples("nothing alike", along(dimensions, 2), 1))
          .extracting(LabelledText::id)
          .containsExactly("row 2");
    }
  }

  private static Document document(String text) {
    return new Document("a.md", null, text, null, null);
  }

  private static Item item(String id, Document document) {
    return new Item(id, Input.ofDocument(document), Expected.NOTHING, Map.of());
  }

  private static float[] along(int axis) {
    return along(EncoderModel.DIMENSIONS, axis);
  }

  private static float[] along(int dimensions, int axis) {
    float[] vector = new float[dimensions];
    vector[axis] = 1;
    return vector;
  }
}
