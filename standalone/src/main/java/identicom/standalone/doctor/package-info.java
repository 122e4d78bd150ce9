/**
 * {@code identicom doctor}: what is amiss between a configuration and the clusters, databases and machine that it names, and what to do.
 * Nothing here changes anything. May use process.
 */
@NullMarked
package identicom.standalone.doctor;

import org.jspecify.annotations.NullMarked;
