package identicom.runtime.http;

import java.util.List;
import java.util.Set;

/**
 * One operation of the OpenAPI document with its handler.
 *
 * @param segments of the path; {@code {name}} takes any one segment
 * @param roles that may call it, beside the administrator; empty when it is public
 * @param isPublic anyone may call it, without a token
 * @param query names of the query parameters it knows
 * @param bodyTypes media types it takes; empty: it takes no body
 */
record Operation(
        String id,
        String method,
        List<String> segments,
        Set<Role> roles,
        boolean isPublic,
        Set<String> query,
        Set<String> bodyTypes,
        Handler handler) {

    boolean allows(Role role) {
        return role == Role.ADMINISTRATOR || roles.contains(role);
    }

    static boolean isVariable(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }
}
