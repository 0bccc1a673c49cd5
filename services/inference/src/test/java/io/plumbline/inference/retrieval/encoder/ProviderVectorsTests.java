package io.plumbline.inference.retrieval.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ProviderVectorsTests {

  @Test
  void vectors_are_in_the_order_of_the_texts() {
    assertThat(
            read("[{\"index\":1,\"embedding\":[2,3]},{\"index\":0,\"embedding\":[0,1]}]")
                .orElseThrow())
        .containsExactly(new float[] {0, 1}, new float[] {2, 3});
    assertThat(read("[{\"embedding\":[0,1]},{\"embedding\":[2,3]}]").orElseThrow())
        .containsExactly(new float[] {0, 1}, new float[] {2, 3});
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[{\"embedding\":[1]}]",
        "[{\"embedding\":[1]},{\"embedding\":[1]},{\"embedding\":[1]}]",
        "[{\"index\":0,\"embedding\":[1]},{\"index\":0,\"embedding\":[1]}]",
        "[{\"index\":0,\"embedding\":[1]},{\"index\":2,\"embedding\":[1]}]",
        "[{\"embedding\":[1]},{\"embedding\":\"AACAPw==\"}]",
        "[{\"embedding\":[1]},{\"embedding\":[\"1\"]}]",
        "[{\"embedding\":[1]},{}]"
      })
  void what_is_not_a_vector_for_each_text_is_no_answer(String data) {
    assertThat(read(data)).isEmpty();
  }

  @Test
  void vectors_become_of_length_one() {
    assertThat(ProviderVectors.normalised(List.of(new float[] {3, 4}), "p/m").getFirst())
        .containsExactly(0.6f, 0.8f);
  }

  @Test
  void what_cannot_be_searched_by_is_refused_by_name() {
    assertRefused("near to nothing", new float[] {0, 0});
    assertRefused("near to nothing", new float[] {1, Float.POSITIVE_INFINITY});
    assertRefused("near to nothing", new float[] {1, Float.NaN});
    assertRefused("vectors of 0 dimensions", new float[0]);
    assertRefused("vectors of 4,097 dimensions", new float[4_097]);
    assertRefused("of 1 and of 2 dimensions in one answer", new float[] {1}, new float[] {1, 1});
  }

  private static void assertRefused(String message, float[]... vectors) {
    assertThatThrownBy(() -> ProviderVectors.normalised(List.of(vectors), "p/m"))
        .hasMessageContaining("Encoder p/m")
        .hasMessageContaining(message);
  }

  private static Optional<List<float[]>> read(String data) {
    return ProviderVectors.read(JsonMapper.shared().readTree("{\"data\":%s}".formatted(data)), 2);
  }
}
