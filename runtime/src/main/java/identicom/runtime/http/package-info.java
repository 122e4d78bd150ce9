/** The HTTP interface's frame: routing by the OpenAPI document, errors, streams, authentication. May use config, process and, for its exceptions, kafka. */
@NullMarked
package identicom.runtime.http;

import org.jspecify.annotations.NullMarked;
