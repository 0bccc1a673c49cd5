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
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Finds the {@link OnEvent} methods of the application's beans once all beans exist, and calls them
 * by the type of event that they take.
 */
final class EventHandlers implements SmartInitializingSingleton {

  private record Handler(
      Object bean, Method method, Class<? extends Event> event, boolean takesMetadata) {

    void handle(Event event, EventMetadata metadata) {
      try {
        if (takesMetadata) {
          method.invoke(bean, event, metadata);
        } else {
          method.invoke(bean, event);
        }
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
  }

  private final Map<String, List<Handler>> byType = new TreeMap<>();

  private final ListableBeanFactory beans;

  EventHandlers(ListableBeanFactory beans) {
    this.beans = beans;
  }

  @Override
  public void afterSingletonsInstantiated() {
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
        methods.forEach(method -> addHandler(bean, method));
      }
    }
  }

  private void addHandler(Object bean, Method method) {
    Class<? extends Event> event = method.getParameterTypes()[0].asSubclass(Event.class);
    Method invocable = AopUtils.selectInvocableMethod(method, bean.getClass());
    invocable.setAccessible(true);
    Handler handler = new Handler(bean, invocable, event, method.getParameterCount() == 2);
    EventTypes.typesOf(event)
        .forEach(type -> byType.computeIfAbsent(type, each -> new ArrayList<>()).add(handler));
  }

  boolean handles(String type) {
    return byType.containsKey(type);
  }

  Set<String> types() {
    return byType.keySet();
  }

  Class<? extends Event> classOf(String type) {
    return byType.getOrDefault(type, List.of()).getFirst().event();
  }

  void handle(Event event, EventMetadata metadata) {
    byType
        .getOrDefault(metadata.type(), List.of())
        .forEach(handler -> handler.handle(event, metadata));
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
