/** How long events are kept, the legal holds that keep them longer, and the erasing of what is past. */
@NullMarked
package identicom.logservice.retention;

import org.jspecify.annotations.NullMarked;
