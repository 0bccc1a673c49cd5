package io.plumbline.contracts;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A registry of all events of the platform by their CloudEvents type, {@code
 * io.plumbline.<name>.v1}.
 */
public final class EventTypes {

  public static final List<Class<? extends Event>> SOURCES =
      List.of(
          StrategyEvent.class,
          PromptRegistryEvent.class,
          DatasetRegistryEvent.class,
          TrainingEvent.class,
          ModelRegistryEvent.class,
          InferenceEvent.class,
          EvaluationEvent.class,
          ComplianceEvent.class);

  private static final String PREFIX = "io.plumbline.";
  private static final String VERSION = ".v1";

  private static final Map<String, Class<? extends Event>> BY_TYPE = index();

  private EventTypes() {}

  /** Returns all types in the order of declaration, {@code action.denied} last. */
  public static Map<String, Class<? extends Event>> all() {
    return BY_TYPE;
  }

  /**
   * Returns the event record of a type.
   *
   * @return empty for a type that this version does not know
   */
  public static Optional<Class<? extends Event>> classOf(String type) {
    return Optional.ofNullable(BY_TYPE.get(type));
  }

  public static String typeOf(Class<? extends Event> event) {
    EventType name = event.getAnnotation(EventType.class);
    if (name == null) {
      throw new IllegalArgumentException(event.getName() + " has no @EventType");
    }
    return ofName(name.value());
  }

  /** Returns the type of an event name such as {@code release.requested}. */
  public static String ofName(String name) {
    return PREFIX + name + VERSION;
  }

  /** Returns the event name within a type; returns any other text unchanged. */
  public static String nameOf(String type) {
    boolean named =
        type.startsWith(PREFIX)
            && type.endsWith(VERSION)
            && type.length() > PREFIX.length() + VERSION.length();
    if (!named) {
      return type;
    }
    return type.substring(PREFIX.length(), type.length() - VERSION.length());
  }

  /**
   * Returns the service that publishes events of this class; empty for {@link ActionDenied}, which
   * any service may publish.
   */
  public static Optional<String> sourceOf(Class<? extends Event> event) {
    return Stream.of(event.getInterfaces())
        .map(type -> type.getAnnotation(Source.class))
        .filter(Objects::nonNull)
        .map(Source::value)
        .findFirst();
  }

  public static String topicOf(String service) {
    return "plumbline." + service;
  }

  private static Map<String, Class<? extends Event>> index() {
    Map<String, Class<? extends Event>> types = new LinkedHashMap<>();
    Stream.concat(
            SOURCES.stream().flatMap(source -> Stream.of(source.getPermittedSubclasses())),
            Stream.of(ActionDenied.class))
        .map(type -> type.<Event>asSubclass(Event.class))
        .forEach(type -> types.put(typeOf(type), type));
    return Collections.unmodifiableMap(types);
  }
}
