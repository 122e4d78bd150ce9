package identicom.runtime.tracing;

import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;

/** How OpenTelemetry's exporter comes to send by the JDK's HTTP client: it looks for this class in {@code META-INF/services}. */
public final class JdkSenderProvider implements HttpSenderProvider {
    @Override
    public HttpSender createSender(HttpSenderConfig config) {
        return new JdkSender(config);
    }
}
