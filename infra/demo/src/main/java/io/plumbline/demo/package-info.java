/** The demo: three users take an application from assessment to an audited, rolled-back release. */
@NullMarked
package io.plumbline.demo;

import org.jspecify.annotations.NullMarked;
