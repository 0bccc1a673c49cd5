package io.plumbline.localmodels.extract;

/**
 * A passage as a request gives it.
 *
 * @param number the number by which answers cite it
 * @param heading the title of its document and the headings above it; empty when it has none
 */
public record NumberedPassage(int number, String heading, String text) {}
