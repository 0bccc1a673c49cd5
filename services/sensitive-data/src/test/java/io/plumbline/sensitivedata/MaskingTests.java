package io.plumbline.sensitivedata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MaskingTests {

  private static final SensitiveScanner SCANNER = new SensitiveScanner("US");
  private static final Set<SensitiveKind> ALL = EnumSet.allOf(SensitiveKind.class);

  private static String mask(Masking masking, String text) {
    return masking.mask(text, SCANNER.scan(text));
  }

  @Test
  void puts_typed_placeholders() {
    assertThat(
            mask(
                new Masking(ALL, false),
                "From ann@example.org (192.0.2.7), card 4242424242424242."))
        .isEqualTo("From <EMAIL> (<IPV4>), card <PAYMENT_CARD>.");
  }

  @Test
  void gives_equal_values_equal_numbers_across_rows() {
    Masking masking = new Masking(ALL, true);
    assertThat(mask(masking, "ann@example.org to bob@example.org"))
        .isEqualTo("<EMAIL_1> to <EMAIL_2>");
    assertThat(mask(masking, "bob@example.org")).isEqualTo("<EMAIL_2>");
  }

  @Test
  void leaves_other_kinds_and_clean_texts_alone() {
    String text = "ann@example.org at 192.0.2.7";
    assertThat(mask(new Masking(Set.of(SensitiveKind.IPV4), false), text))
        .isEqualTo("ann@example.org at <IPV4>");
    assertThat(mask(new Masking(ALL, false), "nothing here")).isEqualTo("nothing here");
  }

  @Test
  void masks_to_text_in_which_nothing_is_found_again() {
    String masked =
        mask(
            new Masking(ALL, true),
            "ann@example.org +1-201-555-0123 password = hunter42! DE89370400440532013000");
    assertThat(SCANNER.scan(masked)).isEmpty();
  }
}
