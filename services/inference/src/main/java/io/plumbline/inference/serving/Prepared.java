package io.plumbline.inference.serving;

import tools.jackson.databind.node.ObjectNode;

/**
 * A request that a model can be asked.
 *
 * @param dropped messages of the caller that are not in it, because they did not fit
 */
record Prepared(ObjectNode request, int dropped) {

  static Prepared whole(ObjectNode request) {
    return new Prepared(request, 0);
  }
}
