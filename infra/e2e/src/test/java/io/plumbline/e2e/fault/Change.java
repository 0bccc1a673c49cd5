package io.plumbline.e2e.fault;

import java.util.List;

/**
 * A kind of change that a writer makes again and again, with the means to find its effects
 * afterwards.
 */
public interface Change {

  /** Makes the objects that the changes are made to; the platform must be up. */
  default void prepare() {}

  /**
   * Makes one attempt at a change, to be repeated until it is acknowledged.
   *
   * @param number the number of the change, from 0
   * @param key the idempotency key, which is the same for all attempts
   */
  boolean attempt(int number, String key);

  /**
   * Returns the numbers of the changes that are in effect, each as often as it is.
   *
   * @param acknowledged the number of acknowledged changes
   */
  List<Integer> inEffect(int acknowledged);

  /**
   * Returns the number of entries that the ledger has of them. For changes without entries it is
   * the number in effect.
   */
  long entries();
}
