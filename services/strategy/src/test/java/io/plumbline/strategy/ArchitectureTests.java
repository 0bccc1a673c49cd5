package io.plumbline.strategy;

import io.plumbline.platform.test.HouseRules;

class ArchitectureTests extends HouseRules {

  ArchitectureTests() {
    super("io.plumbline.strategy");
  }
}
