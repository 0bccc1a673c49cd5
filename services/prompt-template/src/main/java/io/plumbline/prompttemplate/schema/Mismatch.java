package io.plumbline.prompttemplate.schema;

/**
 * A place where a value does not follow a schema.
 *
 * @param pointer RFC 6901 pointer into the value
 * @param detail what is wrong and how to correct it
 */
public record Mismatch(String pointer, String detail) {}
