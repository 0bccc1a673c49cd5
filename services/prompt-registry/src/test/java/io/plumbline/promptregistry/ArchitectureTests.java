package io.plumbline.promptregistry;

import io.plumbline.platform.test.HouseRules;

class ArchitectureTests extends HouseRules {

  ArchitectureTests() {
    super("io.plumbline.promptregistry");
  }
}
