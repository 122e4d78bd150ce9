/** Pictures: assembled from blocks, stored, searched, served. May use schema and runtime. */
@NullMarked
package identicom.mediaservice;

import org.jspecify.annotations.NullMarked;
