package io.plumbline.platform.test;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.ledger.LedgerExempt;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/**
 * Conditions on handlers and the events that they can append, read from the code, so that they
 * cover handlers that no test calls.
 */
final class OutboxReachability {

  private static final List<RequestMethod> WRITES =
      List.of(RequestMethod.POST, RequestMethod.PUT, RequestMethod.PATCH, RequestMethod.DELETE);

  private OutboxReachability() {}

  static DescribedPredicate<JavaMethod> areGovernedWrites() {
    return DescribedPredicate.describe(
        "are governed writes",
        method ->
            method.isMetaAnnotatedWith(RequestMapping.class)
                && !method.isAnnotatedWith(LedgerExempt.class)
                && writesUnderApi(method));
  }

  private static boolean writesUnderApi(JavaMethod method) {
    RequestMapping own =
        AnnotatedElementUtils.findMergedAnnotation(method.reflect(), RequestMapping.class);
    RequestMapping shared =
        AnnotatedElementUtils.findMergedAnnotation(
            method.getOwner().reflect(), RequestMapping.class);
    return own != null
        && Arrays.stream(own.method()).anyMatch(WRITES::contains)
        && Stream.concat(paths(shared), paths(own)).findFirst().orElse("").startsWith("/api");
  }

  private static Stream<String> paths(@Nullable RequestMapping mapping) {
    return mapping == null ? Stream.empty() : Arrays.stream(mapping.path());
  }

  /**
   * Returns the condition that a handler can reach the outbox by calls and method references
   * through the classes of the service. Only running the code shows which branch is taken.
   */
  static ArchCondition<JavaMethod> reachTheOutbox() {
    return new ArchCondition<>("reach Outbox.append") {
      @Override
      public void check(JavaMethod handler, ConditionEvents events) {
        if (!reaches(handler)) {
          events.add(
              SimpleConditionEvent.violated(
                  handler, handler.getFullName() + " can never append an event to the outbox"));
        }
      }
    };
  }

  private static boolean reaches(JavaMethod handler) {
    Set<JavaCodeUnit> seen = new HashSet<>();
    Deque<JavaCodeUnit> open = new ArrayDeque<>(List.of(handler));
    while (!open.isEmpty()) {
      JavaCodeUnit unit = open.pop();
      if (seen.add(unit)) {
        List<AccessTarget> targets =
            accesses(unit).<AccessTarget>map(JavaAccess::getTarget).toList();
        if (targets.stream().anyMatch(OutboxReachability::isAppend)) {
          return true;
        }
        targets.stream()
            .flatMap(target -> target.resolveMember().stream())
            .map(JavaCodeUnit.class::cast)
            .forEach(open::push);
      }
    }
    return false;
  }

  private static Stream<JavaAccess<?>> accesses(JavaCodeUnit unit) {
    return Stream.of(
            unit.getCallsFromSelf(),
            unit.getMethodReferencesFromSelf(),
            unit.getConstructorReferencesFromSelf())
        .flatMap(Set::stream);
  }

  private static boolean isAppend(AccessTarget target) {
    return target.getOwner().isEquivalentTo(Outbox.class) && target.getName().equals("append");
  }
}
