package io.plumbline.bench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.bench.load.HttpConnection;
import io.plumbline.bench.load.StreamLoad;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class WordStreamTests {

  private static final Duration ONE_EACH = Duration.ofMillis(1);

  @Test
  void the_answer_follows_the_response_format() {
    assertThat(JsonMapper.shared().readTree(WordStream.TEXT).path("words").asString())
        .startsWith("word0 word1 ");
  }

  @Test
  void streams_that_arrive_whole_are_counted_as_such() throws Exception {
    try (FakeProvider fakeProvider = FakeProvider.withStreamedAnswer(WordStream::stream)) {
      StreamLoad.Figures figures = load(fakeProvider, WordStream.DELTAS);

      assertThat(figures.finished()).isEqualTo(4);
      assertThat(figures.damaged()).isZero();
    }
  }

  @Test
  void a_part_that_is_missing_is_noticed() throws Exception {
    try (FakeProvider fakeProvider = FakeProvider.withStreamedAnswer(WordStream::stream)) {
      StreamLoad.Figures figures =
          load(fakeProvider, WordStream.DELTAS.subList(1, WordStream.DELTAS.size()));

      assertThat(figures.damaged()).isEqualTo(figures.finished()).isPositive();
    }
  }

  @Test
  void an_upstream_of_constant_bytes_answers_each_request() throws IOException {
    try (FakeProvider fakeProvider = FakeProvider.withConstantAnswer("{\"a\":1}");
        HttpConnection connection = HttpConnection.open(fakeProvider.port())) {
      for (int i = 0; i < 2; i++) {
        assertThat(connection.exchange(request(fakeProvider)).body())
            .asString()
            .isEqualTo("{\"a\":1}");
      }
    }
  }

  private static StreamLoad.Figures load(FakeProvider fakeProvider, List<String> expected)
      throws IOException, InterruptedException {
    return new StreamLoad(4, expected, ONE_EACH)
        .measure(Duration.ofSeconds(1), fakeProvider.port(), request(fakeProvider), List.of());
  }

  private static byte[] request(FakeProvider fakeProvider) {
    return HttpConnection.requestBytes(
        "POST", "/v1/chat/completions", fakeProvider.port(), "k", "{}");
  }
}
