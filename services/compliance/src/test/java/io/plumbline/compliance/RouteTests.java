package io.plumbline.compliance;

import io.plumbline.platform.test.RouteRules;

@ComplianceTest
class RouteTests extends RouteRules {}
