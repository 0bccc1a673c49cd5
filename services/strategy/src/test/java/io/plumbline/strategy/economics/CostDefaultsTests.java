package io.plumbline.strategy.economics;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.strategy.Approach;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the default figures; every expected value is computed by hand in the comment above it. */
class CostDefaultsTests {

  /**
   * A typical request has 600 tokens of prompt, 200 of input, 800 of passages and 100 of output, at
   * 2.50 USD per million input tokens and 10 USD per million output tokens.
   *
   * <ul>
   *   <li>prompt: (600 + 200) · 2.50 + 100 · 10 = 2,000 + 1,000 = 3,000 per million = 0.003
   *   <li>retrieval: (600 + 200 + 800) · 2.50 + 1,000 = 5,000 = 0.005
   *   <li>fine-tuning: 200 · 2.50 + 1,000 = 1,500 = 0.0015
   *   <li>hybrid: (200 + 800) · 2.50 + 1,000 = 3,500 = 0.0035
   * </ul>
   */
  @ParameterizedTest
  @CsvSource({"PROMPT_ENGINEERING, 0.003", "RAG, 0.005", "FINE_TUNING, 0.0015", "HYBRID, 0.0035"})
  void a_request_costs_its_tokens_at_list_prices(Approach approach, BigDecimal perRequest) {
    assertThat(line(CostProfile.SMALL, approach, CostCategory.API_CALLS).perRequest())
        .isEqualByComparingTo(perRequest);
  }

  /**
   * The fixed costs of the small profile in US dollars a month are as follows.
   *
   * <ul>
   *   <li>prompt: upkeep 20
   *   <li>retrieval: 20 + hosting 60 + storage 10 + data 160 = 250
   *   <li>fine-tuning: 1,200 + 300 + 1,200 + 400 + 1,600 + 200 + 0 + 20 + 80 = 5,000
   *   <li>hybrid: 300 + 400 + 1,600 + 200 + 0 + 80 of training, 1,260 + 30 + 1,360 shared, 20
   *       upkeep = 5,250
   * </ul>
   *
   * <p>Those of the enterprise profile are 200; 200 + 400 + 80 + 800 = 1,480; twice 5,000; 600 +
   * 800 + 3,200 + 400 + 0 + 160 + 2,800 + 120 + 3,200 + 200 = 11,480.
   */
  @ParameterizedTest
  @CsvSource({
    "SMALL, PROMPT_ENGINEERING, 20",
    "SMALL, RAG, 250",
    "SMALL, FINE_TUNING, 5000",
    "SMALL, HYBRID, 5250",
    "ENTERPRISE, PROMPT_ENGINEERING, 200",
    "ENTERPRISE, RAG, 1480",
    "ENTERPRISE, FINE_TUNING, 10000",
    "ENTERPRISE, HYBRID, 11480"
  })
  void the_fixed_lines_of_an_approach_add_up(
      CostProfile costProfile, Approach approach, BigDecimal monthly) {
    assertThat(
            lines(costProfile, approach).stream()
                .map(Line::monthly)
                .reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo(monthly);
  }

  @Test
  void hybrid_pays_training_and_retrieval_on_the_lines_that_both_have() {
    Map<CostCategory, BigDecimal> tuned = fixed(Approach.FINE_TUNING);
    Map<CostCategory, BigDecimal> retrieval = fixed(Approach.RAG);
    Map<CostCategory, BigDecimal> hybrid = fixed(Approach.HYBRID);

    assertThat(List.of(CostCategory.HOSTING, CostCategory.STORAGE, CostCategory.DATA_PREPARATION))
        .allSatisfy(
            line -> assertThat(hybrid.get(line)).isEqualByComparingTo(sum(tuned, retrieval, line)));
  }

  @Test
  void a_line_that_does_not_apply_is_zero_and_says_so() {
    Line hosting = line(CostProfile.SMALL, Approach.PROMPT_ENGINEERING, CostCategory.HOSTING);

    assertThat(hosting.monthly()).isZero();
    assertThat(hosting.source()).isEqualTo("does not apply");
  }

  @Test
  void only_upkeep_grows_with_use() {
    assertThat(CostDefaults.lines(CostProfile.ENTERPRISE, Tokens.TYPICAL))
        .filteredOn(line -> line.monthly().compareTo(line.monthlyHigh()) != 0)
        .extracting(Line::line)
        .containsOnly(CostCategory.PROMPT_UPKEEP);
  }

  private static BigDecimal sum(
      Map<CostCategory, BigDecimal> one, Map<CostCategory, BigDecimal> other, CostCategory line) {
    return one.getOrDefault(line, BigDecimal.ZERO).add(other.getOrDefault(line, BigDecimal.ZERO));
  }

  private static Map<CostCategory, BigDecimal> fixed(Approach approach) {
    return lines(CostProfile.SMALL, approach).stream()
        .collect(Collectors.toMap(Line::line, Line::monthly));
  }

  private static List<Line> lines(CostProfile costProfile, Approach approach) {
    return CostDefaults.lines(costProfile, Tokens.TYPICAL).stream()
        .filter(line -> line.approach() == approach)
        .toList();
  }

  private static Line line(CostProfile costProfile, Approach approach, CostCategory line) {
    return lines(costProfile, approach).stream()
        .filter(each -> each.line() == line)
        .findFirst()
        .orElseThrow();
  }
}
