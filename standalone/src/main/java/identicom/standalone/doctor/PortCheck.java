package identicom.standalone.doctor;

import identicom.standalone.process.ListeningPort;
import java.util.List;

/** A port that a service would listen on: is it free now. */
record PortCheck(ListeningPort port) implements Check {
    @Override
    public String subject() {
        return port.key();
    }

    @Override
    public List<Finding> find() {
        if (port.port() == 0) {
            return List.of(Finding.skipped(subject(), "0: a free one is picked at the start"));
        }
        return List.of(port.obstacle()
                .map(obstacle -> Finding.wrong(
                        subject(),
                        obstacle,
                        "a free port",
                        "stop what listens there, unless it is this very service; or " + port.advice()))
                .orElseGet(() -> Finding.ok(subject(), port.host() + ":" + port.port() + " is free")));
    }
}
