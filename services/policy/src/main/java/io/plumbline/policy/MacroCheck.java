package io.plumbline.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks that no macro, such as {@code map}, makes a larger value of its variable. Otherwise a
 * short chain of macros, each of which doubles a text or a list, would fill the memory.
 */
final class MacroCheck {

  private static final String ADDITION = "_+_";
  private static final Set<String> NUMBERS =
      Set.of("add_int64", "add_uint64", "add_double", "add_duration_duration");

  private final CelAbstractSyntaxTree tree;
  private final Set<String> variables = new HashSet<>();
  private boolean grows;

  private MacroCheck(CelAbstractSyntaxTree tree) {
    this.tree = tree;
  }

  /** Returns whether a macro makes a larger value of its variable. */
  static boolean makesLargerValues(CelAbstractSyntaxTree tree) {
    MacroCheck check = new MacroCheck(tree);
    check.holdsVariable(tree.getExpr());
    return check.grows;
  }

  /** Returns whether the variable of a macro occurs in an expression. */
  private boolean holdsVariable(CelExpr expression) {
    return switch (expression.getKind()) {
      case IDENT -> variables.contains(expression.ident().name());
      case SELECT -> holdsVariable(expression.select().operand());
      case CALL -> callHoldsVariable(expression);
      case LIST -> made(anyHolds(expression.list().elements()));
      case MAP -> made(anyHolds(entries(expression)));
      case STRUCT -> made(true);
      case COMPREHENSION -> macroHoldsVariable(expression.comprehension());
      case CONSTANT, NOT_SET -> false;
    };
  }

  private static List<CelExpr> entries(CelExpr map) {
    return map.map().entries().stream()
        .flatMap(entry -> List.of(entry.key(), entry.value()).stream())
        .toList();
  }

  private boolean anyHolds(List<CelExpr> expressions) {
    boolean holds = false;
    for (CelExpr each : expressions) {
      holds |= holdsVariable(each);
    }
    return holds;
  }

  /** Notes that a value is made, and returns whether it is made of a variable. */
  private boolean made(boolean ofVariable) {
    grows |= ofVariable;
    return ofVariable;
  }

  private boolean callHoldsVariable(CelExpr call) {
    boolean holds = anyHolds(call.call().args());
    if (call.call().target().isPresent()) {
      holds |= holdsVariable(call.call().target().get());
    }
    if (!call.call().function().equals(ADDITION)) {
      return holds;
    }
    boolean ofNumbers =
        tree.getReference(call.id())
            .filter(addition -> NUMBERS.containsAll(addition.overloadIds()))
            .isPresent();
    return ofNumbers ? holds : made(holds);
  }

  private boolean macroHoldsVariable(CelComprehension macro) {
    boolean holds = anyHolds(List.of(macro.iterRange(), macro.accuInit()));
    boolean added = variables.add(macro.iterVar());
    holds |= holdsVariable(macro.loopCondition());
    holds |= stepHoldsVariable(macro, macro.loopStep());
    if (added) {
      variables.remove(macro.iterVar());
    }
    holds |= holdsVariable(macro.result());
    return holds;
  }

  /** Reads the step of a macro. The element that it adds to its own result is no larger value. */
  private boolean stepHoldsVariable(CelComprehension macro, CelExpr step) {
    if (step.getKind() == CelExpr.ExprKind.Kind.CALL) {
      List<CelExpr> operands = step.call().args();
      if (step.call().function().equals(ADDITION)
          && isResult(macro, operands.getFirst())
          && operands.getLast().getKind() == CelExpr.ExprKind.Kind.LIST) {
        return anyHolds(operands.getLast().list().elements());
      }
      // The condition of filter, and of a map with three parameters, is around the addition.
      if (step.call().function().equals("_?_:_")) {
        boolean holds = holdsVariable(operands.get(0));
        holds |= stepHoldsVariable(macro, operands.get(1));
        holds |= stepHoldsVariable(macro, operands.get(2));
        return holds;
      }
    }
    return holdsVariable(step);
  }

  private static boolean isResult(CelComprehension macro, CelExpr operand) {
    return operand.getKind() == CelExpr.ExprKind.Kind.IDENT
        && operand.ident().name().equals(macro.accuVar());
  }
}
