package io.plumbline.contracts;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A registry of all events of the platform by their CloudEvents type, {@code
 * io.plumbline.<name>.v<version>}.
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

  /** The events that any service may publish. */
  private static final List<Class<? extends Event>> OF_EVERY_SERVICE =
      List.of(DeadLetterAccepted.class, ActionDenied.class);

  private static final String PREFIX = "io.plumbline.";
  private static final Pattern TYPE = Pattern.compile("io\\.plumbline\\.(.+)\\.v[1-9][0-9]*");

  private static final Map<String, Class<? extends Event>> NEWEST = newest();
  private static final Map<String, Class<? extends Event>> READABLE = readable();

  private EventTypes() {}

  /**
   * Returns all types in their newest version, in the order of declaration, {@code action.denied}
   * last.
   */
  public static Map<String, Class<? extends Event>> all() {
    return NEWEST;
  }

  /**
   * Returns the event record of a type, which may be an earlier version of it.
   *
   * @return empty for a type that this version does not know
   */
  public static Optional<Class<? extends Event>> classOf(String type) {
    return Optional.ofNullable(READABLE.get(type));
  }

  /** Returns the type that an event is published as. */
  public static String typeOf(Class<? extends Event> event) {
    EventType declared = declaration(event);
    return type(declared.value(), declared.version());
  }

  /** Returns every type that is read as this event, the oldest version first. */
  public static List<String> typesOf(Class<? extends Event> event) {
    EventType declared = declaration(event);
    return IntStream.rangeClosed(1, declared.version())
        .mapToObj(version -> type(declared.value(), version))
        .toList();
  }

  /** Returns the name of an event, which all its versions have. */
  public static String nameOf(Class<? extends Event> event) {
    return declaration(event).value();
  }

  private static EventType declaration(Class<? extends Event> event) {
    EventType declared = event.getAnnotation(EventType.class);
    if (declared == null) {
      throw new IllegalArgumentException(event.getName() + " has no @EventType");
    }
    return declared;
  }

  private static String type(String name, int version) {
    return PREFIX + name + ".v" + version;
  }

  /** Returns the type of the first version of an event name such as {@code release.requested}. */
  public static String firstVersionType(String name) {
    return type(name, 1);
  }

  /** Returns the event name within a type; returns any other text unchanged. */
  public static String nameOf(String type) {
    Matcher named = TYPE.matcher(type);
    return named.matches() ? named.group(1) : type;
  }

  /**
   * Returns the service that publishes events of this class; empty for {@link ActionDenied} and
   * {@link DeadLetterAccepted}, which any service may publish.
   */
  public static Optional<String> sourceOf(Class<? extends Event> event) {
    return Stream.of(event.getInterfaces())
        .map(type -> type.getAnnotation(EventSource.class))
        .filter(Objects::nonNull)
        .map(EventSource::value)
        .findFirst();
  }

  public static String topicOf(String service) {
    return "plumbline." + service;
  }

  private static Map<String, Class<? extends Event>> newest() {
    Map<String, Class<? extends Event>> types = new LinkedHashMap<>();
    Stream.concat(
            SOURCES.stream().flatMap(source -> Stream.of(source.getPermittedSubclasses())),
            OF_EVERY_SERVICE.stream())
        .map(type -> type.<Event>asSubclass(Event.class))
        .forEach(type -> types.put(typeOf(type), type));
    return Collections.unmodifiableMap(types);
  }

  private static Map<String, Class<? extends Event>> readable() {
    Map<String, Class<? extends Event>> types = new LinkedHashMap<>();
    NEWEST.values().forEach(event -> typesOf(event).forEach(type -> types.put(type, event)));
    return Collections.unmodifiableMap(types);
  }
}
