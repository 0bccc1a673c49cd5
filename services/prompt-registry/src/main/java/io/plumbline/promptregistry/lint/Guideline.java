package io.plumbline.promptregistry.lint;

/** A guideline for prompts, with its reason, a prompt that breaks it and one that follows it. */
public record Guideline(String rule, String summary, String why, String bad, String good) {}
