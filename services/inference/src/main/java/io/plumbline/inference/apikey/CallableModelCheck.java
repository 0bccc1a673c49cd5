package io.plumbline.inference.apikey;

import io.plumbline.platform.problem.Problem;

/**
 * The models and variants that can be called by their names. The module that answers calls
 * implements it; this module does not depend on that one.
 */
public interface CallableModelCheck {

  /**
   * Checks that calls can name a model or variant.
   *
   * @param name the name as calls have it; never the name of an application
   * @param pointer the JSON pointer to the name in the request body, for the error
   * @throws Problem when no call of the name could be answered at present
   */
  void requireCallable(String name, String pointer);
}
