package io.plumbline.contracts;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The name of an event without prefix and version: {@code prompt.version-published}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventType {
  String value();

  /**
   * The version of the payload, raised when a field is renamed. Payloads of earlier versions are
   * still read: a renamed component names its earlier names by {@code @JsonAlias}.
   */
  int version() default 1;
}
