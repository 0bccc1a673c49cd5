package io.plumbline.datasetregistry.resumable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PartsInputStreamTests {

  private final UUID first = new UUID(0, 1);
  private final UUID second = new UUID(0, 2);
  private int open;

  @Test
  void parts_are_read_one_after_the_other_with_one_open_at_a_time() throws IOException {
    Map<UUID, String> parts = Map.of(first, "abc", second, "de");

    try (InputStream bytes =
        new PartsInputStream(
            List.of(first, second), part -> opened(parts.getOrDefault(part, "")))) {
      assertThat(new String(bytes.readAllBytes(), UTF_8)).isEqualTo("abcde");
    }
    assertThat(open).isZero();
  }

  @Test
  void a_part_that_is_gone_ends_the_reading_by_its_name() throws IOException {
    try (InputStream bytes =
        new PartsInputStream(
            List.of(first, second),
            part -> {
              if (part.equals(second)) {
                throw new NoSuchFileException("part-2");
              }
              return opened("abc");
            })) {
      assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(bytes::readAllBytes);
    }
  }

  private InputStream opened(String text) {
    open++;
    assertThat(open).isEqualTo(1);
    return new ByteArrayInputStream(text.getBytes(UTF_8)) {
      @Override
      public void close() {
        open--;
      }
    };
  }
}
