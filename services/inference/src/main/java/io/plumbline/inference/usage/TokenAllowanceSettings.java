package io.plumbline.inference.usage;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limit on the tokens of a person.
 *
 * @param tokensPerPersonAndDay the tokens of input and output that one person may take from the
 *     models of providers on one day (UTC)
 */
@ConfigurationProperties("plumbline.usage")
record TokenAllowanceSettings(@DefaultValue("5000000") long tokensPerPersonAndDay) {

  TokenAllowanceSettings {
    if (tokensPerPersonAndDay < 1) {
      throw new IllegalArgumentException(
          "plumbline.usage.tokens-per-person-and-day must be at least 1, not "
              + tokensPerPersonAndDay);
    }
  }
}
