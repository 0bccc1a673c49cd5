package io.plumbline.compliance.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.compliance.ComplianceTest;
import io.plumbline.contracts.ComplianceEvent.RiskChanged;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.web.IfMatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests the register in a workspace that no other test uses. */
@ComplianceTest
class RiskRegisterTests {

  @Autowired RiskRegister register;
  @Autowired TestEventClient events;

  private final UUID workspace = UUID.randomUUID();

  @Test
  void a_preset_enters_once_and_never_replaces_an_assessment() {
    as(() -> register.addPreset(preset("drift", 2, 2)));
    as(() -> register.update("drift", new RiskChange(5, 5, null, null), new IfMatch("*")));
    as(() -> register.addPreset(preset("drift", 1, 1)));

    RiskView risk = get("drift");
    assertThat(risk.residual()).isEqualTo(RiskView.Assessed.of(new RiskLevel(5, 5)));
    assertThat(risk.inherent()).isEqualTo(RiskView.Assessed.of(new RiskLevel(3, 3)));
    assertThat(risk.version()).isEqualTo(2);
  }

  @Test
  void risks_are_listed_by_residual_score_and_then_by_name() {
    as(() -> {
      register.addPreset(preset("b-low", 1, 1));
      register.addPreset(preset("c-high", 4, 4));
      register.addPreset(preset("a-low", 1, 1));
    });

    assertThat(list()).extracting(RiskView::name).containsExactly("c-high", "a-low", "b-low");
    assertThat(list())
        .isSortedAccordingTo(
            Comparator.comparingInt((RiskView risk) -> -risk.residual().score())
                .thenComparing(RiskView::name));
  }

  @Test
  void an_update_publishes_the_whole_assessment() {
    String name = "risk-" + workspace.toString().substring(0, 8);
    as(() -> register.addPreset(preset(name, 2, 3)));
    as(() ->
        register.update(
            name, new RiskChange(4, null, null, List.of("accuracy fell")), new IfMatch("*")));

    assertThat(events.awaitPublished(RiskChanged.class, each -> each.risk().equals(name)))
        .isEqualTo(new RiskChanged(name, null, 4, 3, List.of("accuracy fell")));
  }

  @Test
  void a_workspace_sees_only_its_own_register() {
    as(() -> register.addPreset(preset("private", 1, 1)));

    assertThatThrownBy(() -> Caller.system(UUID.randomUUID()).run(() -> register.get("private")))
        .isInstanceOf(Problem.class);
  }

  private void as(Runnable work) {
    Caller.system(workspace).run(work);
  }

  private RiskView get(String name) {
    RiskView[] found = new RiskView[1];
    as(() -> found[0] = register.get(name));
    return found[0];
  }

  private List<RiskView> list() {
    List<RiskView> found = new ArrayList<>();
    as(() -> found.addAll(register.list()));
    return found;
  }

  private static RiskPreset preset(String name, int likelihood, int impact) {
    return new RiskPreset(
        name,
        "Title",
        "Description",
        List.of("PROMPT"),
        3,
        3,
        likelihood,
        impact,
        List.of(Control.CANARY),
        List.of("signal"));
  }
}
