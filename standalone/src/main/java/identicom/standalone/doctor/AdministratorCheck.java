package identicom.standalone.doctor;

import java.util.List;

/** Whether fleet-service was told the first administrator's password: alone it does not start without. */
record AdministratorCheck(boolean given) implements Check {
    @Override
    public String subject() {
        return "admin.password";
    }

    @Override
    public List<Finding> find() {
        return List.of(
                given
                        ? Finding.ok(subject(), "given")
                        : Finding.wrong(
                                subject(),
                                "missing",
                                "the password of user admin at the first start; fleet-service requires it",
                                "set IDENTICOM_ADMIN_PASSWORD, or admin.password in the file"));
    }
}
