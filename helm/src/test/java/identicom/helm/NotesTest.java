package identicom.helm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What helm says after an installation is what to do next there, and what is missing there. */
class NotesTest {
    @Test
    void theySayWhereUnitsAndPeopleComeInAndWhatIsNotWatched() {
        assertThat(Chart.site().notes())
                .contains(
                        "kubectl -n alarms get service watch-units",
                        "https://alarms.example.org is the page",
                        "Secret\n   identicom-services",
                        "No canary calls")
                .doesNotContain("No alarms", "No zones", "do not see the units' own addresses");
    }

    @Test
    void theySayWhatIsSwitchedOff() {
        assertThat(Chart.site().and("""
                        monitoring: {enabled: false}
                        networkPolicies: {enabled: false}
                        stations: {service: {externalTrafficPolicy: Cluster}}
                        services: {alert: {settings: {canary.serial: CANARY-1}}}
                        """).notes())
                .contains("No alarms", "No zones", "do not see the units' own addresses")
                .doesNotContain("No canary calls");
    }

    @Test
    void aReleaseOfStationsSpeaksOfStationsOnly() {
        assertThat(Chart.site()
                        .and("{services: {enabled: false}, migrate: {enabled: false}}")
                        .notes())
                .contains("watch-units")
                .doesNotContain("page", "Topics, schemas and roles are there", "canary");
    }
}
