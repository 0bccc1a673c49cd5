package io.plumbline.strategy.economics;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Money;
import io.plumbline.strategy.Approach;
import io.plumbline.strategy.economics.CostModel.Band;
import io.plumbline.strategy.economics.CostModel.BreakEven;
import io.plumbline.strategy.economics.CostModel.Total;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostModelTests {

  private static final long RANGE = 100_000_000;

  private static CostModel guide(CostProfile costProfile) {
    return CostModel.of(
        costProfile,
        costProfile.lowVolume(),
        RANGE,
        CostDefaults.lines(costProfile, Tokens.TYPICAL));
  }

  private static Band band(CostProfile costProfile, Approach approach) {
    return guide(costProfile).bands().stream()
        .filter(each -> each.approach() == approach)
        .findFirst()
        .orElseThrow();
  }

  /** The bands that the guide gives for its two profiles. */
  @Test
  void the_guides_profiles_come_out_at_the_guides_bands() {
    assertThat(band(CostProfile.SMALL, Approach.PROMPT_ENGINEERING))
        .isEqualTo(
            new Band(
                Approach.PROMPT_ENGINEERING,
                Money.usd("50"),
                Money.usd("200"),
                false,
                "guide band"));
    assertThat(band(CostProfile.ENTERPRISE, Approach.PROMPT_ENGINEERING))
        .isEqualTo(
            new Band(
                Approach.PROMPT_ENGINEERING,
                Money.usd("500"),
                Money.usd("2000"),
                false,
                "guide band"));
    assertThat(band(CostProfile.SMALL, Approach.FINE_TUNING))
        .isEqualTo(new Band(Approach.FINE_TUNING, Money.usd("5000"), null, true, "guide band"));
    assertThat(band(CostProfile.ENTERPRISE, Approach.FINE_TUNING))
        .isEqualTo(new Band(Approach.FINE_TUNING, Money.usd("10000"), null, true, "guide band"));
  }

  @Test
  void what_the_guide_gives_no_band_for_does_not_name_it() {
    assertThat(
            List.of(
                band(CostProfile.SMALL, Approach.RAG), band(CostProfile.SMALL, Approach.HYBRID)))
        .extracting(Band::source)
        .containsOnly("model");
  }

  @Test
  void every_approach_has_every_line() {
    assertThat(guide(CostProfile.SMALL).lines())
        .hasSize(Approach.values().length * CostCategory.values().length);
  }

  @Test
  void the_price_of_a_call_says_what_it_is_made_of() {
    Tokens requested =
        new Tokens(600, 200, 800, 100, new BigDecimal("0.10"), new BigDecimal("0.40"));

    assertThat(calls(Tokens.TYPICAL))
        .isEqualTo(
            "800 tokens in at 2.50 USD per million, 100 out at 10.00: list prices of a mid-size"
                + " hosted model");
    assertThat(calls(requested))
        .isEqualTo(
            "800 tokens in at 0.10 USD per million, 100 out at 0.40: prices as given in the"
                + " request");
  }

  private static String calls(Tokens tokens) {
    return CostDefaults.lines(CostProfile.SMALL, tokens).stream()
        .filter(line ->
            line.approach() == Approach.PROMPT_ENGINEERING && line.line() == CostCategory.API_CALLS)
        .findFirst()
        .orElseThrow()
        .source();
  }

  private static List<Line> lines(
      String fixedOne, String eachOne, String fixedOther, String eachOther) {
    return List.of(
        line(Approach.PROMPT_ENGINEERING, fixedOne, eachOne),
        line(Approach.FINE_TUNING, fixedOther, eachOther));
  }

  private static Line line(Approach approach, String fixed, String each) {
    return new Line(
        approach,
        CostCategory.API_CALLS,
        new BigDecimal(fixed),
        new BigDecimal(fixed),
        new BigDecimal(each),
        "test");
  }

  private static BreakEven cross(List<Line> lines) {
    return CostModel.of(CostProfile.SMALL, 0, RANGE, lines)
        .breakEvenBetween(Approach.FINE_TUNING, Approach.PROMPT_ENGINEERING);
  }

  /** The lines cross where 20 + 0.003 v = 5000 + 0.0015 v, which is at v = 3,320,000. */
  @Test
  void approaches_cross_where_their_lines_do() {
    assertThat(cross(lines("20", "0.003", "5000", "0.0015")))
        .isEqualTo(
            new BreakEven(
                Approach.PROMPT_ENGINEERING,
                Approach.FINE_TUNING,
                3_320_000L,
                "prompting is cheaper below 3,320,000 calls a month, fine-tuning from there on"));
  }

  @Test
  void half_a_request_is_rounded_up() {
    assertThat(cross(lines("0", "2", "5", "0")).monthlyVolume()).isEqualTo(3);
  }

  @Test
  void what_is_cheaper_from_the_start_and_per_request_never_crosses() {
    assertThat(cross(lines("20", "0.001", "5000", "0.003")).monthlyVolume()).isNull();
    assertThat(cross(lines("20", "0.003", "5000", "0.003")).note())
        .isEqualTo("prompting is cheaper at every volume");
    assertThat(cross(lines("50", "0.001", "50", "0.003")).below())
        .isEqualTo(Approach.PROMPT_ENGINEERING);
  }

  @Test
  void a_crossover_beyond_the_range_is_none() {
    assertThat(cross(lines("0", "0.0000001", "5000", "0")).note())
        .isEqualTo("prompting stays cheaper at every volume up to 100,000,000 calls a month");
  }

  @Test
  void cents_are_exact_where_binary_fractions_would_not_be() {
    Total total =
        CostModel.of(CostProfile.SMALL, 3, RANGE, lines("0.1", "0.1", "0", "0"))
            .totals()
            .getFirst();
    assertThat(total.monthly()).isEqualTo(Money.usd("0.4"));
  }
}
