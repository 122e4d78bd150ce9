package identicom.runtime.http;

/**
 * Who is asking.
 *
 * @param tokenId of the token they showed
 */
public record Identity(String user, Role role, String tokenId) {}
