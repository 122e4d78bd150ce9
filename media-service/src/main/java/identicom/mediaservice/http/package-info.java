/** Pictures over HTTP: lists, contents, who looked at them. May use index and store. */
@NullMarked
package identicom.mediaservice.http;

import org.jspecify.annotations.NullMarked;
