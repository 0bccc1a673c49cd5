package io.plumbline.localmodels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UrgencyQueueTests {

  private final UrgencyQueue waiting = new UrgencyQueue();
  private final List<String> ran = new ArrayList<>();

  @Test
  void a_serving_call_waits_for_no_text_of_a_bulk_call_that_has_not_started() {
    waiting.add(Urgency.BULK, texts("bulk", 2_048));
    waiting.runNext();
    waiting.add(Urgency.SERVING, texts("serving", 2));
    run(3);

    assertThat(ran).containsExactly("bulk 0", "serving 0", "serving 1", "bulk 1");
  }

  @Test
  void calls_take_turns() {
    waiting.add(Urgency.SERVING, texts("many", 3));
    waiting.add(Urgency.SERVING, texts("one", 1));
    run(4);

    assertThat(ran).containsExactly("many 0", "one 0", "many 1", "many 2");
  }

  @Test
  void bulk_ends_though_there_is_always_something_to_serve() {
    waiting.add(Urgency.BULK, texts("bulk", 1));
    waiting.add(Urgency.SERVING, texts("serving", UrgencyQueue.BULK_EVERY));
    run(UrgencyQueue.BULK_EVERY);

    assertThat(ran).last().isEqualTo("bulk 0");
  }

  @Test
  void a_call_without_texts_waits_for_nothing() {
    waiting.add(Urgency.SERVING, List.of());
    waiting.add(Urgency.SERVING, texts("serving", 1));
    run(1);

    assertThat(ran).containsExactly("serving 0");
  }

  private void run(int times) {
    for (int i = 0; i < times; i++) {
      waiting.runNext();
    }
  }

  private List<Runnable> texts(String call, int count) {
    return IntStream.range(0, count)
        .<Runnable>mapToObj(i -> () -> ran.add(call + " " + i))
        .toList();
  }
}
