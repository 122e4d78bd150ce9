package identicom.standalone.doctor;

import java.util.List;

/** Something to be looked at. Changes nothing, and bounds each of its waits. */
interface Check {
    /** What is looked at, as its lines begin. */
    String subject();

    /**
     * Looks.
     *
     * @throws Exception it could not be looked at
     */
    List<Finding> find() throws Exception;
}
