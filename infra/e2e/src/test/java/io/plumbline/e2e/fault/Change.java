package io.plumbline.e2e.fault;

import java.util.List;

/**
 * A kind of change that a writer makes again and again, and how its effects are found afterwards.
 */
interface Change {

  /** Makes what the changes are made to; the platform must be up. */
  default void prepare() {}

  /**
   * One attempt at a change, to be repeated until it is acknowledged.
   *
   * @param number of the change, from 0
   * @param key the same for all attempts
   */
  boolean attempt(int number, String key);

  /**
   * The numbers of the changes that are in effect, each as often as it is.
   *
   * @param acknowledged how many were
   */
  List<Integer> inEffect(int acknowledged);

  /** How many entries the ledger has of them; as many as are in effect, where it has none. */
  long entries();
}
