package io.plumbline.compliance.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.contracts.ComplianceEvent.RoleRate;
import io.plumbline.contracts.ComplianceEvent.WorkspaceConfiguration;
import io.plumbline.contracts.ComplianceEvent.WorkspaceQuota;
import io.plumbline.contracts.Money;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.problem.Problem.FieldError;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationRulesTests {

  @Test
  void a_configuration_that_keeps_the_rules_is_accepted() {
    assertThatNoException()
        .isThrownBy(() ->
            ConfigurationRules.require(
                new WorkspaceConfiguration(
                    "support",
                    List.of("DE", "GB"),
                    "EUR",
                    List.of(new RoleRate("ml-engineer", euros("95.00"))),
                    List.of(new WorkspaceQuota("prompts", 500)),
                    30)));
  }

  @Test
  void every_wrong_field_is_named_at_once() {
    WorkspaceConfiguration wrong =
        new WorkspaceConfiguration(
            "support",
            List.of("DE", "XX", "DE"),
            "EURO",
            List.of(
                new RoleRate("ml-engineer", euros("-1")),
                new RoleRate("service", euros("1")),
                new RoleRate("ml-engineer", euros("2"))),
            List.of(new WorkspaceQuota("prompts", 0), new WorkspaceQuota("desks", 1)),
            null);

    Problem problem = catchThrowableOfType(Problem.class, () -> ConfigurationRules.require(wrong));

    assertThat(problem.errors())
        .extracting(FieldError::pointer)
        .containsExactly(
            "/regions/1",
            "/regions/2",
            "/currency",
            "/roleRates/0/perHour",
            "/roleRates/0/perHour",
            "/roleRates/1/role",
            "/roleRates/1/perHour",
            "/roleRates/2/role",
            "/roleRates/2/perHour",
            "/quotas/0/limit",
            "/quotas/1/kind");
  }

  private static Money euros(String amount) {
    return new Money(new BigDecimal(amount), "EUR");
  }
}
