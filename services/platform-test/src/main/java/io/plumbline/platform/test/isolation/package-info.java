/** That a workspace's rows are seen by nobody else. */
@NullMarked
package io.plumbline.platform.test.isolation;

import org.jspecify.annotations.NullMarked;
