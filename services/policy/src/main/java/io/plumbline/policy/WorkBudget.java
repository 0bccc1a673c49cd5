package io.plumbline.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.values.CelByteString;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The work that the rules of one decision may do, counted in steps: what each part of an expression
 * costs, and more for large values and for searches in texts. Equal rules and values always take
 * equally many steps. Use one budget for all rules of a decision. It is not thread-safe.
 */
public final class WorkBudget {

  /** The steps of one decision. */
  public static final int STEPS = 20_000_000;

  /** The steps of a part of an expression, which may end with an exception. */
  private static final int PART = 100;

  /** The characters that are compared in one step. */
  private static final int COMPARED = 128;

  /** The characters that are joined or converted in one step; they may be kept. */
  private static final int MADE = 4;

  /** The instructions, for a character, that an expression's search does in one step. */
  private static final int SEARCHED = 4;

  /** The characters whose search takes as long as the compilation of a pattern. */
  private static final long COMPILED = 100;

  /** The groups that double the time of a search. */
  private static final int GROUPS = 8;

  /** The largest program of a pattern that is evaluated at all. */
  static final int MAX_PROGRAM = 1_000;

  private static final String MATCHES = "matches";
  private static final String CONTAINS = "contains";
  private static final Pattern REPETITION = Pattern.compile("\\{(\\d{1,4})(,(\\d{0,4}))?}");

  /** Says that the budget is used up. It is no exception, since CEL's {@code ||} ignores those. */
  static final class UsedUp extends Error {

    private static final long serialVersionUID = 1;

    UsedUp(long steps) {
      super("the rules take more than %,d steps".formatted(steps), null, false, false);
    }
  }

  /**
   * A call that searches in a text.
   *
   * @param text the part of the expression that says in which text
   */
  record Search(long text, boolean isPattern) {}

  private final long total;
  private long left;
  private final Map<Long, Integer> lengths = new HashMap<>();
  private final IdentityHashMap<Object, Long> known = new IdentityHashMap<>();

  /** Creates the budget of one decision. */
  public WorkBudget() {
    this(STEPS);
  }

  /**
   * Creates the budget of decisions that one answer takes together.
   *
   * @param steps the steps of all of them
   */
  public WorkBudget(long steps) {
    this.total = steps;
    this.left = steps;
  }

  /** Returns the searches of an expression by the part that says what is searched for. */
  static Map<Long, Search> searches(CelAbstractSyntaxTree tree) {
    Map<Long, Search> searches = new HashMap<>();
    CelNavigableAst.fromAst(tree)
        .getRoot()
        .allNodes()
        .filter(node -> node.getKind() == CelExpr.ExprKind.Kind.CALL)
        .map(node -> node.expr().call())
        .filter(call -> call.function().equals(MATCHES) || call.function().equals(CONTAINS))
        .forEach(call -> {
          List<CelExpr> operands =
              Stream.concat(call.target().stream(), call.args().stream()).toList();
          searches.put(
              operands.getLast().id(),
              new Search(operands.getFirst().id(), call.function().equals(MATCHES)));
        });
    return Map.copyOf(searches);
  }

  /** Begins a rule that reads these variables. */
  void begin(Map<String, ?> variables) {
    spend(PART);
    lengths.clear();
    known.clear();
    // They are read again and again, as the objects that they are.
    variables.values().forEach(value -> known.put(value, size(value)));
  }

  /** Counts the value of a part of an expression, before the part around it reads the value. */
  void count(Map<Long, Search> searches, CelExpr part, Object value) {
    Long size = known.get(value);
    spend(PART + (size == null ? size(value) : size));
    boolean isMade = part.getKind() == CelExpr.ExprKind.Kind.CALL;
    if (value instanceof CelByteString bytes && isMade) {
      spend(bytes.size() / MADE);
    } else if (value instanceof String text) {
      lengths.put(part.id(), text.length());
      if (isMade) {
        spend(text.length() / MADE);
      }
      Search search = searches.get(part.id());
      if (search != null) {
        long program = search.isPattern() ? instructions(text) : text.length();
        long searched = lengths.getOrDefault(search.text(), 0) + COMPILED;
        spend(searched * program / SEARCHED);
      }
    }
  }

  private void spend(long steps) {
    left = steps > left ? 0 : left - steps;
    if (left == 0) {
      throw new UsedUp(total);
    }
  }

  /** Returns the steps for a value, of which no more are counted than there are. */
  private long size(Object value) {
    return switch (value) {
      case String text -> 1 + text.length() / COMPARED;
      case CelByteString bytes -> 1 + bytes.size() / COMPARED;
      case List<?> list -> sum(list, 0);
      case Map<?, ?> map -> sum(map.values(), sum(map.keySet(), 0));
      default -> 1;
    };
  }

  private long sum(Iterable<?> values, long before) {
    long sum = before + 1;
    for (Object each : values) {
      sum += size(each);
      if (sum > left) {
        throw new UsedUp(total);
      }
    }
    return sum;
  }

  /**
   * Returns how many instructions a pattern has at most, weighted by its groups, whose places are
   * noted at each. A repetition of a group may repeat all of the pattern.
   */
  private static long instructions(String pattern) {
    long size = pattern.length() + 2L;
    long repeated = 1;
    Matcher repetition = REPETITION.matcher(pattern);
    while (size * repeated < MAX_PROGRAM && repetition.find()) {
      String most = repetition.group(3);
      long times =
          most == null || most.isEmpty()
              ? Long.parseLong(repetition.group(1)) + 1
              : Long.parseLong(most);
      if (repetition.start() > 0 && ")}".indexOf(pattern.charAt(repetition.start() - 1)) >= 0) {
        repeated *= Math.max(1, times);
      } else {
        size += times;
      }
    }
    long groups = pattern.chars().filter(character -> character == '(').count();
    return Math.min(size * repeated, MAX_PROGRAM) * (1 + groups / GROUPS);
  }
}
