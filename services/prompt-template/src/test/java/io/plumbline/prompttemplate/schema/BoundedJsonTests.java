package io.plumbline.prompttemplate.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class BoundedJsonTests {

  private static final long MEGABYTE = 1_000_000;

  /**
   * Returns shapes of values, each with the megabytes by which the used heap of a JVM of 64 bits
   * grew when they were read.
   */
  private static Stream<Arguments> shapes() {
    return Stream.of(
        Arguments.of("[0],".repeat(330_000), 35.8),
        Arguments.of("{\"\":0},".repeat(245_000), 52.4),
        Arguments.of("0.123456,".repeat(980_000), 28.4),
        Arguments.of("{\"token\":\"a\",\"logprob\":-0.123,\"bytes\":[97]},".repeat(98_000), 49.0),
        Arguments.of(
            "{\"token\":\" word\",\"logprob\":-0.123,\"bytes\":null},".repeat(122_000), 46.5),
        Arguments.of(
            IntStream.range(0, 140_000)
                .mapToObj(i -> "{\"a%06d\":{\"b%06d\":0}},".formatted(i, i))
                .collect(Collectors.joining()),
            72.3),
        Arguments.of("{" + names(480_000) + "},", 46.4),
        Arguments.of(("{" + names(13) + "},").repeat(35_000), 26.5),
        Arguments.of(("{\"\":".repeat(200) + "0" + "}".repeat(200) + ",").repeat(1_600), 66.6),
        Arguments.of("\"abcdefghijklmnopqrst\",".repeat(900_000), 76.9));
  }

  private static String names(int count) {
    return IntStream.range(0, count)
        .mapToObj("\"a%06d\":0"::formatted)
        .collect(Collectors.joining(","));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void values_are_read_within_about_the_memory_that_they_take(String values, double megabytes) {
    byte[] text = utf8("{\"x\":[" + values + "0]}");

    assertThat(BoundedJson.read(text, (long) (megabytes * 1.25 * MEGABYTE)))
        .isEqualTo(JsonMapper.shared().readTree(text));
    assertThatExceptionOfType(TooMuchMemory.class)
        .isThrownBy(() -> BoundedJson.read(text, (long) (megabytes * 0.8 * MEGABYTE)));
  }

  @Test
  void a_long_text_takes_two_bytes_a_character() {
    byte[] text = utf8("\"" + "x".repeat(10_000_000) + "\"");

    assertThat(BoundedJson.read(text, 21 * MEGABYTE).asString()).hasSize(10_000_000);
    assertThatExceptionOfType(TooMuchMemory.class)
        .isThrownBy(() -> BoundedJson.read(text, 19 * MEGABYTE));
  }

  @Test
  void a_text_of_any_size_is_one_value_or_none() {
    String blanks = " ".repeat(1_000);

    assertThat(BoundedJson.read(utf8(blanks), 10).isMissingNode()).isTrue();
    assertThat(BoundedJson.read(utf8(blanks), MEGABYTE).isMissingNode()).isTrue();
    for (long memory : new long[] {10_000, MEGABYTE}) {
      assertThatExceptionOfType(JacksonException.class)
          .isThrownBy(() -> BoundedJson.read(utf8("1" + blanks + "2"), memory));
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
