package identicom.mediaservice.http;

import identicom.mediaservice.index.PictureFilter;
import identicom.mediaservice.index.PictureList;
import identicom.mediaservice.index.PictureList.Place;
import identicom.mediaservice.index.StoredPicture;
import identicom.runtime.http.Api;
import identicom.runtime.http.Page;
import identicom.runtime.http.Request;
import identicom.runtime.http.Response;
import java.sql.SQLException;
import java.util.List;

/** {@code GET /api/v1/pictures}: a page of pictures, newest taken first. */
public final class PicturesApi {
    private final PictureList pictures;

    public PicturesApi(PictureList pictures) {
        this.pictures = pictures;
    }

    public Api bindTo(Api api) {
        return api.bind("listPictures", this::list);
    }

    private void list(Request request, Response response) throws SQLException {
        PictureFilter filter = Parameters.filter(request);
        int limit = request.limit();
        Place after = request.cursor().map(text -> Cursor.parse(text, filter)).orElse(null);
        // One more than shown says whether there is more.
        List<StoredPicture> found = pictures.read(filter, after, limit + 1);
        List<StoredPicture> shown = found.size() > limit ? found.subList(0, limit) : found;
        String next = null;
        if (found.size() > limit) {
            StoredPicture last = shown.getLast();
            next = Cursor.text(new Place(last.takenAt(), last.id()), filter);
        }
        response.json(200, new Page<>(shown.stream().map(PictureItem::of).toList(), next));
    }
}
