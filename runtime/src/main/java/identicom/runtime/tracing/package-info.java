/** Traces across station, Kafka and services. The one place that knows OpenTelemetry. May use config. */
@NullMarked
package identicom.runtime.tracing;

import org.jspecify.annotations.NullMarked;
