using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using OrleansAtlas.Errors;
using OrleansAtlas.Numerics;
using OrleansAtlas.Store;

namespace OrleansAtlas.Maps;

/// <summary>A map's numbers for other programs.</summary>
public static class MapExport
{
    private static readonly JsonSerializerOptions Line = new(StoreJson.Options) { WriteIndented = false };

    /// <summary>Writes a map.</summary>
    /// <param name="map">The map.</param>
    /// <param name="format"><c>csv</c> or <c>jsonl</c>: one file of frames; <c>npy</c>: a folder with <c>descriptors.npy</c>,
    /// <c>reduced.npy</c>, <c>positions.npy</c> and <c>frames.jsonl</c>, all in the same order.</param>
    /// <param name="output">File or folder.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The files written.</returns>
    /// <exception cref="ArgumentException">Another format.</exception>
    /// <exception cref="NotFoundException">What is to be written was removed since the map was made.</exception>
    public static async Task<IReadOnlyList<string>> WriteAsync(
        AtlasMap map,
        string format,
        string output,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(map);
        if (format is not ("csv" or "jsonl" or "npy"))
        {
            throw new ArgumentException($"The format '{format}' is none of csv, jsonl and npy.", nameof(format));
        }

        if (format != "npy")
        {
            await AtomicFile
                .WriteAsync(output, (stream, token) => WriteFramesAsync(map, format, stream, token), cancellationToken)
                .ConfigureAwait(false);
            return [output];
        }

        Directory.CreateDirectory(output);
        string[] files =
        [
            .. ((string[])["descriptors.npy", "reduced.npy", "positions.npy", "frames.jsonl"]).Select(file => Path.Combine(output, file)),
        ];
        await AtomicFile
            .WriteAsync(files[0], (stream, token) => WriteDescriptorsAsync(map, stream, token), cancellationToken)
            .ConfigureAwait(false);
        await AtomicFile
            .WriteAsync(files[1], (stream, token) => CopyAsync(map, "reduced.npy", stream, token), cancellationToken)
            .ConfigureAwait(false);
        await AtomicFile
            .WriteAsync(files[2], (stream, token) => CopyAsync(map, "positions.npy", stream, token), cancellationToken)
            .ConfigureAwait(false);
        await AtomicFile
            .WriteAsync(files[3], (stream, token) => WriteFramesAsync(map, "jsonl", stream, token), cancellationToken)
            .ConfigureAwait(false);
        return files;
    }

    private static async Task WriteFramesAsync(AtlasMap map, string format, Stream stream, CancellationToken cancellationToken)
    {
        var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        await using (writer.ConfigureAwait(false))
        {
            if (format == "csv")
            {
                await writer.WriteLineAsync("video,path,time,x,y,trust").ConfigureAwait(false);
            }

            for (var number = 0; number < map.Count; number++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var frame = map[number];
                var (id, path) = (map.FilmIds[frame.FilmIndex], map.NameOf(frame.FilmIndex));
                await writer
                    .WriteLineAsync(
                        format == "csv"
                            ? string.Create(
                                CultureInfo.InvariantCulture,
                                $"{id},{Quoted(PlainText.Escape(path))},{frame.Time:R},"
                                    + $"{map.Positions[2 * number]:R},{map.Positions[2 * number + 1]:R},"
                                    + $"{(float.IsNaN(map.Trust[number]) ? (float?)null : map.Trust[number]):R}"
                            )
                            : JsonSerializer.Serialize(
                                new
                                {
                                    video = id,
                                    path,
                                    time = frame.Time,
                                    x = map.Positions[2 * number],
                                    y = map.Positions[2 * number + 1],
                                    trust = float.IsNaN(map.Trust[number]) ? (float?)null : map.Trust[number],
                                },
                                Line
                            )
                    )
                    .ConfigureAwait(false);
            }
        }
    }

    private static async Task WriteDescriptorsAsync(AtlasMap map, Stream stream, CancellationToken cancellationToken)
    {
        var collection = map.Collection;
        await stream.WriteAsync(Npy.Header<Half>(map.Count, collection.Settings.Model.Dimensions), cancellationToken).ConfigureAwait(false);
        var order = await collection
            .ReadAsync<MapFilms>(collection.Names.Map(map.Info.Version, "films.json"), cancellationToken)
            .ConfigureAwait(false);
        foreach (var film in order!.Films)
        {
            foreach (var segment in film.Segments)
            {
                var features =
                    await collection
                        .ReadArrayAsync<Half>(collection.Names.Features(film.Id, segment.Segment), cancellationToken)
                        .ConfigureAwait(false)
                    ?? throw new NotFoundException(
                        $"The descriptors of film '{film.Id}' were removed since map {map.Info.Version} was made; make a map "
                            + $"without it: atlas place -c {collection.Settings.Name}"
                    );
                await stream.WriteAsync(MemoryMarshal.AsBytes<Half>(features.Values).ToArray(), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task CopyAsync(AtlasMap map, string file, Stream target, CancellationToken cancellationToken)
    {
        var source =
            await map
                .Collection.Artifacts.OpenAsync(map.Collection.Names.Map(map.Info.Version, file), cancellationToken)
                .ConfigureAwait(false)
            ?? throw new NotFoundException($"Map {map.Info.Version} has lost its file {file}; make it again with atlas place.");
        await using (source.ConfigureAwait(false))
        {
            await source.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
