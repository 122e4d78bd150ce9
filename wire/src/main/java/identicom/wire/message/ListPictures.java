package identicom.wire.message;

/** {@code 40}: asks for the {@link PictureList}. No data. */
public record ListPictures() implements ToUnit {}
