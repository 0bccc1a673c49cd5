package io.plumbline.platform.web;

/**
 * A body with a part that is shown only once, such as a key. That part is not stored, so the answer
 * that is stored for an idempotency key and repeated lacks it.
 */
public interface ShownOnce {

  /** Returns the body without the part that is shown once. */
  Object withoutSecret();
}
