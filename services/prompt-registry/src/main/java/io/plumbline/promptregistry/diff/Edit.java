package io.plumbline.promptregistry.diff;

import java.util.List;

/**
 * A step from one list to another: elements that both lists have, or elements of the first list
 * that are replaced by elements of the second.
 */
record Edit<T>(boolean equal, List<T> from, List<T> to) {}
