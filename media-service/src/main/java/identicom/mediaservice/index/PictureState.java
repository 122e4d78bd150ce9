package identicom.mediaservice.index;

import java.util.Locale;

/** How far a picture is. */
public enum PictureState {
    /** Not all of it is here, or it is and its CRC is wrong and it may be read again. */
    PARTIAL,
    /** Whole and right; stands in the store. */
    COMPLETE,
    /** Whole, and wrong at the last reading; what was read stands in the store. */
    CORRUPT,
    /** Above the station's limit and not read. */
    TOO_LARGE;

    /** As the database and HTTP write it, such as {@code too-large}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static PictureState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
