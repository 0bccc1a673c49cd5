package io.plumbline.compliance;

import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.RouteRules;
import org.springframework.test.context.ActiveProfiles;

@PlumblineTest
@ActiveProfiles("test")
class RouteTests extends RouteRules {}
