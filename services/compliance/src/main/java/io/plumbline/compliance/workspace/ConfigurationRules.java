package io.plumbline.compliance.workspace;

import io.plumbline.contracts.ComplianceEvent.RoleRate;
import io.plumbline.contracts.ComplianceEvent.WorkspaceConfiguration;
import io.plumbline.contracts.ComplianceEvent.WorkspaceQuota;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules that the configuration of a workspace has to keep. */
final class ConfigurationRules {

  /** The kinds of things whose number a workspace may limit for itself. */
  static final List<String> QUOTAS =
      List.of("applications", "prompts", "base-models", "suites", "variants");

  private static final Set<String> COUNTRIES = Set.copyOf(Arrays.asList(Locale.getISOCountries()));
  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());
  private static final Set<String> ROLES =
      EnumSet.complementOf(EnumSet.of(Role.SERVICE)).stream()
          .map(Role::claim)
          .collect(Collectors.toUnmodifiableSet());

  private final List<Problem.FieldError> errors = new ArrayList<>();

  private ConfigurationRules() {}

  /**
   * Requires that a configuration keeps the rules.
   *
   * @throws Problem 400 that names every wrong field
   */
  static void require(WorkspaceConfiguration configuration) {
    ConfigurationRules rules = new ConfigurationRules();
    rules.checkRegions(configuration.regions());
    rules.checkCurrency(configuration.currency());
    rules.checkRates(configuration.roleRates(), configuration.currency());
    rules.checkQuotas(configuration.quotas());
    rules.throwIfAny();
  }

  private void checkRegions(List<String> regions) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < regions.size(); i++) {
      String region = regions.get(i);
      if (!COUNTRIES.contains(region)) {
        add("/regions/" + i, "must be an ISO 3166 country code such as DE");
      } else if (!seen.add(region)) {
        add("/regions/" + i, "is listed twice");
      }
    }
  }

  private void checkCurrency(String currency) {
    if (!CURRENCIES.contains(currency)) {
      add("/currency", "must be an ISO 4217 currency code such as EUR");
    }
  }

  private void checkRates(List<RoleRate> rates, String currency) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < rates.size(); i++) {
      RoleRate rate = rates.get(i);
      if (!ROLES.contains(rate.role())) {
        add("/roleRates/" + i + "/role", "must be a role such as ml-engineer");
      } else if (!seen.add(rate.role())) {
        add("/roleRates/" + i + "/role", "has a rate already");
      }
      if (rate.perHour().amount().signum() < 0) {
        add("/roleRates/" + i + "/perHour", "must not be negative");
      }
      if (!rate.perHour().currency().equals(currency)) {
        add("/roleRates/" + i + "/perHour", "must be in the currency of the workspace");
      }
    }
  }

  private void checkQuotas(List<WorkspaceQuota> quotas) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < quotas.size(); i++) {
      WorkspaceQuota quota = quotas.get(i);
      if (!QUOTAS.contains(quota.kind())) {
        add("/quotas/" + i + "/kind", "must be one of " + String.join(", ", QUOTAS));
      } else if (!seen.add(quota.kind())) {
        add("/quotas/" + i + "/kind", "has a limit already");
      }
      if (quota.limit() < 1) {
        add("/quotas/" + i + "/limit", "must be at least 1");
      }
    }
  }

  private void add(String pointer, String detail) {
    errors.add(new Problem.FieldError(pointer, detail));
  }

  private void throwIfAny() {
    if (errors.isEmpty()) {
      return;
    }
    Problem.FieldError first = errors.getFirst();
    Problem problem = Problem.invalid(first.pointer(), first.detail());
    errors.stream().skip(1).forEach(each -> problem.withFieldError(each.pointer(), each.detail()));
    throw problem;
  }
}
