package io.plumbline.inference.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.contracts.Digest;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResponsesTests {

  private static final UUID WORKSPACE = new UUID(0, 1);
  private static final Responses.Origin ORIGIN =
      new Responses.Origin(WORKSPACE, null, Digest.ofText("variant"));

  private final Responses responses = new Responses(new SimpleMeterRegistry());

  @Test
  void a_response_is_found_in_its_own_workspace_only() {
    responses.remember("chatcmpl-1", ORIGIN);

    assertThat(responses.find(WORKSPACE, "chatcmpl-1")).contains(ORIGIN);
    assertThat(responses.find(new UUID(0, 2), "chatcmpl-1")).isEmpty();
    assertThat(responses.find(WORKSPACE, "chatcmpl-2")).isEmpty();
  }

  /** A cache that keeps what is read often would keep the first responses and drop the latest. */
  @Test
  void the_latest_responses_are_found_however_many_came_before() {
    int all = 3 * Responses.CAPACITY;
    IntStream.range(0, all).forEach(i -> responses.remember("chatcmpl-" + i, ORIGIN));

    assertThat(IntStream.range(all - Responses.CAPACITY, all))
        .allMatch(i -> responses.find(WORKSPACE, "chatcmpl-" + i).isPresent());
    assertThat(IntStream.range(0, all - 2 * Responses.CAPACITY))
        .noneMatch(i -> responses.find(WORKSPACE, "chatcmpl-" + i).isPresent());
  }
}
