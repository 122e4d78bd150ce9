package identicom.receiver.simulation;

import identicom.wire.message.FromUnit;
import identicom.wire.message.Octets;
import identicom.wire.message.PictureBlock;
import identicom.wire.message.PictureDeleted;
import identicom.wire.message.PictureError;
import identicom.wire.message.PictureList;
import identicom.wire.message.ReadPicture;
import java.util.LinkedHashMap;
import java.util.Map;

/** The pictures that a unit holds. */
final class UnitPictures {
    /** Above it a station does not read them. */
    static final int MAX_BYTES = 2_000;

    private final World world;
    private final String name;
    private final Map<Integer, PictureModel> held = new LinkedHashMap<>();

    UnitPictures(World world, String name) {
        this.world = world;
        this.name = name;
    }

    void add(PictureModel picture) {
        held.put(picture.entry().picture(), picture);
    }

    boolean isEmpty() {
        return held.values().stream().noneMatch(UnitPictures::comesOff);
    }

    private static boolean comesOff(PictureModel picture) {
        return !picture.lies() && picture.entry().size() <= MAX_BYTES;
    }

    PictureList list() {
        return new PictureList(held.values().stream().map(PictureModel::entry).toList());
    }

    FromUnit read(ReadPicture asked, Dice dice) {
        PictureModel picture = held.get(asked.picture());
        if (picture == null) {
            return new PictureError(asked.picture(), PictureError.NO_SUCH_PICTURE);
        }
        world.require(
                picture.lies() || asked.offset() < picture.saved() + Settings.WINDOW * Settings.BLOCK_BYTES,
                () -> name + " is asked for picture " + asked.picture() + " at " + asked.offset()
                        + ", progress was told to " + picture.saved());
        int left = (int) (picture.entry().size() - asked.offset());
        if (left <= 0) {
            return new PictureError(asked.picture(), PictureError.OUT_OF_RANGE);
        }
        int length = Math.min(left, asked.length());
        int sent = dice.oneIn(10) ? dice.between(1, length) : length;
        return new PictureBlock(
                asked.picture(), asked.offset(), Octets.owning(picture.part((int) asked.offset(), sent)));
    }

    /** The unit does as it is told; main must have the picture, and it must be what the unit said it is. */
    FromUnit delete(int number) {
        PictureModel picture = held.remove(number);
        if (picture == null) {
            return new PictureError(number, PictureError.NO_SUCH_PICTURE);
        }
        world.require(
                picture.wholeAtMain(),
                () -> name + " is to delete picture " + number + " of which main has " + picture.durable(1) + " and "
                        + picture.durable(2) + " of " + picture.entry().size());
        world.require(comesOff(picture), () -> name + " is to delete picture " + number + ", a wrong or too large one");
        picture.delete();
        world.count(Reached.PICTURE_DELETED);
        return new PictureDeleted(number);
    }
}
