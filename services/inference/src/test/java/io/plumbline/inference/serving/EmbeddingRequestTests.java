package io.plumbline.inference.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EmbeddingRequestTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'five!' | 1 | 2",
        "['a','bcdef'] | 2 | 3",
        "[7,8,9] | 1 | 3",
        "[[7,8,9],[10]] | 2 | 4",
        "['ä'] | 1 | 1",
      })
  void inputs_are_texts_or_lists_of_tokens(String input, int count, long tokens) {
    EmbeddingRequest request = read(input);

    assertThat(request.inputs()).hasSize(count);
    assertThat(request.estimatedTokens()).isEqualTo(tokens);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, false", "16, 1, false", "17, 2, true", "2048, 128, true"})
  void many_texts_take_more_places(int count, int places, boolean bulk) {
    EmbeddingRequest request =
        read("['" + String.join("','", Collections.nCopies(count, "a")) + "']");

    assertThat(request.requiredPermits()).isEqualTo(places);
    assertThat(request.isBulk()).isEqualTo(bulk);
  }

  @Test
  void numbers_are_written_as_little_endian_floats() {
    ObjectNode item = (ObjectNode) JsonMapper.shared().readTree("{\"embedding\":[1,-0.5]}");
    ObjectNode same = JsonMapper.shared().createObjectNode();

    Embedder.encodeAsBase64(item);
    Embedder.writeVector(same, new float[] {1, -0.5f}, true);

    assertThat(item.path("embedding").asString()).isEqualTo("AACAPwAAAL8=");
    assertThat(same).isEqualTo(item);
  }

  private static EmbeddingRequest read(String input) {
    String body = "{'model':'m','input':" + input + "}";
    return EmbeddingRequest.read(
        body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), JsonMapper.shared());
  }
}
