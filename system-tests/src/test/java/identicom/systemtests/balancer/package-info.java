/** Real load balancers with the files of {@code deploy}, in front of stations and services that are processes of their own. */
@NullMarked
package identicom.systemtests.balancer;

import org.jspecify.annotations.NullMarked;
