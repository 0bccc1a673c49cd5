package io.plumbline.inference.usage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Counts the tokens and abstentions of this process since it started, as metrics. */
@Component
public class TokenMetrics {

  static final String TOKENS = "gen_ai.client.token.usage";
  static final String ABSTENTIONS = "plumbline.abstentions";
  static final String MODEL = "gen_ai.request.model";

  private record Counters(Counter input, Counter output) {}

  private final MeterRegistry meters;
  private final Map<String, Counters> counters = new ConcurrentHashMap<>();

  TokenMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  /**
   * Counts the tokens of a request.
   *
   * @param model the model's name, one of a bounded number
   */
  public void countTokens(String model, Tokens tokens) {
    Counters of = counters.get(model);
    if (of == null) {
      of = new Counters(counter(model, "input"), counter(model, "output"));
      if (counters.size() < UsageConfiguration.MODELS) {
        counters.put(model, of);
      }
    }
    of.input.increment((double) tokens.input());
    of.output.increment((double) tokens.output());
  }

  /** Counts an abstention of a variant. */
  public void countAbstention(String model) {
    meters.counter(ABSTENTIONS, MODEL, model).increment();
  }

  private Counter counter(String model, String type) {
    return meters.counter(TOKENS, MODEL, model, "gen_ai.token.type", type);
  }
}
