package io.plumbline.platform.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a handler that honours {@code Idempotency-Key}. The claim of the key, the command and the
 * stored answer share one transaction, which runs again if a gate in it had to wait. The handler
 * returns a {@code ResponseEntity} and reads its input from a JSON body.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Idempotent {}
