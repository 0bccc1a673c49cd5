package io.plumbline.inference;

import io.plumbline.platform.test.HouseRules;

class ArchitectureTests extends HouseRules {

  ArchitectureTests() {
    super("io.plumbline.inference");
  }
}
