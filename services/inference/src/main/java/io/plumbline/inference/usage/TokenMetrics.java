package io.plumbline.inference.usage;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** The tokens of this process since it started, as metrics. */
@Component
public class TokenMetrics {

  static final String TOKENS = "gen_ai.client.token.usage";
  static final String MODEL = "gen_ai.request.model";

  private final MeterRegistry meters;

  TokenMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  /**
   * @param model one of a bounded number of names
   */
  public void count(String model, Tokens tokens) {
    count(model, "input", tokens.input());
    count(model, "output", tokens.output());
  }

  private void count(String model, String type, long tokens) {
    meters.counter(TOKENS, MODEL, model, "gen_ai.token.type", type).increment((double) tokens);
  }
}
