package io.plumbline.platform.event;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A public method of a bean that is called once per event of its first parameter's type, in a
 * transaction in the event's workspace; a second parameter may take the {@link EventMetadata}. It
 * never rejects a reference it does not know yet: topics have no mutual order.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnEvent {}
