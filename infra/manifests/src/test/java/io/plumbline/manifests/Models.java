package io.plumbline.manifests;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks into the generated models, which have bean getters and keep unknown fields in {@code
 * additionalProperties}.
 */
final class Models {

  private static final String UNKNOWN = "getAdditionalProperties";

  private Models() {}

  static Map<?, ?> unknown(Object model) {
    try {
      return get(model, model.getClass().getMethod(UNKNOWN)) instanceof Map<?, ?> map
          ? map
          : Map.of();
    } catch (NoSuchMethodException scalar) {
      return Map.of();
    }
  }

  static Map<String, Object> properties(Object model) {
    Map<String, Object> properties = new TreeMap<>();
    for (Method method : model.getClass().getMethods()) {
      if (isProperty(method)) {
        Object value = get(model, method);
        if (value != null) {
          properties.put(
              method.getName().substring(3, 4).toLowerCase(Locale.ROOT)
                  + method.getName().substring(4),
              value);
        }
      }
    }
    return properties;
  }

  private static boolean isProperty(Method method) {
    return method.getName().startsWith("get")
        && method.getName().length() > 3
        && method.getParameterCount() == 0
        && !Modifier.isStatic(method.getModifiers())
        && !method.getName().equals(UNKNOWN)
        && !method.getDeclaringClass().equals(Object.class);
  }

  private static @Nullable Object get(Object model, Method method) {
    try {
      return method.invoke(model);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(method + " of a generated model cannot be read", e);
    }
  }
}
