package io.plumbline.training.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.Digest;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelledTextsTests {

  @TempDir Path directory;

  @Test
  void reads_texts_and_labels() throws IOException {
    Path file = directory.resolve("items");
    try (ItemFile.Writer items = new ItemFile.Writer(file)) {
      items.write(Item.ofText("0f", "where is my parcel", "delivery"));
      items.write(Item.ofText("1e", "I was charged twice", "payment"));
    }

    assertThat(read(Files.readString(file)))
        .isEqualTo(
            new LabelledTexts(
                List.of("0f", "1e"),
                List.of("where is my parcel", "I was charged twice"),
                List.of("delivery", "payment")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'itemId':'1','input':{'messages':[{'role':'user','content':'a'}]}}"
            + " | Item 1 of the train subset has no label; a head is trained on labelled texts",
        "{'itemId':'1','input':{'messages':[{'role':'user','content':'a'},"
            + "{'role':'assistant','content':'b'}]},'expected':{'label':'x'}} | Item 1 of the train"
            + " subset is a conversation or has variables; a head is trained on labelled texts",
        "{'itemId':'1','input':{'messages':[{'role':'user','content':'a'}]},'expected':{'chosen':"
            + "{'role':'assistant','content':'b'},'rejected':{'role':'assistant','content':'c'}}}"
            + " | Item 1 of the train subset is a preference (its dataset is of the kind"
            + " PREFERENCE); a head is trained on labelled texts"
      },
      quoteCharacter = '\u0000')
  void names_the_item_that_cannot_be_used(String content, String message) {
    assertThatThrownBy(() -> read(content.replace('\'', '"')))
        .isInstanceOf(UnusableData.class)
        .hasMessage(message);
  }

  @Test
  void names_the_item_that_is_damaged() {
    assertThatThrownBy(() -> read("{\"itemId\": "))
        .isInstanceOf(UnusableData.class)
        .hasMessageStartingWith("Item 1 of the train subset is damaged: Unexpected end-of-input");
  }

  @Test
  void refuses_a_subset_without_items() {
    assertThatThrownBy(() -> read("")).hasMessage("The train subset has no items");
  }

  @Test
  void refuses_content_that_does_not_match_its_digest() throws IOException {
    Path file = directory.resolve("rows");
    try (ItemFile.Writer items = new ItemFile.Writer(file)) {
      items.write(Item.ofText("1", "a", "x"));
    }
    assertThatThrownBy(() ->
            LabelledTexts.read(
                "validation", new TrainerAssignment.Subset(file, Digest.ofText("other"))))
        .isInstanceOf(UnusableData.class)
        .hasMessage(
            "The validation subset does not match its digest; its blob is damaged, define the"
                + " split again");
  }

  @Test
  void gives_the_class_of_each_row() {
    LabelledTexts rows =
        new LabelledTexts(List.of("1", "2", "3"), List.of("a", "b", "c"), List.of("y", "x", "y"));
    assertThat(rows.classes(List.of("x", "y"), "train")).containsExactly(1, 0, 1);
  }

  @Test
  void refuses_a_label_that_was_never_trained() {
    LabelledTexts rows = new LabelledTexts(List.of("1"), List.of("a"), List.of("z"));
    assertThatThrownBy(() -> rows.classes(List.of("x", "y"), "validation"))
        .isInstanceOf(UnusableData.class)
        .hasMessage("The validation subset has the label 'z', which no training item has");
  }

  private LabelledTexts read(String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    Path file = directory.resolve("rows");
    Files.write(file, bytes);
    return LabelledTexts.read("train", new TrainerAssignment.Subset(file, Digest.of(bytes)));
  }
}
