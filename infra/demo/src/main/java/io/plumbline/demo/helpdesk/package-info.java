/** The demo on real documentation: answers with citations, or none where the pages have none. */
@NullMarked
package io.plumbline.demo.helpdesk;

import org.jspecify.annotations.NullMarked;
