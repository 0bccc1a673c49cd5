package io.plumbline.inference.apikey;

import io.plumbline.platform.problem.Problem;

/**
 * The models and variants that can be called by their names. It is implemented where calls are
 * answered, on which this module does not depend.
 */
public interface CallableModels {

  /**
   * @param name as a call has it; never an application's
   * @param pointer to the name, in the body that has it
   * @throws Problem when a call of it could never be answered as things are
   */
  void require(String name, String pointer);
}
