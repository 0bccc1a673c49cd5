package io.plumbline.platform.gate;

import io.plumbline.contracts.Event;
import io.plumbline.contracts.EventTypes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The evidence that a gate depends on: types of events, and of each those that could change the
 * answer. The topics of these types are read to the end before the gate answers, and an event among
 * the dead letters closes the gate only if it could change the answer.
 */
public final class EvidenceQuestion {

  private record Dependency<E extends Event>(Class<E> event, Predicate<? super E> concerns) {

    boolean concerns(byte[] value, JsonMapper json) {
      return concerns.test(json.readValue(value, event));
    }
  }

  private static final EvidenceQuestion NONE = new EvidenceQuestion(List.of());

  private final List<Dependency<?>> dependencies;

  private EvidenceQuestion(List<Dependency<?>> dependencies) {
    this.dependencies = dependencies;
  }

  /**
   * Returns a question that depends on events of one type.
   *
   * @param concerns whether an event could change the answer; it sees events of the caller's
   *     workspace only
   */
  public static <E extends Event> EvidenceQuestion dependingOn(
      Class<E> event, Predicate<? super E> concerns) {
    return NONE.and(event, concerns);
  }

  /** Returns a question that depends on events of a further type. */
  public <E extends Event> EvidenceQuestion and(Class<E> event, Predicate<? super E> concerns) {
    return new EvidenceQuestion(
        Stream.concat(dependencies.stream(), Stream.of(new Dependency<>(event, concerns)))
            .toList());
  }

  /** Returns the topics that are read to the end. */
  Set<String> topics() {
    return dependencies.stream()
        .map(each -> EventTypes.sourceOf(each.event()))
        .flatMap(Optional::stream)
        .map(EventTypes::topicOf)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the types of the events that can close the gate, in all versions. */
  Set<String> types() {
    return dependencies.stream()
        .flatMap(each -> EventTypes.typesOf(each.event()).stream())
        .collect(Collectors.toSet());
  }

  /**
   * Returns whether an event could change the answer. One that cannot be read could be about
   * anything in its workspace, so it always could.
   */
  boolean concerns(String type, byte[] value, JsonMapper json) {
    try {
      return dependencies.stream()
          .filter(each -> EventTypes.typesOf(each.event()).contains(type))
          .anyMatch(each -> each.concerns(value, json));
    } catch (JacksonException | IllegalArgumentException | NullPointerException unreadable) {
      return true;
    }
  }
}
