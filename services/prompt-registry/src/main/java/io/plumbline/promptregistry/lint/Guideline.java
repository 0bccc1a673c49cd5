package io.plumbline.promptregistry.lint;

/** The description of a guideline. */
public record Guideline(String rule, String summary, String why, String bad, String good) {}
