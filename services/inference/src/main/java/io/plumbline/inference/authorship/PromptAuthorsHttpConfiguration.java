package io.plumbline.inference.authorship;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.service.registry.ImportHttpServices;

@Configuration(proxyBeanMethods = false)
@ImportHttpServices(group = "prompt-registry", types = PromptAuthorsApi.class)
class PromptAuthorsHttpConfiguration {}
