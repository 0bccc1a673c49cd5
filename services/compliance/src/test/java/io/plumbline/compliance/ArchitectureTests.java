package io.plumbline.compliance;

import io.plumbline.platform.test.HouseRules;

class ArchitectureTests extends HouseRules {

  ArchitectureTests() {
    super("io.plumbline.compliance");
  }
}
