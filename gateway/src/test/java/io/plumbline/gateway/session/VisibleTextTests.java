package io.plumbline.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;

/** The rules for visible text, compared with Spring Security's own. */
class VisibleTextTests {

  @Test
  void names_and_values_are_judged_as_spring_security_judges_them() {
    int[] different =
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .filter(c -> {
              String text = "a" + Character.toString(c) + "b";
              return VisibleText.isValidName(text)
                      != StrictServerWebExchangeFirewall.ALLOWED_HEADER_NAMES.test(text)
                  || VisibleText.isValidValue(text)
                      != StrictServerWebExchangeFirewall.ALLOWED_HEADER_VALUES.test(text)
                  || VisibleText.isValidName(text)
                      != StrictServerWebExchangeFirewall.ALLOWED_PARAMETER_NAMES.test(text);
            })
            .toArray();

    assertThat(different).isEmpty();
  }

  @Test
  void only_a_value_may_contain_a_tab() {
    assertThat(VisibleText.isValidValue("a\tb")).isTrue();
    assertThat(VisibleText.isValidName("a\tb")).isFalse();
    assertThat(VisibleText.isValidName("")).isTrue();
    assertThat(VisibleText.isValidValue(null)).as("an absent header").isTrue();
  }
}
