package io.plumbline.platform.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plumbline.contracts.Digest;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The examples of RFC 8785. */
class CanonicalJsonTests {

  /** Sections 3.2.2 and 3.2.4. */
  @Test
  void primitives_are_written_as_ecmascript_does() {
    String sample =
        """
        {
          "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
          "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
          "literals": [null, true, false]
        }
        """;

    assertThat(CanonicalJson.bytes(JsonMapper.shared().readTree(sample)))
        .isEqualTo(
            HexFormat.ofDelimiter(" ")
                .parseHex(
                    "7b 22 6c 69 74 65 72 61 6c 73 22 3a 5b 6e 75 6c 6c 2c 74 72 75 65 2c 66 61 6c"
                        + " 73 65 5d 2c 22 6e 75 6d 62 65 72 73 22 3a 5b 33 33 33 33 33 33 33 33 33"
                        + " 2e 33 33 33 33 33 33 33 2c 31 65 2b 33 30 2c 34 2e 35 2c 30 2e 30 30 32"
                        + " 2c 31 65 2d 32 37 5d 2c 22 73 74 72 69 6e 67 22 3a 22 e2 82 ac 24 5c 75"
                        + " 30 30 30 66 5c 6e 41 27 42 5c 22 5c 5c 5c 5c 5c 22 2f 22 7d"));
  }

  /** Section 3.2.3. */
  @Test
  void properties_are_sorted_by_utf_16_code_units() {
    String sample =
        """
        {
          "\\u20ac": "Euro Sign",
          "\\r": "Carriage Return",
          "\\ufb33": "Hebrew Letter Dalet With Dagesh",
          "1": "One",
          "\\ud83d\\ude00": "Emoji: Grinning Face",
          "\\u0080": "Control",
          "\\u00f6": "Latin Small Letter O With Diaeresis"
        }
        """;

    assertThat(canonical(JsonMapper.shared().readTree(sample)))
        .isEqualTo(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small"
                + " Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"\ud83d\ude00\":\"Emoji:"
                + " Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
  }

  /** Appendix B. */
  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 0",
    "8000000000000000, 0",
    "0000000000000001, 5e-324",
    "8000000000000001, -5e-324",
    "7fefffffffffffff, 1.7976931348623157e+308",
    "ffefffffffffffff, -1.7976931348623157e+308",
    "4340000000000000, 9007199254740992",
    "c340000000000000, -9007199254740992",
    "4430000000000000, 295147905179352830000",
    "44b52d02c7e14af5, 9.999999999999997e+22",
    "44b52d02c7e14af6, 1e+23",
    "44b52d02c7e14af7, 1.0000000000000001e+23",
    "444b1ae4d6e2ef4e, 999999999999999700000",
    "444b1ae4d6e2ef4f, 999999999999999900000",
    "444b1ae4d6e2ef50, 1e+21",
    "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d, 0.000001",
    "41b3de4355555553, 333333333.3333332",
    "41b3de4355555554, 333333333.33333325",
    "41b3de4355555555, 333333333.3333333",
    "41b3de4355555556, 333333333.3333334",
    "41b3de4355555557, 333333333.33333343",
    "becbf647612f3696, -0.0000033333333333333333",
    "43143ff3c1cb0959, 1424953923781206.2",
  })
  void numbers_are_written_as_ecmascript_does(String ieee754, String expected) {
    assertThat(canonical(List.of(Double.longBitsToDouble(Long.parseUnsignedLong(ieee754, 16)))))
        .isEqualTo("[" + expected + "]");
  }

  /** Appendix B: "MUST cause an error". */
  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void what_is_no_number_has_no_digest(double number) {
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> CanonicalJson.bytes(List.of(number)));
  }

  @Test
  void the_order_in_which_a_value_was_built_does_not_change_its_digest() {
    record Pair(int b, List<String> a) {}

    assertThat(CanonicalJson.digest(new Pair(1, List.of("x", "y"))))
        .isEqualTo(CanonicalJson.digest(Map.of("a", List.of("x", "y"), "b", 1)))
        .isEqualTo(Digest.ofText("{\"a\":[\"x\",\"y\"],\"b\":1}"))
        .isNotEqualTo(CanonicalJson.digest(Map.of("a", List.of("y", "x"), "b", 1)));
  }

  private static String canonical(Object value) {
    return new String(CanonicalJson.bytes(value), StandardCharsets.UTF_8);
  }
}
