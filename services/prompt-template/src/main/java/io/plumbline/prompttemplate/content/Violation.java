package io.plumbline.prompttemplate.content;

/**
 * A rule that a content breaks.
 *
 * @param pointer RFC 6901 pointer into the content
 * @param detail what is wrong and how to correct it
 */
public record Violation(String pointer, String detail) {}
