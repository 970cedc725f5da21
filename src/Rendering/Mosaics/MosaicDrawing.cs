using System.Globalization;
using OrleansAtlas.Errors;
using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Rendering.Mosaics;

/// <summary>Draws mosaics of a map, with their sidecars.</summary>
/// <param name="map">The map.</param>
/// <param name="images">Reads and writes pictures.</param>
/// <param name="work">Asked for where originals are wanted.</param>
public sealed class MosaicDrawing(AtlasMap map, IImageCodec images, Func<WorkContext> work)
{
    private const int MostInLegend = 40;

    /// <summary>Draws a mosaic, and writes beside it what stands where.</summary>
    /// <param name="path">The picture; its extension is the format.</param>
    /// <param name="request">What it should be.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="NotFoundException">The window has no frames.</exception>
    public async Task<MosaicDrawn> DrawAsync(string path, MosaicRequest request, CancellationToken cancellationToken)
    {
        var view = new MapView(request.X, request.Y, request.Width);
        var frames = map.Frames.Where(frame => view.Contains(frame.X, frame.Y)).ToList();
        if (frames.Count == 0)
        {
            throw new NotFoundException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"No frame is in the window of width {request.Width} around {request.X},{request.Y}; give a larger --width or "
                        + $"another --at."
                )
            );
        }

        var (layout, geometry, poster) = LayOut(frames, view, request, cancellationToken);
        var overlay = poster?.Overlay(images);
        await DrawAsync(new StoredFrames(map, images)).ConfigureAwait(false);
        IReadOnlyList<StandIn> standIns = [];
        if (request.Originals)
        {
            var originals = new OriginalFrames(map, work(), images);
            await originals.FetchAsync(layout, geometry, cancellationToken).ConfigureAwait(false);
            await DrawAsync(originals).ConfigureAwait(false);
            standIns = originals.StandIns;
        }

        var (sidecar, page) = (Path.ChangeExtension(path, ".json"), Path.ChangeExtension(path, ".html"));
        var names = Enumerable.Range(0, map.Films.Count).Select(map.NameOf).ToList();
        await AtomicFile
            .WriteAsync(
                sidecar,
                (stream, token) => stream.WriteAsync(MosaicSidecar.ToJson(Path.GetFileName(path), layout, geometry, names), token).AsTask(),
                cancellationToken
            )
            .ConfigureAwait(false);
        var title = request.Title.Length > 0 ? request.Title : $"{map.Collection.Settings.Name}, map {map.Info.Version}";
        await AtomicFile
            .WriteAsync(
                page,
                (stream, token) =>
                    stream.WriteAsync(MosaicImageMap.ToHtml(Path.GetFileName(path), title, layout, geometry, map), token).AsTask(),
                cancellationToken
            )
            .ConfigureAwait(false);
        return new MosaicDrawn(
            path,
            sidecar,
            page,
            geometry.Width,
            geometry.Height,
            layout.Columns,
            layout.Rows,
            frames.Count,
            NeighbourScore.ByFilm(layout) is { Ratio: > 0 and < double.PositiveInfinity } score ? score : null,
            standIns
        );

        Task DrawAsync(IFrameSource source) =>
            new MosaicRenderer(images, source) { Overlay = overlay }.WriteAsync(layout, geometry, path, cancellationToken);
    }

    private (GridLayout Layout, MosaicGeometry Geometry, PosterLayout? Poster) LayOut(
        IReadOnlyList<MapFrame> frames,
        MapView view,
        MosaicRequest request,
        CancellationToken cancellationToken
    )
    {
        if (request.Paper is null)
        {
            var plain = GridAssignment.Assign(frames, view, request.Columns, request.Rows, request.Variety, cancellationToken);
            return (plain, MosaicGeometry.OfTiles(plain.Columns, plain.Rows, request.TileWidth, request.TileHeight), null);
        }

        // The legend needs the cells, the cells the room that the legend leaves: a legend of all films has as many lines.
        var expected = request.Legend ? new string[1 + Math.Min(MostInLegend, frames.DistinctBy(frame => frame.FilmIndex).Count())] : [];
        var sheet = new PosterLayout(request.Paper, request.Title, expected);
        var shape = (double)request.TileWidth / request.TileHeight;
        var (columns, rows) = request.IsGridFixed ? (request.Columns, request.Rows) : sheet.Grid(request.Columns, shape);

        // With too few frames the tiles grow and keep their shape.
        while (!request.IsGridFixed && columns > 1 && columns * rows > frames.Count)
        {
            (columns, rows) = sheet.Grid(columns - 1, shape);
        }

        var layout = GridAssignment.Assign(frames, view, columns, rows, request.Variety, cancellationToken);
        var poster = new PosterLayout(request.Paper, request.Title, request.Legend ? PosterLayout.LegendOf(layout, map) : []);
        return (
            layout,
            MosaicGeometry.OfPicture(layout.Columns, layout.Rows, request.Paper.Width, request.Paper.Height, poster.Inner),
            poster
        );
    }
}
