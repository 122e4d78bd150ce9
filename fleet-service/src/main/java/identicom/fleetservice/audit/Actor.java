package identicom.fleetservice.audit;

import identicom.runtime.http.Identity;
import identicom.runtime.http.Request;

/**
 * Who did something, and from where.
 *
 * @param role empty where there was none, as in a failed login
 * @param address the request came from
 */
public record Actor(String user, String role, String address) {
    /** What this process does by itself, such as making the first user. */
    public static final Actor SYSTEM = new Actor("system", "", "");

    private static final int MAX_NAME = 64;

    public static Actor of(Request request) {
        Identity identity = request.identity();
        return new Actor(identity.user(), identity.role().text(), request.remoteAddress());
    }

    /** Someone who claims to be {@code user}; of a name that is too long the beginning. */
    public static Actor claiming(String user, Request request) {
        String name = user.length() > MAX_NAME ? user.substring(0, MAX_NAME) : user;
        return new Actor(name, "", request.remoteAddress());
    }
}
