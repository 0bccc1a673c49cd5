package io.plumbline.sensitivedata;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A deterministic automaton that reads digits once and matches several expressions at the same
 * time. Expressions are those of libphonenumber: digits, {@code \d}, sets, groups, alternatives and
 * bounded repetitions, and nothing else.
 */
final class DigitAutomaton {

  /** The state from which no expression matches any more. */
  static final int DEAD = 0;

  /** The state before the first digit. */
  static final int START = 1;

  private static final int DIGITS = 10;
  private static final int ANY = 0b11_1111_1111;

  /** The next states, by the state and the digit. */
  private final int[] next;

  private final List<BitSet> matched = new ArrayList<>();

  private sealed interface Node {}

  /** Reads one of some digits, by bits. */
  private record Step(int digits, Node then) implements Node {
    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /** Goes on with any of several nodes. */
  private static final class Split implements Node {
    private final List<Node> nodes;

    private Split(List<Node> nodes) {
      this.nodes = nodes;
    }
  }

  /** Ends an expression. */
  private record Match(int expression) implements Node {}

  /** The expressions of an automaton, each with a number. */
  static final class Expressions {
    private final List<Node> starts = new ArrayList<>();

    /** Adds an expression that has to match all digits. */
    void addWhole(int number, String expression) {
      starts.add(new Parser(expression).parse().apply(new Match(number)));
    }

    /** Adds an expression that has to match the first digits. */
    void addPrefix(int number, String expression) {
      List<Node> rest = new ArrayList<>();
      Split more = new Split(rest);
      rest.add(new Match(number));
      rest.add(new Step(ANY, more));
      starts.add(new Parser(expression).parse().apply(more));
    }

    DigitAutomaton build() {
      return new DigitAutomaton(starts);
    }
  }

  private DigitAutomaton(List<Node> starts) {
    List<Integer> transitions = new ArrayList<>();
    Map<Set<Node>, Integer> numbers = new HashMap<>();
    Deque<Set<Node>> open = new ArrayDeque<>();
    numberOf(Set.of(), numbers, open);
    numberOf(reachable(starts), numbers, open);
    while (!open.isEmpty()) {
      Set<Node> state = open.remove();
      for (int digit = 0; digit < DIGITS; digit++) {
        transitions.add(numberOf(reachable(afterDigit(state, digit)), numbers, open));
      }
    }
    next = transitions.stream().mapToInt(Integer::intValue).toArray();
  }

  private int numberOf(Set<Node> state, Map<Set<Node>, Integer> numbers, Deque<Set<Node>> open) {
    Integer known = numbers.get(state);
    if (known != null) {
      return known;
    }
    numbers.put(state, matched.size());
    BitSet expressions = new BitSet();
    for (Node node : state) {
      if (node instanceof Match match) {
        expressions.set(match.expression());
      }
    }
    matched.add(expressions);
    open.add(state);
    return matched.size() - 1;
  }

  private static List<Node> afterDigit(Set<Node> state, int digit) {
    List<Node> after = new ArrayList<>();
    for (Node node : state) {
      if (node instanceof Step step && (step.digits() >> digit & 1) == 1) {
        after.add(step.then());
      }
    }
    return after;
  }

  /** Returns the steps and matches that nodes lead to without a digit. */
  private static Set<Node> reachable(List<Node> nodes) {
    Set<Node> reached = new HashSet<>();
    Set<Split> seen = new HashSet<>();
    Deque<Node> open = new ArrayDeque<>(nodes);
    while (!open.isEmpty()) {
      Node node = open.remove();
      if (!(node instanceof Split split)) {
        reached.add(node);
      } else if (seen.add(split)) {
        open.addAll(split.nodes);
      }
    }
    return reached;
  }

  /** Returns the number of states. */
  int size() {
    return matched.size();
  }

  /** Returns the state after a digit. */
  int after(int state, int digit) {
    return next[DIGITS * state + digit];
  }

  /** Returns the numbers of the expressions that match when no digit follows. */
  BitSet matched(int state) {
    return matched.get(state);
  }

  /** Reads an expression into functions from what follows it to its first node. */
  private static final class Parser {
    private final String expression;
    private int at;

    private Parser(String expression) {
      this.expression = expression;
    }

    private UnaryOperator<Node> parse() {
      UnaryOperator<Node> whole = alternatives();
      if (at < expression.length()) {
        throw unreadable();
      }
      return whole;
    }

    private UnaryOperator<Node> alternatives() {
      List<UnaryOperator<Node>> choices = new ArrayList<>();
      choices.add(sequence());
      while (skip('|')) {
        choices.add(sequence());
      }
      return then -> new Split(choices.stream().map(choice -> choice.apply(then)).toList());
    }

    private UnaryOperator<Node> sequence() {
      List<UnaryOperator<Node>> parts = new ArrayList<>();
      while (at < expression.length() && peek() != '|' && peek() != ')') {
        parts.add(repetition(atom()));
      }
      return then -> {
        Node first = then;
        for (UnaryOperator<Node> part : parts.reversed()) {
          first = part.apply(first);
        }
        return first;
      };
    }

    private UnaryOperator<Node> atom() {
      if (skip('(')) {
        if (skip('?')) {
          require(':');
        }
        UnaryOperator<Node> inner = alternatives();
        require(')');
        return inner;
      }
      int digits = skip('[') ? set() : digits();
      return then -> new Step(digits, then);
    }

    private int digits() {
      if (skip('\\')) {
        require('d');
        return ANY;
      }
      return 1 << digit();
    }

    private int set() {
      int digits = 0;
      while (!skip(']')) {
        int from = digit();
        int to = skip('-') ? digit() : from;
        for (int digit = from; digit <= to; digit++) {
          digits |= 1 << digit;
        }
      }
      return digits;
    }

    private UnaryOperator<Node> repetition(UnaryOperator<Node> once) {
      if (skip('?')) {
        return repeated(once, 0, 1);
      }
      if (!skip('{')) {
        return once;
      }
      int fewest = count();
      int most = skip(',') ? count() : fewest;
      require('}');
      return repeated(once, fewest, most);
    }

    private static UnaryOperator<Node> repeated(UnaryOperator<Node> once, int fewest, int most) {
      return then -> {
        Node first = then;
        for (int i = fewest; i < most; i++) {
          first = new Split(List.of(once.apply(first), then));
        }
        for (int i = 0; i < fewest; i++) {
          first = once.apply(first);
        }
        return first;
      };
    }

    private int count() {
      int count = digit();
      while (Character.isDigit(peek())) {
        count = 10 * count + digit();
      }
      return count;
    }

    private int digit() {
      char c = peek();
      if (!ScannedText.isDigit(c)) {
        throw unreadable();
      }
      at++;
      return c - '0';
    }

    private char peek() {
      return at < expression.length() ? expression.charAt(at) : 0;
    }

    private boolean skip(char c) {
      if (peek() != c) {
        return false;
      }
      at++;
      return true;
    }

    private void require(char c) {
      if (!skip(c)) {
        throw unreadable();
      }
    }

    private IllegalArgumentException unreadable() {
      return new IllegalArgumentException(
          "cannot read %s at %d; this release of libphonenumber has another kind of expression"
              .formatted(expression, at));
    }
  }
}
