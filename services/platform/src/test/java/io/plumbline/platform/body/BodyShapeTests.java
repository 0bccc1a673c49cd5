package io.plumbline.platform.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

class BodyShapeTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | 0 | 0",
        "true | 1 | 0",
        "-1.5e3 | 1 | 0",
        "\"a,b{[\" | 1 | 0",
        "\"a\\\"{[{[\" | 1 | 0",
        "[] | 1 | 1",
        "[1,2 , 3] | 4 | 1",
        "{\"a\":1} | 3 | 1",
        "{\"a\":{\"b\":[null,false]}} | 7 | 3",
        "[{},{},{}] | 4 | 2",
      })
  void values_and_names_are_counted(String text, int nodes, int depth) {
    assertThat(shape(text)).isEqualTo(new BodyShape(nodes, depth));
  }

  @Test
  void two_megabytes_of_empty_objects_are_seven_hundred_thousand_nodes() {
    assertThat(shape("[" + "{},".repeat(699_049) + "{}]").nodes()).isEqualTo(699_051);
  }

  @Test
  void what_follows_a_flaw_cannot_undo_the_count() {
    assertThat(shape("[{},{},{}" + ":".repeat(100) + "]".repeat(100)))
        .isEqualTo(new BodyShape(4, 2));
  }

  /** Compares the counts with the parser, which must never find more than was counted before. */
  @Test
  void no_parser_finds_more_in_well_formed_or_broken_texts() {
    Random random = new Random(8);
    String alphabet = "{}[]\",:\\ 1e-tnu\té";
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(30); i >= 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      BodyShape counted = shape(text.toString());
      BodyShape parsed = parsed(text.toString());
      assertThat(parsed.nodes()).as("nodes of %s", text).isLessThanOrEqualTo(counted.nodes());
      assertThat(parsed.depth()).as("depth of %s", text).isLessThanOrEqualTo(counted.depth());
    }
  }

  private static BodyShape shape(String text) {
    return BodyShape.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static BodyShape parsed(String text) {
    int nodes = 0;
    int deepest = 0;
    try (JsonParser parser =
        JsonMapper.shared().createParser(text.getBytes(StandardCharsets.UTF_8))) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        nodes += token.isStructEnd() ? 0 : 1;
        deepest = Math.max(deepest, parser.streamReadContext().getNestingDepth());
      }
    } catch (JacksonException broken) {
      // The counts cover the text up to the flaw.
    }
    return new BodyShape(nodes, deepest);
  }
}
