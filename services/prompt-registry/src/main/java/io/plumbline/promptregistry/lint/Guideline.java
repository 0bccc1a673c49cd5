package io.plumbline.promptregistry.lint;

/** A guideline as people read it. */
public record Guideline(String rule, String summary, String why, String bad, String good) {}
