package identicom.runtime.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A service's HTTP interface: its OpenAPI fragment, classpath resource {@code openapi/<service>.json}, and a handler for each
 * {@code operationId} in it. An operation says who may call it: {@code "x-roles": ["operator", …]} or {@code "x-public": true}.
 */
public final class Api {
    private final String service;
    private final Map<String, Handler> handlers = new LinkedHashMap<>();

    /** @param service names the resource */
    public Api(String service) {
        this.service = service;
    }

    /**
     * Connects an operation to its handler.
     *
     * @throws IllegalStateException it is bound already
     */
    public Api bind(String operationId, Handler handler) {
        if (handlers.putIfAbsent(operationId, handler) != null) {
            throw new IllegalStateException(service + ": operation " + operationId + " is bound twice");
        }
        return this;
    }

    String service() {
        return service;
    }

    Map<String, Handler> handlers() {
        return Map.copyOf(handlers);
    }
}
