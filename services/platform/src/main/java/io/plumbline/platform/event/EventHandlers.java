package io.plumbline.platform.event;

import io.plumbline.contracts.Event;
import io.plumbline.contracts.EventTypes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the {@link Projection}s and the {@link OnEvent} methods of the application's beans once all
 * beans exist, and calls them by the type of event that they take, the projections first.
 */
public final class EventHandlers implements SmartInitializingSingleton {

  /**
   * @param repeatable whether a second call with the same event changes nothing
   */
  private record Handler(
      Class<? extends Event> event, boolean repeatable, BiConsumer<Event, EventMetadata> action) {}

  private final Map<String, List<Handler>> byType = new TreeMap<>();

  private final ListableBeanFactory beans;
  private final JdbcClient sql;
  private final JsonMapper json;

  EventHandlers(ListableBeanFactory beans, JdbcClient sql, JsonMapper json) {
    this.beans = beans;
    this.sql = sql;
    this.json = json;
  }

  @Override
  public void afterSingletonsInstantiated() {
    for (Projection<?> projection : projections()) {
      addHandler(projection.event(), true, (event, metadata) -> store(projection, event, metadata));
    }
    for (String name : beans.getBeanDefinitionNames()) {
      Class<?> type = beans.getType(name, false);
      if (type == null || !type.getName().startsWith("io.plumbline.")) {
        continue;
      }
      Class<?> target = ClassUtils.getUserClass(type);
      Set<Method> methods =
          MethodIntrospector.selectMethods(
              target,
              (ReflectionUtils.MethodFilter)
                  method -> AnnotatedElementUtils.hasAnnotation(method, OnEvent.class));
      if (!methods.isEmpty()) {
        Object bean = beans.getBean(name);
        methods.forEach(method -> addMethod(bean, method));
      }
    }
  }

  private void addMethod(Object bean, Method method) {
    Method invocable = AopUtils.selectInvocableMethod(method, bean.getClass());
    invocable.setAccessible(true);
    boolean takesMetadata = method.getParameterCount() == 2;
    addHandler(
        method.getParameterTypes()[0].asSubclass(Event.class),
        false,
        (event, metadata) -> {
          if (takesMetadata) {
            invoke(bean, invocable, event, metadata);
          } else {
            invoke(bean, invocable, event);
          }
        });
  }

  private void addHandler(
      Class<? extends Event> event, boolean repeatable, BiConsumer<Event, EventMetadata> action) {
    Handler handler = new Handler(event, repeatable, action);
    EventTypes.typesOf(event)
        .forEach(type -> byType.computeIfAbsent(type, each -> new ArrayList<>()).add(handler));
  }

  private static void invoke(Object bean, Method method, Object... arguments) {
    try {
      method.invoke(bean, arguments);
    } catch (InvocationTargetException e) {
      if (e.getTargetException() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      // An Error would end the consumer of all topics; wrapped, it is retried and kept as a dead
      // letter like any other failure.
      throw new IllegalStateException(method + " failed", e.getTargetException());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(method + " must be public", e);
    }
  }

  boolean handles(String type) {
    return byType.containsKey(type);
  }

  /** Returns whether events of a type only become rows, of which a repeated one changes none. */
  boolean isRepeatable(String type) {
    return byType.getOrDefault(type, List.of()).stream().allMatch(Handler::repeatable);
  }

  Set<String> types() {
    return byType.keySet();
  }

  Class<? extends Event> classOf(String type) {
    return byType.getOrDefault(type, List.of()).getFirst().event();
  }

  /** Calls the handlers of an event, in the caller's transaction and workspace. */
  public void handle(Event event, EventMetadata metadata) {
    byType
        .getOrDefault(EventTypes.typeOf(event.getClass()), List.of())
        .forEach(handler -> handler.action().accept(event, metadata));
  }

  List<Projection<?>> projections() {
    return beans.getBeansOfType(Projection.class).values().stream()
        .<Projection<?>>map(each -> each)
        .toList();
  }

  /** Stores the row of an event, in the caller's transaction and workspace. */
  void store(Projection<?> projection, Event event, EventMetadata metadata) {
    projection.store(event, metadata, sql, json);
  }

  /** Returns the topics of the events that have a handler. */
  Set<String> topics() {
    Set<String> topics = new TreeSet<>();
    byType.values().stream()
        .flatMap(List::stream)
        .forEach(handler ->
            EventTypes.sourceOf(handler.event()).map(EventTypes::topicOf).ifPresent(topics::add));
    return topics;
  }
}
