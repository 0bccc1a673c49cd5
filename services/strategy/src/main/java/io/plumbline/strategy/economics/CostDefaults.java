package io.plumbline.strategy.economics;

import io.plumbline.strategy.Approach;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The default figures, each of which a request can override. They are calibrated so that the
 * guide's profiles result in the guide's bands: for prompt engineering 50 to 200 US dollars a month
 * for a small team and 500 to 2,000 for an enterprise; for fine-tuning from 5,000 and from 10,000
 * US dollars a month, plus usage.
 */
final class CostDefaults {

  static final String GUIDE_BAND = "guide band";
  private static final String CALIBRATED = "calibrated to the guide band";
  private static final String ESTIMATE = "estimate; the guide gives no band";
  private static final String NONE = "does not apply";

  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  private CostDefaults() {}

  static List<Line> lines(CostProfile costProfile, Tokens tokens) {
    Map<Approach, Map<CostCategory, Line>> lines = new EnumMap<>(Approach.class);
    for (Approach approach : Approach.values()) {
      Map<CostCategory, Line> own = new EnumMap<>(CostCategory.class);
      for (CostCategory line : CostCategory.values()) {
        own.put(line, Line.fixed(approach, line, "0", "0", NONE));
      }
      own.put(CostCategory.API_CALLS, apiCallsLine(approach, tokens));
      fixedLines(costProfile, approach).forEach(line -> own.put(line.line(), line));
      lines.put(approach, own);
    }
    return lines.values().stream().flatMap(own -> own.values().stream()).toList();
  }

  /**
   * Returns whether these lines result in the guide's band of an approach: the guide gives one, and
   * no line has been replaced.
   */
  static boolean matchesGuideBand(Approach approach, List<Line> lines, CostProfile costProfile) {
    boolean guided = approach == Approach.PROMPT_ENGINEERING || approach == Approach.FINE_TUNING;
    return guided
        && linesOf(approach, lines).equals(linesOf(approach, lines(costProfile, Tokens.TYPICAL)));
  }

  private static List<Line> linesOf(Approach approach, List<Line> lines) {
    return lines.stream().filter(line -> line.approach() == approach).toList();
  }

  /**
   * Returns the number of input tokens of a request. A tuned model needs no instructions and
   * examples in the request, whereas retrieval adds passages to it.
   */
  private static long inputTokens(Approach approach, Tokens tokens) {
    return switch (approach) {
      case PROMPT_ENGINEERING -> tokens.prompt() + tokens.input();
      case RAG -> tokens.prompt() + tokens.input() + tokens.passages();
      case FINE_TUNING -> tokens.input();
      case HYBRID -> tokens.input() + tokens.passages();
    };
  }

  private static Line apiCallsLine(Approach approach, Tokens tokens) {
    return new Line(
        approach,
        CostCategory.API_CALLS,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        perRequest(approach, tokens),
        priceSource(approach, tokens));
  }

  private static BigDecimal perRequest(Approach approach, Tokens tokens) {
    BigDecimal in =
        tokens.inputPerMillion().multiply(BigDecimal.valueOf(inputTokens(approach, tokens)));
    BigDecimal out = tokens.outputPerMillion().multiply(BigDecimal.valueOf(tokens.output()));
    return in.add(out).divide(MILLION).stripTrailingZeros();
  }

  private static String priceSource(Approach approach, Tokens tokens) {
    boolean listed =
        tokens.inputPerMillion().compareTo(Tokens.TYPICAL.inputPerMillion()) == 0
            && tokens.outputPerMillion().compareTo(Tokens.TYPICAL.outputPerMillion()) == 0;
    return "%d tokens in at %s USD per million, %d out at %s: %s"
        .formatted(
            inputTokens(approach, tokens),
            tokens.inputPerMillion().toPlainString(),
            tokens.output(),
            tokens.outputPerMillion().toPlainString(),
            listed ? "list prices of a mid-size hosted model" : "prices as given in the request");
  }

  private static List<Line> fixedLines(CostProfile costProfile, Approach approach) {
    boolean small = costProfile == CostProfile.SMALL;
    return switch (approach) {
      case PROMPT_ENGINEERING -> List.of(upkeepLine(approach, small));
      case RAG ->
          List.of(
              upkeepLine(approach, small),
              estimated(approach, CostCategory.HOSTING, small, "60", "400"),
              estimated(approach, CostCategory.STORAGE, small, "10", "80"),
              estimated(approach, CostCategory.DATA_PREPARATION, small, "160", "800"));
      case FINE_TUNING -> trainingLines(approach, small);
      case HYBRID -> hybridLines(approach, small);
    };
  }

  private static Line upkeepLine(Approach approach, boolean small) {
    if (small) {
      return Line.fixed(approach, CostCategory.PROMPT_UPKEEP, "20", "50", CALIBRATED);
    }
    return Line.fixed(approach, CostCategory.PROMPT_UPKEEP, "200", "500", CALIBRATED);
  }

  private static List<Line> trainingLines(Approach approach, boolean small) {
    return List.of(
        calibrated(approach, CostCategory.HOSTING, small, "1200", "2400"),
        calibrated(approach, CostCategory.TRAINING_COMPUTE, small, "300", "600"),
        calibrated(approach, CostCategory.DATA_PREPARATION, small, "1200", "2400"),
        calibrated(approach, CostCategory.EVALUATION, small, "400", "800"),
        calibrated(approach, CostCategory.PEOPLE, small, "1600", "3200"),
        calibrated(approach, CostCategory.RETRAINING, small, "200", "400"),
        calibrated(approach, CostCategory.SCALING, small, "0", "0"),
        calibrated(approach, CostCategory.STORAGE, small, "20", "40"),
        calibrated(approach, CostCategory.ROLLBACK, small, "80", "160"));
  }

  /** Returns the lines of training and retrieval; a line that both have gets the sum. */
  private static List<Line> hybridLines(Approach approach, boolean small) {
    List<Line> lines = new ArrayList<>(trainingLines(approach, small));
    lines.removeIf(line ->
        line.line() == CostCategory.HOSTING
            || line.line() == CostCategory.STORAGE
            || line.line() == CostCategory.DATA_PREPARATION);
    lines.add(estimated(approach, CostCategory.HOSTING, small, "1260", "2800"));
    lines.add(estimated(approach, CostCategory.STORAGE, small, "30", "120"));
    lines.add(estimated(approach, CostCategory.DATA_PREPARATION, small, "1360", "3200"));
    lines.add(upkeepLine(approach, small));
    return lines;
  }

  private static Line calibrated(
      Approach approach, CostCategory line, boolean small, String forSmall, String forEnterprise) {
    String amount = small ? forSmall : forEnterprise;
    return Line.fixed(approach, line, amount, amount, CALIBRATED);
  }

  private static Line estimated(
      Approach approach, CostCategory line, boolean small, String forSmall, String forEnterprise) {
    String amount = small ? forSmall : forEnterprise;
    return Line.fixed(approach, line, amount, amount, ESTIMATE);
  }
}
