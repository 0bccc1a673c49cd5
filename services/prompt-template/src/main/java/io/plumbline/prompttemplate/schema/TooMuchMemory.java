package io.plumbline.prompttemplate.schema;

import tools.jackson.core.exc.StreamConstraintsException;

/** The failure that the values of a JSON text would take more memory than its reader has. */
public final class TooMuchMemory extends StreamConstraintsException {

  TooMuchMemory(String message) {
    super(message);
  }
}
