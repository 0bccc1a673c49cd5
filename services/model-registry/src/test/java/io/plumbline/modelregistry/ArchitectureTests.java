package io.plumbline.modelregistry;

import io.plumbline.platform.test.HouseRules;

class ArchitectureTests extends HouseRules {

  ArchitectureTests() {
    super("io.plumbline.modelregistry");
  }
}
