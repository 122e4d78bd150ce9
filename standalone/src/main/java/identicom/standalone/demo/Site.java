package identicom.standalone.demo;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Where people work alone. The places are real towns, the sites are made up.
 *
 * @param name as the control room calls it
 * @param latitude degrees, north positive
 * @param longitude degrees, east positive
 */
record Site(String name, double latitude, double longitude) {
    static final List<Site> ALL = List.of(
            new Site("Harpur Quarry, Buxton", 53.2497, -1.9016),
            new Site("Northgate Pumping Station, Lincoln", 53.2422, -0.5385),
            new Site("Meadow Lane Depot, Nottingham", 52.9432, -1.1371),
            new Site("Albion Wharf, Leeds", 53.7935, -1.5400),
            new Site("Forest Office, Hexham", 54.9792, -2.1110),
            new Site("Castle Street Clinic, Shrewsbury", 52.7101, -2.7506),
            new Site("Dock Road Terminal, Grimsby", 53.5793, -0.0711),
            new Site("Spondon Substation, Derby", 52.9150, -1.4133),
            new Site("Housing Office, Lancaster", 54.0471, -2.8012),
            new Site("Fenside Farm Estate, Boston", 52.9880, -0.0372),
            new Site("Reservoir Team, Todmorden", 53.7178, -2.1003),
            new Site("Riverside Works, Worcester", 52.1894, -2.2274));

    private static final double E7 = 1e7;
    private static final double KILOMETRE_NORTH = 1 / 111.2;
    private static final double KILOMETRE_EAST = 1 / 66.0;

    /** A place around the site, as far out as {@code kilometres} by the usual spread. */
    int latitudeE7(RandomGenerator random, double kilometres) {
        return (int) ((latitude + random.nextGaussian() * kilometres * KILOMETRE_NORTH) * E7);
    }

    int longitudeE7(RandomGenerator random, double kilometres) {
        return (int) ((longitude + random.nextGaussian() * kilometres * KILOMETRE_EAST) * E7);
    }
}
