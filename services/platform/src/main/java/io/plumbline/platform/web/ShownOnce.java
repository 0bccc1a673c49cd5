package io.plumbline.platform.web;

/**
 * A body of which a part is shown once, such as a key: it is kept nowhere, and so the answer that
 * is kept for an idempotency key, and given again, is without it.
 */
public interface ShownOnce {

  /** The body without what is shown once. */
  Object again();
}
