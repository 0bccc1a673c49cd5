package io.plumbline.datasetregistry.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.items.Document;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.items.Item;
import io.plumbline.items.PassageReference;
import io.plumbline.sensitivedata.SensitiveKind;
import io.plumbline.sensitivedata.SensitiveScanner;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ItemMaskerTests {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final ItemMasker mask = new ItemMasker(() -> new SensitiveScanner("US"));

  @Test
  void every_text_is_masked_and_what_was_found_is_named_once() {
    ItemMasker.Masked masked =
        mask.mask(
            JSON.readValue(
                """
                {"itemId":"a1","input":{"messages":[
                  {"role":"system","content":"Write to jo@example.org."},
                  {"role":"user","content":"I am jo@example.org"}]},
                 "expected":{"references":["Yes, jo@example.org."]},
                 "metadata":{"from":"jo@example.org"}}
                """,
                Item.class));

    assertThat(masked.kinds()).containsExactly(SensitiveKind.EMAIL);
    assertThat(masked.item().input().messages().get(1).path("content").asString())
        .isEqualTo("I am <EMAIL>");
    assertThat(masked.item().expected().references()).containsExactly("Yes, <EMAIL>.");
    assertThat(masked.item().metadata()).isEqualTo(Map.of("from", "<EMAIL>"));
    assertThat(JSON.writeValueAsString(masked.item())).doesNotContain("jo@");
  }

  @Test
  void a_document_is_masked_but_for_what_it_is_known_by() {
    Item masked =
        mask.mask(
                JSON.readValue(
                    """
                    {"itemId":"a1","input":{"document":{"documentId":"jo@example.org",
                      "title":"Of jo@example.org","text":"Write to jo@example.org.",
                      "url":"https://example.org/jo"}}}
                    """,
                    Item.class))
            .item();

    assertThat(masked.input())
        .isEqualTo(
            Input.ofDocument(
                new Document(
                    "jo@example.org",
                    "Of <EMAIL>",
                    "Write to <EMAIL>.",
                    "https://example.org/jo",
                    null)));
  }

  @Test
  void answers_and_passages_are_masked_but_for_the_documents_that_they_name() {
    Item masked =
        mask.mask(
                JSON.readValue(
                    """
                    {"itemId":"a1","input":{"messages":[{"role":"user","content":"Who?"}]},
                     "expected":{"answers":["jo@example.org"],"passages":[{"documentId":"a",
                      "section":"Of jo@example.org","text":"Write to jo@example.org."}]}}
                    """,
                    Item.class))
            .item();

    assertThat(masked.expected())
        .isEqualTo(
            Expected.ofAnswers(
                List.of("<EMAIL>"),
                List.of(new PassageReference("a", "Of <EMAIL>", "Write to <EMAIL>."))));
  }

  @Test
  void both_answers_of_a_preference_are_masked() {
    ItemMasker.Masked masked =
        mask.mask(
            JSON.readValue(
                """
                {"itemId":"a1","input":{"messages":[{"role":"user","content":"Who?"}]},
                 "expected":{"chosen":{"role":"assistant","content":"jo@example.org"},
                  "rejected":{"role":"assistant","content":"Call (212) 555-0142."}}}
                """,
                Item.class));

    assertThat(masked.kinds()).containsExactlyInAnyOrder(SensitiveKind.EMAIL, SensitiveKind.PHONE);
    assertThat(masked.item().expected())
        .isEqualTo(
            JSON.readValue(
                """
                {"chosen":{"role":"assistant","content":"<EMAIL>"},
                 "rejected":{"role":"assistant","content":"Call <PHONE>."}}
                """,
                Expected.class));
  }

  @Test
  void an_image_shows_by_its_digest_alone() {
    Item shown =
        mask.mask(
                JSON.readValue(
                    """
                    {"itemId":"a1","input":{"messages":[{"role":"user","content":[
                      {"type":"text","text":"look"},
                      {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}]}}
                    """,
                    Item.class))
            .item();

    assertThat(shown.input().messages().getFirst().at("/content/1/image_url/url").asString())
        .matches("sha256:[0-9a-f]{64}");
    assertThat(shown.input().messages().getFirst().at("/content/0/text").asString())
        .isEqualTo("look");
  }

  @Test
  void an_item_with_nothing_sensitive_stays_as_it_is() {
    Item item = Item.ofText("a1", "It rains.", "weather");

    assertThat(mask.mask(item)).isEqualTo(new ItemMasker.Masked(item, List.of()));
  }
}
