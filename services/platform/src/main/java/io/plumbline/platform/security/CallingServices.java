package io.plumbline.platform.security;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the services that call a handler. A service's token opens nothing else, whatever roles the
 * handler names for people. {@code docs/roles.md} lists these calls, and tests compare the list
 * with the clients of each service.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CallingServices {

  /** The client ids of the services, which are their names. */
  String[] value();
}
