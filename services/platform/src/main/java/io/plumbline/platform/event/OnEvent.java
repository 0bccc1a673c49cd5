package io.plumbline.platform.event;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a public method of a bean that is called once per event of its first parameter's type, in a
 * transaction in the event's workspace. A second parameter may take the {@link EventMetadata}. The
 * method must not reject a reference that it does not know yet, because topics have no mutual
 * order. Where the only effect is a row of a table, declare a {@link Projection} instead.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnEvent {}
