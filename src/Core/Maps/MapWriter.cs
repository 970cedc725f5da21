using System.Runtime.InteropServices;
using OrleansAtlas.Errors;
using OrleansAtlas.Numerics;
using OrleansAtlas.Store;

namespace OrleansAtlas.Maps;

/// <summary>The files of one map version being made, film by film, so that memory does not grow with the number of frames.</summary>
internal sealed class MapWriter(CollectionStore collection, string version, FittedModel model, FrameSet frames)
{
    /// <summary>The frames on the map.</summary>
    public FrameSet Frames => frames;

    /// <summary>Writes an array that is in memory.</summary>
    public Task WriteAsync<T>(string file, T[] values, int[] shape, CancellationToken cancellationToken)
        where T : unmanaged => collection.Artifacts.TryAddAsync(NameOf(file), Npy.ToBytes<T>(values, shape), cancellationToken);

    /// <summary>Writes which films are on the map and in which order.</summary>
    public Task WriteFilmsAsync(CancellationToken cancellationToken) =>
        collection.Artifacts.TryAddAsync(NameOf("films.json"), StoreJson.ToBytes(MapFilms.Of(frames)), cancellationToken);

    /// <summary>Writes the presentation times.</summary>
    public Task WriteTimesAsync(CancellationToken cancellationToken) =>
        collection.Artifacts.TryAddAsync(
            NameOf("times.npy"),
            async (stream, token) =>
            {
                await stream.WriteAsync(Npy.Header<double>(checked((int)frames.Count)), token).ConfigureAwait(false);
                foreach (var film in frames.Films)
                {
                    foreach (var segment in film.Segments)
                    {
                        var name = collection.Names.Times(film.Id, segment.Segment);
                        var times =
                            await collection.ReadArrayAsync<double>(name, token).ConfigureAwait(false)
                            ?? throw new NotFoundException(
                                $"'{name}' is gone: films were removed while the map was made; run the command again."
                            );
                        await stream.WriteAsync(MemoryMarshal.AsBytes<double>(times.Values).ToArray(), token).ConfigureAwait(false);
                    }
                }
            },
            cancellationToken
        );

    /// <summary>Writes the reduced vectors.</summary>
    public Task WriteReducedAsync(CancellationToken cancellationToken) =>
        collection.Artifacts.TryAddAsync(
            NameOf("reduced.npy"),
            async (stream, token) =>
            {
                await stream.WriteAsync(Npy.Header<float>(checked((int)frames.Count), model.Basis.Count), token).ConfigureAwait(false);
                foreach (var film in frames.Films)
                {
                    var placed = await PlacedFrames.ReadAsync(collection, film, model.Info.Version, token).ConfigureAwait(false);
                    await stream.WriteAsync(MemoryMarshal.AsBytes<float>(placed.Reduced).ToArray(), token).ConfigureAwait(false);
                }
            },
            cancellationToken
        );

    /// <summary>Reads the reduced vectors of some frames, <c>[numbers.Length, k]</c>.</summary>
    /// <param name="numbers">Numbers of frames in map order, rising.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<float[]> ReadReducedAsync(int[] numbers, CancellationToken cancellationToken)
    {
        var width = model.Basis.Count;
        var rows = new float[numbers.Length * width];
        var stream = (await collection.Artifacts.OpenAsync(NameOf("reduced.npy"), cancellationToken).ConfigureAwait(false))!;
        await using (stream.ConfigureAwait(false))
        {
            var start = Npy.Header<float>(checked((int)frames.Count), width).Length;
            var (row, bytes) = (0, 4 * width);
            while (row < numbers.Length)
            {
                // Neighbours are read together.
                var end = row + 1;
                while (end < numbers.Length && numbers[end] == numbers[end - 1] + 1)
                {
                    end++;
                }

                stream.Position = start + (long)numbers[row] * bytes;
                var run = new byte[(end - row) * bytes];
                await stream.ReadExactlyAsync(run, cancellationToken).ConfigureAwait(false);
                MemoryMarshal.Cast<byte, float>(run).CopyTo(rows.AsSpan(row * width));
                row = end;
            }
        }

        return rows;
    }

    private string NameOf(string file) => collection.Names.Map(version, file);
}
