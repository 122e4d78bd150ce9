package identicom.simulator.picture;

import java.util.random.RandomGenerator;

/** A road through open country, with a house beside it; where everything stands is drawn by lot. Sizes are dots of the canvas. */
final class Scene {
    private static final int STARS = 160;
    private static final int GREEN = 0x5f8f3e;
    private static final int TARMAC = 0x5d6064;
    private static final int[] WALLS = {0xc9b8a0, 0xb5654a, 0xe4ddcf, 0x9d9a92};
    private static final int[] ROOFS = {0x7a3b2e, 0x4a4e58, 0x8c5a3a};

    private final Canvas canvas;
    private final Light light;
    private final RandomGenerator random;
    private final int width;
    private final int height;
    private final int horizon;

    Scene(Canvas canvas, Light light, RandomGenerator random) {
        this.canvas = canvas;
        this.light = light;
        this.random = random;
        this.width = canvas.width();
        this.height = canvas.height();
        this.horizon = (int) (height * random.nextDouble(0.46, 0.56));
    }

    void draw() {
        canvas.gradient(0, horizon, light.skyTop(), light.skyHorizon());
        if (light.night()) {
            stars();
        }
        sunOrMoon();
        clouds();
        hills(horizon - 20, 70, 0x7f97ab, 0.55);
        hills(horizon + 6, 38, 0x4f7a46, 0.1);
        canvas.gradient(horizon, height, light.on(Colours.shift(GREEN, 18)), light.on(Colours.shift(GREEN, -26)));
        fields();
        boolean houseOnTheLeft = random.nextBoolean();
        double vanishing = width * (houseOnTheLeft ? random.nextDouble(0.55, 0.68) : random.nextDouble(0.32, 0.45));
        road(vanishing);
        hedge();
        house(houseOnTheLeft ? random.nextDouble(0.08, 0.26) : random.nextDouble(0.6, 0.74));
        double treesFrom = houseOnTheLeft ? 0.78 : 0.02;
        for (int i = random.nextInt(2, 5); i > 0; i--) {
            tree(width * (treesFrom + random.nextDouble(0.2)), horizon + random.nextInt(30, 170));
        }
        fence(vanishing, houseOnTheLeft);
    }

    private void stars() {
        for (int i = 0; i < STARS; i++) {
            double size = random.nextDouble(0.6, 1.8);
            canvas.disc(random.nextInt(width), random.nextInt(horizon), size, 0xf0f2ff, random.nextDouble(0.3, 1));
        }
    }

    private void sunOrMoon() {
        double across = light.night() ? random.nextDouble(0.15, 0.85) : Math.clamp((light.hour() - 5) / 14, 0.06, 0.94);
        double up = light.night() ? random.nextDouble(0.2, 0.5) : Math.clamp(light.height() * 0.8 + 0.08, 0.05, 0.85);
        int colour = light.night() ? 0xe8ebf2 : Colours.mix(0xff9a4a, 0xfff6d8, light.height() * 2);
        double y = horizon * (1 - up);
        for (int halo = 6; halo > 0; halo--) {
            canvas.disc(width * across, y, 34 + halo * 16, colour, 0.05);
        }
        canvas.disc(width * across, y, 34, colour, 1);
    }

    private void clouds() {
        for (int i = random.nextInt(2, 6); i > 0; i--) {
            double x = random.nextInt(width);
            double y = horizon * random.nextDouble(0.08, 0.6);
            for (int puff = random.nextInt(6, 12); puff > 0; puff--) {
                double across = random.nextDouble(40, 110);
                canvas.ellipse(
                        x + random.nextDouble(-150, 150),
                        y + random.nextDouble(-16, 16),
                        across,
                        across * 0.32,
                        light.cloud(),
                        0.28);
            }
        }
    }

    /** A ridge; {@code haze} 0..1 makes it fade into the sky. */
    private void hills(int foot, int most, int colour, double haze) {
        double phase = random.nextDouble(6);
        double stretch = random.nextDouble(0.004, 0.008);
        int seen = Colours.mix(light.on(colour), light.skyHorizon(), haze);
        for (int x = 0; x < width; x++) {
            double wave = Math.sin(x * stretch + phase) * 0.6 + Math.sin(x * stretch * 2.7 + phase * 2) * 0.4;
            canvas.box(x, foot - most * (0.5 + wave * 0.5), x + 1, horizon + most, seen);
        }
    }

    private void fields() {
        for (int i = random.nextInt(4, 7); i > 0; i--) {
            double y = horizon + random.nextInt(8, 110);
            double x = random.nextInt(-200, width);
            double across = random.nextDouble(250, 600);
            double deep = (y - horizon) * 0.35 + 8;
            int colour = light.on(random.nextBoolean() ? 0xb3a95a : 0x7da64a);
            canvas.polygon(colour, x, y, x + across, y, x + across + deep * 2, y + deep, x - deep * 2, y + deep);
        }
        for (int i = 0; i < 2_500; i++) {
            int y = horizon + 20 + (int) (random.nextDouble() * random.nextDouble() * (height - horizon));
            double tall = 2 + (y - horizon) * 0.03;
            int x = random.nextInt(width);
            canvas.veil(x, y - tall, x + 2, y, light.on(random.nextBoolean() ? 0x3e6a2a : 0x9ab563), 0.5);
        }
    }

    private void road(double vanishing) {
        double middle = width * 0.5;
        double half = width * 0.27;
        double tip = 7;
        canvas.polygon(
                light.on(0x8d8a72),
                vanishing - tip - 3,
                horizon,
                vanishing + tip + 3,
                horizon,
                middle + half + 34,
                height,
                middle - half - 34,
                height);
        canvas.polygon(
                light.on(TARMAC),
                vanishing - tip,
                horizon,
                vanishing + tip,
                horizon,
                middle + half,
                height,
                middle - half,
                height);
        for (double near = 0.02; near < 1; near = near * 1.32 + 0.012) {
            double far = near * 1.14;
            dash(vanishing, middle, near, far);
        }
    }

    private void dash(double vanishing, double middle, double near, double far) {
        double nearX = vanishing + (middle - vanishing) * near;
        double farX = vanishing + (middle - vanishing) * far;
        double deep = height - horizon;
        canvas.polygon(
                light.on(0xe9e6d8),
                nearX - 7 * near,
                horizon + deep * near,
                nearX + 7 * near,
                horizon + deep * near,
                farX + 7 * far,
                horizon + deep * far,
                farX - 7 * far,
                horizon + deep * far);
    }

    private void hedge() {
        for (int x = -10; x < width; x += 9) {
            double size = random.nextDouble(6, 13);
            canvas.disc(x, horizon + 4, size, light.on(Colours.shift(0x33552b, random.nextInt(-14, 14))), 1);
        }
    }

    private void house(double across) {
        double left = width * across;
        double wide = random.nextDouble(190, 260);
        double tall = random.nextDouble(95, 130);
        double foot = horizon + random.nextInt(30, 70);
        double top = foot - tall;
        double right = left + wide;
        double ridge = top - random.nextDouble(60, 85);
        int wall = WALLS[random.nextInt(WALLS.length)];
        int roof = ROOFS[random.nextInt(ROOFS.length)];
        canvas.ellipse(left + wide / 2, foot + 4, wide * 0.6, 13, 0x000000, 0.25);
        canvas.box(left + wide * 0.72, ridge - 26, left + wide * 0.8, top, light.on(Colours.shift(wall, -40)));
        canvas.box(left, top, right, foot, light.on(wall));
        canvas.box(left, top, left + wide * 0.3, foot, light.on(Colours.shift(wall, -22)));
        canvas.polygon(light.on(roof), left - 14, top, left + 26, ridge, right - 26, ridge, right + 14, top);
        canvas.box(left - 14, top - 4, right + 14, top + 3, light.on(Colours.shift(roof, -30)));
        double door = left + wide * 0.46;
        canvas.box(door, foot - tall * 0.62, door + wide * 0.14, foot, light.on(0x5a3424));
        int pane = light.lamps() ? 0xffd77a : light.on(0x8fb0c8);
        for (double at : new double[] {0.08, 0.28, 0.67, 0.84}) {
            window(left + wide * at, top + tall * 0.2, pane);
        }
    }

    private void window(double left, double top, int pane) {
        canvas.box(left - 3, top - 3, left + 29, top + 39, light.on(0xf2efe6));
        canvas.box(left, top, left + 12, top + 36, pane);
        canvas.box(left + 14, top, left + 26, top + 36, pane);
    }

    private void tree(double x, double foot) {
        double size = 0.5 + (foot - horizon) / 170;
        canvas.ellipse(x, foot, 46 * size, 8 * size, 0x000000, 0.22);
        canvas.box(x - 6 * size, foot - 70 * size, x + 6 * size, foot, light.on(0x5b4632));
        for (int i = 26; i > 0; i--) {
            double from = random.nextDouble(Math.PI * 2);
            double out = random.nextDouble(40) * size;
            canvas.disc(
                    x + Math.cos(from) * out,
                    foot - 105 * size + Math.sin(from) * out * 1.1,
                    random.nextDouble(12, 25) * size,
                    light.on(Colours.shift(0x3c6b2f, random.nextInt(-20, 24))),
                    0.9);
        }
    }

    /** Posts and two rails beside the road, away from the house. */
    private void fence(double vanishing, boolean onTheRight) {
        double side = onTheRight ? 1 : -1;
        double end = width * 0.5 + side * width * 0.47;
        int wood = light.on(0x8a7356);
        double lastX = vanishing + side * 20;
        double lastY = horizon + 4.0;
        double lastTall = 4;
        for (double near = 0.06; near < 1.1; near = near * 1.35 + 0.02) {
            double x = vanishing + side * 20 + (end - vanishing) * near;
            double y = horizon + (height - horizon) * near;
            double tall = 120 * near + 4;
            for (double rail : new double[] {0.45, 0.85}) {
                canvas.polygon(
                        Colours.shift(wood, 12),
                        lastX,
                        lastY - lastTall * rail,
                        x,
                        y - tall * rail,
                        x,
                        y - tall * (rail - 0.1),
                        lastX,
                        lastY - lastTall * (rail - 0.1));
            }
            canvas.box(x - 7 * near - 1, y - tall, x + 7 * near + 1, y, wood);
            lastX = x;
            lastY = y;
            lastTall = tall;
        }
    }
}
