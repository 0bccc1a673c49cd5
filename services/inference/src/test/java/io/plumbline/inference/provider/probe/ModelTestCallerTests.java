package io.plumbline.inference.provider.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.inference.provider.UpstreamException;
import io.plumbline.inference.provider.UpstreamFailures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tests a call whose model refuses the older name of the token limit. */
class ModelTestCallerTests {

  private static final Duration TAKES = Duration.ofMillis(20);

  private final UpstreamException refusal =
      UpstreamFailures.refusalThatSays("Use 'max_completion_tokens' instead.");
  private final List<Duration> limits = new ArrayList<>();
  private final ObjectNode answer = JsonMapper.shared().createObjectNode();

  @Test
  void the_second_call_gets_what_the_first_one_left_of_the_time() {
    Duration limit = Duration.ofMinutes(1);

    assertThat(ModelTestCaller.postWithEitherLimit(this::send, request(), limit)).isSameAs(answer);

    assertThat(limits).hasSize(2);
    assertThat(limits.getFirst()).isEqualTo(limit);
    assertThat(limits.getLast()).isPositive().isLessThanOrEqualTo(limit.minus(TAKES));
  }

  @Test
  void a_call_that_left_no_time_is_not_repeated_and_fails_as_it_did() {
    Duration limit = Duration.ofMillis(1);

    assertThatThrownBy(() -> ModelTestCaller.postWithEitherLimit(this::send, request(), limit))
        .isSameAs(refusal);

    assertThat(limits).containsExactly(limit);
  }

  private static ObjectNode request() {
    return JsonMapper.shared().createObjectNode().put("max_tokens", ModelTestCaller.MAX_TOKENS);
  }

  private ObjectNode send(ObjectNode request, Duration limit) {
    limits.add(limit);
    if (request.has("max_completion_tokens")) {
      return answer;
    }
    try {
      Thread.sleep(TAKES);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    throw refusal;
  }
}
