package io.plumbline.evaluation;

import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.RouteRules;

@PlumblineTest
class RouteTests extends RouteRules {}
