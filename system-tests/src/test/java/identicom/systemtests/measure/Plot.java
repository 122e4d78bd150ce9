package identicom.systemtests.measure;

import java.util.List;

/** Lines over minutes, one below the other, each with a scale from 0, as SVG; what happened when stands in all of them. */
final class Plot {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 130;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int ABOVE = 34;
    private static final String GREY = "#999";

    private final List<Mark> marks;
    private final StringBuilder panels = new StringBuilder();
    private int count;

    /** @param minute since the beginning */
    record Point(double minute, double value) {}

    /** Something that happened. */
    record Mark(double minute, String what) {}

    Plot(List<Mark> marks) {
        this.marks = List.copyOf(marks);
    }

    /** One more line. @param unit of its values; empty: they are counted */
    void add(String name, String unit, List<Point> points) {
        double top = round(points.stream().mapToDouble(Point::value).max().orElse(1));
        double end = points.isEmpty() ? 1 : points.getLast().minute();
        int base = (count + 1) * (HEIGHT + ABOVE);
        int ceiling = base - HEIGHT;
        panels.append("<text x='%d' y='%d' class='name'>%s%s</text>%n"
                .formatted(LEFT, ceiling - 8, name, unit.isEmpty() ? "" : ", " + unit));
        panels.append("<text x='%d' y='%d' class='scale'>%.0f</text>%n".formatted(LEFT - 8, ceiling + 5, top));
        panels.append("<text x='%d' y='%d' class='scale'>0</text>%n".formatted(LEFT - 8, base + 5));
        panels.append("<path d='M%d %dH%dM%d %dH%d' class='grid'/>%n"
                .formatted(LEFT, ceiling, WIDTH - RIGHT, LEFT, base, WIDTH - RIGHT));
        for (Mark mark : marks) {
            panels.append("<path d='M%.1f %dV%d' class='mark'><title>%s</title></path>%n"
                    .formatted(x(mark.minute(), end), ceiling, base, mark.what()));
        }
        panels.append("<polyline class='line' points='");
        points.forEach(point ->
                panels.append("%.1f,%.1f ".formatted(x(point.minute(), end), base - point.value() / top * HEIGHT)));
        panels.append("'/>%n".formatted());
        count++;
        if (end > 0) {
            panels.append(
                    "<text x='%d' y='%d' class='scale'>%.0f min</text>%n".formatted(WIDTH - RIGHT, base + 16, end));
        }
    }

    private static double x(double minute, double end) {
        return LEFT + minute / end * (WIDTH - LEFT - RIGHT);
    }

    /** The next 1, 2 or 5 with noughts. */
    private static double round(double most) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(most, 1))));
        double digits = most / power;
        return power * (digits <= 1 ? 1 : digits <= 2 ? 2 : digits <= 5 ? 5 : 10);
    }

    String svg() {
        int height = count * (HEIGHT + ABOVE) + ABOVE;
        return """
                <svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' height='%d'>
                <style>
                text { font: 12px sans-serif; fill: #333 } .name { font-weight: bold } .scale { text-anchor: end; fill: %s }
                .grid { stroke: #ddd } .mark { stroke: #e8a33d; stroke-width: .7; stroke-dasharray: 2 3 }
                .line { fill: none; stroke: #1f6feb; stroke-width: 1.5 }
                </style>
                <rect width='100%%' height='100%%' fill='white'/>
                %s</svg>
                """.formatted(WIDTH, height, WIDTH, height, GREY, panels);
    }
}
