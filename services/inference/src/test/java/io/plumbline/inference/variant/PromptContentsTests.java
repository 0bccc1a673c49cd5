package io.plumbline.inference.variant;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.platform.identity.Caller;
import io.plumbline.prompttemplate.content.Message;
import io.plumbline.prompttemplate.content.PromptContent;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PromptContentsTests {

  private final Map<String, PromptContent> registry = new HashMap<>();
  private final AtomicInteger fetched = new AtomicInteger();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final PromptContents prompts =
      new PromptContents(
          digest -> {
            fetched.incrementAndGet();
            return Objects.requireNonNull(registry.get(digest));
          },
          meters);

  private final Caller acme = Caller.system(new UUID(0, 1));
  private final Caller globex = Caller.system(new UUID(0, 2));

  @Test
  void a_version_is_fetched_and_verified_once() {
    Digest prompt = publish("Sort {{text}}.");

    for (int i = 0; i < 100; i++) {
      globex.run(() -> assertThat(prompts.getRenderer(prompt)).isNotNull());
    }

    assertThat(fetched).hasValue(1);
  }

  /** A thousand such prompts, as many as were kept before, would take a gigabyte. */
  @Test
  void prompts_of_the_largest_size_do_not_fill_the_memory() {
    Digest small = publish("Sort {{text}}.");
    globex.run(() -> assertThat(prompts.getRenderer(small)).isNotNull());

    for (int i = 0; i < 120; i++) {
      Digest large = publish(i + " " + "x".repeat(60_000), 8);
      acme.run(() -> assertThat(prompts.getRenderer(large)).isNotNull());
    }

    assertThat(meters.get("plumbline.cache.weight").tag("cache", "prompts").gauge().value())
        .isLessThanOrEqualTo(48 << 20);
    int before = fetched.get();
    globex.run(() -> assertThat(prompts.getRenderer(small)).isNotNull());
    assertThat(fetched).hasValue(before);
  }

  @Test
  void what_a_template_is_compiled_to_counts_beside_its_text() {
    assertThat(PromptContents.memoryOf(content("{{a}}".repeat(1_000), 1)))
        .isGreaterThan(10 * PromptContents.memoryOf(content("aaaaa".repeat(1_000), 1)));
  }

  private Digest publish(String text) {
    return publish(text, 1);
  }

  private Digest publish(String text, int messages) {
    PromptContent content = content(text, messages);
    Digest digest = CanonicalJson.digest(content);
    registry.put(digest.hex(), content);
    return digest;
  }

  private static PromptContent content(String text, int messages) {
    return PromptContent.of(
        IntStream.range(0, messages)
            .mapToObj(number -> new Message(Message.Role.SYSTEM, number + text))
            .toList(),
        null,
        null,
        null,
        null);
  }
}
