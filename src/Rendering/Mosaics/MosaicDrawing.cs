using System.Globalization;
using OrleansAtlas.Errors;
using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;
using OrleansAtlas.Rendering.Frames;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Rendering.Mosaics;

/// <summary>Draws mosaics of a map, with their sidecars.</summary>
/// <param name="map">The map.</param>
/// <param name="images">Reads and writes pictures.</param>
/// <param name="work">Asked for where originals are wanted.</param>
public sealed class MosaicDrawing(AtlasMap map, IImageCodec images, Func<WorkContext> work)
{
    /// <summary>Draws a mosaic, and writes beside it what stands where.</summary>
    /// <param name="path">The picture; its extension is the format.</param>
    /// <param name="request">What it should be.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="NotFoundException">The window has no frames.</exception>
    public async Task<MosaicDrawn> DrawAsync(string path, MosaicRequest request, CancellationToken cancellationToken)
    {
        var view = new MapView(request.X, request.Y, request.Width);
        var frames = FramesIn(view);
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

        var sheet = await LayOutAsync(frames, view, request, cancellationToken).ConfigureAwait(false);
        var (layout, geometry) = (sheet.Layout, sheet.Geometry);
        var stored = new StoredFrames(map, images);
        var bars = new FilmBars(map, stored, request.KeepBars);
        var cut = new CutFrames(stored, bars);
        var variety = await DrawAsync(cut).ConfigureAwait(false);
        IReadOnlyList<StandIn> standIns = [];
        if (request.Originals)
        {
            var originals = new OriginalFrames(map, work(), images, cut, bars);
            await originals.FetchAsync(layout, geometry, cancellationToken).ConfigureAwait(false);
            variety = await DrawAsync(originals).ConfigureAwait(false);
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
            sheet.Columns,
            sheet.Rows,
            frames.Count,
            NeighbourScore.ByFilm(layout) is { Ratio: > 0 and < double.PositiveInfinity } score ? score : null,
            variety,
            Math.Round(layout.Cells.Average(layout.Displacement), 4),
            bars.Found.ToDictionary(film => map.NameOf(film.Film), film => film.Bars, StringComparer.Ordinal),
            sheet.Poster?.LeftOut ?? 0,
            standIns
        );

        async Task<MosaicVariety> DrawAsync(IFrameSource source)
        {
            var seen = new TileThumbnails(source);
            var renderer = new MosaicRenderer(images, seen) { Overlay = sheet.Poster?.Overlay(images) };
            await renderer.WriteAsync(layout, geometry, path, cancellationToken).ConfigureAwait(false);
            return seen.Variety(layout);
        }
    }

    private List<(int Number, MapFrame Frame)> FramesIn(MapView view) =>
        [
            .. Enumerable
                .Range(0, map.Count)
                .Select(number => (Number: number, Frame: map[number]))
                .Where(frame => map.Films[frame.Frame.FilmIndex] is not null && view.Contains(frame.Frame.X, frame.Frame.Y)),
        ];

    private async Task<Sheet> LayOutAsync(
        List<(int Number, MapFrame Frame)> frames,
        MapView view,
        MosaicRequest request,
        CancellationToken cancellationToken
    )
    {
        if (request.Paper is null)
        {
            var plain = await AssignAsync(frames, view, request.Columns, request.Rows, request, cancellationToken).ConfigureAwait(false);
            var tiles = MosaicGeometry.OfTiles(plain.Columns, plain.Rows, request.TileWidth, request.TileHeight);
            return new Sheet(plain, tiles, null, request.Columns, request.Rows);
        }

        // The legend needs the cells, the cells the room that the legend leaves: one of as many films as there can be, of the longest
        // names.
        var names = FilmNames.Short([.. frames.Select(frame => frame.Frame.FilmIndex).Distinct().Select(map.NameOf)]);
        var most = request.IsGridFixed ? request.Columns * request.Rows : frames.Count;
        var expected = new PosterLayout(
            request.Paper,
            request.Title,
            request.Legend ? ["", .. names.OrderByDescending(name => name.Length).Take(most).Select(name => $"{name} (00)")] : []
        );
        var shape = (double)request.TileWidth / request.TileHeight;
        var asked = request.IsGridFixed ? (request.Columns, request.Rows) : expected.Grid(request.Columns, shape);
        var (columns, rows) = asked;

        // With too few frames the tiles grow and keep their shape.
        while (!request.IsGridFixed && !request.KeepGrid && columns > 1 && columns * rows > frames.Count)
        {
            (columns, rows) = expected.Grid(columns - 1, shape);
        }

        var layout = await AssignAsync(frames, view, columns, rows, request, cancellationToken).ConfigureAwait(false);
        var poster = new PosterLayout(request.Paper, request.Title, request.Legend ? PosterLayout.LegendOf(layout, map) : []);
        var geometry = MosaicGeometry.OfPicture(layout.Columns, layout.Rows, request.Paper.Width, request.Paper.Height, poster.Inner);
        return new Sheet(layout, geometry, poster, asked.Item1, asked.Item2);
    }

    private async Task<GridLayout> AssignAsync(
        List<(int Number, MapFrame Frame)> frames,
        MapView view,
        int columns,
        int rows,
        MosaicRequest request,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<MapFrame> all = [.. frames.Select(frame => frame.Frame)];
        if (columns * rows > all.Count && request.KeepGrid)
        {
            return GridAssignment.Scatter(all, view, columns, rows, cancellationToken);
        }

        var (c, r) = GridAssignment.Shrink(columns, rows, all.Count);
        int[] numbers = [.. frames.Select(frame => frame.Number)];
        var chosen = await VariedFrames.ChooseAsync(map, numbers, c * r, request.Variety, cancellationToken).ConfigureAwait(false);
        return GridAssignment.Assign(chosen, view, columns, rows, cancellationToken);
    }

    private sealed record Sheet(GridLayout Layout, MosaicGeometry Geometry, PosterLayout? Poster, int Columns, int Rows);
}
