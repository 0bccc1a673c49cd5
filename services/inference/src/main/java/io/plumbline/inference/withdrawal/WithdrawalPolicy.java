package io.plumbline.inference.withdrawal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.plumbline.contracts.Digest;
import io.plumbline.inference.projection.ApplicationProjection;
import io.plumbline.inference.projection.PolicyProjection;
import io.plumbline.policy.Policy;
import io.plumbline.policy.PolicyEngine;
import io.plumbline.policy.PolicyTarget;
import io.plumbline.policy.WorkBudget;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The time for which policies of the target {@code withdrawn-data} let a release serve from
 * withdrawn data: as long as their rules hold. Without a policy it serves on.
 */
@Component
public class WithdrawalPolicy {

  /** The latest day at which a deadline is looked for. */
  private static final long MAX_DAYS = 1_000;

  /**
   * The steps of the rules for all days together: a hundred thousand for each. Rules that take more
   * refuse on the day at which they are used up.
   */
  private static final long STEPS = 5L * WorkBudget.STEPS;

  /** The maximum number of situations whose first refusal is remembered. */
  private static final int MAX_REMEMBERED = 1_000;

  /**
   * The circumstances on which a refusal depends, beside the day.
   *
   * @param policies the digests of the policies in force
   */
  private record Situation(List<Digest> policies, Map<String, Object> variables) {}

  /** The first day on which a policy refuses. */
  private record Refusal(long day, String reason) {}

  private final Cache<Situation, Optional<Refusal>> refusals =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

  private final PolicyProjection policies;
  private final PolicyEngine engine;
  private final ApplicationProjection applications;

  WithdrawalPolicy(
      PolicyProjection policies, PolicyEngine engine, ApplicationProjection applications) {
    this.policies = policies;
    this.engine = engine;
    this.applications = applications;
  }

  /**
   * The time at which a release goes back.
   *
   * @param reason the message of the rule that ends the release
   */
  public record Deadline(Instant at, String reason) {}

  /**
   * Returns the first deadline of a release; empty where no policy sets one.
   *
   * @param parts the parts of its variant that stand on withdrawn data
   */
  @Transactional(readOnly = true)
  public Optional<Deadline> deadline(
      String application, String environment, List<WithdrawnPart> parts) {
    List<Policy> active =
        policies.sources(PolicyTarget.WITHDRAWN_DATA).stream()
            .map(source -> engine.load(PolicyTarget.WITHDRAWN_DATA, source))
            // What this version cannot read must not end what serves.
            .filter(Policy::isReadable)
            .toList();
    if (active.isEmpty()) {
      return Optional.empty();
    }
    String criticality = applications.criticality(application).orElse("");
    return parts.stream()
        .flatMap(part ->
            firstRefusal(active, variables(application, environment, criticality, part))
                .map(refusal -> new Deadline(part.withdrawnFor(refusal.day), refusal.reason))
                .stream())
        .min(Comparator.comparing(Deadline::at));
  }

  /**
   * Returns the first day on which a policy refuses. It is remembered, since rules see only their
   * variables and releases are listed and checked again and again.
   */
  private Optional<Refusal> firstRefusal(List<Policy> active, Map<String, Object> variables) {
    return refusals.get(
        new Situation(active.stream().map(Policy::digest).toList(), variables),
        unknown -> {
          WorkBudget budget = new WorkBudget(STEPS);
          return LongStream.rangeClosed(0, MAX_DAYS)
              .mapToObj(day -> refusal(active, variables, day, budget))
              .flatMap(Optional::stream)
              .findFirst();
        });
  }

  private static Optional<Refusal> refusal(
      List<Policy> active, Map<String, Object> variables, long day, WorkBudget budget) {
    Map<String, Object> ofDay = new HashMap<>(variables);
    ofDay.put("withdrawal.days", day);
    return active.stream()
        .flatMap(policy -> policy.refusalReasons(ofDay, budget).stream())
        .findFirst()
        .map(reason -> new Refusal(day, reason));
  }

  private static Map<String, Object> variables(
      String application, String environment, String criticality, WithdrawnPart part) {
    return Map.of(
        "withdrawal.purpose",
        part.purpose(),
        "withdrawal.dataset",
        part.dataset(),
        "release.environment",
        environment,
        "application.name",
        application,
        "application.criticality",
        criticality);
  }
}
