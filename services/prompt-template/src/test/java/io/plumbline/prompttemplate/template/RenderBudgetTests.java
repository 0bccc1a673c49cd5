package io.plumbline.prompttemplate.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RenderBudgetTests {

  @Test
  void a_rendering_may_take_the_budgeted_steps_and_no_more() {
    RenderBudget budget = new RenderBudget();
    for (int i = 0; i < RenderBudget.MAX_STEPS; i++) {
      budget.countStep();
    }

    assertThatExceptionOfType(RenderBudget.Exceeded.class)
        .isThrownBy(budget::countStep)
        .withMessage(
            "Rendering takes more than 200000 steps; nest fewer sections or pass shorter lists");
  }

  @Test
  void a_rendering_may_write_the_budgeted_characters_and_no_more() {
    RenderBudget budget = new RenderBudget();
    char[] half = "x".repeat(RenderBudget.MAX_CHARACTERS / 2).toCharArray();
    budget.write(half, 0, half.length);
    budget.write(half, 0, half.length);

    assertThat(budget.text()).hasSize(RenderBudget.MAX_CHARACTERS);
    assertThatExceptionOfType(RenderBudget.Exceeded.class)
        .isThrownBy(() -> budget.write(half, 0, 1))
        .withMessage("The rendered text has more than 1048576 characters; pass shorter values");
  }

  /** A machine under load may take any time for a plain message. */
  @Test
  void a_rendering_is_not_bounded_by_time() {
    Object slow =
        new Object() {
          @Override
          public String toString() {
            long end = System.nanoTime() + 60_000_000;
            while (System.nanoTime() < end) {
              Thread.onSpinWait();
            }
            return "the mail";
          }
        };

    assertThat(Template.parse("Sort {{mail}} into personal, newsletter and spam. {{mail}}"))
        .isInstanceOfSatisfying(
            Template.class,
            template ->
                assertThat(
                        CompiledTemplate.of(ComposedTemplate.of(template))
                            .render(Map.of("mail", slow)))
                    .isEqualTo(
                        new Rendering.Text(
                            "Sort the mail into personal, newsletter and spam. the mail")));
  }
}
