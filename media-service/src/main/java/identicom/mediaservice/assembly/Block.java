package identicom.mediaservice.assembly;

import identicom.mediaservice.index.PictureKey;
import java.time.Instant;

/**
 * A checked block.
 *
 * @param offset where {@code data} begins in the picture
 * @param data may be empty: the record then tells an outcome only
 * @param reading 1 or 2
 * @param tooLarge the picture is not read
 * @param corrupt this reading, the last one, has missed the CRC too
 * @param readAt by the station's clock; 1970 where it does not say
 */
record Block(PictureKey key, int offset, byte[] data, int reading, boolean tooLarge, boolean corrupt, Instant readAt) {}
