package identicom.fleetservice.users;

/** Hashes passwords. Any thread. */
public interface Passwords {
    String hash(String password);

    /** Takes as long for a wrong password as for the right one. */
    boolean matches(String password, String hash);
}
