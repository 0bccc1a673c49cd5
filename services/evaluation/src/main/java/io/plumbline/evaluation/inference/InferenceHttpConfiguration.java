package io.plumbline.evaluation.inference;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.service.registry.ImportHttpServices;

@Configuration(proxyBeanMethods = false)
@ImportHttpServices(group = "inference", types = InferenceApi.class)
class InferenceHttpConfiguration {}
