package io.plumbline.statistics;

import static io.plumbline.statistics.ProportionTests.assertInterval;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/**
 * The examples of Fagerland, Lydersen and Laake: BMC Medical Research Methodology 13:91 (2013) and
 * their book of 2017, chapter 8.
 */
class PairedOutcomesTests {

  /**
   * Airway hyper-responsiveness before and after stem cell transplantation (Bentur et al., 2009).
   */
  private final PairedOutcomes bentur = new PairedOutcomes(1, 7, 1, 12);

  /** Complete response before and after consolidation therapy (Cavo et al., 2012). */
  private final PairedOutcomes cavo = new PairedOutcomes(59, 16, 6, 80);

  @Test
  void mc_nemar_agrees() {
    assertThat(bentur.mcNemarExact()).isCloseTo(0.070, within(5e-4));
    assertThat(bentur.mcNemarMidP()).isCloseTo(0.039, within(5e-4));
    assertThat(cavo.mcNemarExact()).isCloseTo(0.052479, within(5e-7));
    assertThat(cavo.mcNemarMidP()).isCloseTo(0.034690, within(5e-7));
  }

  @Test
  void intervals_agree() {
    assertThat(cavo.difference()).isCloseTo(-0.0621, within(5e-5));
    assertInterval(cavo.tangoInterval(0.95), -0.1240, -0.0054);
  }

  /**
   * Agresti, Categorical Data Analysis (2nd ed. 2002), table 10.1: approval of the prime minister,
   * 944 against 880 of 1600.
   */
  @Test
  void agrees_with_agresti() {
    PairedOutcomes approval = new PairedOutcomes(794, 150, 86, 570);
    assertThat(approval.difference()).isCloseTo(-0.04, within(1e-12));
    assertThat(approval.mcNemarExact()).isLessThan(0.0001);
    assertThat(approval.tangoInterval(0.95).low()).isCloseTo(-0.059, within(1e-3));
    assertThat(approval.tangoInterval(0.95).high()).isCloseTo(-0.021, within(1e-3));
  }

  @Test
  void without_discordant_items_there_is_no_difference() {
    PairedOutcomes equal = new PairedOutcomes(10, 0, 0, 1);
    assertThat(equal.mcNemarExact()).isEqualTo(1);
    assertThat(equal.mcNemarMidP()).isEqualTo(1);
    assertThat(equal.tangoInterval(0.95).low()).isNegative();
    assertThat(equal.tangoInterval(0.95).high()).isPositive();
  }

  @Test
  void turning_the_table_negates_the_intervals() {
    PairedOutcomes turned = new PairedOutcomes(59, 6, 16, 80);
    assertInterval(
        turned.tangoInterval(0.95),
        -cavo.tangoInterval(0.95).high(),
        -cavo.tangoInterval(0.95).low());
    assertThat(turned.mcNemarMidP()).isEqualTo(cavo.mcNemarMidP());
  }

  @Test
  void counts_pairs() {
    assertThat(
            PairedOutcomes.of(
                new boolean[] {true, true, false, false, false},
                new boolean[] {true, false, true, true, false}))
        .isEqualTo(new PairedOutcomes(1, 1, 2, 1));
  }
}
