package identicom.alertservice.notify.sms;

/**
 * What one submit_sm carries.
 *
 * @param dataCoding 0 the default alphabet, 8 UCS-2
 * @param concatenated {@code bytes} begin with a user data header that says which part of which message this is
 */
record TextPart(byte dataCoding, boolean concatenated, byte[] bytes) {}
